"""Figures that other bodies state: by series, region and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.refdata.types import StatedFigure


class FigureTable:
    """Stated figures. Where several say the same thing, the one stated last counts."""

    def __init__(self, rows: Iterable[StatedFigure]) -> None:
        self._rows = tuple(rows)
        self._found: dict[tuple[str, str, str], StatedFigure] = {}
        for row in self._rows:
            key = (row.series, row.region, row.period)
            held = self._found.get(key)
            if held is None or (row.as_of is not None and (held.as_of is None or row.as_of >= held.as_of)):
                self._found[key] = row

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, series: str, region: str, period: str) -> StatedFigure | None:
        """What is stated for exactly this; None where nothing is."""
        return self._found.get((series, region, period))

    def rows(self, series: str | None = None, region: str | None = None) -> tuple[StatedFigure, ...]:
        """What is stated of a series and a region, in order of series, region and period."""
        chosen = (
            row for (name, place, _), row in sorted(self._found.items())
            if series in (None, name) and region in (None, place)
        )  # fmt: skip
        return tuple(chosen)

    def series(self) -> tuple[str, ...]:
        """The names of all series."""
        return tuple(sorted({name for name, _, _ in self._found}))
