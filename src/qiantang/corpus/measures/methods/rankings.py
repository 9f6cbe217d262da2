"""Ranks with ties, composites, and how far a rank depends on the counting rule.

Source: standard competition ranking (1, 2, 2, 4); OECD/JRC Handbook on Constructing Composite Indicators (2008) for
min-max and z-scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum, isclose, sqrt
from typing import NamedTuple


class Place(NamedTuple):
    """One row of a ranking.

    rank        1 is best; equal values share a rank and the next one is skipped; None: value not known, unit not ranked
    tied        others with the same value
    gap         to the next better value, in the unit of the value; None for the first and the unranked
    """

    unit: str
    value: float | None
    rank: int | None
    tied: int
    gap: float | None


class RankRange(NamedTuple):
    """The ranks of one unit under several rules: ``best`` to ``worst``, and the rank under each rule it is known by."""

    unit: str
    best: int | None
    worst: int | None
    by_rule: dict[str, int | None]

    @property
    def robust(self) -> bool | None:
        """Whether all rules say the same; None where some rule does not know the unit."""
        return None if None in self.by_rule.values() else self.best == self.worst


class Composite(NamedTuple):
    """A weighted mean of normalised indicators.

    score     None where no indicator is known
    missing   indicators the unit has no value for: left out, the other weights rescaled
    """

    unit: str
    score: float | None
    missing: tuple[str, ...]


def ranking(values: Mapping[str, float | None], *, lower_is_better: bool = False) -> tuple[Place, ...]:
    """All units, best first, equal ones by name; units without a value come last and have no rank."""
    sign = 1.0 if lower_is_better else -1.0
    known = sorted((sign * value, unit) for unit, value in values.items() if value is not None)
    counts: dict[float, int] = {}
    for key, _ in known:
        counts[key] = counts.get(key, 0) + 1
    rows: list[Place] = []
    better: float | None = None
    for at, (key, unit) in enumerate(known):
        if at and key != known[at - 1][0]:
            better = known[at - 1][0]
        same = rows[-1].rank if at and key == known[at - 1][0] else at + 1
        rows.append(Place(unit, values[unit], same, counts[key] - 1, None if better is None else key - better))
    return (*rows, *(Place(unit, None, None, 0, None) for unit in sorted(values) if values[unit] is None))


def ranks(values: Mapping[str, float | None], *, lower_is_better: bool = False) -> dict[str, int | None]:
    """Unit to rank; None where its value is not known."""
    return {one.unit: one.rank for one in ranking(values, lower_is_better=lower_is_better)}


def rank_ranges(by_rule: Mapping[str, Mapping[str, float | None]]) -> tuple[RankRange, ...]:
    """How far each unit's rank depends on the counting rule, ordered by best, then worst rank, then name.

    by_rule   rule -> unit -> value; a unit absent under a rule is not known there
    """
    tables = {rule: ranks(values) for rule, values in by_rule.items()}
    units = sorted({unit for values in by_rule.values() for unit in values})
    rows = []
    for unit in units:
        found = {rule: table.get(unit) for rule, table in tables.items()}
        known = [rank for rank in found.values() if rank is not None]
        rows.append(RankRange(unit, min(known, default=None), max(known, default=None), found))
    last = len(units) + 1
    return tuple(sorted(rows, key=lambda one: (one.best or last, one.worst or last, one.unit)))


def rank_moves(before: Mapping[str, int | None], now: Mapping[str, int | None]) -> dict[str, int | None]:
    """Places gained (above zero) or lost since ``before``; None where either rank is not known."""
    moves: dict[str, int | None] = {}
    for unit, rank in now.items():
        then = before.get(unit)
        moves[unit] = None if rank is None or then is None else then - rank
    return moves


def min_max(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """(value - smallest) / (largest - smallest), 0 to 1; None where not known, or where all known values are alike."""
    known = [one for one in values.values() if one is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    span = high - low
    return {unit: None if one is None or not span else (one - low) / span for unit, one in values.items()}


def z_scores(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """(value - mean) / standard deviation of the population; None where not known, or where all known values are alike."""
    known = [one for one in values.values() if one is not None]
    if not known or min(known) == max(known):
        return dict.fromkeys(values, None)
    mean = fsum(known) / len(known)
    deviation = sqrt(fsum((one - mean) ** 2 for one in known) / len(known))
    return {unit: None if one is None else (one - mean) / deviation for unit, one in values.items()}


def composites(
    indicators: Mapping[str, Mapping[str, float | None]],
    weights: Mapping[str, float],
    *,
    lower_is_better: Iterable[str] = (),
    by_z: bool = False,
) -> tuple[Composite, ...]:
    """A composite for each unit, by name.

    indicators   indicator -> unit -> value
    weights      indicator -> weight; they sum to 1
    by_z         normalise by z-score in place of min-max
    errors       ValueError where weights do not sum to 1, or an indicator has no weight
    """
    if set(indicators) != set(weights) or not isclose(sum(weights.values()), 1.0, abs_tol=1e-9):
        raise ValueError("each indicator has one weight, and weights sum to 1")
    turned = frozenset(lower_is_better)
    scaled = {}
    for name, values in indicators.items():
        facing = {unit: None if one is None else (-one if name in turned else one) for unit, one in values.items()}
        scaled[name] = z_scores(facing) if by_z else min_max(facing)
    rows = []
    for unit in sorted({unit for values in indicators.values() for unit in values}):
        known = {name: found for name in indicators if (found := scaled[name].get(unit)) is not None}
        weight = sum(weights[name] for name in known)
        score = sum(weights[name] * found for name, found in known.items()) / weight if weight else None
        rows.append(Composite(unit, score, tuple(name for name in indicators if name not in known)))
    return tuple(rows)
