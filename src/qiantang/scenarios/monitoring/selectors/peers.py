"""The cities beside ours: those of the table, or any that the reader picks."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qiantang.commons.refdata.api import Level, regions
from qiantang.scenarios.monitoring.rules import CITY

_HERE = Path(__file__).resolve().parent.parent


class Peer(NamedTuple):
    """A city of the table: a capital of a province, or a municipality."""

    code: str
    capital: bool
    municipality: bool


@lru_cache(maxsize=1)
def default_peers() -> tuple[Peer, ...]:
    """The twelve of ``peers.csv``, in its order; a city changes the file."""
    with (_HERE / "peers.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: int(row["order"]))
    return tuple(Peer(row["code"], row["capital"] == "yes", row["municipality"] == "yes") for row in rows)


def compared(picked: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of all cities of a comparison, ours first."""
    others = picked or tuple(peer.code for peer in default_peers())
    return (CITY, *(code for code in others if code != CITY))


@lru_cache(maxsize=1)
def all_cities() -> tuple[str, ...]:
    """Prefectures and municipalities that exist today, by code."""
    municipalities = {"110000", "120000", "310000", "500000"}
    return tuple(
        sorted(
            {
                row.code
                for row in regions().rows()
                if row.valid_to is None and (row.level is Level.PREFECTURE or row.code in municipalities)
            }
        )
    )
