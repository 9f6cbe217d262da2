"""Days, months and years as people write them, as first and last day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from qiantang.kernel.text import fold

_written = re.compile(
    r"(?P<y>[0-9]{4})(?:(?:[-./年](?P<m1>[0-9]{1,2})(?:[-./月](?P<d1>[0-9]{1,2})日?|月)?)|(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})?|年)?"
)


class Period(NamedTuple):
    """First and last day as yyyymmdd."""

    first: int
    last: int


def period(text: str) -> Period | None:
    """``2019`` · ``2019-03`` · ``201903`` · ``2019-03-01`` · ``20190301`` · ``2019.3.1`` · ``2019年3月1日``; None: no date."""
    found = _written.fullmatch(fold(text).strip())
    if found is None:
        return None
    year, month, day = int(found["y"]), found["m1"] or found["m2"], found["d1"] or found["d2"]
    try:
        date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    base = year * 10_000
    if month is None:
        return Period(base + 101, base + 1231)
    base += int(month) * 100
    return Period(base + int(day), base + int(day)) if day else Period(base + 1, base + _days_in(year, int(month)))


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return (following - date(year, month, 1)).days if following else 31


def day_number(day: date) -> int:
    """The day as yyyymmdd: the form in which days are indexed."""
    return day.year * 10_000 + day.month * 100 + day.day


def neighbour(number: int, step: int) -> int | None:
    """The day number ``step`` days on; None beyond the calendar."""
    year, month_and_day = divmod(number, 10_000)
    try:
        return day_number(date(year, *divmod(month_and_day, 100)) + timedelta(days=step))
    except OverflowError:
        return None
