"""Time limits: calendar days, working days, months and years; a clock that stops; days that are only provisional.

The table of holidays is a value handed in (``WorkCalendar``). What no table tells is a weekday rule and says so: the answer is
*provisional*, never an exception and never a silent guess.
"""

from __future__ import annotations

from qiantang.kernel.calendar.clock import ClockReading, Lamp, Pause, paused_days, read_clock
from qiantang.kernel.calendar.days import (
    Due,
    Limit,
    Unit,
    WorkCalendar,
    YearTable,
    add_months,
    add_workdays,
    due_on,
    stages_total,
    workdays_between,
)

__all__ = [
    "ClockReading",
    "Due",
    "Lamp",
    "Limit",
    "Pause",
    "Unit",
    "WorkCalendar",
    "YearTable",
    "add_months",
    "add_workdays",
    "due_on",
    "paused_days",
    "read_clock",
    "stages_total",
    "workdays_between",
]
