"""What other bodies state: figures that ship with the platform, and tables that were imported."""

from __future__ import annotations

from datetime import date

from qiantang.commons.metrics.models import ImportedFigure, ImportedTable
from qiantang.commons.metrics.types import RefusedRow, TableShown
from qiantang.commons.refdata import api as refdata
from qiantang.commons.refdata.types import StatedFigure

# Where the first has nothing, the next stands in, and the source says so.
STAND_INS = {"population": ("population", "population_census")}


def stated(series: str, region: str, year: int) -> StatedFigure | None:
    """The figure of a year: imported ones before shipped ones, later tables before earlier ones, real before sample ones."""
    for name in STAND_INS.get(series, (series,)):
        found = _imported(name, region, str(year)) or refdata.figures().get(name, region, str(year))
        if found is not None:
            return found
    return None


def _imported(series: str, region: str, period: str) -> StatedFigure | None:
    rows = ImportedFigure.objects.filter(series=series, region=region, period=period).select_related("table")
    row = rows.order_by("table__sample", "-table__as_of", "-table__pk").first()
    return None if row is None else _told(row)


def _told(row: ImportedFigure) -> StatedFigure:
    evidence = "sample" if row.table.sample else "imported"
    return StatedFigure(
        row.series, row.region, row.period, row.value, row.unit, row.table.as_of, row.table.source, evidence
    )


def stated_figures(series: str, region: str | None = None) -> tuple[StatedFigure, ...]:
    """Everything that is stated of a series, the one that counts for each place and period, in their order."""
    found = {(one.region, one.period): one for one in refdata.figures().rows(series, region)}
    rows = ImportedFigure.objects.filter(series=series).select_related("table")
    if region is not None:
        rows = rows.filter(region=region)
    for row in rows.order_by("-table__sample", "table__as_of", "table__pk"):
        if not (row.table.sample and (row.region, row.period) in found):
            found[row.region, row.period] = _told(row)
    return tuple(found[key] for key in sorted(found))


def imported_tables() -> tuple[TableShown, ...]:
    """The tables that were imported, the newest first."""
    return tuple(
        TableShown(
            one.title,
            one.source,
            one.as_of,
            one.sample,
            one.read,
            one.kept,
            tuple(RefusedRow(**row) for row in one.refused),
            one.imported_at,
            one.digest,
        )
        for one in ImportedTable.objects.order_by("-imported_at", "-pk")
    )


def newest_statement(series: str, region: str) -> date | None:
    """The day for which the newest figure of a series speaks; None where nothing is stated."""
    days = [one.as_of or date(one.year, 12, 31) for one in stated_figures(series, region)]
    return max(days, default=None)
