"""Calendar days as whole numbers since 1970-01-01, many at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from qiantang.corpus.ingest.methods.synthetic.draws import Ints

NEVER = 1_000_000
"""A day that does not come: what has not happened by the end of the city's time."""

# Days from Monday … Sunday to the next gazette day, Tuesday or Friday.
_TO_GAZETTE = np.array([1, 0, 2, 1, 0, 3, 2])
_EPOCH = date(1970, 1, 1).toordinal()


def day(year: int, month: int, of_month: int) -> int:
    """The number of a calendar day."""
    return date(year, month, of_month).toordinal() - _EPOCH


FIRST_YEAR, LAST_YEAR = 2005, 2025
CUTOFF = day(2025, 12, 31)
"""The last day of the city: nothing published after it is in the files."""


def years_of(days: Ints) -> Ints:
    """Calendar years."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def first_days(years: Ints) -> Ints:
    """The first of January of each year."""
    return (years - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)


def anniversary(days: Ints, years: npt.ArrayLike) -> Ints:
    """The same day ``years`` later; 29 February becomes the last of February (Implementing Regulations, rule 5)."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    offset = days - months.astype("datetime64[D]").astype(np.int64)
    target = months + (12 * np.asarray(years)).astype("timedelta64[M]")
    start = target.astype("datetime64[D]").astype(np.int64)
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64) - start
    found: Ints = start + np.minimum(offset, length - 1)
    return found


def gazette_day(days: Ints) -> Ints:
    """The Tuesday or Friday on or after each day: the days on which the gazette appears."""
    found: Ints = days + _TO_GAZETTE[(days + 3) % 7]
    return found
