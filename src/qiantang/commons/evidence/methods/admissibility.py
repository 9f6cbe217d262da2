"""What a court looks at, item by item, against what a deposit has. It advises; nobody is refused by it.

Provisions of the Supreme People's Court: on Internet Courts (2018) art. 11; online litigation rules (2021) art. 16 to 18;
civil evidence (2019) art. 93; Electronic Signature Law art. 5, 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Met(StrEnum):
    """Whether a point is met; what the platform cannot know is not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a deposit.

    legal_stamps        stamps of authorities that are not the demo's
    stamps              all of them
    witnessed           somebody outside signed the checkpoint
    custody_whole       the chain of custody follows from its first line to its last
    captured_here       collected by the platform itself, not handed in
    environment         a report of the environment was kept; None: not asked for this kind
    collected_at_told   it is told when it was made or collected
    original_there      the platform's copy is there
    """

    legal_stamps: int
    stamps: int
    witnessed: bool
    custody_whole: bool
    captured_here: bool
    environment: bool | None
    collected_at_told: bool
    original_there: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list: rule id of the field, its source, whether it is met."""

    rule: str
    key: str
    met: Met


def _met(*, yes: bool) -> Met:
    return Met.YES if yes else Met.NO


def checklist(facts: Facts) -> list[Point]:
    """The points in the order in which they are asked."""
    environment = Met.UNKNOWN if facts.environment is None else _met(yes=facts.environment)
    return [
        Point("EE-01", "retrievable", Met.YES if facts.original_there else Met.UNKNOWN),
        Point("EE-04", "digest", Met.YES),
        Point("EE-04", "timestamp", _met(yes=facts.legal_stamps > 0)),
        Point("EE-05", "log", _met(yes=facts.stamps > 0)),
        Point("EE-06", "independence", _met(yes=facts.legal_stamps > 0 and facts.witnessed)),
        Point("EE-06", "environment", environment),
        Point("EE-07", "before", Met.YES if facts.captured_here else Met.UNKNOWN),
        Point("EE-07", "collected_at", _met(yes=facts.collected_at_told)),
        Point("EE-02", "custody", _met(yes=facts.custody_whole)),
        Point("EE-10", "identity", Met.UNKNOWN),
    ]
