"""One number divided by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qiantang.commons.metrics.api import figures
from qiantang.commons.metrics.api import metric as metric_of
from qiantang.commons.metrics.types import Dimension, Measurement, Part, Point, Text
from qiantang.commons.refdata.types import StatedFigure
from qiantang.corpus.measures.rules import RECIPES

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric, Number, Question
    from qiantang.corpus.measures.types import Recipe, Scaled

_FIGURE = "figure:"
Answer = Callable[["Metric", "Recipe", "Question"], Measurement]


@dataclass(frozen=True, slots=True)
class _Below:
    """A denominator: its value or why it is not known, and where it is from."""

    value: Number | None
    reason: str
    name: str
    source: str
    sample: bool = False


def divided(above: Number | None, below: Number | None, scale: float) -> tuple[Number | None, str]:
    """The quotient, or why there is none."""
    if below is None:
        return None, "no_denominator"
    if below == 0:
        return None, "divided_by_zero"
    return (None, "no_figures") if above is None else (above * scale / below, "")


def ratio_told(metric: Metric, recipe: Scaled, question: Question, answer: Answer) -> Measurement:
    """A quotient with its series; the records are those of the numerator."""
    above = answer(metric_of(recipe.numerator), RECIPES[recipe.numerator], question)
    newest = _newest(recipe, question, above)
    if newest is not None:  # no year is asked for: the newest for which both are known
        dated = answer(metric_of(recipe.numerator), RECIPES[recipe.numerator], replace(question, last=newest, by=()))
        above = replace(dated, question=replace(dated.question, by=question.by), series=above.series)
    told = replace(above, metric=metric, value=None, series=(), parts=(), additive=False)
    if not above.known:
        return told
    if recipe.denominator.startswith(_FIGURE) and question.region is None and not _places(question):
        return replace(told, reason="region_needed", origin="none")
    below = _of_figure(recipe, question.region, _year(above)) if recipe.denominator.startswith(_FIGURE) else None
    other = (
        None
        if below
        else answer(
            metric_of(recipe.denominator), RECIPES[recipe.denominator], replace(question, last=above.question.last)
        )
    )
    if other is not None:
        below = _Below(other.value, other.reason, recipe.denominator, other.source, other.sample)
    assert below is not None
    value, reason = divided(above.value, below.value, recipe.scale)
    return replace(
        told,
        value=value,
        reason=reason,
        origin=told.origin if value is not None else "none",
        series=_series(recipe, question, above, other),
        source="; ".join(part for part in (above.source, below.source) if part),
        sample=above.sample or below.sample,
        parts=(
            Part("numerator", Text("分子", "numerator"), above.value, above.reason, recipe.numerator),
            Part("denominator", Text("分母", "denominator"), below.value, below.reason, below.name),
        ),
    )


def _newest(recipe: Scaled, question: Question, above: Measurement) -> int | None:
    if question.last is not None or question.day is not None or question.region is None or not above.as_of:
        return None
    if not recipe.denominator.startswith(_FIGURE):
        return None
    series = recipe.denominator.removeprefix(_FIGURE)
    names = figures.STAND_INS.get(series, (series,))
    years = {one.year + recipe.lag for name in names for one in figures.stated_figures(name, question.region)}
    return max((year for year in years if year <= above.as_of.year), default=None)


def _places(question: Question) -> set[Dimension]:
    return set(question.by) & {Dimension.REGION, Dimension.DISTRICT}


def _year(told: Measurement) -> int | None:
    return told.question.last or (told.as_of.year if told.as_of else None)


def _of_figure(recipe: Scaled, region: str | None, year: int | None) -> _Below:
    series = recipe.denominator.removeprefix(_FIGURE)
    found = figures.stated(series, region, year - recipe.lag) if region and year else None
    if found is None:
        return _Below(None, "no_denominator", series, "")
    source = f"{found.series} {found.period}: {found.source} ({found.evidence})"
    return _Below(found.value, "", f"{found.series} {found.period}", source, found.sample)


def _series(recipe: Scaled, question: Question, above: Measurement, below: Measurement | None) -> tuple[Point, ...]:
    others = {point.key: point.value for point in below.series} if below else {}
    made = []
    for point in above.series:
        keys = dict(zip(question.by, point.key, strict=True))
        year = keys.get(Dimension.YEAR)
        region = keys.get(Dimension.DISTRICT) or keys.get(Dimension.REGION) or question.region
        if set(keys) & {Dimension.DISTRICT, Dimension.REGION} and None in point.key:
            region = None
        other = (
            others.get(point.key) if below else _of_figure(recipe, region, int(year) if year else _year(above)).value
        )
        value, reason = divided(point.value, other, recipe.scale)
        made.append(point._replace(value=value, reason=point.reason or reason))
    return tuple(made)


def stated_ratio(recipe: Scaled, region: str, year: int) -> StatedFigure | None:
    """The quotient of two stated figures; None where one of them is missing."""
    if not recipe.denominator.startswith(_FIGURE):
        return None
    above = figures.stated(metric_of(recipe.numerator).published, region, year)
    below = figures.stated(recipe.denominator.removeprefix(_FIGURE), region, year - recipe.lag)
    if above is None or below is None or not below.value:
        return None
    days = [one.as_of for one in (above, below) if one.as_of]
    return StatedFigure(
        series=f"{above.series}/{below.series}",
        region=region,
        period=str(year),
        value=above.value * recipe.scale / below.value,
        unit="",
        as_of=max(days, default=None),
        source=f"{above.source}; {below.series} {below.period}: {below.source}",
        evidence="sample" if above.sample or below.sample else "derived",
    )
