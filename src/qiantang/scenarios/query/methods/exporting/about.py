"""What each file says of itself: what was asked, of which snapshot, on which day, how much it is, whether it is real."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class About:
    """Where a file comes from.

    query       as typed, with refinements
    canonical   as understood; it parses to itself
    sort        order of the rows, as in a search; ``id``: by the identity of the patent
    snapshot    of the register; the same query on it always has the same hits
    day         on which the export was asked for
    total       hits, which is rows
    synthetic   whether the data are invented
    place       address of the platform
    """

    query: str
    canonical: str
    sort: str
    snapshot: int
    day: date
    total: int
    synthetic: bool
    place: str = ""

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return asdict(self) | {"day": self.day.isoformat()}
