"""Terms, compensation and annuities: the worked examples of the law's own arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Conflict, Invalid
from qiantang.kernel.legalstatus import annuities, terms
from qiantang.kernel.legalstatus.annuities import FeeBand, FeeSchedule

pytestmark = pytest.mark.feature("S3-07")
FILED, GRANTED = date(2015, 3, 10), date(2018, 6, 15)


def bands(*rows):
    return tuple(FeeBand(first, last, Decimal(amount)) for first, last, amount in rows)


SCHEDULE = FeeSchedule(
    annual={
        "invention": bands((1, 3, 900), (4, 6, 1200), (7, 9, 2000), (10, 12, 4000), (13, 15, 6000), (16, 20, 8000)),
        "utility_model": bands((1, 3, 600), (4, 5, 900), (6, 8, 1200), (9, 10, 2000)),
        "design": bands((1, 3, 600), (4, 5, 900), (6, 8, 1200), (9, 10, 2000), (11, 15, 3000)),
    },
    restoration=Decimal(1000),
    relief_percent_single=85,
    relief_percent_joint=70,
    relief_years=10,
    processing_allowance_months=3,
)


def weekday(day):
    return day.weekday() < 5


def every_day(_day):
    return True


# --- terms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patent_type", "filed", "last", "end"),
    [
        ("invention", FILED, date(2035, 3, 9), date(2035, 3, 10)),
        ("utility_model", date(1999, 9, 6), date(2009, 9, 5), date(2009, 9, 6)),
        ("design", date(2021, 5, 31), date(2031, 5, 30), date(2031, 5, 31)),
        ("design", date(2021, 6, 1), date(2036, 5, 31), date(2036, 6, 1)),
        ("invention", date(2020, 2, 29), date(2040, 2, 28), date(2040, 2, 29)),
    ],
)
def test_terms_end_the_day_before_the_anniversary(patent_type, filed, last, end):
    assert terms.last_day_in_force(patent_type, filed) == last
    assert terms.term_end(patent_type, filed) == end


def test_what_has_no_term_here_has_none():
    assert terms.term_end("plant", FILED) is None
    assert terms.term_end(None, FILED) is None
    assert terms.last_day_in_force("design", FILED, office="EP") is None
    assert terms.term_end("invention", FILED, office="EP") == date(2035, 3, 10)


def test_anniversaries_and_months_end_with_the_month():
    leap = date(2020, 2, 29)
    assert terms.anniversary(leap, 1) == date(2021, 2, 28)
    assert terms.anniversary(leap, 4) == date(2024, 2, 29)
    assert terms.add_months(date(2018, 8, 31), 30) == date(2021, 2, 28)
    assert terms.add_months(date(2018, 8, 31), 32) == date(2021, 4, 30)
    assert terms.add_months(date(2019, 10, 31), 2) == date(2019, 12, 31)
    assert terms.add_months(date(2019, 10, 31), 1) == date(2019, 11, 30)
    assert terms.add_months(date(2019, 1, 31), -1) == date(2018, 12, 31)


@given(st.dates(date(1985, 4, 1), date(2100, 1, 1)), st.integers(-60, 400))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(day, months):
    found = terms.add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1
    assert found.day <= day.day


# --- compensation -------------------------------------------------------------------------------------------------------


def test_example_c_compensation_for_delay():
    filed, requested, granted = date(2019, 1, 15), date(2019, 6, 20), date(2024, 12, 10)
    assert terms.delay_starts(filed, requested) == date(2023, 1, 15)
    assert terms.delay_compensation(filed, requested, granted) == 695
    days = terms.delay_compensation(filed, requested, granted, reasonable_days=120, applicant_days=60)
    assert days == 515
    assert terms.term_end("invention", filed) == date(2039, 1, 15)
    assert terms.term_end("invention", filed, days) == date(2040, 6, 13)
    assert terms.compensation_request_until(granted, every_day) == date(2025, 3, 10)
    assert terms.delay_compensation(filed, requested, granted, same_day_pair=True) == 0


def test_a_grant_in_time_has_no_compensation():
    filed, requested = date(2019, 1, 15), date(2019, 6, 20)
    assert terms.delay_compensation(filed, requested, date(2023, 1, 15)) == 0
    assert terms.delay_compensation(filed, requested, date(2021, 1, 15)) == 0
    assert terms.delay_compensation(filed, requested, date(2023, 1, 16), applicant_days=30) == 0


@pytest.mark.parametrize(
    ("filed", "approved", "raw", "days", "end", "cap"),
    [
        (date(2010, 5, 20), date(2021, 8, 1), 2265, 1826, date(2035, 5, 20), "five_years"),
        (date(2012, 5, 20), date(2019, 8, 1), 803, 438, date(2033, 8, 1), "fourteen_years"),
        (date(2014, 5, 20), date(2022, 8, 1), 1169, 804, date(2036, 8, 1), "fourteen_years"),
        (date(2014, 5, 20), date(2019, 5, 20), 0, 0, date(2034, 5, 20), None),
        (date(2014, 5, 20), date(2019, 8, 1), 73, 0, date(2034, 5, 20), "fourteen_years"),
    ],
)
def test_examples_d_extension_for_a_drug(filed, approved, raw, days, end, cap):
    assert terms.drug_extension(filed, approved) == (raw, days, end, cap)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 9000))
def test_a_drug_extension_keeps_its_caps(filed, after):
    approved = filed + timedelta(days=after)
    found = terms.drug_extension(filed, approved)
    normal = terms.anniversary(filed, 20)
    assert 0 <= found.days <= found.raw_days
    assert normal <= found.ends <= terms.anniversary(normal, 5)
    assert found.days == 0 or found.ends <= terms.anniversary(approved, 14)


# --- annuities ----------------------------------------------------------------------------------------------------------------


def test_the_fees_of_all_years_together():
    totals = {patent_type: SCHEDULE.total(patent_type) for patent_type in SCHEDULE.annual}
    assert totals == {"invention": 82_300, "utility_model": 11_200, "design": 26_200}


@pytest.mark.parametrize(
    ("filed", "day", "year"),
    [
        (FILED, GRANTED, 4),
        (FILED, date(2018, 3, 9), 3),
        (FILED, date(2018, 3, 10), 4),
        (FILED, FILED, 1),
        (date(1999, 6, 1), date(1999, 6, 1), 1),
        (date(1999, 6, 1), date(2000, 5, 31), 1),
        (date(1999, 6, 1), date(2000, 6, 1), 2),
        (date(1997, 6, 3), date(2001, 8, 1), 5),
    ],
)
def test_patent_years(filed, day, year):
    assert annuities.patent_year(filed, day) == year


def test_the_example_of_the_guidelines():
    assert annuities.annuity_due(date(1997, 6, 3), 6) == date(2002, 6, 3)
    assert annuities.annuity_calendar("invention", date(1997, 6, 3), date(2001, 8, 1), every_day)[0][:2] == (
        6,
        date(2002, 6, 3),
    )


def cost(year, paid_on, **more):
    return annuities.annuity_cost(
        SCHEDULE,
        patent_type="invention",
        filing_date=FILED,
        grant_date=GRANTED,
        year=year,
        paid_on=paid_on,
        is_working_day=weekday,
        **more,
    )


def test_example_a():
    assert cost(4, GRANTED).total == 1200
    assert annuities.annuity_due(FILED, 5) == date(2019, 3, 10)
    assert annuities.payable_until(FILED, 5, weekday) == date(2019, 3, 11)
    assert annuities.grace_end(FILED, 5, weekday) == date(2019, 9, 10)
    assert annuities.month_marks(FILED, 5) == tuple(date(2019, month, 10) for month in range(4, 10))
    assert cost(5, date(2019, 3, 11)) == (5, 0, 1200, 0, 1200)
    assert cost(5, date(2019, 5, 20)) == (5, 3, 1200, 120, 1320)
    assert cost(5, date(2019, 5, 20), eligible_applicants=1) == (5, 3, 180, 120, 300)
    assert cost(5, date(2019, 5, 20), eligible_applicants=2).fee == 360


@pytest.mark.parametrize(
    ("paid_on", "percent"),
    [
        (date(2019, 3, 12), 0),
        (date(2019, 4, 10), 0),
        (date(2019, 4, 11), 5),
        (date(2019, 5, 10), 5),
        (date(2019, 6, 10), 10),
        (date(2019, 7, 10), 15),
        (date(2019, 8, 10), 20),
        (date(2019, 8, 11), 25),
        (date(2019, 9, 10), 25),
    ],
)
def test_the_surcharge_grows_with_the_month(paid_on, percent):
    assert cost(5, paid_on).surcharge == Decimal(1200) * percent / 100


def test_after_the_grace_period_there_is_nothing_to_pay():
    with pytest.raises(Conflict) as refused:
        cost(5, date(2019, 9, 11))
    assert refused.value.code == "legalstatus.grace_over"
    assert refused.value.facts["due"] == date(2019, 3, 10)


def test_a_grace_period_that_ends_on_a_holiday_is_put_off_at_the_last_rate():
    assert date(2016, 9, 10).weekday() == 5
    assert annuities.grace_end(FILED, 2, weekday) == date(2016, 9, 12)
    assert annuities.months_late(FILED, 2, date(2016, 9, 12), weekday) == 6


def test_relief_ends_after_its_years():
    assert cost(13, date(2027, 3, 10), eligible_applicants=1).fee == 900
    assert cost(14, date(2028, 3, 10), eligible_applicants=1).fee == 6000


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: cost(3, GRANTED), "legalstatus.annuity_before_grant"),
        (lambda: SCHEDULE.amount("invention", 21), "legalstatus.no_annual_fee"),
        (lambda: SCHEDULE.amount("plant", 1), "legalstatus.no_annual_fee"),
        (lambda: annuities.patent_year(FILED, date(2015, 3, 9)), "legalstatus.before_filing"),
    ],
)
def test_questions_without_sense_are_refused(ask, code):
    with pytest.raises(Invalid) as refused:
        ask()
    assert refused.value.code == code


def test_the_calendar_runs_from_the_year_after_the_grant_to_the_end_of_the_term():
    calendar = annuities.annuity_calendar("invention", FILED, GRANTED, weekday)
    assert [one.year for one in calendar] == list(range(5, 21))
    assert calendar[0] == (5, date(2019, 3, 10), date(2019, 3, 11), date(2019, 9, 10))
    assert annuities.annuity_calendar("plant", FILED, GRANTED, weekday) == ()


def test_the_window_for_restoration():
    assert annuities.restoration_until(date(2019, 10, 15), every_day) == date(2019, 12, 15)
    assert annuities.restoration_until(date(2019, 10, 15), weekday) == date(2019, 12, 16)


@pytest.mark.parametrize(
    ("announced", "lapsed"),
    [
        (date(2019, 11, 1), date(2019, 3, 10)),
        (date(2019, 9, 11), date(2019, 3, 10)),
        (date(2019, 9, 10), date(2018, 3, 10)),  # grace still runs on that day
        (date(2020, 4, 1), date(2019, 3, 10)),
        (date(2015, 12, 1), None),
    ],
)
def test_the_due_day_behind_an_announced_lapse(announced, lapsed):
    assert annuities.lapsed_on(FILED, announced) == lapsed


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(0, 7300))
def test_every_day_lies_in_its_patent_year(filed, after):
    day = filed + timedelta(days=after)
    year = annuities.patent_year(filed, day)
    assert annuities.annuity_due(filed, year) <= day < annuities.annuity_due(filed, year + 1)


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(2, 20), st.integers(0, 150))
def test_waiting_never_makes_it_cheaper(filed, year, after):
    day = annuities.annuity_due(filed, year) + timedelta(days=after)
    now = annuities.months_late(filed, year, day, weekday)
    assert now <= annuities.months_late(filed, year, day + timedelta(days=1), weekday) <= now + 1 or now == 0
