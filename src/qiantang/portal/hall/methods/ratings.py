"""Figures of ratings and runs. Nothing is counted that nobody said; of nothing there is no figure.

Source: State Council office on good and bad reviews (国办发〔2019〕51号); Zhejiang provisions on "at most one run", art. 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

GOOD = 3  # from this grade on a rating is good; below it somebody is contacted
_TOP = 4


class Rated(NamedTuple):
    """Figures of some ratings; shares from 0 to 1, None where nobody rated."""

    ratings: int
    top_two: float | None
    good: float | None
    mean: float | None
    good_count: int = 0


def rated(counts: Mapping[int, int]) -> Rated:
    """Counts    grade (5 very satisfied to 1 very dissatisfied) -> how many"""
    said = sum(counts.values())
    if not said:
        return Rated(0, None, None, None)
    top = sum(number for grade, number in counts.items() if grade >= _TOP)
    good = sum(number for grade, number in counts.items() if grade >= GOOD)
    return Rated(said, top / said, good / said, sum(grade * number for grade, number in counts.items()) / said, good)


class Runs(NamedTuple):
    """Cases that ended, those with no and with at most one visit, and the share of these; None where none ended."""

    closed: int
    zero: int
    at_most_one: int
    share: float | None


def runs(visits: Iterable[tuple[int, bool]]) -> Runs:
    """Visits    of each case that ended: how many, and whether one after the first was asked for by the office

    A second visit that the office asked for takes a case out; one that people chose themselves does not count against it.
    """
    cases = list(visits)
    zero = sum(count == 0 for count, _forced in cases)
    most_one = sum(count <= 1 or not forced for count, forced in cases)
    return Runs(len(cases), zero, most_one, most_one / len(cases) if cases else None)
