"""Reads: the tables, loaded when first asked for and then kept."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.commons.refdata.methods.offices import OfficeTable
from qiantang.commons.refdata.methods.regions import RegionTable
from qiantang.commons.refdata.types import Level, Office, OfficeKind, Region

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def regions() -> RegionTable:
    """Provinces, prefectures and counties of China, those of today and of since 1985."""
    return RegionTable(
        Region(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            level=Level(row["level"]),
            parent=row["parent"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in _rows("regions.csv")
    )


@lru_cache(maxsize=1)
def offices() -> OfficeTable:
    """Countries and organisations of WIPO ST.3, among them four of the past."""
    return OfficeTable(
        Office(row["code"], row["name_zh"], row["name_en"], OfficeKind(row["kind"]), row["source"])
        for row in _rows("offices.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
