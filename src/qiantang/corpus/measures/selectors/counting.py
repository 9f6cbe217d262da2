"""Counts over the register: which patents, of which time and place, divided by what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from qiantang.commons.metrics.types import Dimension, Sharing, StatusBasis
from qiantang.commons.refdata import api as refdata
from qiantang.commons.refdata.types import Level
from qiantang.corpus.measures.selectors import dimensions, lives, traits
from qiantang.corpus.measures.selectors.facts import NEVER, Facts, day_number, day_of
from qiantang.corpus.measures.selectors.regions import Located, level_of, located, park_spread, region_spread
from qiantang.corpus.measures.selectors.spread import Chosen, Spread
from qiantang.corpus.measures.types import Patents, Time
from qiantang.kernel.legalstatus import Basis

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import CountingRule, Metric, Question
    from qiantang.corpus.measures.selectors.facts import Ints

_BASES = {StatusBasis.EFFECT: Basis.EFFECT, StatusBasis.GAZETTE: Basis.GAZETTE}
_PLACES = {Dimension.REGION: Level.PREFECTURE, Dimension.DISTRICT: Level.COUNTY}


def rule_of(metric: Metric, question: Question) -> CountingRule:
    """How the question wants it counted."""
    wishes = {name: getattr(question, name) for name in ("address", "sharing", "boundaries", "classes", "basis")}
    return replace(metric.rule, **{name: wish for name, wish in wishes.items() if wish is not None})


@dataclass(frozen=True, slots=True)
class Counting:
    """One question over one snapshot.

    day         of a stock
    conditions  only patents that meet one of them, as far as they are known
    """

    facts: Facts
    recipe: Patents
    rule: CountingRule
    question: Question
    day: date | None = None
    conditions: tuple[str, ...] = ()

    @property
    def days(self) -> Ints:
        """The day of each patent that counts: of a stock, its day for all; of events, the last one in the period."""
        facts = self.facts
        if self.recipe.time is Time.IN_FORCE:
            assert self.day is not None
            return np.full(len(facts), day_number(self.day), np.int32)
        if self.recipe.time is Time.EVENT:
            rows, days = self._events()
            last = np.full(len(facts), NEVER, np.int32)
            order = np.argsort(days, kind="stable")
            last[rows[order]] = days[order]
            return last
        return {Time.FILED: facts.filed, Time.PUBLISHED: facts.published, Time.GRANTED: facts.granted}[self.recipe.time]

    def _events(self) -> tuple[Ints, Ints]:
        rows, days = traits.event_days(self.facts, self.recipe.events)
        within = _within(days, self.question.first, self.question.last)
        return rows[within], days[within]

    def population(self) -> Any:
        """The patents that count, wherever they are, in the period."""
        facts, recipe = self.facts, self.recipe
        mask = np.ones(len(facts), bool)
        if recipe.offices:
            mask &= facts.office.where(recipe.offices)
        if recipe.types:
            mask &= facts.type.where(recipe.types)
        if recipe.flag:
            mask &= facts.flagged(recipe.flag)
        if recipe.time is not Time.IN_FORCE:
            return mask & _within(self.days, self.question.first, self.question.last)
        assert self.day is not None
        living = lives.lives_of(facts, _BASES[self.rule.basis])
        mask &= living.on(day_number(self.day), len(facts))
        return mask & self._of_high_value() if self.conditions else mask

    def _of_high_value(self) -> Any:
        assert self.day is not None
        masks = [traits.condition(self.facts, name, self.day) for name in self.conditions]
        known = [mask for mask in masks if mask is not None]
        return np.logical_or.reduce(known) if known else np.zeros(len(self.facts), bool)

    def chosen(self) -> Chosen:
        """The patents that count in the region asked for, with their weights."""
        found = Chosen.of(self.population())
        region = self.question.region
        if region is not None:
            level = level_of(region)
            found = found.limited(self._places(level), lambda value: value == region)
        for dimension, wanted in self.question.only:
            asked = None if wanted == "unknown" else wanted
            found = found.limited(self.spread(dimension), lambda value, asked=asked: value == asked)  # type: ignore[misc]  # bound at once
        return found

    def unplaced(self) -> tuple[int, bool]:
        """Of patents that would count, how many may lie in the region but tell no place; and whether any tells one in China."""
        region, place = self.question.region, self._located()
        assert region is not None
        population = self.population()
        codes = place.at(level_of(region))
        home = refdata.regions().ancestors(region)[-1:] or (region,)
        province = place.words.index(home[0]) if home[0] in place.words else -1
        near = (place.province < 0) | (place.province == province)
        maybe = np.zeros(len(self.facts), bool)
        maybe[place.rows[(codes < 0) & ~place.abroad & near]] = True
        told = np.zeros(len(self.facts), bool)
        told[place.rows] = True
        placed = bool(population[place.rows[codes >= 0]].any())
        return int((population & (maybe | ~told)).sum()), placed

    def divided(self) -> Chosen:
        """The same by the dimensions of the question; within a region only parts of it."""
        region, by = self.question.region, self.question.by
        several = region is not None and self.rule.sharing is not Sharing.FIRST
        # places within the region come first: they are read from the parties, not from what is already divided
        order = sorted(range(len(by)), key=lambda at: not (several and by[at] in _PLACES))
        found = self.chosen()
        for at in order:
            if several and region is not None and by[at] in _PLACES and not found.codes:
                found = self._parts_of(region, by[at], found)
            else:
                found = found.divided(self.spread(by[at]))
        back = [order.index(at) for at in range(len(by))]
        return Chosen(
            found.rows, found.over, tuple(found.codes[at] for at in back), tuple(found.values[at] for at in back)
        )

    def _parts_of(self, region: str, dimension: Dimension, found: Chosen) -> Chosen:
        """Of patents with parties in several places only the places within the region; what is not known stays."""
        outer = Chosen.of(np.isin(np.arange(len(self.facts)), found.rows))
        place, level = self._located(), level_of(region)
        inside = (
            place.at(level) == place.words.index(region) if region in place.words else np.zeros(len(place.rows), bool)
        )
        kept = Located(
            place.rows[inside],
            place.abroad[inside],
            place.province[inside],
            place.city[inside],
            place.district[inside],
            place.words,
        )
        spread = region_spread(kept, _PLACES[dimension], self.rule.sharing, len(self.facts))
        if self.rule.sharing is Sharing.FRACTIONAL:  # parts of the whole patent, not of what lies in the region
            everybody = np.bincount(place.rows, minlength=len(self.facts))
            owners = np.repeat(np.arange(len(self.facts)), np.diff(spread.starts))
            spread = replace(spread, over=np.maximum(everybody[owners], 1).astype(np.int32))
        return outer.divided(spread)

    def spread(self, dimension: Dimension) -> Spread:
        """One dimension of the question."""
        if dimension in (Dimension.YEAR, Dimension.MONTH):
            told = dimensions.by_year if dimension is Dimension.YEAR else dimensions.by_month
            if self.recipe.time is not Time.EVENT:
                return told(self.days)
            rows, days = self._events()
            each = told(days)
            return Spread.many(rows, each.codes.astype(np.int64), each.values, len(self.facts), parts="whole")
        if dimension in _PLACES:
            return self._places(_PLACES[dimension])
        if dimension is Dimension.PARK:
            key = ("park", *self._place_key())
            return self.facts.kept_lately(key, lambda: park_spread(self.facts, self.days, self.rule))
        return dimensions.spread_of(self.facts, dimension, self.rule.classes, self.question.scheme)

    def _located(self) -> Located:
        def locate() -> Located:
            return located(self.facts, self.days, self.rule)

        return self.facts.kept_lately(("located", *self._place_key()), locate)

    def _place_key(self) -> tuple[object, ...]:
        """What a place depends on."""
        rule, recipe, question = self.rule, self.recipe, self.question
        period = (question.first, question.last, recipe.events) if recipe.time is Time.EVENT else ()
        return (recipe.time, self.day, period, rule.address, rule.sharing, rule.boundaries)

    def _places(self, level: Level) -> Spread:
        return region_spread(self._located(), level, self.rule.sharing, len(self.facts))


def _within(days: Ints, first: int | None, last: int | None) -> Any:
    """Which days lie in the years; those that are not known lie in none, but in no limit at all."""
    if first is None and last is None:
        return days != NEVER
    begin = day_number(date(first, 1, 1)) if first else -int(NEVER)
    end = day_number(date(last, 12, 31)) if last else int(NEVER) - 1
    return (days >= begin) & (days <= end)


def reach_of(facts: Facts, recipe: Patents) -> tuple[date, date] | None:
    """First and last day on which the register knows a patent of the offices for this sort of day; None: none at all."""
    mask = facts.office.where(recipe.offices) if recipe.offices else np.ones(len(facts), bool)
    if recipe.time is Time.EVENT:  # of any kind: that none of these was told means that there was none
        days = facts.kept("every event", lambda: _every_event(facts))
        return (day_of(days.min()), day_of(days.max())) if len(days) else None
    days = {Time.FILED: facts.filed, Time.PUBLISHED: facts.published}.get(recipe.time, facts.granted)[mask]
    days = days[days != NEVER]
    return (day_of(days.min()), day_of(days.max())) if len(days) else None


def _every_event(facts: Facts) -> Ints:
    told = facts.entries("events", ("code", "date", "gazette_date"))
    gazetted = told.columns["gazette_date"].cast("int32").drop_null().to_numpy(zero_copy_only=False)
    return np.asarray(gazetted, np.int32)


def years_known(facts: Facts, recipe: Patents) -> range:
    """The years in which the register can say something."""
    reach = reach_of(facts, recipe)
    return range(reach[0].year, reach[1].year + 1) if reach else range(0)
