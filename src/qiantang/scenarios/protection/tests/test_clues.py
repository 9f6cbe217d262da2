"""Clues to crimes: two people, signed messages with receipts, answers taken in, and nobody else sees any of it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection.models import ConnectorMessage, Dispute, Paper, Proceeding
from qiantang.scenarios.protection.selectors.disputes import dispute
from qiantang.scenarios.protection.services import clues, connectors, disputes, steps
from qiantang.scenarios.protection.tests.people import filed, person
from qiantang.scenarios.protection.types import Intake

SYSTEM = Actor.system("test")
FOUND = Intake(respondent="某茶行", place="杭州市西湖区", description="查获假冒包装", counterfeit_yuan=80_000)
pytestmark = [pytest.mark.django_db, pytest.mark.feature("S7B-16")]


@pytest.fixture
def office(db, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        yield {name: person(name, role) for name, role in (("gu", "case_officer"), ("shen", "supervisor"))}


def state(number):
    return casework.case_sheet(SYSTEM, number).card.state


def transferred(office, number):
    gu, shen = office["gu"], office["shen"]
    for kind in ("investigation", "goods_list"):
        clues.add_clue_paper(actor=gu, number=number, kind=kind, text=f"{kind} 正文")
    clues.take_clue_step(actor=gu, number=number, action="propose", note="数额达到标准")
    clues.take_clue_step(actor=shen, number=number, action="approve", note="同意移送")
    clues.take_clue_step(actor=gu, number=number, action="send")


def answered(kind, status, **more):
    message = ConnectorMessage.objects.get(outgoing=True, kind=kind)
    raw = connectors.simulator(message.connector).status(message.message_id, status, "2026-05-02", **more)
    return connectors.take_in(actor=SYSTEM, connector=message.connector, raw=raw)


def test_a_clue_goes_to_the_police_and_back_with_a_receipt_for_each_message(office):
    number = clues.note_clue(actor=office["gu"], told=FOUND)
    Dispute.objects.update(synthetic=True)
    with pytest.raises(Invalid, match="clue_papers") as refused:
        clues.take_clue_step(actor=office["gu"], number=number, action="propose", note="x")
    assert refused.value.facts["missing"] == "Report of the investigation、List of the goods concerned"
    transferred(office, number)
    sent = {one.connector: one.envelope["body"] for one in ConnectorMessage.objects.all()}
    assert sent["police"] == sent["procuratorate"]  # the copy is the same
    assert [one["kind"] for one in sent["police"]["papers"]] == ["investigation", "goods_list", "transfer"]
    letter = Paper.objects.get(kind="transfer").title
    told = documents.document_told(SYSTEM, letter)
    assert told.case.replace("-", "") == Proceeding.objects.get().case.number.replace("-", "")
    assert (connectors.post_messages(actor=SYSTEM), state(number)) == (2, "received")
    assert all(one.acknowledgement["signature"] for one in ConnectorMessage.objects.all())
    assert Proceeding.objects.get().reference.startswith("SIM-POLICE-")
    assert answered("clue", "more", note="请补充鉴定意见")
    assert state(number) == "more_asked"
    clues.add_clue_paper(actor=office["gu"], number=number, kind="appraisal", text="鉴定意见")
    clues.take_clue_step(actor=office["gu"], number=number, action="supply", note="已补充")
    assert connectors.post_messages(actor=SYSTEM) == 1
    answered("supplement", "accepted")
    assert (state(number), Proceeding.objects.get().outcome) == ("filed", "success")
    answered("clue", "ended", outcome="success", note="已判决")
    assert state(number) == "ended"
    verbs = [one.verb for one in audit.entries(SYSTEM, subject=f"proceeding:{Proceeding.objects.get().pk}")]
    assert {"protection.clue.note", "protection.exchange.queue", "protection.exchange.take"} <= set(verbs)


def test_who_proposes_does_not_approve(office):
    shen = office["shen"]
    number = clues.note_clue(actor=office["gu"], told=FOUND)
    for kind in ("investigation", "goods_list"):
        clues.add_clue_paper(actor=shen, number=number, kind=kind, text="x")
    clues.take_clue_step(actor=shen, number=number, action="propose", note="x")
    with pytest.raises(NotPermitted, match="four_eyes"):
        clues.take_clue_step(actor=shen, number=number, action="approve", note="x")
    assert not ConnectorMessage.objects.exists()


def test_police_that_do_not_file_are_asked_again_and_the_procuratorate_supervises(office):
    number = clues.note_clue(actor=office["gu"], told=FOUND)
    Dispute.objects.update(synthetic=True)
    transferred(office, number)
    connectors.post_messages(actor=SYSTEM)
    with pytest.raises(Invalid, match="envelope"):
        answered("copy", "accepted")  # a copy asks for nothing
    answered("clue", "declined", note="数额不足")
    clues.take_clue_step(actor=office["gu"], number=number, action="reconsider", note="附补充材料")
    connectors.post_messages(actor=SYSTEM)
    answered("reconsideration", "declined", note="维持")
    clues.take_clue_step(actor=office["shen"], number=number, action="supervise", note="请求立案监督")
    assert ConnectorMessage.objects.get(kind="supervision").connector == "procuratorate"
    connectors.post_messages(actor=SYSTEM)
    answered("supervision", "accepted", note="通知立案")
    assert state(number) == "filed"


def test_no_party_sees_the_clue_of_its_dispute_and_its_own_way_stays_open(office, client):
    lin = person("lin")
    number = filed(lin, counterfeit_yuan=80_000)
    clue = clues.note_clue(actor=office["gu"], told=Intake(), dispute=number)
    with pytest.raises(Conflict, match="clue_running"):
        clues.note_clue(actor=office["gu"], told=Intake(), dispute=number)
    assert dispute(lin, number).proceedings == ()
    assert [one.number for one in dispute(office["gu"], number).proceedings] == [clue]
    for act in (
        lambda: clues.take_clue_step(actor=lin, number=clue, action="drop", note="x"),
        lambda: clues.note_clue(actor=lin, told=FOUND),
    ):
        with pytest.raises(NotPermitted, match="office_only"):
            act()
    with pytest.raises(NotFound):
        steps.take_step(actor=lin, number=clue, action="withdraw")
    assert disputes.choose_route(actor=lin, number=number, route="police")  # the person's own report beside it
    client.force_login(get_user_model().objects.get(pk=lin.person_id))
    assert client.get(f"/protection/matters/{clue}").status_code == 404
    assert clue not in client.get("/protection/clues").content.decode()


def test_the_office_notes_adds_and_proposes_on_the_pages(office, client):
    client.force_login(get_user_model().objects.get(pk=office["gu"].person_id))
    client.cookies["qiantang_language"] = "en"
    assert client.post("/protection/clues", {"respondent": "x"}).status_code == 422
    told = {"respondent": "某茶行", "place": "杭州", "description": "查获", "counterfeit_yuan": "80000"}
    page = client.post("/protection/clues", told).headers["Location"]
    for kind in ("investigation", "goods_list"):
        assert client.post(f"{page}/act", {"do": "clue_paper", "kind": kind, "text": "正文"}).status_code == 302
    assert client.post(f"{page}/act", {"do": "clue_step", "action": "propose", "note": ""}).status_code == 422
    assert client.post(f"{page}/act", {"do": "clue_step", "action": "propose", "note": "x"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Transfer proposed, to be approved" in shown
    assert "No crime is suspected" not in shown
    assert "Transfer proposed" in client.get("/protection/clues").content.decode()
