"""Results under seal and their list; values filled in beforehand, their source, and contesting them; the hall of the demo."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.documents import api as documents
from qiantang.commons.documents.types import Reason
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.portal.hall import demo
from qiantang.portal.hall.models import ContestedValue, Matter
from qiantang.portal.hall.selectors.matters import matter_row
from qiantang.portal.hall.services import handling, matters
from qiantang.portal.hall.services.prefilling import contest_value, settle_value

from .conftest import PASSWORD, SYSTEM, handed_in, person

FIRM = "913301067996550582"


def browser_of(actor):
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username=actor.name.casefold(), password=PASSWORD)
    return browser


def completed(lin, officer, lead, **more):
    number = handed_in(lin)
    handling.accept_matter(actor=officer, number=number)
    return handling.decide_matter(actor=lead, number=number, action="complete", text="已备案", **more)


def for_firm(actor):
    """The actor acting for the firm that the simulated register knows."""
    firm = mandates.register_organisation(actor=SYSTEM, uscc=FIRM, name="钱塘泵业")
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor, organisation_id=firm.id, scopes=["hall.file"], start_date=today, end_date=today, evidence="委托书"
    )
    mandates.settle_mandate(actor=SYSTEM, mandate_id=asked.id, grant=True)
    return type(actor)(person_id=actor.person_id, name=actor.name, organisation_id=firm.id)


@pytest.fixture
def registered(hall, tmp_path):
    hall.BUSINESS_REGISTER_ADAPTER = (
        "qiantang.engines.business_register.simulator.SimulatedRegister",
        {"folder": tmp_path / "register"},
    )
    return tmp_path / "register"


@pytest.mark.feature("S10-19")
def test_a_result_is_sealed_listed_verified_and_revoked(lin, officer, lead):
    told = completed(lin, officer, lead)
    assert all(one.sealed for one in told.files)
    other = person("other")
    (mine,) = documents.documents(lin, PageRequest(size=9), templates=("hall.result",), to_actor=True).items
    assert mine.number == told.number
    assert not documents.documents(officer, PageRequest(size=9), templates=("hall.result",), to_actor=True).items
    assert not documents.documents(other, PageRequest(size=9)).items
    page = browser_of(lin).get("/licences").content.decode()
    assert told.number in page
    assert "Valid" in page
    with pytest.raises(NotPermitted, match="revoke_refused"):
        documents.revoke_document(actor=officer, number=told.number, why=Reason.ERROR)
    documents.revoke_document(actor=lead, number=told.number, why=Reason.ERROR)
    assert documents.public_by_number(told.number).revoked_at
    assert "Revoked" in browser_of(lin).get("/licences").content.decode()
    assert browser_of(other).get("/licences").status_code == 200
    assert Client().get("/licences").status_code == 302


@pytest.mark.feature("S10-19")
def test_a_result_with_a_last_day_ends_by_itself(lin, officer, lead, monkeypatch):
    number = handed_in(lin)
    handling.accept_matter(actor=officer, number=number)
    with pytest.raises(Invalid, match="valid_day_past"):
        handling.decide_matter(actor=lead, number=number, action="complete", text="x", valid_until=timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = handling.decide_matter(actor=lead, number=number, action="complete", text="x", valid_until=tomorrow)
    public = documents.public_by_number(told.number)
    assert (public.valid_until, public.ended) == (tomorrow, False)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert documents.public_by_number(told.number).ended
    (mine,) = documents.documents(lin, PageRequest(size=9), to_actor=True, templates=("hall.result",)).items
    assert mine.ended


@pytest.mark.feature("S10-07")
def test_a_form_is_filled_in_with_source_and_day(lin, registered):
    firm = for_firm(lin)
    first = matters.open_matter(actor=firm, code="0202").number
    matter = matter_row(firm, first)
    assert matter.answers["name"] == "钱塘泵业有限公司（虚构）"
    assert {key: one["source"] for key, one in matter.prefilled.items()} == {
        "uscc": "business_register",
        "name": "business_register",
        "small": "business_register",
        "who": "profile",
    }
    given = {**matter.answers, "contact": "林", "phone": "0571-1", "mail": "l@example.cn", "name": "别名"}
    matters.save_step(actor=firm, number=first, step="you", given=given)
    later = matter_row(firm, matters.open_matter(actor=firm, code="0202").number)
    assert later.prefilled["phone"] == {
        "source": "earlier",
        "value": "0571-1",
        "day": timezone.localdate().isoformat(),
    }
    assert later.answers["name"] == "钱塘泵业有限公司（虚构）"  # the register, not what was typed
    alone = matter_row(lin, matters.open_matter(actor=lin, code="0202").number)
    assert (alone.answers["who"], alone.answers["name"], "phone" in alone.answers) == ("person", "Lin", False)
    page = browser_of(lin).get(f"/matters/{first}/form/you").content.decode()
    assert "Business register (simulated), as of 2026-01-01" in page
    assert "changed by you" in page


@pytest.mark.feature("S10-07")
def test_what_the_register_keeps_is_contested_there(lin, registered):
    firm = for_firm(lin)
    number = matters.open_matter(actor=firm, code="0202").number
    told = {"question": "name", "said": "钱塘水泵有限公司", "why": "renamed on 1 March"}
    with pytest.raises(Invalid, match="contest_incomplete"):
        contest_value(actor=firm, number=number, **{**told, "why": " "})
    contest_value(actor=firm, number=number, **told)
    with pytest.raises(Conflict, match="contested_already"):
        contest_value(actor=firm, number=number, **told)
    (kept,) = [json.loads(one.read_text("utf-8")) for one in registered.iterdir()]
    assert (kept["uscc"], kept["field"], kept["said"]) == (FIRM, "name", "钱塘水泵有限公司")
    assert ContestedValue.objects.get().receipt in browser_of(lin).get(f"/matters/{number}/form/you").content.decode()
    with pytest.raises(NotFound, match="value_unknown"):
        contest_value(actor=firm, number=number, question="phone", said="x", why="y")


@pytest.mark.feature("S10-07")
def test_what_this_house_keeps_is_answered_by_its_keepers(lin, lead, officer):
    number = matters.open_matter(actor=lin, code="0202").number
    browser = browser_of(lin)
    sent = {"question": "name", "said": "Lin Xiaoyun", "why": "identity card"}
    assert browser.post(f"/matters/{number}/contest", sent).status_code == 302
    key = ContestedValue.objects.get().pk
    with pytest.raises(NotPermitted, match="keepers_only"):
        settle_value(actor=officer, contest_id=key, reply="x")
    assert browser_of(officer).get("/services/contested").status_code == 403
    keeper = browser_of(lead)
    assert "Lin Xiaoyun" in keeper.get("/services/contested").content.decode()
    assert keeper.post("/services/contested", {"contest": key, "reply": "corrected"}).status_code == 302
    assert "hall.value_settled" in [one.kind for one in notices.inbox(lin, PageRequest()).items]


def test_the_hall_of_the_demo_is_made_once_and_says_it_is_invented(hall):
    demo.furnish(PASSWORD)
    rows = Matter.objects.select_related("case")
    assert {row.case.state for row in rows} == {"draft", "submitted", "supplement", "accepted", "done"}
    assert all("虚构" in row.answers["name"] for row in rows)
    demo.furnish(PASSWORD)
    assert Matter.objects.count() == len(rows)
