"""Inspections and seizures: counts equal their records, not known stays not known, and right holder and officer hear each other."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.api import inbox
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.protection.methods.seizures import Seized, counted
from qiantang.scenarios.protection.models import Inspection
from qiantang.scenarios.protection.selectors.inspections import (
    DIMENSIONS,
    Asked,
    inspection_shown,
    inspections_shown,
    inspections_table,
)
from qiantang.scenarios.protection.services import inspections, sheets
from qiantang.scenarios.protection.services.inspections import Found
from qiantang.scenarios.protection.tests.enforcers import SYSTEM, authority, sheet
from qiantang.scenarios.protection.tests.people import person

pytestmark = [pytest.mark.feature("S7B-12")]
DAY = date(2026, 3, 5)
TOLD = {"kind": "seizure", "happened_on": DAY, "goods": "假冒包装", "unit": "件"}


@pytest.fixture
def cast(db):
    people = {
        name: person(name, *roles)
        for name, *roles in (("lin",), ("he",), ("wei",), ("xu",), ("shen", "supervisor"), ("au", "auditor"))
    }
    people["market"] = authority(people["shen"], people["wei"])
    people["customs"] = authority(people["shen"], people["xu"], 2, "customs", "杭州海关")
    people["sheet"] = sheet(people["lin"])
    sheets.share_sheet(actor=people["lin"], key=people["sheet"], authority=people["market"])
    with translation.override("en"):
        yield people


def found(cast, **more):
    told = {**TOLD, "sheet": cast["sheet"], **more}
    return inspections.record_inspection(actor=cast["wei"], found=Found(**told))


def numbers(actor, **more):
    return inspections_shown(actor, Asked(year=2026, **more))


def test_a_seizure_is_told_to_the_right_holder_who_answers(cast):
    key = found(cast, quantity=1200, district="330106")
    assert [one.kind for one in inbox(cast["lin"], PageRequest()).items] == ["protection.inspected"]
    inspections.say(actor=cast["wei"], key=key, text="请鉴别")
    inspections.say(actor=cast["lin"], key=key, verdict="fake", text="封签不符")
    assert [one.kind for one in inbox(cast["wei"], PageRequest()).items] == ["protection.goods_answered"]
    inspections.note_outcome(actor=cast["wei"], key=key, outcome="confiscated", day=DAY + timedelta(days=9))
    shown = inspection_shown(cast["lin"], key)
    assert [(one["word"].holder, one["verdict"]) for one in shown["words"]] == [
        (False, ""),
        (True, "Says that they are fakes"),
    ]
    assert (shown["outcome"], shown["ours"], shown["mine"]) == ("Goods confiscated", False, True)
    verbs = [one.verb for one in audit.entries(SYSTEM, subject=f"inspection:{key}")]
    assert sorted(verbs) == [f"protection.inspection.{act}" for act in ("outcome", "record", "say", "say")]


def test_who_records_who_sees_and_who_may_say(cast):
    key = found(cast)
    for actor in ("wei", "lin", "shen", "au"):
        assert numbers(cast[actor])["total"].records == 1
    for actor in ("he", "xu"):
        assert numbers(cast[actor])["total"].records == 0
        with pytest.raises(NotFound, match="inspection_unknown"):
            inspection_shown(cast[actor], key)
    for actor in ("lin", "shen"):
        with pytest.raises(NotPermitted, match="enforcers_only"):
            inspections.record_inspection(actor=cast[actor], found=Found(**TOLD))
        with pytest.raises(NotFound):
            inspections.note_outcome(actor=cast[actor], key=key, outcome="destroyed", day=DAY)
    with pytest.raises(NotFound):
        inspections.say(actor=cast["shen"], key=key, text="x")  # sees it, and is neither side
    with pytest.raises(NotFound, match="sheet_unknown"):  # not shared with the customs
        inspections.record_inspection(actor=cast["xu"], found=Found(**TOLD, sheet=cast["sheet"]))
    sheets.withdraw_sheet(actor=cast["lin"], key=cast["sheet"], authority=cast["market"])
    assert inspection_shown(cast["wei"], key)["holder"]  # the record stays with both


def test_a_record_has_its_facts_and_an_outcome_its_day(cast):
    for wrong in ({"goods": " "}, {"happened_on": timezone.localdate() + timedelta(days=1)}, {"sheet": 0}):
        with pytest.raises(Invalid, match="inspection_facts"):
            found(cast, **wrong)
    key = found(cast, sheet=0, right_kind="trade_mark", right_number="G9")
    with pytest.raises(Conflict, match="no_sheet"):
        inspections.say(actor=cast["wei"], key=key, text="x")
    for outcome, day in (("open", DAY), ("fined", DAY - timedelta(days=1)), ("nonsense", DAY)):
        with pytest.raises(Invalid, match="inspection_outcome"):
            inspections.note_outcome(actor=cast["wei"], key=key, outcome=outcome, day=day)
    with pytest.raises(Invalid, match="word_empty"):
        inspections.say(actor=cast["wei"], key=found(cast), verdict="fake")  # that is for the right holder to say


def test_49_cases_with_440000_packages_and_one_whose_number_is_not_known(cast):
    """The figures of the campaign for West Lake Longjing: white paper 2020; the records here are invented."""
    for place in range(49):
        found(
            cast,
            quantity=None if place == 0 else 440_000 // 48 + (440_000 % 48 if place == 1 else 0),
            district="330106" if place % 2 else "",
        )
    shown = numbers(cast["shen"])
    total = shown["total"]
    assert (total.records, total.quantities, total.unknown, total.value_yuan) == (49, {"件": 440_000}, 1, None)
    assert [(one["told"].group, one["told"].records) for one in shown["groups"]] == [("", 25), ("330106", 24)]
    assert shown["groups"][0]["word"] == "not known"
    inspections.correct_quantity(
        actor=cast["wei"], key=Inspection.objects.order_by("pk")[0].pk, quantity=0, value_yuan=5
    )
    total = numbers(cast["shen"])["total"]
    assert (total.unknown, total.value_yuan, total.value_unknown) == (0, 5, 48)


def test_each_count_opens_its_records_on_the_page_and_in_the_table(cast):
    found(cast, quantity=3, district="330106")
    found(cast, kind="inspection", happened_on=DAY + timedelta(days=40), goods="=1+1")
    found(cast, quantity=7, happened_on=date(2025, 3, 5))
    for by in DIMENSIONS:
        shown = numbers(cast["wei"], by=by)
        assert sum(one["told"].records for one in shown["groups"]) == shown["total"].records == 2
        for one in shown["groups"]:
            asked = Asked(2026, by, one["told"].group)
            assert inspections_shown(cast["wei"], asked)["kept"] == one["told"].records
            rows = list(csv.DictReader(io.StringIO(inspections_table(cast["wei"], asked).lstrip("\ufeff"))))
            assert len(rows) == one["told"].records
    rows = list(csv.DictReader(io.StringIO(inspections_table(cast["wei"], Asked(2026)).lstrip("\ufeff"))))
    assert [(one["goods"], one["quantity"], one["district"]) for one in rows] == [
        ("'=1+1", "", ""),
        ("假冒包装", "3", "330106"),
    ]


_ROWS = st.builds(
    Seized,
    key=st.integers(1, 9),
    kind=st.sampled_from(["seizure", "inspection"]),
    month=st.sampled_from(["2026-01", "2026-02"]),
    authority=st.integers(1, 3),
    district=st.sampled_from(["", "330106", "330102"]),
    outcome=st.sampled_from(["open", "fined"]),
    unit=st.sampled_from(["件", "公斤"]),
    quantity=st.none() | st.integers(0, 10**6),
    value_yuan=st.none() | st.integers(0, 10**9),
)


@given(st.lists(_ROWS, max_size=30), st.sampled_from(["month", "district", "outcome", "unit"]))
def test_groups_add_up_to_the_whole(rows, by):
    (whole,) = counted(rows)
    groups = counted(rows, lambda one: getattr(one, by))
    assert sum(one.records for one in groups) == whole.records == len(rows)
    for name in ("seizures", "unknown", "value_unknown"):
        assert sum(getattr(one, name) for one in groups) == getattr(whole, name)
    assert sum(one.value_yuan or 0 for one in groups) == (whole.value_yuan or 0)
    assert (whole.value_yuan is None) == all(row.value_yuan is None for row in rows)
    for unit in {row.unit for row in rows if row.quantity is not None}:
        assert sum(one.quantities.get(unit, 0) for one in groups) == whole.quantities[unit]


def test_officer_and_right_holder_on_the_pages(cast, client):
    def login(name):
        client.force_login(get_user_model().objects.get(pk=cast[name].person_id))
        client.cookies["qiantang_language"] = "en"

    login("wei")
    told = {"kind": "seizure", "happened_on": "2026-03-05", "goods": "茶盒", "unit": "盒", "sheet": cast["sheet"]}
    assert client.post("/protection/inspections", {**told, "unit": ""}).status_code == 422
    page = client.post("/protection/inspections", told).headers["Location"]
    assert client.post(page, {"do": "outcome", "outcome": "released", "day": "2026-03-06"}).status_code == 302
    shown = client.get("/protection/inspections?year=2026&by=outcome").content.decode()
    assert "Goods released" in shown
    assert "not known" in shown
    table = client.get("/protection/inspections.csv?year=2026")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "茶盒" in table.content.decode()
    login("lin")
    assert client.post(page, {"do": "say", "verdict": "genuine"}).status_code == 302
    assert "Says that they are genuine" in client.get(page).content.decode()
    login("he")
    assert client.get(page).status_code == 404
    assert "茶盒" not in client.get("/protection/inspections?year=2026").content.decode()
