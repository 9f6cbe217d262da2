"""How well a rule did on labelled pairs: precision and recall with their intervals."""

from __future__ import annotations

from collections.abc import Iterable

from qiantang.kernel.share import Share


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
