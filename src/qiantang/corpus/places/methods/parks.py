"""Parks: development zones and science parks as addresses name them, each name with its days."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qiantang.corpus.places.types import ParkRow


class Parks:
    """The parks of all cities, found by the names under which addresses write them."""

    def __init__(self, rows: Iterable[ParkRow]) -> None:
        self.rows = tuple(rows)
        self._named = {row.park: row for row in self.rows}
        written: dict[str, list[tuple[str, ParkRow]]] = defaultdict(list)
        for row in self.rows:
            written[row.city] += [(name, row) for name in row.written]
        self._written = {city: sorted(some, key=lambda one: -len(one[0])) for city, some in written.items()}

    def of(self, address: str | None, city: str | None, day: date) -> str | None:
        """The park that an address of ``city`` names on ``day``: by the longest name that stands in it; None where it names none."""
        if not address or city is None:
            return None
        found = (row.park for name, row in self._written.get(city, ()) if name in address and row.is_valid_on(day))
        return next(found, None)

    def name(self, park: str, language: str) -> str:
        """Its name, Chinese for a language that begins with ``zh``, else English; a park that is not known stands for itself."""
        row = self._named.get(park)
        if row is None:
            return park
        return row.name_zh if language.startswith("zh") else row.name_en

    def turning_days(self) -> list[date]:
        """The days from which on some name means another park."""
        begun = {row.valid_from for row in self.rows if row.valid_from}
        return sorted(begun | {row.valid_to + timedelta(days=1) for row in self.rows if row.valid_to})
