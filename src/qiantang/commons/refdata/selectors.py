"""Reads: the tables, loaded when first asked for and then kept."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.commons.refdata.methods.figures import FigureTable
from qiantang.commons.refdata.methods.holidays import calendar_of
from qiantang.commons.refdata.methods.offices import OfficeTable
from qiantang.commons.refdata.methods.regions import RegionTable
from qiantang.commons.refdata.types import (
    HolidayNotice,
    Level,
    Office,
    OfficeKind,
    Region,
    StatedFigure,
    StatutoryLimit,
)
from qiantang.kernel.calendar import Limit, Unit, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


@lru_cache(maxsize=1)
def work_calendar() -> WorkCalendar:
    """The working days of China, over the years of which the notice is in the table.

    errors  ValueError where the rows of a year are not those that were sealed: the table was changed by hand
    """
    rows = [(date.fromisoformat(row["day"]), row["kind"], row["name_zh"]) for row in _rows("holidays.csv")]
    return calendar_of(rows, holiday_notices())


@lru_cache(maxsize=1)
def holiday_notices() -> tuple[HolidayNotice, ...]:
    """The years of the table of working days, each with its notice and seal, oldest first."""
    return tuple(
        HolidayNotice(int(row["year"]), row["notice"], row["source"], row["digest"])
        for row in _rows("holiday_notices.csv")
    )


@lru_cache(maxsize=1)
def _limits() -> tuple[StatutoryLimit, ...]:
    return tuple(
        StatutoryLimit(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            limit=Limit(int(row["length"]), Unit(row["unit"]), row["rolls"] == "yes", int(row["extension"])),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in _rows("limits.csv")
    )


def statutory_limits(day: date) -> Mapping[str, StatutoryLimit]:
    """The limits of law that apply to an event on a day, by code."""
    return {one.code: one for one in _limits() if one.applies_on(day)}


@lru_cache(maxsize=1)
def figures() -> FigureTable:
    """What statistical offices and patent offices state: populations, products, published counts."""
    return FigureTable(
        StatedFigure(
            row["series"],
            row["region"],
            row["period"],
            float(row["value"]),
            row["unit"],
            _day(row["as_of"]),
            row["source"],
            row["evidence"],
        )
        for row in _rows("figures.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
