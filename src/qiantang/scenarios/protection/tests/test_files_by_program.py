"""Adjudication, handing over, assistance, opinions, watch lists and registers by the open API."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.audit.models import AuditEntry
from qiantang.commons.evidence.services.collecting import captures as capturing
from qiantang.scenarios.protection.models import ConnectorMessage, Dispute, Exhibit, Opinion, Paper, Suspect, Watch
from qiantang.scenarios.protection.services import (
    access,
    disputes,
    papers,
    serving,
    steps,
)
from qiantang.scenarios.protection.tests.examples import Examples
from qiantang.scenarios.protection.tests.people import deposited, filed, person
from qiantang.scenarios.protection.tests.programs import Program
from qiantang.scenarios.protection.tests.test_watching import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
PARTS = {"basis": "权利要求1", "comparison": "逐项比对", "conclusion": "落入", "open": "无"}


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


def adjudicated(lin, he, gu):
    """An adjudication whose request was served on the respondent."""
    number = disputes.choose_route(actor=lin, number=filed(lin), route="adjudication")
    code = access.issue_code(actor=gu, number=number, side="respondent")
    access.join_by_code(actor=he, number=number, code=code)
    Program(lin).done(f"proceedings/{number}/request")
    steps.take_step(actor=gu, number=number, action="file")
    paper = Paper.objects.get().pk
    serving.serve_paper(actor=gu, number=number, paper=paper, side="respondent", method="electronic")
    papers.go_on_when_served(actor=gu, number=number)
    return number


def test_a_request_is_drawn_up_and_answered_by_programs_and_what_arrived_counts_as_read():
    lin, he, gu = person("lin"), person("he"), person("gu", "case_officer")
    number = adjudicated(lin, he, gu)
    path = f"proceedings/{number}"
    assert len(Program(lin).done(f"{path}/request")["papers"]) == 1  # asked twice it is drawn up once
    assert Program(gu).got(path)["papers"][0]["services"][0]["read_at"] is None
    assert Program(he).got(path)["state"] == "served"
    assert Program(gu).got(path)["papers"][0]["services"][0]["read_at"] is not None
    answer = {"text": "第二个特征不同", "deposits": [deposited(he, name="valve", content=b"ours")]}
    assert Program(lin).refused(f"{path}/papers", {"text": "x"}) == (409, "protection.file_closed")
    assert Program(he).refused(f"{path}/papers", {"text": " "}) == (422, "casework.note_missing")
    strange = {"text": "x", "deposits": [deposited(lin, name="strange")]}
    assert Program(he).refused(f"{path}/papers", strange) == (404, "evidence.unknown")
    assert (Paper.objects.count(), Exhibit.objects.filter(side="respondent").count()) == (1, 0)
    told = Program(he).done(f"{path}/papers", answer)
    assert (told["state"], [one["kind"] for one in told["papers"]]) == ("exchange", ["request", "answer"])
    assert [one["side"] for one in Program(lin).got(path)["exhibits"]] == ["applicant", "respondent"]
    assert Program(gu).refused(f"{path}/papers", {"text": "x"}) == (403, "protection.step_of_another")
    assert Program(he).refused(f"{path}/request") == (403, "protection.not_yours")
    assert Program(person("wu")).refused(f"{path}/papers", {"text": "x"}) == (404, "casework.unknown")
    assert Program(he, "cases:read").refused(f"{path}/papers", {"text": "x"})[0] == 403
    decided = Program(gu).refused(f"cases/{number}/steps", {"action": "propose", "note": "x"})
    assert decided[0] in (403, 409)  # what the office decides is decided by people


def test_a_side_reads_no_proposal_of_the_office_by_a_program():
    lin, he, gu = person("lin"), person("he"), person("gu", "case_officer")
    number = adjudicated(lin, he, gu)
    Program(he).done(f"proceedings/{number}/papers", {"text": "x"})
    steps.take_step(actor=gu, number=number, action="without_hearing", note="x")
    papers.propose_decision(actor=gu, number=number, stop=True, reasons="it falls under claim 1")
    for one in (lin, he):
        assert "falls under" not in Program(one).ask("GET", f"proceedings/{number}").content.decode()
    assert Program(gu).got(f"proceedings/{number}")["papers"][-1]["kind"] == "proposal"


def test_papers_go_to_another_body_with_the_consent_of_who_brought_the_dispute():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin), route="court")
    path = f"proceedings/{number}/sending"
    assert Program(gu).refused(path) == (403, "protection.not_yours")
    assert Program(person("wu")).refused(path) == (404, "casework.unknown")
    told = Program(lin).done(path)
    assert (told["state"], [one["kind"] for one in told["messages"]]) == ("sent", ["case"])
    assert Program(lin).refused(path)[0] == 409
    assert ConnectorMessage.objects.count() == 1
    mediation = disputes.choose_route(actor=lin, number=filed(lin, respondent="别家"), route="mediation")
    assert Program(lin).refused(f"proceedings/{mediation}/sending") == (409, "protection.route_unknown")


def test_assistance_is_asked_for_by_a_program_and_its_rules_are_told():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin, foreign=True), route="assistance")
    path = f"proceedings/{number}/aid"
    asked = {"kind": "large", "services": ["advice"], "seat_in_city": False, "act_in_city": False}
    assert Program(lin).wrong(path, {**asked, "services": []}, "PUT") == ["body.aid.services"]
    assert Program(lin).wrong(path, {**asked, "kind": "giant"}, "PUT") == ["body.aid.kind"]
    assert Program(gu).refused(path, asked, "PUT") == (403, "protection.not_yours")
    told = Program(lin).done(path, asked, "PUT")["aid"]
    assert [one["rule"] for one in told["rules"] if one["met"] is False] == ["AE-2", "AE-3"]
    assert told["asked"]["services"] == ["advice"]
    steps.take_step(actor=gu, number=number, action="check_identity")
    assert Program(lin).refused(path, asked, "PUT") == (409, "protection.file_closed")


def test_an_expert_hands_an_opinion_in_by_a_program_or_declines():
    made = Examples(person("lin"))
    lin, key, second = Program(made.owner), made.opinion(), made.opinion()
    assert {one["key"] for one in lin.got("opinions")["items"]} == {key, second}
    short = {"parts": {**PARTS, "open": " "}}
    assert lin.refused(f"opinions/{key}/text", short) == (422, "protection.opinion_parts")
    assert Program(person("wu")).refused(f"opinions/{key}/text", {"parts": PARTS}) == (
        404,
        "protection.opinion_unknown",
    )
    assert Program(made.owner, "cases:read").refused(f"opinions/{key}/text", {"parts": PARTS})[0] == 403
    assert not Opinion.objects.exclude(parts={}).exists()
    lin.done(f"opinions/{key}/text", {"parts": PARTS})
    assert lin.refused(f"opinions/{key}/text", {"parts": PARTS}) == (404, "protection.opinion_unknown")
    assert lin.refused(f"opinions/{second}/refusal", {"reason": " "}) == (422, "casework.note_missing")
    lin.done(f"opinions/{second}/refusal", {"reason": "no time"})
    waiting = [one for one in lin.got("opinions")["items"] if one["ended_at"] is None]
    assert waiting == []
    assert Program(person("he")).got("opinions")["items"] == []


def test_a_page_is_watched_by_a_program_and_an_offer_becomes_a_draft(monkeypatch):
    adapter = Shop()
    monkeypatch.setattr(capturing, "capturer", lambda: adapter)
    lin = person("lin")
    program, wu = Program(lin), Program(person("wu"))
    asked = {
        "address": "https://shop.example/list",
        "words": ["钱塘牌", "龙井"],
        "every_days": 7,
        "right_kind": "trade_mark",
    }
    assert program.wrong("watches", {**asked, "every_days": 0}) == ["body.watch.every_days"]
    assert program.refused("watches", {**asked, "words": [","]}) == (422, "protection.watch_words")
    assert Program(lin, "cases:read").refused("watches", asked)[0] == 403
    key = program.done("watches", asked)["key"]
    assert program.got("watches")["items"][0]["words"] == ["钱塘牌", "龙井"]
    made = Examples(lin)
    path = made.suspect()
    held = path.rpartition("/suspects/")[0]
    assert wu.ask("GET", held).status_code == 404
    for tail in (f"{path}/clearance", f"{path}/draft", f"{held}/stop"):
        assert wu.refused(tail) == (404, "protection.watch_unknown")
    draft = program.done(f"{path}/draft")
    assert (draft["filed"], draft["facts"]["online"]) == (False, True)
    assert program.refused(f"{path}/draft") == (409, "protection.suspect_drafted")
    assert Dispute.objects.count() == 1
    assert program.done(f"{path}/clearance")["suspects"][0]["cleared_at"] is not None
    assert program.done(f"watches/{key}/stop")["stopped_at"] is not None
    assert program.done(f"watches/{key}/stop")["stopped_at"] is not None  # asked again nothing changes
    assert Watch.objects.filter(stopped_at=None).count() == 1
    assert Suspect.objects.count() == 1


def test_a_register_is_read_for_a_need_which_the_journal_keeps():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = Examples(lin).entry(noticed=True)
    asked = {"register_of": "claimant", "need": "a matter"}
    assert Program(lin).refused("registers/readings", asked) == (403, "protection.register_readers")
    assert Program(gu).refused("registers/readings", {**asked, "need": "x"}) == (422, "protection.register_need")
    assert Program(gu).wrong("registers/readings", {**asked, "register_of": "all"}) == ["body.asked.register_of"]
    assert not AuditEntry.objects.filter(verb="protection.register.read").exists()
    assert Program(gu).done("registers/readings", asked)["items"] == []  # nothing is entered yet
    line = AuditEntry.objects.get(verb="protection.register.read")
    assert (line.actor_id, line.facts["need"], line.channel) == (gu.person_id, "a matter", "api")
    mine = Program(lin).got(f"registers/entries/{number}")
    assert (mine["state"], [one["kind"] for one in mine["grounds"]]) == ("noticed", ["penalty"])
    assert not AuditEntry.objects.filter(verb="protection.entry.read").exists()
    Program(gu).got(f"registers/entries/{number}")
    assert AuditEntry.objects.get(verb="protection.entry.read").actor_id == gu.person_id
    notice = Program(lin).ask("GET", f"registers/entries/{number}/notice?language=en")
    assert (notice["Content-Type"], notice.content[:5]) == ("application/pdf", b"%PDF-")
    for tail in ("", "/notice"):
        assert Program(person(f"wu{len(tail)}")).ask("GET", f"registers/entries/{number}{tail}").status_code == 404
    rules = Client().get("/api/v1/registers").json()["items"]
    assert {one["register_of"] for one in rules} == {"infringer", "claimant"}


def test_the_office_serves_papers_and_makes_codes_by_a_program_and_no_party_does():
    lin, he, gu = person("lin"), person("he"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin), route="adjudication")
    path = f"proceedings/{number}"
    Program(lin).done(f"{path}/request")
    office, party = Program(gu), Program(lin)
    asked = {"paper": Paper.objects.get().pk, "side": "respondent", "method": "electronic"}
    post = {**asked, "method": "post"}
    for tail, body in (("codes", {"side": "respondent"}), ("services", post), ("reference", {"reference": "1"})):
        assert party.refused(f"{path}/{tail}", body) == (403, "protection.office_only")
        assert Program(gu, "cases:read").refused(f"{path}/{tail}", body) == (403, "accounts.token_scope_missing")
    assert office.refused(f"{path}/services", asked) == (409, "protection.nobody_to_serve")
    code = office.done(f"{path}/codes", {"side": "respondent"})["code"]
    assert Program(he).done(f"{path}/join", {"code": code})["side"] == "respondent"
    assert office.refused(f"{path}/services", {**post, "method": "left"}) == (409, "protection.try_first")
    assert office.refused(f"{path}/services", {**post, "paper": 9_999}) == (404, "protection.paper_unknown")
    assert office.wrong(f"{path}/services", {**post, "method": "pigeon"}) == ["body.service.method"]

    def begun():
        return office.done(f"{path}/services", post)["papers"][0]["services"][-1]["key"]

    first = f"{path}/services/{begun()}"
    office.done(f"{first}/failure", {"why": "moved away"})
    proof = {"delivered_on": "2026-03-02", "proof": "EMS 1"}
    assert office.refused(f"{first}/delivery", proof) == (404, "protection.service_unknown")
    second = f"{path}/services/{begun()}"
    assert office.refused(f"{second}/delivery", {**proof, "proof": " "}) == (422, "casework.note_missing")
    assert party.refused(f"{second}/delivery", proof) == (403, "protection.office_only")
    told = office.done(f"{second}/delivery", proof)["papers"][0]["services"]
    assert {one["counts_on"] for one in told} == {None, "2026-03-02"}
    assert office.refused(f"{path}/reference", {"reference": "1"})[0] == 409  # nothing was handed over
