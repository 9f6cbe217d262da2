"""Rates of pre-examination: exact, as whole numbers over whole numbers; what has no whole is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """Days of many cases: mean, median, and the day within which nine of ten are done."""

    count: int
    mean: Fraction
    median: Fraction
    p90: int


def rate(part: int, whole: int) -> Fraction | None:
    """A share; None where there is no whole."""
    return Fraction(part, whole) if whole else None


def per_cent(share: Fraction | None) -> str:
    """One decimal, rounded half up: ``75.0``; empty where it is not known."""
    if share is None:
        return ""
    tenths = (share * 1000 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}" if tenths >= 0 else f"-{-tenths // 10}.{-tenths % 10}"


def spread(days: Sequence[int]) -> Spread | None:
    """None where there is nothing. P90 is the smallest value that at least nine of ten do not exceed."""
    if not days:
        return None
    ordered = sorted(days)
    count = len(ordered)
    middle = Fraction(ordered[(count - 1) // 2] + ordered[count // 2], 2)
    return Spread(count, Fraction(sum(ordered), count), middle, ordered[-(-9 * count // 10) - 1])


def cycle_reduction(ordinary: Fraction, fast: Fraction) -> Fraction:
    """(T_normal - T_fast) / T_normal."""
    return (ordinary - fast) / ordinary
