"""How long rights are kept: survival by age, and what will expire or lapse in the months ahead.

Sources: Kaplan and Meier, JASA 53 (1958); Greenwood (1926) for the variance, on the log-log scale after Kalbfleisch and
Prentice; delayed entry after Lynden-Bell (1971): a right is at risk only from the age at which it was granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Z95 = 1.959964
_MONTHS = 12


class Life(NamedTuple):
    """One right: ages in years; ``ended`` is False where it is in force, or ended otherwise, at ``age``.

    entered   age at which it came under observation (grant), below ``age``
    """

    age: float
    ended: bool
    entered: float = 0.0


class SurvivalStep(NamedTuple):
    """What happened at one age.

    at_risk     rights observed that had come to this age
    ended       of these
    survival    share of rights that outlive this age, 0 to 1
    low, high   its 95 % interval; None where nothing or everything has ended
    """

    age: float
    at_risk: int
    ended: int
    survival: float
    low: float | None
    high: float | None


class Due(NamedTuple):
    """A right in force and what comes next.

    due_month       months from now until its next annual fee, 0 to 11; None: none is due in these twelve
    age             its age in years on that day
    expires_month   months from now until its term ends; None: later than in twelve months
    group           the kind of holder, by which curves are told apart
    """

    due_month: int | None
    age: int | None
    expires_month: int | None
    group: str


class OutlookMonth(NamedTuple):
    """A month ahead (0 is the running one).

    expiring    rights whose term ends: certain
    due         rights with an annual fee due
    lapsing     of these, how many will probably not be paid; None where for some nothing is known
    low, high   its 95 % band, never below 0 nor above ``due``
    unknown     rights due for which no right of that age was ever observed
    """

    month: int
    expiring: int
    due: int
    lapsing: float | None
    low: float | None
    high: float | None
    unknown: int


class Observed(NamedTuple):
    """Many rights as columns, each as a ``Life``; ``group`` is a place in ``names``."""

    names: tuple[str, ...]
    group: NDArray[np.int64]
    age: NDArray[np.float64]
    ended: NDArray[np.bool_]
    entered: NDArray[np.float64]


def observed(lives: Iterable[tuple[str, Life]]) -> Observed:
    """Rights one by one as columns."""
    listed = list(lives)
    names = tuple(sorted({name for name, _life in listed}))
    places = {name: place for place, name in enumerate(names)}
    return Observed(
        names,
        np.array([places[name] for name, _life in listed], np.int64),
        np.array([life.age for _name, life in listed], np.float64),
        np.array([life.ended for _name, life in listed], np.bool_),
        np.array([life.entered for _name, life in listed], np.float64),
    )


def survival_curve(lives: Iterable[Life]) -> tuple[SurvivalStep, ...]:
    """The Kaplan-Meier curve: one step for each age at which a right ended, in order; survival is 1 before the first.

    errors   ValueError where a right is not observed for any time, or an age is below zero
    """
    told = observed(("", one) for one in lives)
    return _curve(told.age, told.ended, told.entered)


def _curve(
    age: NDArray[np.float64], ended: NDArray[np.bool_], entered: NDArray[np.float64]
) -> tuple[SurvivalStep, ...]:
    if ((entered < 0) | (age <= entered)).any():
        raise ValueError("a right is observed from its entry on, at an age of zero or more")
    ends, counts = np.unique(age[ended], return_counts=True)
    came = np.searchsorted(np.sort(entered), ends)
    left = np.searchsorted(np.sort(age), ends)
    steps: list[SurvivalStep] = []
    survival, variance = 1.0, 0.0
    for at, at_risk, gone in zip(ends.tolist(), (came - left).tolist(), counts.tolist(), strict=True):
        survival *= 1 - gone / at_risk
        if at_risk > gone:
            variance += gone / (at_risk * (at_risk - gone))
        steps.append(SurvivalStep(at, at_risk, gone, survival, *_band(survival, variance)))
    return tuple(steps)


def _band(survival: float, variance: float) -> tuple[float | None, float | None]:
    """The interval on the log-log scale, which stays between 0 and 1."""
    if not 0 < survival < 1:
        return None, None
    half = _Z95 * sqrt(variance) / abs(log(survival))
    return survival ** exp(half), survival ** exp(-half)


def survival_at(steps: Sequence[SurvivalStep], age: float) -> float:
    """The share that outlives an age."""
    found = 1.0
    for step in steps:
        if step.age > age:
            break
        found = step.survival
    return found


def median_life(steps: Sequence[SurvivalStep]) -> float | None:
    """The age that half of the rights outlive; None where more than half still live at the last age observed."""
    return next((step.age for step in steps if step.survival <= 0.5), None)  # noqa: PLR2004 the half


def curves_by_group(lives: Observed | Iterable[tuple[str, Life]]) -> dict[str, tuple[SurvivalStep, ...]]:
    """A curve for each group, by name."""
    told = lives if isinstance(lives, Observed) else observed(lives)
    curves = {}
    for place, name in sorted(enumerate(told.names), key=lambda one: one[1]):
        mine = told.group == place
        if mine.any():
            curves[name] = _curve(told.age[mine], told.ended[mine], told.entered[mine])
    return curves


class FeeHazards(NamedTuple):
    """(group, age in whole years) -> (fees due at that age, of these not paid), as observed."""

    seen: Mapping[tuple[str, int], tuple[int, int]]

    def rate(self, group: str, age: int) -> float | None:
        """The share of fees not paid; None where none was ever due."""
        due, unpaid = self.seen.get((group, age), (0, 0))
        return unpaid / due if due else None


def fee_hazards(lives: Observed | Iterable[tuple[str, Life]]) -> FeeHazards:
    """How often the annual fee at each age was not paid; an end counts at the anniversary nearest below it."""
    told = lives if isinstance(lives, Observed) else observed(lives)
    first, last = told.entered.astype(np.int64) + 1, (told.age + 1e-9).astype(np.int64)
    some = last >= first
    group, first, last, ended = told.group[some], first[some], last[some], told.ended[some]
    shape = len(told.names), int(last.max(initial=0)) + 2
    change, unpaid = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    np.add.at(change, (group, first), 1)  # due at every age from the first to the last
    np.add.at(change, (group, last + 1), -1)
    np.add.at(unpaid, (group[ended], last[ended]), 1)
    due = change.cumsum(1)
    rows = sorted((told.names[place], age, place) for place, age in np.argwhere(due > 0).tolist())
    return FeeHazards({(name, age): (int(due[place, age]), int(unpaid[place, age])) for name, age, place in rows})


def outlook(
    rights: Iterable[Due] | Mapping[Due, int], hazards: FeeHazards, months: int = _MONTHS
) -> tuple[OutlookMonth, ...]:
    """What the next months will probably bring: expiry is certain, lapse follows what holders of a kind did at that age.

    A right whose term ends in these months counts as expiring only.

    rights  one by one, or how many there are of each kind
    """
    expiring, due, unknown = [0] * months, [0] * months, [0] * months
    mean, variance = [0.0] * months, [0.0] * months
    for one, times in Counter(rights).items():
        if one.expires_month is not None and one.expires_month < months:
            expiring[one.expires_month] += times
            continue
        if one.due_month is None or one.age is None or one.due_month >= months:
            continue
        due[one.due_month] += times
        rate = hazards.rate(one.group, one.age)
        if rate is None:
            unknown[one.due_month] += times
        else:
            mean[one.due_month] += times * rate
            variance[one.due_month] += times * rate * (1 - rate)
    rows = []
    for month in range(months):
        known = not unknown[month]
        half = _Z95 * sqrt(variance[month])
        low, high = max(0.0, mean[month] - half), min(float(due[month]), mean[month] + half)
        row = OutlookMonth(month, expiring[month], due[month], mean[month], low, high, unknown[month])
        rows.append(row if known else row._replace(lapsing=None, low=None, high=None))
    return tuple(rows)
