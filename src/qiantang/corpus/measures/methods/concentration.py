"""Concentration of patents among applicants, and how many of these are new.

Source: Hirschman-Herfindahl index; bands after the Merger Guidelines of the US agencies (2023), as orientation only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

POINTS = 10_000  # of a monopoly
MODERATE, HIGH = 1_000, 1_800  # points


class Concentration(NamedTuple):
    """How the counts of ``parties`` are spread.

    hhi          points, 0 to 10,000
    normalised   0 (all alike) to 1 (one has all); None for one party alone
    effective    number of equal parties with the same concentration
    band         ``low``, ``moderate`` or ``high``
    """

    parties: int
    hhi: float
    normalised: float | None
    effective: float
    band: str


class Entrants(NamedTuple):
    """Parties active in a year, those of them first seen in it, and their ratio (None in the first year of the data)."""

    year: int
    new: int
    active: int
    ratio: float | None


def shares(values: Iterable[float]) -> tuple[float, ...]:
    """Each value above zero as a share of their sum, largest first; empty where there is nothing.

    errors  ValueError for a value below zero
    """
    known = sorted((float(one) for one in values), reverse=True)
    if known and known[-1] < 0:
        raise ValueError("counts are not below zero")
    total = sum(known)
    return tuple(one / total for one in known if one > 0)


def cr(values: Iterable[float], k: int) -> float | None:
    """CR_k: the share of the ``k`` largest, 0 to 1; None where there is nothing."""
    found = shares(values)
    return min(1.0, sum(found[:k])) if found else None


def hhi(values: Iterable[float]) -> float | None:
    """The sum of squared shares in points (0 to 10,000); None where there is nothing."""
    found = shares(values)
    return POINTS * sum(one * one for one in found) if found else None


def concentration(values: Iterable[float], bands: tuple[float, float] = (MODERATE, HIGH)) -> Concentration | None:
    """All measures at once; None where there is nothing.

    bands   points from which concentration is moderate, and above which it is high
    """
    found = shares(values)
    if not found:
        return None
    square, n = sum(one * one for one in found), len(found)
    points = POINTS * square
    return Concentration(
        parties=n,
        hhi=points,
        normalised=max(0.0, (square - 1 / n) / (1 - 1 / n)) if n > 1 else None,
        effective=1 / square,
        band="low" if points < bands[0] else "moderate" if points <= bands[1] else "high",
    )


def new_entrants(activity: Iterable[tuple[str, int]]) -> tuple[Entrants, ...]:
    """From (party, year) pairs, one row for each year with activity, in order.

    In the first year everybody would be new because nothing earlier is known: its ratio is None.
    """
    years: dict[int, set[str]] = {}
    for party, year in activity:
        years.setdefault(year, set()).add(party)
    seen: set[str] = set()
    rows = []
    for number, year in enumerate(sorted(years)):
        active = years[year]
        new = len(active - seen)
        rows.append(Entrants(year, new, len(active), new / len(active) if number else None))
        seen |= active
    return tuple(rows)


def top(values: Sequence[tuple[str, float]], k: int) -> tuple[tuple[str, float], ...]:
    """The ``k`` largest by value, and all that tie with the last of them; equal values by name."""
    ordered = sorted(values, key=lambda one: (-one[1], one[0]))
    if len(ordered) <= k:
        return tuple(ordered)
    return tuple(one for one in ordered if one[1] >= ordered[k - 1][1])
