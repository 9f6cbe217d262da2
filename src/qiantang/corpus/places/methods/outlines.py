"""Outlines: which of today's districts make up a district of another day, and where the middle of an outline lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from qiantang.corpus.places.types import SuccessionRow

Ring = Sequence[Sequence[float]]


def composed(
    code: str, today: Sequence[str], day: date, successions: Iterable[SuccessionRow], valid_then: Collection[str]
) -> tuple[str, ...]:
    """Today's codes whose ground is exactly that of ``code`` on ``day``; empty where no set of them is.

    today       the codes among which the ground of ``code`` went on
    valid_then  codes that were districts on ``day``: the ground of one that is not ``code`` was not ``code``'s
    """
    later = [row for row in successions if row.day > day]
    for part in today:
        if part != code and part in valid_then:
            return ()
        if {row.old for row in later if row.new == part} - {code}:
            return ()
    return tuple(today)


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of the centre of gravity of the largest part of a Polygon or MultiPolygon."""
    rings = (
        [geometry["coordinates"][0]] if geometry["type"] == "Polygon" else [one[0] for one in geometry["coordinates"]]
    )
    return max((_centre(ring) for ring in rings), key=lambda one: one[0])[1]


def _centre(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Area (square degrees, without sign) and centre of gravity of a closed ring; source: the shoelace formula."""
    area = across = up = 0.0
    for (x, y), (next_x, next_y) in pairwise(ring):
        cross = x * next_y - next_x * y
        area += cross
        across += (x + next_x) * cross
        up += (y + next_y) * cross
    if area == 0:
        return 0.0, (ring[0][0], ring[0][1])
    return abs(area) / 2, (round(across / (3 * area), 5), round(up / (3 * area), 5))
