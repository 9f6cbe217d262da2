"""Life cycle of a technology: the indicator set, cycle time, and the logistic curve.

Sources: domain text, module M6; technology cycle time after Narin (1993) and Kayal (1999); growth curve after Meyer, Yung and
Ausubel, Technological Forecasting and Social Change 61 (1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, hypot, isfinite, log
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_WINDOW = 5  # years, this one included
_FEW = 5  # years below which nothing is fitted
_BEYOND = 3  # years after the last one in which the turning point may lie
_SPREAD = log(81)  # of the logistic from 10 % to 90 %
_PHASES = ((0.10, "emerging"), (0.50, "growth"), (0.90, "maturity"))
_Floats = NDArray[np.float64]


class LifeCycle(NamedTuple):
    """The indicator set of a year; each is None where what it is made of is not known or zero.

    growth     v = inventions of the year / inventions of five years
    maturity   alpha = inventions / (inventions + utility models)
    decay      beta = (inventions + utility models) / (these and designs)
    novelty    N = sqrt(v² + alpha²)
    """

    growth: float | None
    maturity: float | None
    decay: float | None
    novelty: float | None


class LogisticFit(NamedTuple):
    """A fitted curve of cumulative families.

    ceiling        K, families
    middle         t_m, year in which half of K is reached
    span           years from 10 % to 90 % of K
    r_squared      share of the variance that the curve explains
    interval       95 % interval of K, never below what was observed; None where the data do not bound it
    identifiable   False: the turning point lies so far ahead that saturation cannot be told from these years
    share          of K reached in the last year, 0 to 1
    phase          ``emerging`` (below 10 %), ``growth`` (to 50), ``maturity`` (to 90), ``saturation``; None unless identifiable
    """

    ceiling: float
    middle: float
    span: float
    r_squared: float
    interval: tuple[float, float] | None
    identifiable: bool
    share: float
    phase: str | None


def indicator_set(
    inventions: float | None, five_years: float | None, utility_models: float | None, designs: float | None
) -> LifeCycle:
    """The indicator set from a (inventions of the year), A (of five years), b and c (utility models, designs of the year)."""

    def ratio(part: float | None, whole: float | None) -> float | None:
        return None if part is None or not whole else part / whole

    both = None if inventions is None or utility_models is None else inventions + utility_models
    growth, maturity = ratio(inventions, five_years), ratio(inventions, both)
    every = None if both is None or designs is None else both + designs
    novelty = None if growth is None or maturity is None else hypot(growth, maturity)
    return LifeCycle(growth, maturity, ratio(both, every), novelty)


def life_cycle(
    inventions: Mapping[int, int], utility_models: Mapping[int, int], designs: Mapping[int, int], first_known: int
) -> dict[int, LifeCycle]:
    """The indicator set for every year with inventions known; counts by year of filing, a year not told is 0.

    first_known   the first year the data cover: before it nothing is known, and growth needs five years
    """
    years = {*inventions, *utility_models, *designs}
    found = {}
    for year in range(first_known, max(years, default=first_known - 1) + 1):
        window = sum(inventions.get(one, 0) for one in range(year - _WINDOW + 1, year + 1))
        whole = window if year - _WINDOW + 1 >= first_known else None
        found[year] = indicator_set(inventions.get(year, 0), whole, utility_models.get(year, 0), designs.get(year, 0))
    return found


def slope(values: Sequence[float]) -> float | None:
    """Least-squares change a step; None for fewer than two values."""
    n = len(values)
    if n < 2:  # noqa: PLR2004 a line needs two points
        return None
    middle, mean = (n - 1) / 2, sum(values) / n
    over = sum((at - middle) * (one - mean) for at, one in enumerate(values))
    return over / sum((at - middle) ** 2 for at in range(n))


def life_stage(sets: Sequence[LifeCycle], inventions: Sequence[float]) -> str | None:
    """What the last years' indicator sets read as: ``growth``, ``maturity``, ``decline``; None where they tell nothing.

    sets         of consecutive years, oldest first; rising v and alpha is growth, falling alpha maturity, falling beta with few
                 inventions (below half of the most in these years) decline
    inventions   of the same years
    """
    if not sets or len(sets) != len(inventions):
        return None
    found: dict[str, float | None] = {}
    for name in ("growth", "maturity", "decay"):
        row = [value for one in sets if (value := getattr(one, name)) is not None]
        found[name] = slope(row) if len(row) == len(sets) else None
    if found["decay"] is not None and found["decay"] < 0 and inventions[-1] < max(inventions) / 2:
        return "decline"
    if found["maturity"] is None:
        return None
    if found["maturity"] < 0:
        return "maturity"
    return "growth" if found["maturity"] > 0 and found["growth"] is not None and found["growth"] > 0 else None


def cycle_time(citations: Iterable[tuple[int, int]]) -> float | None:
    """Technology cycle time in years: the median age of cited patents, from (citing year, cited year) pairs.

    Pairs whose cited patent is younger are left out; None without pairs.
    """
    ages = [citing - cited for citing, cited in citations if cited <= citing]
    return float(median(ages)) if ages else None


def logistic(year: float, ceiling: float, middle: float, span: float) -> float:
    """K / (1 + exp(-(ln 81 / span)(year - middle)))."""
    power = -_SPREAD / span * (year - middle)
    return ceiling / (1 + exp(power)) if power < 700 else 0.0  # noqa: PLR2004 beyond, exp overflows


def phase_of(share: float) -> str:
    """The phase at a share of K: ``emerging``, ``growth``, ``maturity`` or ``saturation``."""
    return next((name for bound, name in _PHASES if share < bound), "saturation")


def _curve(years: _Floats, ceiling: float, middle: float, span: float) -> _Floats:
    return ceiling / (1 + np.exp(np.clip(-_SPREAD / span * (years - middle), -700, 700)))


def fit_logistic(years: Sequence[int], cumulative: Sequence[float]) -> LogisticFit | None:
    """The curve nearest to cumulative families by year (least squares); None for fewer than five years or without growth.

    years        rising; incomplete ones are the caller's to leave out
    cumulative   families up to and including each year
    errors       ValueError where the two differ in length, or years do not rise
    """
    from scipy.optimize import curve_fit  # noqa: PLC0415 half a second that only this call needs

    if len(years) != len(cumulative) or any(b <= a for a, b in pairwise(years)):
        raise ValueError("one value for each year, years rising")
    at, seen = np.asarray(years, dtype=np.float64), np.asarray(cumulative, dtype=np.float64)
    if len(at) < _FEW or seen.max() <= seen.min() or seen.max() <= 0:
        return None
    most, first, last = float(seen.max()), float(at[0]), float(at[-1])
    steepest = float(at[1 + int(np.argmax(np.diff(seen)))])
    bounds = ([1.0, first - 100, 0.1], [1_000.0, last + 100, 400.0])  # K in units of the most observed
    try:
        found, spread = curve_fit(
            _curve, at, seen / most, p0=(1.2, steepest, 10.0), bounds=bounds, x_scale=(1.0, 10.0, 10.0), max_nfev=5_000
        )
    except RuntimeError:  # no minimum was reached
        return None
    ceiling, middle, span = float(found[0]) * most, float(found[1]), float(found[2])
    rest = float(((seen - most * _curve(at, *found)) ** 2).sum())
    share = logistic(last, ceiling, middle, span) / ceiling
    identifiable = middle <= last + _BEYOND
    return LogisticFit(
        ceiling=ceiling,
        middle=middle,
        span=span,
        r_squared=1 - rest / float(((seen - seen.mean()) ** 2).sum()),
        interval=_interval(ceiling, float(spread[0, 0]) * most * most, most, len(at) - 3),
        identifiable=identifiable,
        share=share,
        phase=phase_of(share) if identifiable else None,
    )


def _interval(ceiling: float, variance: float, most: float, freedom: int) -> tuple[float, float] | None:
    """95 % by Student's t; None where the variance is not finite."""
    from scipy.stats import t  # noqa: PLC0415 as above

    if not isfinite(variance):
        return None
    half = float(t.ppf(0.975, freedom)) * max(0.0, variance) ** 0.5
    return max(most, ceiling - half), ceiling + half
