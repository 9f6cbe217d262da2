"""Cells of tables that are numbers: as people read them on the page, and as they are for the file, with the digits shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.scenarios.monitoring.types import SheetCell

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Number
    from qiantang.corpus.measures.methods.rankings import Place

_PERCENT_DIGITS = 1


def number(
    value: Number | None, decimals: int = 0, url: str = "", *, signed: bool = False, unknown: str = ""
) -> SheetCell:
    """A number with so many digits behind the point; ``unknown`` stands where there is none."""
    if value is None:
        return SheetCell(unknown, url, right=True)
    told = float(round(value, decimals)) if decimals else round(value)
    return SheetCell(f"{value:{'+' if signed else ''},.{decimals}f}", url, right=True, value=told)


def share(value: float | None, *, signed: bool = False) -> SheetCell:
    """A share or a growth rate in percent."""
    if value is None:
        return SheetCell("", right=True)
    text = f"{value:{'+' if signed else ''}.{_PERCENT_DIGITS}%}"
    return SheetCell(text, right=True, value=float(round(value * 100, _PERCENT_DIGITS)), percent=True)


def rank(row: Place) -> SheetCell:
    """The rank of a place; a text where it is shared, as 3= is no number."""
    if row.rank is None:
        return SheetCell("", right=True)
    return SheetCell(f"{row.rank}=", right=True) if row.tied else SheetCell(str(row.rank), right=True, value=row.rank)


def gap(row: Place, decimals: int = 0) -> SheetCell:
    """How far a place is behind the next; a dash for the first, which has none before it."""
    return SheetCell("–", right=True) if row.rank == 1 else number(row.gap, decimals)
