"""What the registry of metrics asks of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qiantang.commons.metrics.types import (
    AddressOf,
    Change,
    Dimension,
    Measurement,
    Metric,
    Point,
    Question,
    Sharing,
)
from qiantang.commons.refdata import api as refdata
from qiantang.corpus.measures.methods.exact import plain
from qiantang.corpus.measures.rules import RECIPES
from qiantang.corpus.measures.selectors import labels
from qiantang.corpus.measures.selectors.counting import Counting, reach_of, rule_of, years_known
from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.corpus.measures.types import Patents, Time
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.measures.selectors.facts import Facts
    from qiantang.corpus.measures.selectors.spread import Chosen

_LAG = timedelta(days=548)  # eighteen months from filing to publication


class RegisterMeter:
    """Counts patents of the register."""

    def newest(self) -> int | None:
        """Number of the newest snapshot."""
        told = register.current_snapshot()
        return told.number if told else None

    def measure(self, metric: Metric, question: Question) -> Measurement:
        """One number with its series."""
        asked = _placed(question)
        facts = facts_of(question.snapshot)
        if facts is None:
            return Measurement(metric=metric, question=asked, value=None, reason="nothing_loaded", origin="none")
        return _measured(metric, asked, facts)

    def records(self, metric: Metric, question: Question) -> Sequence[str]:
        """Ids of the patents that count, in their order."""
        recipe = RECIPES[metric.id]
        if not isinstance(recipe, Patents):
            raise Invalid("metrics.no_records", metric=metric.id)
        facts = facts_of(question.snapshot)
        if facts is None:
            return ()
        rows = _counting(facts, recipe, metric, _placed(question)).chosen().records()
        return tuple(facts.ids.take(rows).to_pylist())

    def label(self, dimension: Dimension, value: str | None, question: Question, language: str) -> str:
        """The name of a value for people."""
        return labels.label(dimension, value, question, language)

    def changes(self, metric: Metric, old: Question, new: Question) -> Iterator[Change]:
        """Which patents came and went between two snapshots."""
        before, after = set(self.records(metric, old)), set(self.records(metric, new))
        for one in sorted(before ^ after):
            yield Change(one, one in after, "came" if one in after else "went", {})

    def keep(self, snapshot: int, why: str) -> None:
        """Pin a snapshot."""
        register.upkeep.pin(register.register(), snapshot, why)


def _placed(question: Question) -> Question:
    """The question with the region as a code; a name is looked up.

    errors  Invalid ``metrics.region``
    """
    if question.region is None:
        return question
    table, given = refdata.regions(), question.region.strip()
    code = given if given in table else table.codes_by_name().get(given) or table.codes_by_name().get(given.casefold())
    if code is None:
        raise Invalid("metrics.region", given=given[:40])
    return replace(question, region=code)


def _day(facts: Facts, question: Question) -> date | None:
    """The day of a stock: as asked, else the end of the last year, but never beyond what the register tells."""
    if question.day is not None:
        return question.day
    if question.last is not None:
        end = date(question.last, 12, 31)
        return min(end, facts.as_of) if facts.as_of and facts.as_of.year == question.last else end
    return facts.as_of


def _counting(facts: Facts, recipe: Patents, metric: Metric, question: Question) -> Counting:
    return Counting(facts, recipe, rule_of(metric, question), question, _day(facts, question))


def _measured(metric: Metric, question: Question, facts: Facts) -> Measurement:
    recipe = RECIPES[metric.id]
    assert isinstance(recipe, Patents)
    counting = _counting(facts, recipe, metric, question)
    told = Measurement(
        metric=metric,
        question=question,
        value=None,
        snapshot=facts.snapshot,
        sample=facts.synthetic,
        as_of=counting.day if recipe.time is Time.IN_FORCE else _reached(facts, recipe),
        source=metric.source.en,
    )
    reason = _missing(counting)
    if reason:
        return replace(told, reason=reason, origin="none")
    chosen = counting.chosen()
    return replace(
        told,
        value=plain(chosen.total()),
        records=len(chosen.records()),
        provisional=_provisional(counting),
        series=_series(counting) if question.by else (),
        additive=_additive(counting),
    )


def _reached(facts: Facts, recipe: Patents) -> date | None:
    reach = reach_of(facts, recipe)
    return reach[1] if reach else None


def _missing(counting: Counting) -> str:
    """Why nothing can be said; empty where something can."""
    known = years_known(counting.facts, counting.recipe)
    if not known:
        return "not_covered"
    first, last = counting.question.first, counting.question.last
    if counting.recipe.time is Time.IN_FORCE:
        day, reached = counting.day, counting.facts.as_of
        if day is None or day.year < known.start or (reached is not None and day > reached):
            return "not_covered"
    elif (last is not None and last < known.start) or (first is not None and first >= known.stop):
        return "not_covered"
    if counting.rule.address is AddressOf.INVENTOR and counting.recipe.offices == ("CN",):
        return "inventor_addresses"
    return ""


def _provisional(counting: Counting) -> bool:
    """Whether the period reaches into what is not over, or not yet published."""
    if counting.recipe.time is Time.IN_FORCE:
        return False
    reach = reach_of(counting.facts, counting.recipe)
    as_of = counting.facts.as_of
    if reach is None or as_of is None:
        return False
    last = counting.question.last or reach[1].year
    settled = as_of - _LAG if counting.recipe.time is Time.FILED else as_of
    return date(last, 12, 31) > settled


def _additive(counting: Counting) -> bool:
    """Whether the parts of a division add up to the whole."""
    rule, by = counting.rule, set(counting.question.by)
    if counting.recipe.time is Time.IN_FORCE and by & {Dimension.YEAR, Dimension.MONTH}:
        return False
    if by & {Dimension.REGION, Dimension.DISTRICT} and rule.sharing is Sharing.WHOLE:
        return False
    if by & {Dimension.FIELD, Dimension.INDUSTRY} and rule.classes is Sharing.WHOLE:
        return False
    return Dimension.APPLICANT not in by


def _series(counting: Counting) -> tuple[Point, ...]:
    question = counting.question
    if counting.recipe.time is Time.IN_FORCE and question.by[0] is Dimension.YEAR:
        return tuple(_stock_by_year(counting))
    points = _points(counting.divided())
    if question.by == (Dimension.YEAR,):
        points = tuple(_with_gaps(counting, points))
    return points


def _points(chosen: Chosen) -> tuple[Point, ...]:
    told = chosen.points()
    order = sorted(told, key=lambda key: tuple((one is None, one or "") for one in key))
    return tuple(Point(key, plain(told[key][0]), told[key][1]) for key in order)


def _asked_years(counting: Counting) -> range:
    known = years_known(counting.facts, counting.recipe)
    question = counting.question
    last = counting.facts.as_of.year if counting.facts.as_of and counting.recipe.time is Time.IN_FORCE else known[-1]
    return range(question.first or known.start, (question.last or last) + 1)


def _with_gaps(counting: Counting, points: Sequence[Point]) -> Iterator[Point]:
    """Every year asked for: 0 where the register covers it and has none, not known where it does not cover it."""
    told = {point.key[0]: point for point in points}
    known = years_known(counting.facts, counting.recipe)
    for year in _asked_years(counting):
        if year not in known:
            yield Point((str(year),), None, None, "not_covered")
            continue
        one = told.get(f"{year:04d}", Point((f"{year:04d}",), 0, 0))
        yield one._replace(provisional=_provisional(_in_year(counting, year)))
    if None in told and counting.question.first is None and counting.question.last is None:
        yield told[None]


def _in_year(counting: Counting, year: int) -> Counting:
    return replace(counting, question=replace(counting.question, first=year, last=year))


def _stock_by_year(counting: Counting) -> Iterator[Point]:
    """The stock at the end of each year, divided further where asked."""
    rest = counting.question.by[1:]
    for year in _asked_years(counting):
        asked = replace(counting.question, first=year, last=year, day=None, by=rest)
        one = replace(counting, question=asked, day=_day(counting.facts, asked))
        reason = _missing(one)
        if reason:
            if not rest:
                yield Point((str(year),), None, None, reason)
            continue
        chosen = one.divided()
        if not rest:
            yield Point((str(year),), plain(chosen.total()), len(chosen.records()))
            continue
        for point in _points(chosen):
            yield point._replace(key=(str(year), *point.key))
