"""A dispute by the open API: begun, told, with its evidence and a file, filed, its charts and letters."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.accounts.api import mandates
from qiantang.commons.audit.models import AuditEntry
from qiantang.commons.evidence.models import Deposit
from qiantang.scenarios.protection.models import Dispute, Exhibit, Takedown
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.tests.enforcers import mandate, uscc
from qiantang.scenarios.protection.tests.people import deposited, filed, person
from qiantang.scenarios.protection.tests.programs import Program

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
FACTS = {
    "right_kind": "invention",
    "right_number": "ZL202010000001.0",
    "right_in_force": True,
    "matter": "infringement",
    "respondent": "钱塘阀门厂",
    "place": "杭州市",
    "happened_on": "2026-03-01",
    "description": "在展会上销售相同产品",
    "wanted": "停止销售",
    "damages_yuan": 0,
}


@pytest.fixture(autouse=True)
def house(settings, tmp_path, tmp_path_factory):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    settings.SEAL_ADAPTER = (
        "qiantang.engines.seal.demo.DemoSealer",
        {"folder": tmp_path_factory.getbasetemp() / "seal"},
    )
    settings.PUBLIC_URL = "https://ip.example.org"
    with translation.override("en"):
        yield


def test_a_dispute_is_brought_from_its_first_word_to_its_route_by_a_program():
    lin = Program(person("lin"))
    opened = lin.done("disputes", {})
    number = opened["number"]
    assert (opened["state"], opened["filed"], bool(opened["code"])) == ("draft", False, True)
    assert opened["facts"]["right_in_force"] is None
    told = lin.done(f"disputes/{number}/facts", FACTS, "PUT")
    assert told["facts"] == {**dict.fromkeys(told["facts"]), **FACTS}
    assert told["missing"] == ["evidence"]
    assert lin.refused(f"cases/{number}/steps", {"action": "file"}) == (422, "protection.facts_missing")
    sent = {"name": "photo.txt", "content": base64.b64encode(b"a photo").decode()}
    deposit = lin.done("deposit-files", sent)["number"]
    whole = lin.done(f"disputes/{number}/exhibits", {"deposit": deposit, "shows": "the goods"})
    assert [(one["deposit"], one["side"], one["opened"]) for one in whole["exhibits"]] == [
        (deposit, "applicant", False)
    ]
    lin.done(f"cases/{number}/steps", {"action": "file"})
    assert lin.refused(f"disputes/{number}/facts", FACTS, "PUT") == (409, "protection.not_editable")
    offered = [one["route"] for one in lin.got(f"disputes/{number}")["routes"]]
    assert "mediation" in offered
    lin.done(f"cases/{number}/steps", {"action": "choose", "choice": "mediation"})
    (proceeding,) = lin.got(f"disputes/{number}")["proceedings"]
    whole = lin.got(f"proceedings/{proceeding['number']}")
    assert (whole["side"], whole["dispute"], whole["route"]) == ("applicant", number, "mediation")
    assert whole["facts"]["respondent"] == "钱塘阀门厂"
    assert (whole["papers"], whole["aid"], whole["messages"]) == (None, None, None)
    assert "code" not in lin.got(f"disputes/{number}")


def test_what_is_saved_again_without_a_fact_is_not_said_any_more_and_blanks_say_nothing():
    lin = Program(person("lin"))
    number = lin.done("disputes", {})["number"]
    lin.done(f"disputes/{number}/facts", FACTS, "PUT")
    told = lin.done(f"disputes/{number}/facts", {"respondent": "  ", "matter": "unfair"}, "PUT")
    assert (told["facts"]["respondent"], told["facts"]["matter"], told["facts"]["place"]) == (None, "unfair", None)
    assert "respondent" in told["missing"]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({**FACTS, "damages_yuan": -1}, "damages_yuan"),
        ({**FACTS, "damages_yuan": "5"}, "damages_yuan"),
        ({**FACTS, "right_in_force": "yes"}, "right_in_force"),
        ({**FACTS, "happened_on": "yesterday"}, "happened_on"),
        ({**FACTS, "happened_on": 0}, "happened_on"),
        ({**FACTS, "matter": "a quarrel"}, "matter"),
        ({**FACTS, "judge": "x"}, "judge"),
    ],
)
def test_what_cannot_be_read_names_its_place_and_nothing_is_kept(facts, place):
    lin = Program(person("lin"))
    number = lin.done("disputes", {})["number"]
    assert lin.wrong(f"disputes/{number}/facts", facts, "PUT") == [f"body.facts.{place}"]
    assert Dispute.objects.get().told == {}


def test_a_file_that_is_no_base64_is_not_kept_and_one_that_is_has_its_digests_computed():
    lin = Program(person("lin"))
    for content in ("YSB2Y", "????", ""):
        assert lin.wrong("deposit-files", {"name": "x", "content": content}) == ["body.sent.content"]
    assert lin.refused("deposit-files", {"name": "x", "content": "YQ==", "kind": "trade_secret"})[0] == 422
    ahead = {"name": "x", "content": "YQ==", "collected_at": "2999-01-01T00:00:00+08:00"}
    assert lin.refused("deposit-files", ahead) == (422, "protection.collected_when")
    assert not Deposit.objects.exists()
    told = lin.done("deposit-files", {"name": "x.txt", "content": "YWJj\n"})
    assert told["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert Deposit.objects.get().stored
    reads = Program(person("he"), "deposits:read")
    assert reads.refused("deposit-files", {"name": "x", "content": "YQ=="}) == (403, "accounts.token_scope_missing")


def test_a_dispute_of_somebody_else_is_not_there_and_its_reader_writes_nothing():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.open_dispute(actor=lin).number
    other, office, reads = Program(person("wu")), Program(gu), Program(lin, "cases:read")
    mine = deposited(lin)
    for path, body, method in (
        (f"disputes/{number}/facts", FACTS, "PUT"),
        (f"disputes/{number}/exhibits", {"deposit": mine}, "POST"),
        (f"disputes/{number}/charts", {"claim_number": 1, "claim_text": "1. 泵，包括：壳。", "product": "x"}, "POST"),
        (f"disputes/{number}/letters", {"platform": "x", "addresses": ["https://shop.example/1"]}, "POST"),
    ):
        assert other.refused(path, body, method) == (404, "casework.unknown")
        assert reads.refused(path, body, method) == (403, "accounts.token_scope_missing")
        if "charts" not in path:  # the office may draw them too
            assert office.refused(path, body, method) == (403, "protection.not_yours")
    assert other.ask("GET", f"disputes/{number}").status_code == 404
    assert office.got(f"disputes/{number}")["editable"] is False
    assert Client().get(f"/api/v1/disputes/{number}").status_code == 401
    assert (Dispute.objects.get().told, Exhibit.objects.count()) == ({}, 0)


def test_evidence_is_one_s_own_and_stands_in_a_dispute_once():
    lin, wu = person("lin"), person("wu")
    number, program = disputes.open_dispute(actor=lin).number, Program(lin)
    assert program.refused(f"disputes/{number}/exhibits", {"deposit": deposited(wu)}) == (404, "evidence.unknown")
    mine = deposited(lin, name="mine")
    program.done(f"disputes/{number}/exhibits", {"deposit": mine})
    assert program.refused(f"disputes/{number}/exhibits", {"deposit": mine}) == (409, "protection.exhibit_known")
    assert Exhibit.objects.count() == 1


def test_an_organisation_s_dispute_is_begun_and_conducted_under_its_mandate():
    lin = person("lin")
    shen = person("shen", "operator")
    firm = mandates.register_organisation(actor=shen, uscc=uscc(7), name="钱塘阀门厂").id
    mandate(lin, shen, firm, "protection.act")
    number = disputes.open_dispute(actor=replace(lin, organisation_id=firm)).number
    program = Program(lin)
    assert program.done(f"disputes/{number}/facts", FACTS, "PUT")["facts"]["place"] == "杭州市"
    own = program.done("disputes", {})["number"]
    assert Dispute.objects.get(case__number=own.replace("-", "")).person_id == lin.person_id
    theirs = program.done("disputes", {"organisation": uscc(7)})["number"]
    brought = Dispute.objects.get(case__number=theirs.replace("-", ""))
    assert (brought.person_id, brought.organisation_id) == (None, firm)
    assert program.done(f"disputes/{theirs}/facts", FACTS, "PUT")["missing"] == ["evidence"]
    wu = Program(person("wu"))
    assert wu.refused("disputes", {"organisation": uscc(7)}) == (404, "accounts.organisation_unknown")
    assert Program(lin).refused("disputes", {"organisation": "7"})[0] == 422
    assert Dispute.objects.count() == 3


def test_a_claim_is_charted_by_a_program():
    lin = person("lin")
    number, program = filed(lin), Program(lin)
    asked = {"claim_number": 1, "claim_text": "1. 一种阀门，包括：壳体；阀芯。", "product": "V1"}
    (chart,) = program.done(f"disputes/{number}/charts", asked)["items"]
    assert program.refused(f"disputes/{number}/charts", {**asked, "product": " "}) == (422, "protection.claim_empty")
    assert program.wrong(f"disputes/{number}/charts", {**asked, "claim_number": 0}) == ["body.chart.claim_number"]
    element = chart["elements"][0]["key"]
    cell = {"feature": "brass", "verdict": "same", "deposits": [Exhibit.objects.get().number]}
    (chart,) = program.done(f"disputes/{number}/elements/{element}", cell, "PUT")["items"]
    assert (chart["elements"][0]["verdict"], chart["decided"]) == ("same", 1)
    strange = {**cell, "deposits": ["EV-20260101-22222222"]}
    assert program.refused(f"disputes/{number}/elements/{element}", strange, "PUT") == (
        422,
        "protection.exhibit_unknown",
    )
    other = disputes.open_dispute(actor=lin).number
    assert program.refused(f"disputes/{other}/elements/{element}", cell, "PUT") == (404, "protection.element_unknown")
    assert program.got(f"disputes/{number}/charts")["items"][0]["elements"][0]["feature"] == "brass"


def test_a_letter_to_a_platform_is_made_noted_and_fetched_by_a_program():
    lin = person("lin")
    number, program = filed(lin), Program(lin)
    draft = disputes.open_dispute(actor=lin).number
    asked = {"platform": "某平台", "addresses": ["https://shop.example/1"]}
    assert program.refused(f"disputes/{draft}/letters", asked) == (409, "protection.not_filed")
    offers = {**asked, "addresses": ["shop"]}
    assert program.refused(f"disputes/{number}/letters", offers) == (422, "protection.takedown_addresses")
    (letter,) = program.done(f"disputes/{number}/letters", asked)["items"]
    answer = f"disputes/{number}/letters/{letter['key']}/answer"
    early = {"answer": "removed", "day": "2026-03-05"}
    assert program.refused(answer, early) == (409, "protection.takedown_order")
    program.done(answer, {"answer": "sent", "day": "2026-03-02"})
    (letter,) = program.done(answer, {"answer": "countered", "day": "2026-03-05"})["items"]
    assert (letter["answer"], letter["sent_on"], letter["act_until"] > "2026-03-15") == (
        "countered",
        "2026-03-02",
        True,
    )
    assert Takedown.objects.get().outcome == "countered"
    paper = program.ask("GET", f"disputes/{number}/documents/{letter['document']}?language=en")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert Program(person("wu")).ask("GET", f"disputes/{number}/documents/{letter['document']}").status_code == 404


def test_the_journal_names_the_person_whose_token_it_was():
    lin = person("lin")
    number = disputes.open_dispute(actor=lin).number
    Program(lin).done(f"disputes/{number}/facts", FACTS, "PUT")
    line = AuditEntry.objects.filter(verb="protection.dispute.save").latest("sequence")
    assert (line.actor_id, line.channel) == (lin.person_id, "api")
