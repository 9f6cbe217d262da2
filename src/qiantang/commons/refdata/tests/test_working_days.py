"""The table of working days: sealed, with its notices; a row changed by hand stops it."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.refdata import api
from qiantang.commons.refdata.methods.holidays import calendar_of, digest_of
from qiantang.commons.refdata.selectors import _rows

ROWS = [(date.fromisoformat(row["day"]), row["kind"], row["name_zh"]) for row in _rows("holidays.csv")]
pytestmark = pytest.mark.feature("X-14")


def test_every_year_from_2010_names_its_notice_and_all_name_their_source():
    notices = api.holiday_notices()
    assert [one.year for one in notices] == list(range(2004, 2027))
    assert [one.year for one in notices if not one.notice] == list(range(2004, 2010))
    assert all(one.source.startswith("PyPI chinesecalendar") for one in notices)


def test_days_off_are_weekdays_and_days_worked_are_weekends():
    assert {kind for _, kind, _ in ROWS} == {"rest", "worked"}
    assert all((day.weekday() >= 5) == (kind == "worked") for day, kind, _ in ROWS)


@pytest.mark.parametrize("change", ["taken away", "added", "turned"])
def test_a_row_changed_by_hand_is_noticed_with_its_year(change):
    changed = list(ROWS)
    place = next(i for i, row in enumerate(changed) if row[0] == date(2021, 10, 9))
    if change == "taken away":
        del changed[place]
    elif change == "turned":
        changed[place] = (date(2021, 10, 9), "rest", "国庆节")
    else:
        changed.append((date(2021, 10, 8), "rest", "国庆节"))
    with pytest.raises(ValueError, match="2021"):
        calendar_of(changed, api.holiday_notices())


def test_rows_of_a_year_without_a_seal_are_noticed():
    with pytest.raises(ValueError, match="2027"):
        calendar_of([*ROWS, (date(2027, 1, 1), "rest", "元旦")], api.holiday_notices())


def test_the_order_of_rows_does_not_matter_to_the_seal():
    year = [row for row in ROWS if row[0].year == 2021]
    assert digest_of(reversed(year)) == next(one.digest for one in api.holiday_notices() if one.year == 2021)


@pytest.mark.feature("X-13")
def test_limits_of_law_name_their_source_and_say_what_was_not_verified():
    limits = api.statutory_limits(date(2021, 9, 30))
    assert all(one.source and one.name_zh and one.name_en for one in limits.values())
    assert {code for code, one in limits.items() if not one.verified} == {"TL-04", "TL-09", "TL-19", "ML-01"}
