"""What parties tell the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartiesChanged:
    """Names were joined, parted or linked: one event an act, never one a name. ``changes`` counts them."""

    changes: int

    name = "parties.membership.changed"
