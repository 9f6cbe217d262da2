"""Numbers that other bodies state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.commons.metrics.api import figures
from qiantang.commons.metrics.types import Dimension, Measurement, Point
from qiantang.commons.refdata import api as refdata
from qiantang.commons.refdata.types import Level
from qiantang.corpus.measures.selectors.regions import level_of

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric, Number, Question
    from qiantang.commons.refdata.types import StatedFigure
    from qiantang.corpus.measures.types import Figures

_YEAR_LENGTH = 4


def whole(value: float) -> Number:
    """A whole number where it is one."""
    return int(value) if value.is_integer() else value


def figures_told(metric: Metric, recipe: Figures, question: Question) -> Measurement:
    """A stated number of a region: of the year asked for, else the newest."""
    told = Measurement(metric=metric, question=question, value=None, origin="none", additive=False)
    if question.region is None and not set(question.by) & {Dimension.REGION, Dimension.DISTRICT}:
        return replace(told, reason="region_needed")
    series = tuple(_series(recipe, question)) if question.by else ()
    one = _of_year(recipe.series, question.region, question.last) if question.region else None
    if one is None:
        return replace(told, reason="no_figures" if question.region else "region_needed", series=series)
    asked = replace(question, last=question.last or one.year)
    return replace(
        told,
        question=asked,
        value=whole(one.value),
        as_of=one.as_of,
        origin="table",
        source=f"{one.source} ({one.evidence}{_stood_in(one, recipe.series)})",
        sample=one.sample,
        series=series,
    )


def _stood_in(one: StatedFigure, series: str) -> str:
    return "" if one.series == series else f"; {one.series} in the place of {series}"


def _of_year(series: str, region: str, year: int | None) -> StatedFigure | None:
    if year is not None:
        return figures.stated(series, region, year)
    years = [row.year for name in figures.STAND_INS.get(series, (series,)) for row in _yearly(name, region)]
    return figures.stated(series, region, max(years)) if years else None


def _yearly(series: str, region: str | None) -> list[StatedFigure]:
    return [one for one in figures.stated_figures(series, region) if len(one.period) == _YEAR_LENGTH]


def _series(recipe: Figures, question: Question) -> Iterator[Point]:
    """Of every place and year stated that the question asks for."""
    places: list[Dimension] = [name for name in question.by if name is not Dimension.YEAR]
    names = figures.STAND_INS.get(recipe.series, (recipe.series,))
    seen: dict[tuple[str, int], StatedFigure] = {}
    for row in (row for name in names for row in _yearly(name, None)):
        if _asked(row, question, places):
            seen.setdefault((row.region, row.year), row)
    newest = {region: max(year for place, year in seen if place == region) for region, _ in seen}
    for (region, year), row in sorted(seen.items()):
        if Dimension.YEAR in question.by or year == (question.last or newest[region]):
            key = tuple(str(year) if name is Dimension.YEAR else region for name in question.by)
            yield Point(key, whole(row.value))


def _asked(row: StatedFigure, question: Question, places: list[Dimension]) -> bool:
    if (question.first and row.year < question.first) or (question.last and row.year > question.last):
        return False
    if not places:
        return row.region == question.region
    if row.region not in refdata.regions():
        return False
    wanted = Level.PREFECTURE if places[0] is Dimension.REGION else Level.COUNTY
    inside = question.region in (None, row.region, *refdata.regions().ancestors(row.region))
    return inside and level_of(row.region) is wanted
