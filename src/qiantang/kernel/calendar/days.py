"""Days that are worked, and the day on which a limit ends.

The day of the event is not counted (start day excluded). A month that has no such day ends on its last one: three months from
31 August end on 30 November. Source: Civil Code of China art. 201-203; Civil Procedure Law art. 85; the holiday notices of
the State Council, with the Saturdays and Sundays that are worked in exchange.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# From this day of December on, the notice for the year to come may still move working days (2018-12-29 was worked).
_EDGE: Final = (12, 25)
LONGEST: Final = 5000  # units of one limit


@dataclass(frozen=True, slots=True)
class YearTable:
    """The days of one year that differ from the week.

    rest    days off from Monday to Friday
    worked  Saturdays and Sundays that are worked
    source  the notice of the State Council for that year; its last days may come from the notice for the next
    """

    year: int
    rest: frozenset[date]
    worked: frozenset[date]
    source: str


class WorkCalendar:
    """Which days are worked, over the years for which there is a table."""

    __slots__ = ("_rest", "_worked", "years")

    def __init__(self, tables: Iterable[YearTable]) -> None:
        self.years: Mapping[int, YearTable] = MappingProxyType({table.year: table for table in tables})
        self._rest = frozenset[date]().union(*(table.rest for table in self.years.values()))
        self._worked = frozenset[date]().union(*(table.worked for table in self.years.values()))

    def is_workday(self, day: date) -> bool:
        """By the table; where there is none, Monday to Friday: ask ``is_known`` too."""
        if day in self._worked:
            return True
        return day.weekday() < _SATURDAY and day not in self._rest

    def is_known(self, day: date) -> bool:
        """Whether notices settle the day; its last week waits for the notice of the year to come."""
        if day.year not in self.years:
            return False
        return (day.month, day.day) < _EDGE or day.year + 1 in self.years or day in self._rest | self._worked

    def next_workday(self, day: date) -> date:
        """The day itself where it is worked, else the first worked day after it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years whose notice is missing to be sure of every day from ``first`` to ``last``, both included."""
        missing = {year for year in range(first.year, last.year + 1) if year not in self.years}
        edge = date(last.year, *_EDGE)
        if last.year in self.years and edge <= last and not self.is_known(last):
            missing.add(last.year + 1)
        return tuple(sorted(missing))


@dataclass(frozen=True, slots=True)
class Due:
    """The day on which a limit ends.

    rolled_from     the day before it was moved to a working day; None where it was not
    missing_years   years without a table that the answer leans on; not empty: the day is provisional
    """

    day: date
    rolled_from: date | None = None
    missing_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.missing_years)


class Unit(StrEnum):
    """What a limit is counted in."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a rule states it.

    length      so many units, 0 or more
    rolls       an end on a day that is not worked moves to the next one that is; working days never need it
    extension   units by which it may be extended once; 0: not at all
    errors      ValueError for a length below 0 or beyond 5000
    """

    length: int
    unit: Unit
    rolls: bool = True
    extension: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.length <= LONGEST and 0 <= self.extension <= LONGEST):
            raise ValueError(f"a limit has 0 to {LONGEST} units, not {self.length} + {self.extension}")


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month where it has none."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_workdays(start: date, workdays: int, table: WorkCalendar) -> Due:
    """The last of so many working days after ``start``, which is not counted; 0 is ``start`` itself."""
    day = start
    for _ in range(workdays):
        day = table.next_workday(day + _DAY)
    return Due(day, None, table.unknown_years(start, day) if workdays else ())


def workdays_between(after: date, until: date, table: WorkCalendar) -> int:
    """How many working days come after the first day, up to the second and with it; 0 where the second is not later."""
    days = (after + _DAY * step for step in range(1, (until - after).days + 1))
    return sum(1 for day in days if table.is_workday(day))


def due_on(start: date, limit: Limit, table: WorkCalendar, *, stopped: int = 0, extended: bool = False) -> Due:
    """The day on which a limit ends that began to run by an event on ``start``.

    stopped     time that does not count: working days for a limit in working days, else calendar days
    extended    with the extension that the limit allows
    """
    length = limit.length + (limit.extension if extended else 0)
    if limit.unit is Unit.WORKDAY:
        return add_workdays(start, length + stopped, table)
    if limit.unit is Unit.DAY:
        end = start + _DAY * length
    else:
        end = add_months(start, length * (12 if limit.unit is Unit.YEAR else 1))
    end += _DAY * stopped
    if not limit.rolls:
        return Due(end)
    rolled = table.next_workday(end)
    return Due(rolled, end if rolled != end else None, table.unknown_years(end, rolled))


def stages_total(stages: Sequence[Sequence[int]]) -> int:
    """The limit of items handled in stages: items of a stage side by side, stages one after the other."""
    return sum(max(stage, default=0) for stage in stages)
