"""Sheets: shared with nobody by themselves, with one authority by a choice, closed at once, each read told to the right holder."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.api import inbox
from qiantang.commons.rulebook.models import ParameterValue
from qiantang.kernel.calendar import add_months
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.protection.methods.terms import effective_until, renewal_opens, renewed, term_from
from qiantang.scenarios.protection.models import ActionApplication, ProductSheet, SheetRead
from qiantang.scenarios.protection.selectors.sheets import enforcement_shown, sheet_shown
from qiantang.scenarios.protection.services import alerts, applications, authorities, sheets
from qiantang.scenarios.protection.tests.enforcers import PARTS, SYSTEM, authority, sheet, uscc
from qiantang.scenarios.protection.tests.people import person

pytestmark = [pytest.mark.feature("S7B-11")]


@pytest.fixture
def cast(db):
    people = {
        name: person(name, *roles)
        for name, *roles in (("lin",), ("wei",), ("xu",), ("shen", "supervisor"), ("au", "auditor"))
    }
    people["market"] = authority(people["shen"], people["wei"])
    people["customs"] = authority(people["shen"], people["xu"], 2, "customs", "杭州海关")
    people["sheet"] = sheet(people["lin"])
    with translation.override("en"):
        yield people


def seen_by(actor, key):
    sheets.note_read(actor=actor, key=key)
    return sheet_shown(actor, key)


def test_nothing_is_shared_by_itself_and_a_withdrawal_counts_at_once(cast):
    lin, key = cast["lin"], cast["sheet"]
    for other in ("wei", "xu", "shen"):  # enforcers, and the office
        with pytest.raises(NotFound, match="sheet_unknown"):
            sheet_shown(cast[other], key)
    sheets.share_sheet(actor=lin, key=key, authority=cast["market"])
    with pytest.raises(Conflict, match="shared_already"):
        sheets.share_sheet(actor=lin, key=key, authority=cast["market"])
    assert seen_by(cast["wei"], key)["parts"][0]["text"] == PARTS["genuine_marks"]
    with pytest.raises(NotFound):
        seen_by(cast["xu"], key)  # shared with another authority
    sheets.withdraw_sheet(actor=lin, key=key, authority=cast["market"])
    with pytest.raises(NotFound):
        seen_by(cast["wei"], key)
    assert enforcement_shown(cast["wei"])["sheets"] == []
    with pytest.raises(Conflict, match="not_shared"):
        sheets.withdraw_sheet(actor=lin, key=key, authority=cast["market"])
    sheets.share_sheet(actor=lin, key=key, authority=cast["market"])  # and again, by a new choice
    assert [one["row"].pk for one in enforcement_shown(cast["wei"])["sheets"]] == [key]


def test_each_read_is_on_record_and_told_to_the_right_holder_alone(cast):
    lin, key = cast["lin"], cast["sheet"]
    sheets.share_sheet(actor=lin, key=key, authority=cast["market"])
    seen_by(cast["wei"], key)
    sheets.save_sheet(
        actor=lin,
        key=key,
        product="龙井茶礼盒",
        right_kind="trade_mark",
        right_number="G12345",
        parts={**PARTS, "fake_packaging": "纸薄"},
    )
    seen_by(cast["wei"], key)
    seen_by(cast["au"], key)
    seen_by(lin, key)  # one's own read is none
    told = sheet_shown(lin, key)
    assert [(one["who"], one["version"]) for one in told["reads"]] == [
        ("Who audits the platform", 2), ("西湖区市场监督管理局", 2), ("西湖区市场监督管理局", 1)]  # fmt: skip
    assert told["read_count"] == SheetRead.objects.count() == 3
    assert "reads" not in sheet_shown(cast["wei"], key)
    entries = [one for one in audit.entries(SYSTEM, subject=f"sheet:{key}") if one.verb == "protection.sheet.read"]
    assert len(entries) == 3


def test_who_may_write_and_what_a_sheet_needs(cast):
    with pytest.raises(Invalid, match="sheet_empty"):
        sheet(cast["lin"], parts={"contact": "x"})  # tells no way to tell fakes
    for act in (
        lambda actor: sheets.share_sheet(actor=actor, key=cast["sheet"], authority=cast["market"]),
        lambda actor: applications.file_application(actor=actor, key=cast["sheet"], authority=cast["market"]),
        lambda actor: alerts.send_alert(
            actor=actor, key=cast["sheet"], kind="place", text="x", authorities=[cast["market"]]
        ),
    ):
        for other in ("wei", "shen", "au"):
            with pytest.raises(NotFound):
                act(cast[other])
    with pytest.raises(NotFound, match="authority_unknown"):
        sheets.share_sheet(actor=cast["lin"], key=cast["sheet"], authority=99)
    with pytest.raises(NotPermitted, match="office_only"):
        authorities.add_authority(actor=cast["wei"], uscc=uscc(3), name="某局", kind="market", source="x")
    with pytest.raises(Conflict, match="authority_known"):
        authorities.add_authority(actor=cast["shen"], uscc=uscc(1), name="某局", kind="market", source="x")


def test_an_alert_goes_to_whom_it_names_and_is_answered(cast):
    lin, key = cast["lin"], cast["sheet"]
    told = {"actor": lin, "key": key, "kind": "consignment", "text": "下沙口岸，集装箱", "district": "330114"}
    with pytest.raises(Conflict, match="not_shared"):
        alerts.send_alert(**told, authorities=[cast["market"]])
    for one in ("market", "customs"):
        sheets.share_sheet(actor=lin, key=key, authority=cast[one])
    with pytest.raises(Invalid, match="alert_empty"):
        alerts.send_alert(**told, authorities=[])
    alert = alerts.send_alert(**told, authorities=[cast["customs"]])
    assert [one.kind for one in inbox(cast["xu"], PageRequest()).items] == ["protection.alerted"]
    assert enforcement_shown(cast["wei"])["alerts"] == []  # was not named
    with pytest.raises(NotFound, match="alert_unknown"):
        alerts.answer_alert(actor=cast["wei"], key=key, alert=alert, answer="x")
    alerts.answer_alert(actor=cast["xu"], key=key, alert=alert, answer="已布控")
    (entry,) = sheet_shown(lin, key)["alerts"]
    assert [(one["who"], one["copy"].answer) for one in entry["copies"]] == [("杭州海关", "已布控")]
    alerts.withdraw_alert(actor=lin, key=key, alert=alert)
    with pytest.raises(NotFound):
        alerts.answer_alert(actor=cast["xu"], key=key, alert=alert, answer="y")
    assert enforcement_shown(cast["xu"])["alerts"] == []


def granted(cast, one="customs", **more):
    sheets.share_sheet(actor=cast["lin"], key=cast["sheet"], authority=cast[one])
    made = applications.file_application(actor=cast["lin"], key=cast["sheet"], authority=cast[one])
    applications.decide_application(
        actor=cast["xu" if one == "customs" else "wei"], application=made, granted=True, **more
    )
    return ActionApplication.objects.get(pk=made)


def test_a_recordal_has_its_term_is_reminded_of_and_renewed_without_a_gap(cast):
    lin, key, today = cast["lin"], cast["sheet"], timezone.localdate()
    row = granted(cast, reference="H-1")
    assert (row.valid_from, row.valid_until) == (today, add_months(today, 120) - timedelta(days=1))
    assert row.rules.startswith("protection.marks@")
    with pytest.raises(Conflict, match="application_open"):
        applications.file_application(actor=lin, key=key, authority=cast["customs"])
    with pytest.raises(Conflict, match="renewal_early") as early:
        applications.renew_application(actor=lin, key=key, application=row.pk)
    assert early.value.facts["day"] == add_months(today, 114).isoformat()
    assert applications.remind_of_renewal(actor=SYSTEM) == 0
    last = today + timedelta(days=20)
    ActionApplication.objects.update(valid_from=today - timedelta(days=3000), valid_until=last)
    assert (applications.remind_of_renewal(actor=SYSTEM), applications.remind_of_renewal(actor=SYSTEM)) == (1, 0)
    again = applications.renew_application(actor=lin, key=key, application=row.pk)
    with pytest.raises(Conflict, match="renewal_running"):
        applications.renew_application(actor=lin, key=key, application=row.pk)
    with pytest.raises(NotFound):
        applications.decide_application(actor=cast["wei"], application=again, granted=True)  # another authority
    applications.decide_application(actor=cast["xu"], application=again, granted=True)
    new = ActionApplication.objects.get(pk=again)
    assert (new.valid_from, new.valid_until) == (
        last + timedelta(days=1),
        add_months(last + timedelta(days=1), 120) - timedelta(days=1),
    )
    ActionApplication.objects.filter(pk=again).delete()
    ActionApplication.objects.update(valid_until=today - timedelta(days=1))
    with pytest.raises(Conflict, match="renewal_late"):
        applications.renew_application(actor=lin, key=key, application=row.pk)
    assert applications.file_application(actor=lin, key=key, authority=cast["customs"])  # anew


def test_the_term_follows_dated_values_and_ends_with_the_right(cast):
    today = timezone.localdate()
    ParameterValue.objects.create(
        rule_set="protection.marks", key="other_months", value=24, valid_from=today, source="局文", entered_at=timezone.now(),
        entered_by_id=cast["shen"].person_id,
    )  # fmt: skip
    row = granted(cast, "market")
    assert row.valid_until == add_months(today, 24) - timedelta(days=1)
    ProductSheet.objects.update(right_until=today + timedelta(days=9))
    (line,) = sheet_shown(cast["lin"], cast["sheet"])["applications"]
    assert (line["until"], line["cut_short"]) == (today + timedelta(days=9), True)
    ProductSheet.objects.update(right_until=today - timedelta(days=1))
    made = applications.file_application(actor=cast["lin"], key=cast["sheet"], authority=cast["market"])
    with pytest.raises(Conflict, match="right_ended"):
        applications.decide_application(actor=cast["wei"], application=made, granted=True)
    with pytest.raises(Invalid, match="application_decision"):
        applications.decide_application(actor=cast["wei"], application=made, granted=False)  # without a reason
    applications.decide_application(actor=cast["wei"], application=made, granted=False, remark="权利已终止")
    assert ActionApplication.objects.get(pk=made).state == "refused"


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 240), st.integers(1, 12))
def test_terms_follow_each_other_and_open_before_they_end(first, months, window):
    term = term_from(first, months)
    following = renewed(term.last, months)
    assert following.first - term.last == timedelta(days=1)
    assert term.first <= term.last < following.last
    assert renewal_opens(term.last, window) <= term.last
    assert effective_until(term.last, None) == term.last
    assert effective_until(term.last, first) == first


def test_right_holder_and_officer_on_the_pages(cast, client):
    def login(name):
        client.force_login(get_user_model().objects.get(pk=cast[name].person_id))
        client.cookies["qiantang_language"] = "en"

    login("lin")
    assert (
        client.post(
            "/protection/sheets", {"product": "茶", "right_kind": "trade_mark", "right_number": "1"}
        ).status_code
        == 422
    )
    page = client.post(
        "/protection/sheets", {"product": "茶", "right_kind": "trade_mark", "right_number": "1", "fake_marks": "红色"}
    ).headers["Location"]
    assert "With nobody." in client.get(page).content.decode()
    assert client.post(page, {"do": "share", "authority": cast["market"]}).status_code == 302
    alert = {"do": "alert", "kind": "place", "text": "某市场二楼", "authorities": [cast["market"]]}
    assert client.post(page, alert).status_code == 302
    assert client.post(page, {"do": "apply", "authority": cast["market"]}).status_code == 302
    login("wei")
    shown = client.get("/protection/enforcement").content.decode()
    assert page in shown
    assert "A place where fakes are made" in shown
    assert "红色" in client.get(page).content.decode()
    application = ActionApplication.objects.get().pk
    assert (
        client.post("/protection/enforcement", {"application": application}).status_code == 422
    )  # a refusal has a reason
    assert client.post("/protection/enforcement", {"application": application, "granted": "1"}).status_code == 302
    login("lin")
    shown = client.get(page).content.decode()
    assert "1 reads by others than you" in shown
    assert "In force" in shown
    assert client.post(page, {"do": "withdraw", "authority": cast["market"]}).status_code == 302
    login("wei")
    assert client.get(page).status_code == 404
    assert "西湖区市场监督管理局" in client.get("/protection/authorities").content.decode()
