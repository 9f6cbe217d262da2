"""A share that was measured on a sample, with the interval that small samples deserve.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22 (1927).
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z95 = 1.959963984540054


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The two-sided 95 % score interval of a share, both ends in 0 to 1; (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share, square = hits / trials, _Z95 * _Z95
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = _Z95 * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


class Share(NamedTuple):
    """``hits`` of ``total``. ``value`` is None where nothing was tried; the interval of nothing spans from 0 to 1."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, after Wilson."""
        return wilson(self.hits, self.total)

    def __str__(self) -> str:
        low, high = self.interval
        told = "-" if self.value is None else f"{100 * self.value:.1f}"
        return f"{told} % ({self.hits} of {self.total}; {100 * low:.1f} to {100 * high:.1f} %)"
