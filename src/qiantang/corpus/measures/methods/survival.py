"""How long rights are kept: survival by age, and what will expire or lapse in the months ahead.

Sources: Kaplan and Meier, JASA 53 (1958); Greenwood (1926) for the variance, on the log-log scale after Kalbfleisch and
Prentice; delayed entry after Lynden-Bell (1971): a right is at risk only from the age at which it was granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

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


def survival_curve(lives: Iterable[Life]) -> tuple[SurvivalStep, ...]:
    """The Kaplan-Meier curve: one step for each age at which a right ended, in order; survival is 1 before the first.

    errors   ValueError where a right is not observed for any time, or an age is below zero
    """
    listed = list(lives)
    if any(one.entered < 0 or one.age <= one.entered for one in listed):
        raise ValueError("a right is observed from its entry on, at an age of zero or more")
    ends: dict[float, int] = {}
    for one in listed:
        if one.ended:
            ends[one.age] = ends.get(one.age, 0) + 1
    ages, entries = sorted(one.age for one in listed), sorted(one.entered for one in listed)
    steps: list[SurvivalStep] = []
    survival, variance = 1.0, 0.0
    left = came = 0
    for age in sorted(ends):
        while came < len(entries) and entries[came] < age:
            came += 1
        while left < len(ages) and ages[left] < age:
            left += 1
        at_risk, ended = came - left, ends[age]
        survival *= 1 - ended / at_risk
        if at_risk > ended:
            variance += ended / (at_risk * (at_risk - ended))
        steps.append(SurvivalStep(age, at_risk, ended, survival, *_band(survival, variance)))
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


def curves_by_group(lives: Iterable[tuple[str, Life]]) -> dict[str, tuple[SurvivalStep, ...]]:
    """A curve for each group, by name."""
    groups: dict[str, list[Life]] = {}
    for group, life in lives:
        groups.setdefault(group, []).append(life)
    return {name: survival_curve(groups[name]) for name in sorted(groups)}


class FeeHazards(NamedTuple):
    """(group, age in whole years) -> (fees due at that age, of these not paid), as observed."""

    seen: Mapping[tuple[str, int], tuple[int, int]]

    def rate(self, group: str, age: int) -> float | None:
        """The share of fees not paid; None where none was ever due."""
        due, unpaid = self.seen.get((group, age), (0, 0))
        return unpaid / due if due else None


def fee_hazards(lives: Iterable[tuple[str, Life]]) -> FeeHazards:
    """How often the annual fee at each age was not paid; an end counts at the anniversary nearest below it."""
    seen: dict[tuple[str, int], list[int]] = {}
    for group, life in lives:
        last = int(life.age + 1e-9)
        for age in range(int(life.entered) + 1, last + 1):
            row = seen.setdefault((group, age), [0, 0])
            row[0] += 1
            row[1] += life.ended and age == last
    return FeeHazards({key: (due, unpaid) for key, (due, unpaid) in sorted(seen.items())})


def outlook(rights: Iterable[Due], hazards: FeeHazards, months: int = _MONTHS) -> tuple[OutlookMonth, ...]:
    """What the next months will probably bring: expiry is certain, lapse follows what holders of a kind did at that age.

    A right whose term ends in these months counts as expiring only.
    """
    expiring, due, unknown = [0] * months, [0] * months, [0] * months
    mean, variance = [0.0] * months, [0.0] * months
    for one in rights:
        if one.expires_month is not None and one.expires_month < months:
            expiring[one.expires_month] += 1
            continue
        if one.due_month is None or one.age is None or one.due_month >= months:
            continue
        due[one.due_month] += 1
        rate = hazards.rate(one.group, one.age)
        if rate is None:
            unknown[one.due_month] += 1
        else:
            mean[one.due_month] += rate
            variance[one.due_month] += rate * (1 - rate)
    rows = []
    for month in range(months):
        known = not unknown[month]
        half = _Z95 * sqrt(variance[month])
        low, high = max(0.0, mean[month] - half), min(float(due[month]), mean[month] + half)
        row = OutlookMonth(month, expiring[month], due[month], mean[month], low, high, unknown[month])
        rows.append(row if known else row._replace(lapsing=None, low=None, high=None))
    return tuple(rows)
