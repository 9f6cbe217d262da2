"""The demo city's addresses are read as its truth says, over three reforms."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.refdata.api import regions
from qiantang.corpus.ingest.tests.test_synthetic import _truth
from qiantang.corpus.places.api import resolve

pytestmark = [pytest.mark.feature("S2-11"), pytest.mark.feature("X-32")]

# A day well inside each era: the truth lets a reform begin when addresses took it up, some weeks after it was in force.
INSIDE = {None: date(2012, 6, 30), 2015: date(2016, 6, 30), 2017: date(2019, 6, 30), 2021: date(2024, 6, 30)}


def readings():
    for entry in _truth("addresses"):
        day = INSIDE[entry["from"].year if entry["from"] else None]
        yield entry, day, resolve(entry["address"], day=day)


def test_every_address_lies_where_the_truth_says_on_its_day():
    found = 0
    for entry, day, place in readings():
        if regions().region(entry["region_filed"], day) is None:
            continue  # the city writes 郫都区 before there was one; the answer is then the code of the day, 郫县
        assert place.district == entry["region_filed"], entry
        assert place.confidence >= 0.85
        found += 1
    assert found > 300


def test_todays_district_is_the_truths_or_among_the_candidates():
    known = 0
    for entry, _, place in readings():
        if place.today is None:
            assert entry["region_today"] in place.ambiguous, entry
        else:
            assert place.today == entry["region_today"], entry
            known += 1
    assert known > 300


def test_only_divided_districts_leave_today_open():
    """The city writes no town in a quarter of its addresses: 余杭, 萧山, 江干 and 宝安 in Shenzhen alone do not tell the part."""
    open_ones = {entry["region_filed"] for entry, _, place in readings() if place.today is None}
    assert open_ones
    assert open_ones <= {"330104", "330109", "330110", "440306"}
