"""Registers: final decisions only, notice before, two people, appeal, end by itself; read for a need, no name in public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection.methods.registers import (
    Ground,
    GroundKind,
    Register,
    counted,
    ends_on,
    register_rule,
    register_rules,
)
from qiantang.scenarios.protection.models import RegisterEntry
from qiantang.scenarios.protection.rules.registers import SOURCES
from qiantang.scenarios.protection.selectors.registers import in_force, rules_shown
from qiantang.scenarios.protection.services import registers
from qiantang.scenarios.protection.tasks import tend_disputes
from qiantang.scenarios.protection.tests.people import person

SYSTEM = Actor.system("test")
NAME = "钱塘某某商行"
pytestmark = pytest.mark.feature("S7B-19")


def decision(place, final=40, kind=GroundKind.PENALTY, decided=100):
    today = timezone.localdate()
    return Ground(
        kind=kind,
        authority="某市场监督管理局",
        reference=f"杭市监罚〔2026〕{place}号",
        decided_on=today - timedelta(days=decided),
        final_on=None if final is None else today - timedelta(days=final),
    )


TWO = (decision(1), decision(2))


@pytest.fixture
def office(db, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    roles = {"gu": "case_officer", "shen": "supervisor", "tang": "supervisor", "bao": "auditor"}
    with translation.override("en"):
        yield {name: person(name, role) for name, role in roles.items()}


def later(days):
    """Move an entry back in time, as if so many days had passed since."""
    row = RegisterEntry.objects.get()
    names = ("proposed_on", "noticed_on", "object_until", "entered_on", "appeal_until", "expires_on")
    for name in names:
        if getattr(row, name) is not None:
            setattr(row, name, getattr(row, name) - timedelta(days=days))
    row.save()


def entered(office):
    number = registers.propose_entry(actor=office["gu"], register="infringer", name=NAME, grounds=TWO)
    registers.give_notice(actor=office["gu"], number=number, how="挂号信 XA123")
    later(30)
    registers.take_entry_step(actor=office["shen"], number=number, action="enter", note="逾期未提出异议")
    return number


@pytest.mark.django_db
def test_nobody_is_proposed_before_enough_decisions_are_final(office):
    propose = {"actor": office["gu"], "register": "infringer", "name": NAME}
    for grounds in (
        (decision(1), decision(2, final=None)),  # a remedy is open
        (decision(1), decision(1)),  # the same one twice
        (decision(1), decision(2, kind=GroundKind.FINDING)),  # not of a kind of this register
        (decision(1), decision(2, final=6 * 366, decided=6 * 366)),  # too long ago
    ):
        with pytest.raises(Invalid, match="grounds_short"):
            registers.propose_entry(**propose, grounds=grounds)
    with pytest.raises(Invalid, match="ground_order"):
        registers.propose_entry(**propose, grounds=(decision(1), decision(2, final=-1)))
    with pytest.raises(NotPermitted, match="office_only"):
        registers.propose_entry(**{**propose, "actor": person("lin")}, grounds=TWO)
    assert not RegisterEntry.objects.exists()


@pytest.mark.django_db
def test_an_entry_needs_notice_the_time_to_object_and_a_second_person(office):
    gu, shen, tang = office["gu"], office["shen"], office["tang"]
    number = registers.propose_entry(actor=gu, register="infringer", name=NAME, grounds=TWO)
    with pytest.raises(Conflict, match="step_not_from_here"):
        registers.take_entry_step(actor=shen, number=number, action="enter", note="x")
    with pytest.raises(Invalid, match="notice_how"):
        registers.give_notice(actor=shen, number=number, how=" ")
    paper = registers.give_notice(actor=shen, number=number, how="挂号信 XA123")
    assert documents.document_told(SYSTEM, paper).case
    with pytest.raises(Conflict, match="notice_runs"):
        registers.take_entry_step(actor=tang, number=number, action="enter", note="x")
    later(30)
    with pytest.raises(NotPermitted, match="four_eyes"):
        registers.take_entry_step(actor=shen, number=number, action="enter", note="x")
    with pytest.raises(NotPermitted):
        registers.take_entry_step(actor=gu, number=number, action="enter", note="x")
    with pytest.raises(Invalid, match="note_missing"):
        registers.take_entry_step(actor=tang, number=number, action="enter")
    assert not in_force().exists()
    registers.take_entry_step(actor=tang, number=number, action="enter", note="逾期未提出异议")
    row = in_force().get()
    assert (row.entered_on, row.expires_on.year) == (timezone.localdate(), timezone.localdate().year + 3)


@pytest.mark.django_db
def test_whom_it_concerns_objects_and_appeals_and_another_one_decides(office):
    gu, shen, tang, lin = office["gu"], office["shen"], office["tang"], person("lin")
    number = registers.propose_entry(actor=gu, register="claimant", name=NAME, grounds=(decision(1),))
    casework.parties.identify_party(
        actor=gu, number=number, party=NewParty(PartyRole.OPPONENT, person_id=lin.person_id)
    )
    registers.give_notice(actor=gu, number=number, how="平台送达")
    registers.take_entry_step(actor=lin, number=number, action="object", note="我方有正当理由")
    with pytest.raises(NotFound):
        registers.take_entry_step(actor=person("wu"), number=number, action="object", note="x")
    registers.take_entry_step(
        actor=shen, number=number, action="enter", note="异议不成立，理由如下"
    )  # considered: at once
    registers.take_entry_step(actor=lin, number=number, action="appeal", note="判决正在再审")
    for act in ("uphold", "remove"):
        with pytest.raises(NotPermitted, match="four_eyes"):
            registers.take_entry_step(actor=shen, number=number, action=act, note="x")
    assert in_force().exists()
    assert registers.take_entry_step(actor=tang, number=number, action="uphold", note="维持") == "entered"
    later(61)
    with pytest.raises(Conflict, match="appeal_late"):
        registers.take_entry_step(actor=lin, number=number, action="appeal", note="x")
    assert registers.take_entry_step(actor=tang, number=number, action="remove", note="判决被撤销") == "removed"
    assert not in_force().exists()


@pytest.mark.django_db
def test_an_entry_ends_on_its_day_by_itself(office):
    number = entered(office)
    row = RegisterEntry.objects.get()
    RegisterEntry.objects.update(expires_on=timezone.localdate() + timedelta(days=1))
    assert (registers.end_entries(actor=SYSTEM), in_force().count()) == (0, 1)
    RegisterEntry.objects.update(expires_on=timezone.localdate())
    assert not in_force().exists()  # read no more, before the job has come
    assert rules_shown()[0]["entries"] == 0
    tend_disputes.func()
    row.refresh_from_db()
    assert (row.removed_on, casework.case_sheet(SYSTEM, number).card.state) == (timezone.localdate(), "expired")
    assert registers.end_entries(actor=SYSTEM) == 0


@pytest.mark.django_db
def test_a_register_is_read_for_a_need_which_is_noted_and_by_nobody_else(office):
    entered(office)
    read = {"register": "infringer"}
    with pytest.raises(Invalid, match="register_need"):
        registers.read_register(actor=office["gu"], **read, need=" ")
    for who in (person("lin"), person("chen", "mediator"), person("op", "operator"), Actor.public()):
        with pytest.raises(NotPermitted, match="register_readers"):
            registers.read_register(actor=who, **read, need="案件审查")
    found = registers.read_register(actor=office["gu"], **read, need="案件 HZWQ 审查", text="某某")
    assert [one["row"].name for one in found] == [NAME]
    assert registers.read_register(actor=office["bao"], **read, need="年度审计", text="别人") == []
    noted = [one for one in audit.entries(SYSTEM, subject="register:infringer") if one.verb.endswith("register.read")]
    assert {one.facts["need"] for one in noted} == {"案件 HZWQ 审查", "年度审计"}


@pytest.mark.django_db
def test_no_name_stands_in_public_and_the_count_equals_the_entries(office, client):
    number = entered(office)
    client.cookies["qiantang_language"] = "en"
    for address in ("/protection", "/protection/registers", "/protection/statistics", "/protection/library"):
        assert NAME not in client.get(address).content.decode()
    assert rules_shown()[0]["entries"] == in_force().filter(register="infringer").count() == 1
    assert client.get(f"/protection/registers/{number}").status_code == 404
    page = client.post("/protection/registers", {"do": "read", "register": "infringer", "need": "curious"})
    assert (page.status_code, NAME in page.content.decode()) == (422, False)
    assert (
        client.post("/protection/registers", {"do": "propose", "register": "infringer", "name": "x"}).status_code == 422
    )


@pytest.mark.django_db
def test_the_office_proposes_notifies_and_reads_on_the_pages(office, client):
    def sign_in(name):
        client.force_login(get_user_model().objects.get(pk=office[name].person_id))

    client.cookies["qiantang_language"] = "en"
    sign_in("gu")
    told = {"do": "propose", "register": "infringer", "name": NAME}
    for place, one in enumerate(TWO, start=1):
        told |= {f"{name}_{place}": str(getattr(one, name)) for name in ("kind", "authority", "reference")}
        told |= {f"{name}_{place}": getattr(one, name).isoformat() for name in ("decided_on", "final_on")}
    assert client.post("/protection/registers", {**told, "final_on_2": ""}).status_code == 422
    page = client.post("/protection/registers", told).headers["Location"]
    assert client.post(page, {"do": "notify", "how": ""}).status_code == 422
    assert client.post(page, {"do": "notify", "how": "letter 1"}).status_code == 302
    assert client.get(f"{page}/notice/zh").content.startswith(b"%PDF")
    assert client.post(page, {"do": "step", "action": "enter", "note": "x"}).status_code in {403, 422}
    later(30)
    sign_in("shen")
    assert client.post(page, {"do": "step", "action": "enter", "note": "over"}).status_code == 302
    assert "In the register" in client.get(page).content.decode()
    read = client.post("/protection/registers", {"do": "read", "register": "infringer", "need": "matter 1"})
    assert NAME in read.content.decode()


def test_the_rules_are_dated_and_each_says_its_source():
    assert {one.source for one in register_rules()} == set(SOURCES)
    assert not any(one.verified for one in register_rules())
    rule = register_rule(Register.INFRINGER, date(2026, 5, 1))
    assert (rule.least, rule.within_years, rule.since) == (2, 5, date(2021, 6, 1))
    assert ends_on(rule, date(2024, 2, 29)) == date(2027, 2, 28)
    day = date(2026, 5, 1)
    made = [
        Ground(kind=GroundKind.PENALTY, authority="x", reference=str(final), decided_on=final, final_on=final)
        for final in (date(2021, 4, 30), date(2021, 5, 1), day, date(2026, 5, 2))
    ]
    assert [one.final_on for one in counted(rule, made, day)] == [date(2021, 5, 1), day]
