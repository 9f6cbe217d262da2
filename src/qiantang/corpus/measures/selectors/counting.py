"""Counts over the register: which patents, of which time and place, divided by what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from qiantang.commons.metrics.types import Dimension, Sharing, StatusBasis
from qiantang.commons.refdata.types import Level
from qiantang.corpus.measures.selectors import dimensions, lives
from qiantang.corpus.measures.selectors.facts import NEVER, Facts, day_number, day_of
from qiantang.corpus.measures.selectors.regions import Located, level_of, located, region_spread
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

    day     of a stock
    """

    facts: Facts
    recipe: Patents
    rule: CountingRule
    question: Question
    day: date | None = None

    @property
    def days(self) -> Ints:
        """The day of each patent that counts: of a stock, its day for all."""
        if self.recipe.time is Time.IN_FORCE:
            assert self.day is not None
            return np.full(len(self.facts), day_number(self.day), np.int32)
        return {Time.FILED: self.facts.filed, Time.PUBLISHED: self.facts.published, Time.GRANTED: self.facts.granted}[
            self.recipe.time
        ]

    def population(self) -> Any:
        """The patents that count, wherever they are, in the period."""
        facts, recipe = self.facts, self.recipe
        mask = np.ones(len(facts), bool)
        if recipe.offices:
            mask &= facts.office.where(recipe.offices)
        if recipe.types:
            mask &= facts.type.where(recipe.types)
        if recipe.time is Time.IN_FORCE:
            assert self.day is not None
            living = lives.lives_of(facts, _BASES[self.rule.basis])
            return mask & living.on(day_number(self.day), len(facts))
        return mask & _within(self.days, self.question.first, self.question.last)

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

    def divided(self) -> Chosen:
        """The same by the dimensions of the question; within a region only parts of it."""
        found, region = self.chosen(), self.question.region
        for dimension in self.question.by:
            spread = self.spread(dimension)
            if dimension in _PLACES and region is not None and self.rule.sharing is not Sharing.FIRST:
                found = self._parts_of(region, dimension, found)
            else:
                found = found.divided(spread)
        return found

    def _parts_of(self, region: str, dimension: Dimension, found: Chosen) -> Chosen:
        """Of patents with parties in several places only the places within the region; what is not known stays."""
        outer = Chosen.of(np.isin(np.arange(len(self.facts)), found.rows))
        place, level = self._located(), level_of(region)
        inside = (
            place.at(level) == place.words.index(region) if region in place.words else np.zeros(len(place.rows), bool)
        )
        kept = Located(
            place.rows[inside], place.province[inside], place.city[inside], place.district[inside], place.words
        )
        spread = region_spread(kept, _PLACES[dimension], self.rule.sharing, len(self.facts))
        if self.rule.sharing is Sharing.FRACTIONAL:  # parts of the whole patent, not of what lies in the region
            everybody = np.bincount(place.rows, minlength=len(self.facts))
            owners = np.repeat(np.arange(len(self.facts)), np.diff(spread.starts))
            spread = replace(spread, over=np.maximum(everybody[owners], 1).astype(np.int32))
        return outer.divided(spread)

    def spread(self, dimension: Dimension) -> Spread:
        """One dimension of the question."""
        if dimension is Dimension.YEAR:
            return dimensions.by_year(self.days)
        if dimension is Dimension.MONTH:
            return dimensions.by_month(self.days)
        if dimension in _PLACES:
            return self._places(_PLACES[dimension])
        return dimensions.spread_of(self.facts, dimension, self.rule.classes)

    def _located(self) -> Located:
        rule, days = self.rule, self.days
        key = ("located", self.recipe.time, self.day, rule.address, rule.sharing, rule.boundaries)
        return self.facts.kept(
            key,
            lambda: located(self.facts, days, address=rule.address, sharing=rule.sharing, boundaries=rule.boundaries),
        )

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
    days = {Time.FILED: facts.filed, Time.PUBLISHED: facts.published}.get(recipe.time, facts.granted)[mask]
    days = days[days != NEVER]
    return (day_of(days.min()), day_of(days.max())) if len(days) else None


def years_known(facts: Facts, recipe: Patents) -> range:
    """The years in which the register can say something."""
    reach = reach_of(facts, recipe)
    return range(reach[0].year, reach[1].year + 1) if reach else range(0)
