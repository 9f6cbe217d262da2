"""A clock that stops while a case is with somebody else, read on a given day.

The day on which it stops still counts; the day on which it goes on does not, as the day of any event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qiantang.kernel.calendar.days import Due, Limit, Unit, WorkCalendar, due_on, workdays_between


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count. ``until`` None: it lasts still. errors: ValueError where it ends before it begins."""

    since: date
    until: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"a pause that ends before it begins: {self.since} to {self.until}")


class Lamp(StrEnum):
    """How a clock stands.

    GREEN   time enough
    YELLOW  at most a third is left
    RED     overdue
    STOPPED it does not run
    DONE    it has been stopped for good
    """

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock on a day.

    due     None while it is stopped: the end moves with each day
    total   length in the limit's own units, for months and years in days
    used    units gone, pauses left out
    left    units left; negative: overdue by so many
    """

    due: Due | None
    total: int
    used: int
    left: int
    lamp: Lamp


def paused_days(pauses: Sequence[Pause], on: date, limit: Limit, table: WorkCalendar) -> int:
    """How much of the pauses has gone by on a day, in working days for a limit in working days, else in days.

    Pauses that overlap count once.
    """
    total, done = 0, date.min
    for pause in sorted(pauses, key=lambda one: one.since):
        since, until = max(pause.since, done), min(pause.until or on, on)
        if until > since:
            total += workdays_between(since, until, table) if limit.unit is Unit.WORKDAY else (until - since).days
            done = until
    return total


def read_clock(
    start: date,
    limit: Limit,
    pauses: Sequence[Pause],
    on: date,
    table: WorkCalendar,
    *,
    ended: date | None = None,
    extended: bool = False,
) -> ClockReading:
    """How a clock that began on ``start`` stands on the day ``on``.

    ended   the day on which what it measures was done; it is read as of that day
    """
    moment = on if ended is None else ended
    stopped = paused_days(pauses, moment, limit, table)
    due = due_on(start, limit, table, stopped=stopped, extended=extended)
    bare = due_on(start, limit, table, extended=extended).day

    def span(first: date, last: date) -> int:
        return workdays_between(first, last, table) if limit.unit is Unit.WORKDAY else max((last - first).days, 0)

    total = span(start, bare)
    used = max(span(start, moment) - stopped, 0)
    left = span(moment, due.day) - span(due.day, moment)
    running = not any(pause.since <= moment and pause.until is None for pause in pauses)
    if ended is not None:
        return ClockReading(due, total, used, left, Lamp.DONE)
    if not running:
        return ClockReading(None, total, used, left, Lamp.STOPPED)
    if left < 0:
        return ClockReading(due, total, used, left, Lamp.RED)
    return ClockReading(due, total, used, left, Lamp.YELLOW if left * 3 <= total else Lamp.GREEN)
