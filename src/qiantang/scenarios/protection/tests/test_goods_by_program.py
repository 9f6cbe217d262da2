"""Captures, collections, sheets, inspections and codes of origin by the open API; what everybody may read."""

from __future__ import annotations

import base64

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.audit.models import AuditEntry
from qiantang.commons.evidence.models import Collection, CollectionItem, CustodyLine, Deposit, WebCapture
from qiantang.commons.evidence.services.collecting import captures as capturing
from qiantang.scenarios.protection.models import FakeReport, Inspection, Mediator, ProductSheet, SheetRead
from qiantang.scenarios.protection.services import mediators, sheets
from qiantang.scenarios.protection.tests.enforcers import sheet
from qiantang.scenarios.protection.tests.examples_of_goods import CODE, AllExamples
from qiantang.scenarios.protection.tests.people import TABLE, person
from qiantang.scenarios.protection.tests.programs import Program
from qiantang.scenarios.protection.tests.test_watching import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
SHEET = {
    "product": "龙井茶礼盒",
    "right_kind": "trade_mark",
    "right_number": "G12345",
    "parts": {"genuine_marks": "防伪线在左下角", "contact": "张三"},
}


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        yield


def test_a_page_is_captured_by_a_program_once_or_on_a_schedule(monkeypatch):
    adapter = Shop()
    monkeypatch.setattr(capturing, "capturer", lambda: adapter)
    lin, wu = person("lin"), Program(person("wu"))
    program = Program(lin)
    asked = {"url": "https://shop.example/1", "purpose": "an offer"}
    number = program.done("captures", asked)["capture"]
    assert program.got("captures")["items"][0]["number"] == number
    assert program.refused("captures", {**asked, "purpose": " "}) == (422, "evidence.purpose_missing")
    assert program.refused("captures", {**asked, "url": "ftp://shop.example/1"}) == (422, "capture.address")
    assert program.wrong("captures", {**asked, "pages": 0}) == ["body.wanted.pages"]
    schedule = program.done("captures", {**asked, "every_days": 7})["schedule"]
    assert wu.ask("GET", f"captures/{number}").status_code == 404
    assert wu.refused(f"schedules/{schedule}/stop") == (404, "evidence.schedule_unknown")
    assert Program(lin, "deposits:read").refused("captures", asked) == (403, "accounts.token_scope_missing")
    assert program.done(f"schedules/{schedule}/stop") is None
    assert WebCapture.objects.filter(owner_id=lin.person_id).count() == 2  # a schedule begins with one


def test_a_file_of_a_capture_is_fetched_and_the_chain_of_custody_tells_it():
    lin = person("lin")
    number = AllExamples(lin).capture()
    before = CustodyLine.objects.count()
    told = Program(lin).got(f"captures/{number}")
    assert told["files"] == [{"name": "page.txt", "size": 1}]
    answer = Program(lin).ask("GET", f"captures/{number}/files/page.txt")
    assert b"".join(answer.streaming_content) == b"x"
    assert answer["Content-Disposition"].startswith("attachment")
    assert CustodyLine.objects.count() == before + 1
    assert Program(person("wu")).ask("GET", f"captures/{number}/files/page.txt").status_code == 404


def test_a_collection_is_filled_with_files_and_closed_by_a_program():
    lin, wu = person("lin"), Program(person("wu"))
    program = Program(lin)
    number = program.done("collections", {"kind": "photo", "title": "the stand"})["number"]
    items = f"collections/{number}/items"
    program.done(items, {"step": "place", "note": "hall 3"})
    assert program.refused(items, {"step": "moon", "note": "x"}) == (422, "evidence.step_unknown")
    assert program.refused(items, {"step": "overview"}) == (422, "evidence.nothing")
    assert program.wrong(items, {"step": "overview", "content": "?!?!"}) == ["body.part.content"]
    assert wu.refused(items, {"step": "overview", "note": "x"}) == (404, "evidence.collection_unknown")
    assert program.refused(f"collections/{number}/close") == (409, "evidence.collection_open")
    assert (Deposit.objects.count(), CollectionItem.objects.count()) == (0, 1)
    photo = {"content": base64.b64encode(b"a photo").decode(), "name": "photo.jpg"}
    for step in ("overview", "detail"):
        told = program.done(items, {"step": step, **photo})
    assert (told["missing"], told["items"][-1]["name"]) == ([], "photo.jpg")
    closed = program.done(f"collections/{number}/close")
    assert closed["deposit"]
    assert program.refused(items, {"step": "detail", "note": "x"}) == (409, "evidence.collection_closed")
    assert Collection.objects.get().closed_at is not None


def test_a_sheet_is_written_shared_and_closed_by_a_program_and_each_reading_is_told():
    lin = person("lin")
    made = AllExamples(lin)
    program, wu = Program(lin), Program(person("wu"))
    key = program.done("sheets", SHEET)["key"]
    assert program.refused("sheets", {**SHEET, "parts": {"contact": "x"}}) == (422, "protection.sheet_empty")
    assert program.wrong("sheets", {**SHEET, "parts": {"secret": "x"}})[0].startswith("body.sheet.parts.secret")
    assert ProductSheet.objects.count() == 1
    assert program.done(f"sheets/{key}", {**SHEET, "product": "礼盒"}, "PUT")["version"] == 2
    for method, tail, body in (
        ("PUT", "", SHEET),
        ("POST", "/shares", {"authority": 1}),
        ("POST", "/alerts", {"kind": "place", "text": "x", "authorities": [1]}),
        ("POST", "/applications", {"authority": 1}),
        ("DELETE", "/shares/1", None),
    ):
        assert wu.refused(f"sheets/{key}{tail}", body, method) == (404, "protection.sheet_unknown")
        assert Program(lin, "cases:read").refused(f"sheets/{key}{tail}", body, method)[0] == 403
    alert = {"kind": "place", "text": "a stall", "authorities": [made.enforced.pk]}
    assert program.refused(f"sheets/{key}/alerts", alert) == (409, "protection.not_shared")
    share = {"authority": made.authority.pk}
    assert program.refused(f"sheets/{key}/shares", {"authority": 999}) == (404, "protection.authority_unknown")
    assert len(program.done(f"sheets/{key}/shares", share)["shares"]) == 1
    assert program.refused(f"sheets/{key}/shares", share) == (409, "protection.shared_already")
    (asked,) = program.done(f"sheets/{key}/applications", share)["applications"]
    assert program.refused(f"sheets/{key}/applications", share) == (409, "protection.application_open")
    told = program.done(f"sheets/{key}/applications/{asked['key']}", None, "DELETE")
    assert told["applications"][0]["state"] == "withdrawn"
    assert program.done(f"sheets/{key}/shares/{made.authority.pk}", None, "DELETE")["shares"] == []
    assert program.refused(f"sheets/{key}/shares/{made.authority.pk}", None, "DELETE")[0] == 409
    assert not SheetRead.objects.exists()  # the right holder's own are none
    audits = Program(person("audit", "auditor"))
    audits.got(f"sheets/{key}")
    assert [one["version"] for one in program.got(f"sheets/{key}")["readings"]] == [2]
    assert AuditEntry.objects.filter(verb="protection.sheet.read", channel="api").count() == 1


def test_an_authority_reads_what_is_shared_with_it_and_answers_an_alert_by_a_program():
    officer, holder = person("officer"), person("holder")
    made = AllExamples(officer)
    key = made.shared(made.enforced, holder)
    alert = {"kind": "place", "text": "a stall", "authorities": [made.enforced.pk]}
    (sent,) = Program(holder).done(f"sheets/{key}/alerts", alert)["alerts"]
    told = Program(officer).got(f"sheets/{key}")
    assert (told["mine"], told["shares"], len(told["alerts"])) == (False, [], 1)
    answer = f"sheets/{key}/alerts/{sent['key']}/answer"
    assert Program(holder).refused(answer, {"answer": "x"}) == (404, "protection.alert_unknown")
    Program(officer).done(answer, {"answer": "we look"})
    (sent,) = Program(holder).got(f"sheets/{key}")["alerts"]
    assert sent["receipts"][0]["answer"] == "we look"
    assert len(Program(holder).got(f"sheets/{key}")["readings"]) >= 1
    Program(holder).done(f"sheets/{key}/alerts/{sent['key']}", None, "DELETE")
    assert Program(officer).got(f"sheets/{key}")["alerts"] == []
    sheets.withdraw_sheet(actor=holder, key=key, authority=made.enforced.pk)
    assert Program(officer).ask("GET", f"sheets/{key}").status_code == 404


def test_an_inspection_is_recorded_by_who_enforces_and_answered_by_the_right_holder():
    officer, holder = person("officer"), person("holder")
    made = AllExamples(officer)
    asked = {"kind": "seizure", "happened_on": "2026-03-01", "goods": "boxes", "unit": "box", "quantity": 0}
    right = {"right_kind": "trade_mark", "right_number": "G12345"}
    assert Program(holder).refused("inspections", {**asked, **right}) == (403, "protection.enforcers_only")
    key = made.shared(made.enforced, holder)
    program = Program(officer)
    assert program.refused("inspections", asked) == (422, "protection.inspection_facts")
    assert program.wrong("inspections", {**asked, "quantity": -1}) == ["body.found.quantity"]
    assert program.refused("inspections", {**asked, "sheet": sheet(holder)}) == (404, "protection.sheet_unknown")
    assert not Inspection.objects.exists()
    record = program.done("inspections", {**asked, "sheet": key})
    assert (record["quantity"], record["value_yuan"], record["right_number"]) == (0, None, "G12345")
    words = f"inspections/{record['key']}/words"
    assert Program(person("wu")).refused(words, {"text": "x"}) == (404, "protection.inspection_unknown")
    assert Program(holder).refused(words, {"text": " "}) == (422, "protection.word_empty")
    told = Program(holder).done(words, {"text": "no thread", "verdict": "fake"})
    assert [(one["of_holder"], one["verdict"]) for one in told["words"]] == [(True, "fake")]
    assert [one["key"] for one in Program(holder).got("inspections?year=2026")["items"]] == [record["key"]]
    assert Program(person("he")).got("inspections?year=2026")["total"] == 0


def test_anybody_s_program_checks_a_code_and_reports_a_fake_so_and_so_often():
    made = AllExamples(person("lin"))
    made.code()

    def ask(path, body):
        return Client().post(f"/api/v1/{path}", body, content_type="application/json")

    first, second = (ask("origin-checks", {"code": CODE}).json() for _time in range(2))
    assert (first["looks_before"], second["looks_before"], first["copied"]) == (0, 1, False)
    unknown = ask("origin-checks", {"code": "3333-3333-3333-3333"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "protection.origin_unknown")
    told = {"indication": 1, "place": "a market", "description": "no thread", "code": CODE}
    assert ask("fake-reports", {**told, "seen_on": "2999-01-01"}).status_code == 422
    answers = [ask("fake-reports", told).status_code for _time in range(6)]
    assert answers == [201] * 5 + [429]
    assert FakeReport.objects.count() == 5


def test_what_everybody_may_read_is_read_without_a_token():
    assert mediators.import_mediators(actor=person("shen", "supervisor"), table=TABLE_OF_ONE) == 1

    def got(path):
        answer = Client().get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    (one,) = got("mediators")["items"]
    assert (one["name"], one["asked_here"]) == ("郑调解", False)
    assert "ties" not in one  # whom a mediator knows is for nobody
    assert Mediator.objects.get().ties.count() == 1
    for path in ("experts", "library-cases", "authorities", "indications"):
        assert got(path) == {"total": 0, "items": [], "next": None}
    assert {one["closed"] for one in got("route-figures")["items"]} == {0}
    counted = got("dispute-statistics?year=2025")
    assert (counted["year"], counted["disputes"]) == (2025, 0)
    limits = {one["code"]: one["due"] for one in got("statutory-limits?day=2026-03-02")["items"]}
    assert limits["TL-11"] is not None
    assert {one["due"] for one in got("statutory-limits")["items"]} == {None}


TABLE_OF_ONE = TABLE.splitlines()[0] + "\n商会调解中心,industry,郑调解,invention,zh,5,,某厂,名册2026\n"
