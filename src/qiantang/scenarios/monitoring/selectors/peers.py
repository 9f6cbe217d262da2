"""The cities beside ours: those of the table, a set to which ours belongs, or any that the reader picks."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from qiantang.commons.refdata.api import regions
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.types import CitySet

_HERE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def default_peers() -> tuple[str, ...]:
    """The twelve of ``peers.csv``, in its order; a city changes the file."""
    with (_HERE / "peers.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(row["code"] for row in sorted(csv.DictReader(lines), key=lambda row: int(row["order"])))


@lru_cache(maxsize=1)
def _sets() -> dict[str, tuple[str, ...]]:
    with (_HERE / "city_sets.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {name: tuple(row["code"] for row in rows if row["set"] == name) for name in {row["set"] for row in rows}}


def compared(picked: tuple[str, ...], among: CitySet = CitySet.PICKED) -> tuple[str, ...]:
    """Codes of all cities of a comparison, ours first.

    picked  of the set ``picked``: the cities beside ours; empty: the default ones
    """
    others = (picked or default_peers()) if among is CitySet.PICKED else _sets()[among]
    return (CITY, *(code for code in others if code != CITY))


@lru_cache(maxsize=1)
def all_cities() -> tuple[str, ...]:
    """Prefectures and municipalities that exist today, by code."""
    return tuple(sorted({row.code for row in regions().rows() if row.valid_to is None and row.is_city}))
