"""How well a rule did on labelled pairs: precision and recall with their intervals.

Source of the interval: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

_Z = 1.959964  # two-sided, 95 %


class Share(NamedTuple):
    """``hits`` of ``total`` with the 95 % interval after Wilson; a share of nothing spans from 0 to 1."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        share, z2 = self.hits / self.total, _Z * _Z
        middle = (share + z2 / (2 * self.total)) / (1 + z2 / self.total)
        half = _Z * sqrt(share * (1 - share) / self.total + z2 / (4 * self.total**2)) / (1 + z2 / self.total)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        told = "-" if self.value is None else f"{100 * self.value:.1f}"
        return f"{told} % ({self.hits} of {self.total}; {100 * low:.1f} to {100 * high:.1f} %)"


def pairwise(found: dict[str, str], truth: dict[str, str]) -> tuple[Share, Share]:
    """(precision, recall) over all pairs of the things both know: two in one cluster are a pair.

    found, truth   thing -> name of its cluster
    """
    both = found.keys() & truth.keys()
    joint: dict[tuple[str, str], int] = {}
    ours: dict[str, int] = {}
    theirs: dict[str, int] = {}
    for thing in both:
        joint[found[thing], truth[thing]] = joint.get((found[thing], truth[thing]), 0) + 1
        ours[found[thing]] = ours.get(found[thing], 0) + 1
        theirs[truth[thing]] = theirs.get(truth[thing], 0) + 1
    right = _pairs(joint.values())
    return Share(right, _pairs(ours.values())), Share(right, _pairs(theirs.values()))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
