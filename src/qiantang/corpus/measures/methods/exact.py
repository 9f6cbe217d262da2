"""Exact sums as numbers for people and programs."""

from __future__ import annotations

from fractions import Fraction


def plain(exact: Fraction) -> int | float:
    """A whole number where it is one, else the nearest binary fraction."""
    return exact.numerator if exact.denominator == 1 else float(exact)
