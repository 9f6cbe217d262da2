"""Recent months before all of them is published: an estimate with a band, drawn apart from what is settled.

Filings of a month become public over the following ones. How they did so for older months tells, by the chain-ladder method,
how much of a recent month is still hidden.
Source: Mack, ASTIN Bulletin 23 (1993), for the estimate and its standard error without an assumption on the distribution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LAGS = 24  # months after which a month counts as settled
_LEAST_SHARE = 0.10
_Z95 = 1.959964
_Floats = NDArray[np.float64]


class Ladder(NamedTuple):
    """How counts grow with their age.

    factors    shape (lags,): growth from one lag to the next; NaN where no period has been seen at it
    variances  shape (lags,): Mack's sigma²; NaN where not known
    weights    shape (lags,): sum of the counts that each factor was made of
    reported   shape (lags + 1,): share of the final count that is known at each lag; NaN where not known
    """

    factors: _Floats
    variances: _Floats
    weights: _Floats
    reported: _Floats


class NowcastPoint(NamedTuple):
    """One period, oldest first.

    observed      known today
    estimate      what it will be; equals ``observed`` for a settled period; None where too little is public to tell
    low, high     95 % band, never below ``observed``
    error         standard error of the estimate
    reported      share of it that is probably public, 0 to 1
    settled       whether nothing more is expected
    """

    observed: float
    estimate: float | None
    low: float | None
    high: float | None
    error: float | None
    reported: float | None
    settled: bool


def triangle(
    filings: Iterable[tuple[int, int]] | Mapping[tuple[int, int], int], first: int, today: int, lags: int = LAGS
) -> _Floats:
    """Cumulative counts by period of filing (rows, ``first`` to ``today``) and lag of publication (columns, 0 to ``lags``).

    filings   (period filed, period published), one by one or how often each, whole numbers that count months; what was published later than after
              ``lags`` counts at the last lag, what was published after ``today`` not at all
    returns   NaN where a lag is still to come
    """
    table = np.zeros((today - first + 1, lags + 1))
    for (filed, published), times in Counter(filings).items():
        if first <= filed <= published <= today:
            table[filed - first, min(published - filed, lags)] += times
    table = table.cumsum(1)
    ages = today - first - np.arange(len(table))
    table[np.arange(lags + 1)[None, :] > ages[:, None]] = np.nan
    return table


def chain_ladder(table: ArrayLike) -> Ladder:
    """Growth factors from a table of cumulative counts, shape (periods, lags + 1), NaN where not known yet."""
    known = np.asarray(table, dtype=np.float64)
    lags = known.shape[1] - 1
    factors, variances, weights = np.full(lags, np.nan), np.full(lags, np.nan), np.zeros(lags)
    for lag in range(lags):
        before, after = known[:, lag], known[:, lag + 1]
        both = ~np.isnan(before) & ~np.isnan(after)
        weights[lag] = before[both].sum()
        if weights[lag] <= 0:
            continue
        factors[lag] = after[both].sum() / weights[lag]
        some = both & (before > 0)
        if some.sum() > 1:
            rates = after[some] / before[some]
            variances[lag] = (before[some] * (rates - factors[lag]) ** 2).sum() / (some.sum() - 1)
    if lags > 2 and np.isnan(variances[-1]) and not np.isnan(variances[-3:-1]).any():  # noqa: PLR2004 Mack's rule for the last
        older, newer = variances[-3], variances[-2]
        variances[-1] = min(newer * newer / older, older, newer) if older > 0 else 0.0
    return Ladder(factors, variances, weights, 1 / np.append(np.cumprod(factors[::-1])[::-1], 1.0))


def nowcast(table: ArrayLike, least_share: float = _LEAST_SHARE) -> tuple[NowcastPoint, ...]:
    """An estimate for each period of a table as ``triangle`` makes it.

    least_share   periods of which probably less is public are not estimated
    """
    known = np.asarray(table, dtype=np.float64)
    ladder = chain_ladder(known)
    return tuple(_point(row, ladder, least_share) for row in known)


def _point(row: _Floats, ladder: Ladder, least_share: float) -> NowcastPoint:
    age = int((~np.isnan(row)).sum()) - 1
    observed, lags = float(row[age]), len(ladder.factors)
    if age == lags:
        return NowcastPoint(observed, observed, observed, observed, 0.0, 1.0, settled=True)
    share = float(ladder.reported[age])
    if np.isnan(share):
        return NowcastPoint(observed, None, None, None, None, None, settled=False)
    if share < least_share or observed <= 0:
        return NowcastPoint(observed, None, None, None, None, share, settled=False)
    settled = bool((ladder.factors[age:] == 1).all())
    estimate, squares, ahead = observed, 0.0, observed
    for lag in range(age, lags):
        factor, variance = ladder.factors[lag], ladder.variances[lag]
        squares += variance / factor**2 * (1 / ahead + 1 / ladder.weights[lag])
        ahead *= factor
    estimate = float(ahead)
    error = float(estimate * np.sqrt(squares))
    if np.isnan(error):
        return NowcastPoint(observed, estimate, None, None, None, share, settled)
    low, high = max(observed, estimate - _Z95 * error), estimate + _Z95 * error
    return NowcastPoint(observed, estimate, low, high, error, share, settled)
