"""The TISC: what it did, and the level on which it works."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.hall.methods.tisc import KINDS, LEVELS, Served, level_of, year_of
from qiantang.portal.hall.selectors.tisc import KIND_NAMES, LEVEL_NAMES, OUTCOME_NAMES, USER_NAMES, tisc_year
from qiantang.portal.hall.services.tisc import note_service

from .conftest import PASSWORD

SEARCH = Served("search", "small_firm", "钱塘泵业", 1, 240, "report")
TRAINING = Served("training", "university", "之江学院", 30, 90, "taught")


@pytest.mark.feature("S10-22")
@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        ({}, None),
        ({"training": 1}, 1),
        ({"search": 9}, None),
        ({"access": 1, "search": 1}, 2),
        ({"access": 1, "landscape": 5}, 1),
        ({"training": 2, "advice": 1, "landscape": 1}, 3),
    ],
)
def test_a_level_counts_only_with_those_below_it(kinds, level):
    assert level_of(kinds) == level


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 3)))
def test_more_services_never_lower_the_level(kinds):
    before = level_of(kinds) or 0
    assert all((level_of({**kinds, kind: 1}) or 0) >= before for kind in KINDS)
    assert before in {0, *LEVELS}


@pytest.mark.feature("S10-22")
def test_the_year_counts_its_records_and_people_are_not_persons(lin, officer, client):
    with pytest.raises(NotPermitted):
        note_service(actor=lin, served=SEARCH, day=date(2026, 3, 1))
    for served, day in ((SEARCH, date(2026, 3, 1)), (SEARCH, date(2026, 5, 1)), (TRAINING, date(2026, 4, 2))):
        note_service(actor=officer, served=served, day=day)
    note_service(actor=officer, served=SEARCH, day=date(2025, 12, 31))
    told = tisc_year(2026)
    assert (told.services, told.person_times, told.users, told.minutes, told.level) == (3, 32, 2, 570, 2)
    assert told.person_times >= told.users
    assert sum(told.by_kind.values()) == sum(told.by_outcome.values()) == told.services
    page = client.get("/services/tisc?year=2026").content.decode()
    assert "钱塘泵业" not in page
    assert "9.5" in page
    assert "不构成法律意见" in page


@pytest.mark.parametrize(
    "changed", [{"kind": "magic"}, {"user": " "}, {"people": 0}, {"minutes": -1}, {"outcome": ""}, {"user_type": "x"}]
)
def test_a_record_is_whole(officer, changed):
    with pytest.raises(Invalid):
        note_service(actor=officer, served=SEARCH._replace(**changed), day=date(2026, 1, 1))


def test_tomorrow_is_not_on_record_and_the_desk_works_in_pages(officer, client):
    with pytest.raises(Invalid):
        note_service(actor=officer, served=SEARCH, day=timezone.localdate() + timedelta(days=1))
    client.login(username="gu", password=PASSWORD)
    today = timezone.localdate().isoformat()
    sent = {"kind": "search", "user_type": "firm", "user": "x", "people": "1", "minutes": "30", "outcome": "report"}
    assert client.post("/services/tisc", {**sent, "day": today}).status_code == 302
    assert client.post("/services/tisc", {**sent, "day": ""}).status_code == 422
    assert tisc_year(timezone.localdate().year).services == 1


def test_every_word_has_a_name():
    assert set(KIND_NAMES) == set(KINDS)
    assert set(LEVEL_NAMES) == set(LEVELS)
    assert year_of([]).level is None
    assert {SEARCH.user_type, TRAINING.user_type} <= set(USER_NAMES)
    assert {SEARCH.outcome, TRAINING.outcome} <= set(OUTCOME_NAMES)
