"""Time limits: the worked examples of the domain, properties, and what happens where no table reaches."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.refdata.api import statutory_limits, work_calendar
from qiantang.kernel.calendar import (
    Lamp,
    Limit,
    Pause,
    Unit,
    WorkCalendar,
    YearTable,
    add_months,
    add_workdays,
    due_on,
    paused_days,
    read_clock,
    stages_total,
    workdays_between,
)

TABLE = work_calendar()
THURSDAY = date(2021, 9, 30)
KNOWN = st.dates(date(2005, 1, 1), date(2025, 6, 30))
pytestmark = pytest.mark.feature("S10-10")


@pytest.mark.parametrize(
    ("start", "workdays", "end"),
    [
        (THURSDAY, 5, date(2021, 10, 13)),
        (THURSDAY, 10, date(2021, 10, 20)),
        (THURSDAY, 3, date(2021, 10, 11)),
        (date(2021, 9, 24), 1, date(2021, 9, 26)),  # a Sunday that was worked
        (THURSDAY, 0, THURSDAY),
    ],
)
def test_working_days_of_the_national_day_of_2021(start, workdays, end):
    due = add_workdays(start, workdays, TABLE)
    assert (due.day, due.provisional) == (end, False)


def test_the_days_of_publicity_begin_the_day_after():
    days = [add_workdays(date(2021, 9, 27), number, TABLE).day for number in range(1, 8)]
    told = [(9, 28), (9, 29), (9, 30), (10, 8), (10, 9), (10, 11), (10, 12)]
    assert days == [date(2021, month, day) for month, day in told]


def test_a_month_without_that_day_ends_on_its_last():
    assert add_months(date(2021, 8, 31), 3) == date(2021, 11, 30)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2021, 3, 31), -1) == date(2021, 2, 28)


# code, start, end, end with the extension
LIMITS = [
    ("TL-01", THURSDAY, date(2021, 10, 11), None),
    ("TL-02", THURSDAY, date(2021, 10, 11), None),
    ("TL-03", THURSDAY, date(2021, 10, 9), None),
    ("TL-04", date(2021, 9, 2), date(2021, 10, 8), None),
    ("TL-05", date(2021, 3, 10), date(2021, 4, 9), None),
    ("TL-05", date(2021, 9, 2), date(2021, 10, 8), None),
    ("TL-06", date(2021, 9, 28), date(2021, 10, 8), None),
    ("TL-07", date(2021, 9, 1), date(2021, 9, 16), date(2021, 9, 26)),
    ("TL-08", THURSDAY, date(2021, 10, 11), None),
    ("TL-09", THURSDAY, date(2021, 10, 13), None),
    ("TL-10", date(2021, 7, 1), date(2021, 9, 1), date(2021, 10, 8)),
    ("TL-11", date(2021, 9, 17), date(2021, 10, 8), None),
    ("TL-12", date(2021, 7, 1), date(2021, 9, 29), None),
    ("TL-13", THURSDAY, date(2021, 10, 15), None),
    ("TL-14", date(2021, 2, 28), date(2023, 2, 28), None),
    ("TL-15", date(2021, 8, 31), date(2022, 2, 28), date(2022, 8, 31)),
    ("TL-16", date(2021, 9, 27), date(2021, 10, 8), None),
    ("TL-17", date(2021, 7, 1), date(2021, 7, 16), None),
    ("TL-18", date(2021, 3, 10), date(2021, 4, 9), None),
    ("TL-19", date(2021, 7, 1), date(2021, 7, 16), None),
    ("TL-20", date(2021, 4, 30), date(2021, 11, 1), None),  # 30 October is a Saturday
    ("TL-21", date(2021, 8, 31), date(2021, 11, 30), None),
]


@pytest.mark.parametrize(("code", "start", "end", "extended"), LIMITS)
def test_the_limits_of_protection(code, start, end, extended):
    limit = statutory_limits(start)[code].limit
    assert due_on(start, limit, TABLE).day == end
    assert bool(limit.extension) == (extended is not None)
    if extended is not None:
        assert due_on(start, limit, TABLE, extended=True).day == extended


def test_every_limit_of_protection_has_a_worked_example():
    known = {code for code in statutory_limits(THURSDAY) if code.startswith("TL-")}
    assert known == {code for code, *_ in LIMITS} == {f"TL-{number:02d}" for number in range(1, 22)}


@pytest.mark.feature("X-13")
def test_the_presumption_of_delivery_ended_with_the_rules_of_2023():
    assert statutory_limits(date(2023, 6, 1))["ML-01"].limit == Limit(15, Unit.DAY, rolls=False)
    assert "ML-01" not in statutory_limits(date(2024, 2, 1))


@pytest.mark.feature("X-13")
def test_an_end_that_moved_says_from_where():
    due = due_on(date(2021, 9, 2), Limit(30, Unit.DAY), TABLE)
    assert (due.day, due.rolled_from) == (date(2021, 10, 8), date(2021, 10, 2))
    assert due_on(date(2021, 9, 2), Limit(30, Unit.DAY, rolls=False), TABLE).day == date(2021, 10, 2)


def test_side_by_side_and_one_after_the_other():
    assert stages_total([[3, 5], [7], [1, 2]]) == 14
    assert stages_total([]) == 0


# --- years without a table ---------------------------------------------------------------------------------------------


@pytest.mark.feature("X-14")
def test_a_year_without_a_table_gives_a_provisional_day_and_names_the_year():
    last = max(TABLE.years)
    due = add_workdays(date(last + 1, 3, 1), 5, TABLE)
    assert (due.provisional, due.missing_years) == (True, (last + 1,))
    over_the_edge = add_workdays(date(last, 12, 20), 30, TABLE)
    assert over_the_edge.missing_years == (last + 1,)


@pytest.mark.feature("X-14")
def test_the_last_week_of_the_last_known_year_waits_for_the_next_notice():
    last = max(TABLE.years)
    assert not add_workdays(date(last, 12, 10), 3, TABLE).provisional
    assert add_workdays(date(last, 12, 24), 3, TABLE).missing_years == (last + 1,)
    assert not add_workdays(date(2018, 12, 24), 3, TABLE).provisional


@pytest.mark.feature("X-14")
def test_the_first_working_day_of_2026_and_the_sundays_of_2019():
    assert TABLE.is_workday(date(2026, 1, 4))  # a Sunday that is worked
    assert not TABLE.is_workday(date(2026, 1, 2))
    assert TABLE.is_workday(date(2019, 4, 28))
    assert TABLE.is_workday(date(2019, 5, 5))
    assert TABLE.is_workday(date(2018, 12, 29))  # by the notice for 2019


def test_without_any_table_nothing_breaks():
    bare = WorkCalendar([])
    due = add_workdays(date(2021, 9, 30), 5, bare)
    assert (due.day, due.missing_years) == (date(2021, 10, 7), (2021,))


# --- clocks that stop --------------------------------------------------------------------------------------------------


def test_a_pause_is_added_to_the_promise():
    limit = Limit(5, Unit.WORKDAY)
    pauses = (Pause(date(2021, 9, 7), date(2021, 9, 13), "correction"),)
    assert paused_days(pauses, date(2021, 9, 30), limit, TABLE) == 4
    reading = read_clock(date(2021, 9, 1), limit, pauses, date(2021, 9, 13), TABLE)
    assert reading.due.day == add_workdays(date(2021, 9, 1), 9, TABLE).day
    assert (reading.total, reading.used, reading.left) == (5, 4, 1)
    assert reading.lamp is Lamp.YELLOW


def test_a_clock_that_is_stopped_has_no_end_yet():
    reading = read_clock(
        date(2021, 9, 1), Limit(5, Unit.WORKDAY), (Pause(date(2021, 9, 2), None, "reply"),), date(2021, 12, 1), TABLE
    )
    assert (reading.due, reading.used, reading.left, reading.lamp) == (None, 1, 4, Lamp.STOPPED)


def test_lamps_go_from_green_over_yellow_to_red():
    begun, limit = date(2021, 6, 1), Limit(9, Unit.WORKDAY)
    lamps = [read_clock(begun, limit, (), begun + timedelta(days=days), TABLE).lamp for days in range(20)]
    assert lamps == sorted(lamps, key=[Lamp.GREEN, Lamp.YELLOW, Lamp.RED].index)
    assert set(lamps) == {Lamp.GREEN, Lamp.YELLOW, Lamp.RED}
    overdue = read_clock(begun, limit, (), date(2021, 6, 18), TABLE)
    assert (overdue.due.day, overdue.left) == (date(2021, 6, 15), -3)
    assert read_clock(begun, limit, (), date(2021, 7, 1), TABLE, ended=date(2021, 6, 4)).lamp is Lamp.DONE


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before it begins"):
        Pause(date(2021, 2, 1), date(2021, 1, 1), "")


# --- properties --------------------------------------------------------------------------------------------------------


@given(KNOWN, st.integers(1, 120))
def test_counting_back_gives_the_same_number(start, workdays):
    due = add_workdays(start, workdays, TABLE)
    assert TABLE.is_workday(due.day)
    assert workdays_between(start, due.day, TABLE) == workdays
    assert not due.provisional


@given(KNOWN, st.integers(0, 400), st.integers(0, 400))
def test_a_later_start_or_a_longer_limit_never_ends_sooner(start, first, second):
    shorter, longer = sorted((first, second))
    limits = [Limit(length, Unit.DAY) for length in (shorter, longer)]
    assert due_on(start, limits[0], TABLE).day <= due_on(start, limits[1], TABLE).day
    assert due_on(start, limits[0], TABLE).day <= due_on(start + timedelta(days=1), limits[0], TABLE).day


@given(KNOWN, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_overlapping_pauses_count_once(start, a, b, c, d):
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    pauses = [Pause(start + timedelta(days=x), start + timedelta(days=y), "") for x, y in ((a, b), (c, d))]
    together = set(range(a + 1, b + 1)) | set(range(c + 1, d + 1))
    assert paused_days(pauses, start + timedelta(days=99), Limit(1, Unit.DAY), TABLE) == len(together)


def test_a_day_that_is_both_rest_and_worked_is_worked():
    sunday = date(2021, 9, 26)
    table = WorkCalendar([YearTable(2021, frozenset({sunday}), frozenset({sunday}), "test")])
    assert table.is_workday(sunday)
