"""Specialisation of regions in fields: RTA and its kin, relatedness, and the four quadrants.

Sources: Soete (1987) and Balassa (1965) for RTA; Dalum et al. (1998) for RSI; Grupp (1994) for RPA; Hidalgo, Klinger,
Barabasi and Hausmann, Science 317 (2007) for proximity and density.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log, tanh
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEAST = 10  # patents of a region in a field below which nothing is said
Floats = NDArray[np.float64]


class Specialisation(NamedTuple):
    """``rta`` 0 and more (1: as everywhere), ``rsi`` -1 to 1, ``rpa`` -100 to 100; all None where suppressed or undefined."""

    rta: float | None
    rsi: float | None
    rpa: float | None
    suppressed: bool


def rta(cell: float, region: float, field: float, everything: float) -> float | None:
    """(cell / region) / (field / everything); None where a margin is not above zero."""
    if min(region, field, everything) <= 0:
        return None
    return (cell / region) / (field / everything)


def rsi(value: float | None) -> float | None:
    """(RTA - 1) / (RTA + 1)."""
    return None if value is None else (value - 1) / (value + 1)


def rpa(value: float | None) -> float | None:
    """100 tanh(ln RTA) = 100 (RTA² - 1) / (RTA² + 1); -100 for an RTA of 0."""
    if value is None:
        return None
    return 100 * tanh(log(value)) if value > 0 else -100.0


def specialisation(cell: float, region: float, field: float, everything: float, least: float = LEAST) -> Specialisation:
    """The three measures of one cell of the table regions x fields; suppressed where ``cell`` is below ``least``."""
    if cell < least:
        return Specialisation(None, None, None, suppressed=True)
    value = rta(cell, region, field, everything)
    return Specialisation(value, rsi(value), rpa(value), suppressed=False)


def rta_table(counts: ArrayLike, least: float = 0) -> Floats:
    """RTA of a whole table; shape (regions, fields) in and out; NaN where undefined, or where a count is below ``least``."""
    table = np.asarray(counts, dtype=np.float64)
    rows, columns, total = table.sum(1, keepdims=True), table.sum(0, keepdims=True), table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (table / rows) / (columns / total)
    found[~np.isfinite(found) | (table < least)] = np.nan
    return found


def proximity(table: ArrayLike) -> Floats:
    """How often two fields are specialities of the same regions: the smaller of the two conditional shares.

    table     RTA, shape (regions, fields); NaN counts as no speciality
    returns   shape (fields, fields), 0 to 1, symmetric; the diagonal is 1 for a field that any region has, else 0
    """
    special = (np.nan_to_num(np.asarray(table, dtype=np.float64)) > 1).astype(np.float64)
    together, alone = special.T @ special, special.sum(0)
    larger = np.maximum.outer(alone, alone)
    found: Floats = np.divide(together, larger, out=np.zeros_like(together), where=larger > 0)
    return found


def relatedness_density(table: ArrayLike, near: ArrayLike | None = None, *, with_itself: bool = True) -> Floats:
    """How much of what is related to a field a region is specialised in, 0 to 1.

    table         RTA, shape (regions, fields)
    near          shape (fields, fields); by default ``proximity(table)``
    with_itself   whether a field counts among its own relatives, as in the formula of 2007
    returns       shape (regions, fields); NaN where nothing is related to a field
    """
    values = np.nan_to_num(np.asarray(table, dtype=np.float64))
    close = proximity(values) if near is None else np.array(near, dtype=np.float64)
    if not with_itself:
        close = close.copy()
        np.fill_diagonal(close, 0)
    special = (values > 1).astype(np.float64)
    sums = close.sum(1)
    found = np.full(special.shape, np.nan)
    np.divide(special @ close.T, sums, out=found, where=np.broadcast_to(sums > 0, found.shape))
    return found


def quadrant(growth: float | None, value: float | None, growth_bound: float, rta_bound: float = 1.0) -> str | None:
    """``star`` (growth and RTA above their bounds), ``potential`` (growth alone), ``traditional`` (RTA alone) or ``weak``.

    None where either is not known.
    """
    if growth is None or value is None:
        return None
    if growth > growth_bound:
        return "star" if value > rta_bound else "potential"
    return "traditional" if value > rta_bound else "weak"


def quadrants(fields: Mapping[str, tuple[float | None, float | None]], rta_bound: float = 1.0) -> dict[str, str | None]:
    """The quadrant of each field from (growth, RTA); the bound of growth is the median of the growths known."""
    known = [growth for growth, _ in fields.values() if growth is not None]
    bound = median(known) if known else 0.0
    return {name: quadrant(growth, value, bound, rta_bound) for name, (growth, value) in fields.items()}
