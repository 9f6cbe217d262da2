"""Counts of patents."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from qiantang.commons.metrics.types import AddressOf, Boundaries, Dimension, Measurement, Part, Point, Sharing, Text
from qiantang.commons.refdata import api as refdata
from qiantang.corpus.measures.methods.exact import plain
from qiantang.corpus.measures.selectors import traits
from qiantang.corpus.measures.selectors.counting import Counting, reach_of, rule_of, years_known
from qiantang.corpus.measures.types import HighValue, Patents, Time

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric, Question
    from qiantang.corpus.measures.selectors.facts import Facts
    from qiantang.corpus.measures.selectors.spread import Chosen

_MONTHS, _MOST_MONTHS = 36, 120  # of a stock by month: where no first year is named, and at most
_LAG = timedelta(days=548)  # eighteen months from filing to publication
CONDITIONS = {
    "sei": Text("战略性新兴产业", "strategic emerging industry"),
    "sei_ipc": Text("战略性新兴产业（仅按IPC）", "strategic emerging industry, by IPC alone"),
    "family": Text("有海外同族", "family abroad"),
    "age": Text("维持超过10年", "kept for more than ten years"),
    "pledge": Text("实现较高质押融资金额", "pledged for a relatively high amount"),
    "award": Text("获国家科学技术奖或中国专利奖", "state award"),
}


def stock_day(facts: Facts, question: Question) -> date | None:
    """The day of a stock: as asked, else the end of the last year, but in the running year the day of the register."""
    if question.day is not None:
        return question.day
    if question.last is not None:
        end = date(question.last, 12, 31)
        return min(end, facts.as_of) if facts.as_of and facts.as_of.year == question.last else end
    return facts.as_of


def counting_of(facts: Facts, recipe: Patents | HighValue, metric: Metric, question: Question) -> Counting:
    """The counting that answers a question."""
    of, conditions = (recipe.of, recipe.conditions) if isinstance(recipe, HighValue) else (recipe, ())
    return Counting(facts, of, rule_of(metric, question), question, stock_day(facts, question), conditions)


def count_told(metric: Metric, recipe: Patents | HighValue, question: Question, facts: Facts) -> Measurement:
    """A count with its series, and the conditions it is made of."""
    counting = counting_of(facts, recipe, metric, question)
    told = opening(metric, counting)
    reason = missing(counting)
    if reason:
        return replace(told, reason=reason, origin="none")
    unplaced, placed = counting.unplaced() if question.region is not None else (0, True)
    if unplaced and not placed:
        return replace(told, reason="no_addresses", origin="none", unplaced=unplaced)
    chosen = counting.chosen()
    return replace(
        told,
        unplaced=unplaced,
        value=plain(chosen.total()),
        records=len(chosen.records()),
        at_least=_at_least(counting),
        provisional=provisional(counting),
        series=_series(counting) if question.by else (),
        additive=_additive(counting),
        parts=tuple(_conditions(counting)) if len(counting.conditions) > 1 else (),
    )


def opening(metric: Metric, counting: Counting) -> Measurement:
    """What can be said before anything is counted."""
    facts = counting.facts
    reach = reach_of(facts, counting.recipe)
    as_of = counting.day if counting.recipe.time is Time.IN_FORCE else (reach[1] if reach else None)
    return Measurement(
        metric=metric,
        question=counting.question,
        value=None,
        snapshot=facts.snapshot,
        sample=facts.synthetic,
        as_of=as_of,
        source=f"{metric.source.en}, snapshot {facts.snapshot}",
    )


def missing(counting: Counting) -> str:
    """Why nothing can be said; empty where something can."""
    known = years_known(counting.facts, counting.recipe)
    if not known:
        return "not_covered"
    first, last = counting.question.first, counting.question.last
    if counting.recipe.time is Time.IN_FORCE:
        day, reached = counting.day, counting.facts.as_of
        if day is None or day.year < known.start or (reached is not None and day > reached):
            return "not_covered"
        if counting.recipe.flag and day != reached:
            return "not_covered"
    elif (last is not None and last < known.start) or (first is not None and first >= known.stop):
        return "not_covered"
    if counting.conditions and not any(_known(counting)):
        return "not_kept"
    return _without_inventors(counting)


def _without_inventors(counting: Counting) -> str:
    asked = counting.rule.address is AddressOf.INVENTOR and counting.recipe.offices == ("CN",)
    return "inventor_addresses" if asked else ""


def _known(counting: Counting) -> list[bool]:
    """Of each condition whether something tells it."""
    day = counting.day
    return [day is not None and traits.condition(counting.facts, one, day) is not None for one in counting.conditions]


def _at_least(counting: Counting) -> bool:
    day = counting.day
    from_below = day is not None and any(traits.from_below(one, day) for one in counting.conditions)
    return from_below or (bool(counting.conditions) and not all(_known(counting)))


def _conditions(counting: Counting) -> Iterator[Part]:
    """Each condition alone; their sum is no total."""
    for name, known in zip(counting.conditions, _known(counting), strict=True):
        value = plain(replace(counting, conditions=(name,)).chosen().total()) if known else None
        yield Part(name, CONDITIONS[name], value, "" if known else "not_kept", f"metric HV.{name}")


def provisional(counting: Counting) -> bool:
    """Whether the period reaches into what is not over, or not yet published."""
    if counting.recipe.time is Time.IN_FORCE:
        return False
    reach, as_of = reach_of(counting.facts, counting.recipe), counting.facts.as_of
    if reach is None or as_of is None:
        return False
    last = counting.question.last or reach[1].year
    settled = as_of - _LAG if counting.recipe.time is Time.FILED else reach[1]
    return date(last, 12, 31) > settled


def _additive(counting: Counting) -> bool:
    """Whether the parts of a division add up to the whole."""
    rule, by = counting.rule, set(counting.question.by)
    if counting.recipe.time in (Time.IN_FORCE, Time.EVENT) and by & {Dimension.YEAR, Dimension.MONTH}:
        return False
    if by & {Dimension.REGION, Dimension.DISTRICT} and rule.sharing is Sharing.WHOLE:
        return False
    if by & {Dimension.FIELD, Dimension.INDUSTRY} and rule.classes is Sharing.WHOLE:
        return False
    return Dimension.APPLICANT not in by


def _series(counting: Counting) -> tuple[Point, ...]:
    question = counting.question
    for period in (Dimension.MONTH, Dimension.YEAR):
        if counting.recipe.time is Time.IN_FORCE and period in question.by:
            return tuple(_stock_by(counting, period))
    points = points_of(counting.divided(), at_least=_at_least(counting))
    if question.by == (Dimension.YEAR,):
        points = tuple(_with_gaps(counting, points))
    if question.by == (Dimension.DISTRICT,) and question.region is not None:
        points = tuple(_with_districts(counting, points))
    return points


def _with_districts(counting: Counting, points: Sequence[Point]) -> Iterator[Point]:
    """Also the districts of the day that have none: what is covered and not there is 0."""
    question, regions = counting.question, refdata.regions()
    assert question.region is not None
    day = date(question.last, 12, 31) if question.last and counting.rule.boundaries is Boundaries.THEN else None
    told = {point.key[0]: point for point in points}
    for code in sorted({*regions.children(question.region, day), *(key for key in told if key)}):
        yield told.get(code, Point((code,), 0, 0, at_least=_at_least(counting)))
    if None in told:
        yield told[None]


def points_of(chosen: Chosen, **more: Any) -> tuple[Point, ...]:
    """A divided count as a series, in the order of keys; what is not known stands last."""
    told = chosen.points()
    order = sorted(told, key=lambda key: tuple((one is None, one or "") for one in key))
    return tuple(Point(key, plain(told[key][0]), told[key][1], **more) for key in order)


def asked_years(counting: Counting) -> range:
    """The years of a series by year."""
    known, question = years_known(counting.facts, counting.recipe), counting.question
    last = counting.facts.as_of.year if counting.facts.as_of and counting.recipe.time is Time.IN_FORCE else known[-1]
    return range(question.first or known.start, (question.last or last) + 1)


def _with_gaps(counting: Counting, points: Sequence[Point]) -> Iterator[Point]:
    """Every year asked for: 0 where the register covers it and has none, not known where it does not cover it."""
    told = {point.key[0]: point for point in points}
    known = years_known(counting.facts, counting.recipe)
    for year in asked_years(counting):
        if year not in known:
            yield Point((str(year),), None, None, "not_covered")
            continue
        one = told.get(f"{year:04d}", Point((f"{year:04d}",), 0, 0))
        yield one._replace(provisional=provisional(in_year(counting, year)))
    if None in told and counting.question.first is None and counting.question.last is None:
        yield told[None]


def in_year(counting: Counting, year: int) -> Counting:
    """The same for one year."""
    asked = replace(counting.question, first=year, last=year, day=None)
    return replace(counting, question=asked, day=stock_day(counting.facts, asked))


def _stock_by(counting: Counting, period: Dimension) -> Iterator[Point]:
    """The stock at the end of each year or month, divided further where asked."""
    by = counting.question.by
    at, rest = by.index(period), tuple(one for one in by if one is not period)
    for name, one in _in_months(counting) if period is Dimension.MONTH else _in_years(counting):
        one = replace(one, question=replace(one.question, by=rest))  # noqa: PLW2901 - the same, asked for its parts
        reason = missing(one)
        if reason and not rest:
            yield Point((name,), None, None, reason)
        elif not reason and not rest:
            chosen = one.chosen()
            yield Point((name,), plain(chosen.total()), len(chosen.records()), at_least=_at_least(one))
        elif not reason:
            for point in points_of(one.divided(), at_least=_at_least(one)):
                key = (*point.key[:at], name, *point.key[at:])
                yield point._replace(key=key)


def _in_years(counting: Counting) -> Iterator[tuple[str, Counting]]:
    for year in asked_years(counting):
        yield str(year), in_year(counting, year)


def _in_months(counting: Counting) -> Iterator[tuple[str, Counting]]:
    """Each month asked for at its last day; of the last month, at the day asked for or that of the register."""
    reached = min((day for day in (counting.facts.as_of, counting.question.day) if day), default=None)
    if reached is None:
        return
    years = asked_years(counting)
    ends = [date(year, month, monthrange(year, month)[1]) for year in years for month in range(1, 13)]
    ends = [end for end in ends if (end.year, end.month) <= (reached.year, reached.month)]
    for end in ends[-_MOST_MONTHS if counting.question.first else -_MONTHS :]:
        asked = replace(counting.question, first=None, last=None, day=min(end, reached))
        yield f"{end:%Y-%m}", replace(counting, question=asked, day=asked.day)
