"""What evidence tells the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceDeposited:
    """Something was received and waits to be sealed."""

    number: str

    name = "evidence.deposit.received"


@dataclass(frozen=True, slots=True)
class CheckpointStamped:
    """Every authority has stamped a checkpoint for the first time."""

    size: int

    name = "evidence.checkpoint.stamped"


@dataclass(frozen=True, slots=True)
class CaptureEnded:
    """A capture is over, also where it failed. ``schedule`` is empty for one that was asked for by itself."""

    number: str
    state: str
    schedule: str

    name = "evidence.capture.ended"
