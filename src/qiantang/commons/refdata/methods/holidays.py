"""The table of working days: rows to a calendar, and the seal by which a changed row is noticed."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

from qiantang.kernel.calendar import WorkCalendar, YearTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qiantang.commons.refdata.types import HolidayNotice

Row = tuple["date", str, str]  # day, ``rest`` or ``worked``, name of the holiday


def digest_of(rows: Iterable[Row]) -> str:
    """SHA-256 over the rows of a year in order of day, 64 hexadecimal digits."""
    text = "\n".join(f"{day.isoformat()},{kind},{name}" for day, kind, name in sorted(rows))
    return sha256(text.encode()).hexdigest()


def calendar_of(rows: Iterable[Row], notices: Iterable[HolidayNotice]) -> WorkCalendar:
    """The calendar of the years for which there is a notice.

    errors  ValueError naming the year whose rows do not fit their seal, or rows of a year without one
    """
    by_year: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_year[row[0].year].append(row)
    sealed = {notice.year: notice for notice in notices}
    strangers = sorted(
        {*by_year, *sealed} - {year for year in sealed if digest_of(by_year[year]) == sealed[year].digest}
    )
    if strangers:
        raise ValueError(f"the working days of {strangers} are not those that were sealed")
    return WorkCalendar(
        YearTable(
            year,
            frozenset(day for day, kind, _ in by_year[year] if kind == "rest"),
            frozenset(day for day, kind, _ in by_year[year] if kind == "worked"),
            notice.notice or notice.source,
        )
        for year, notice in sealed.items()
    )
