"""How many relevant patents two searches together have probably missed: capture and recapture.

Of N relevant patents one search found n1, another n2, both of them m. If the two were independent, and each relevant patent
as easy to find as any other, m would be drawn as from an urn: hypergeometric. N is then estimated after Chapman (1951),
which is almost without bias, and the interval holds every N under which as many or as few in common are not improbable.

Searches by words and by meaning of the same question are not independent: what is hard for one is often hard for the other.
Then m is larger than from an urn, and N is estimated too small. So the figure says: *at least about so many*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma

LEAST_COMMON = 7  # fewer in common say too little: Robson and Regier, Trans. Am. Fish. Soc. 93, 1964
_HALF = 0.025  # of the probability outside the interval, at either end
_MOST = 10**7


@dataclass(frozen=True, slots=True)
class Recall:
    """What the two searches tell.

    found       relevant patents found by either
    common      by both
    missing     probably missed, rounded; None where it is not known
    low, high   95 % interval of what was missed; None where it is not known
    """

    found: int
    common: int
    missing: int | None
    low: int | None
    high: int | None


def estimated_recall(first: int, second: int, common: int) -> Recall:
    """From how many relevant patents the first search found, the second, and both.

    errors  ValueError (more in common than one of them found, or a negative count)
    """
    if not 0 <= common <= min(first, second):
        raise ValueError(f"{first} and {second} cannot have {common} in common")
    found = first + second - common
    if common < LEAST_COMMON:
        return Recall(found, common, None, None, None)
    whole = (first + 1) * (second + 1) / (common + 1) - 1
    low, high = _interval(first, second, common)
    missing = min(max(round(whole - found), low - found), high - found)
    return Recall(found, common, missing, low - found, high - found)


def _interval(first: int, second: int, common: int) -> tuple[int, int]:
    """The smallest and the largest number of relevant patents that fit."""
    found = first + second - common
    low, step = found, 1
    while _at_most(common, first, second, low) < _HALF:  # few in common: there must be many
        low, step = low + step, step * 2
    low = _first(lambda whole: _at_most(common, first, second, whole) >= _HALF, found, low)
    high = max(found, low)
    while high < _MOST and _at_least(common, first, second, high) >= _HALF:
        high *= 2
    beyond = _first(lambda whole: _at_least(common, first, second, whole) < _HALF, max(found, low), high)
    return low, max(low, beyond - 1)


def _first(holds: Callable[[int], bool], start: int, end: int) -> int:
    """The first number for which something holds that holds for all after it; ``end`` where none before does."""
    while start < end:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle + 1
    return start


def _choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def _probability(common: int, first: int, second: int, whole: int) -> float:
    if not max(0, first + second - whole) <= common <= min(first, second):
        return 0.0
    return exp(_choose(first, common) + _choose(whole - first, second - common) - _choose(whole, second))


def _at_most(common: int, first: int, second: int, whole: int) -> float:
    return sum(_probability(one, first, second, whole) for one in range(common + 1))


def _at_least(common: int, first: int, second: int, whole: int) -> float:
    return sum(_probability(one, first, second, whole) for one in range(common, min(first, second) + 1))
