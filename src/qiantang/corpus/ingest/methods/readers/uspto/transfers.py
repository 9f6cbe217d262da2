"""Recorded assignments: what was conveyed, from whom to whom, as an event of each property and, where title passes, its holder.

The office gives a conveyance no code, so that its own words stand for one. The event is effective on the day on which the
last assignor signed, and made public on the day on which it was recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.uspto.values import Address, Values, named
from qiantang.corpus.register.types import Event, Party

if TYPE_CHECKING:
    from datetime import date

_TITLE_PASSES = re.compile(r"\b(?:ASSIGN|MERGER|CHANGE OF NAME|DECREE OF DISTRIBUTION)")
_TITLE_STAYS = re.compile(r"\b(?:SECURITY|RELEASE|LICENSE|LIEN|MORTGAGE|CONDITIONAL|OPTION|COLLATERAL)")
_DETAILS = re.compile(r"\s*\(SEE DOCUMENT FOR DETAILS\)\.?\s*$")


@dataclass(slots=True)
class Transfer:
    """One recorded conveyance. ``recorded`` and ``signed`` as the source writes them; assignees with their addresses."""

    conveyance: str
    place: str
    recorded: str | None
    signed: list[str] = field(default_factory=list)
    assignors: list[str] = field(default_factory=list)
    assignees: list[tuple[str, Address]] = field(default_factory=list)

    @property
    def passes_title(self) -> bool:
        said = self.conveyance.upper()
        return bool(_TITLE_PASSES.search(said)) and not _TITLE_STAYS.search(said)

    def recorded_date(self, values: Values) -> date | None:
        return values.loose_day(day_of(self.recorded))

    def event(self, values: Values) -> Event:
        days = [day for said in self.signed if (day := values.loose_day(day_of(said))) is not None]
        new = "; ".join(name for name, _ in self.assignees)
        text = f"{self.place}: {'; '.join(self.assignors)} -> {new}"
        code = _DETAILS.sub("", self.conveyance) or "ASSIGNMENT"
        return Event(code, max(days, default=None), self.recorded_date(values), text)

    def holders(self) -> list[Party]:
        return named(self.assignees, "holder") if self.passes_title else []


def day_of(text: str | None) -> str | None:
    """The day of an instant; the year 1 stands for a day that is not known."""
    return None if not text or text.startswith("0001-") else text[:10]


def reel_and_frame(reel: str, frame: str) -> str:
    return f"reel {reel.zfill(6)}, frame {frame.zfill(4)}"
