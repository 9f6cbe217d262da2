"""A draft, a filing of a subject and what belongs to them from nothing to the end by the open API, with a token alone."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from qiantang.commons.accounts.api import access as tokens
from qiantang.commons.casework import api as casework
from qiantang.commons.files.api import readings_of
from qiantang.scenarios.preexam.models import DraftPaper, DraftRequest, DraftVersion, FilingAttempt, NationalEvent
from qiantang.scenarios.preexam.rest.drafts import Statements
from qiantang.scenarios.preexam.selectors.drafts import belongs
from qiantang.scenarios.preexam.services import concluding, examining, intake
from qiantang.scenarios.preexam.types.drafts import STATEMENTS, NewItem

from .drafts import FIXTURE, REPAIRED
from .people import FACTS, FIRM, PNG, STATED, House, credit_code, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
AGENCY = credit_code("91330100MA27XQ7K1")


@pytest.fixture(autouse=True)
def in_english(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path
    settings.API_TOKEN_QUOTA = 10_000
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: False)
    with translation.override("en"):
        yield


@pytest.fixture
def house():
    return House()


def program(actor, *scopes):
    """What a token of somebody gets: (status, answer)."""
    token = tokens.make_token(actor=actor, name="t", scopes=scopes or ("cases:read", "cases:write"), days=30).text
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}

    def ask(path, body=None, method=None):
        told = {} if body is None else {"data": body, "content_type": "application/json"}
        way = method or ("get" if body is None else "post")
        answer = getattr(Client(), way)(f"/api/v1/{path}", headers=headers, **told)
        kind = answer["Content-Type"].partition(";")[0]
        return answer.status_code, answer.json() if kind.endswith("json") else answer.content

    return ask


def file(content, name="draft.txt"):
    content = content.encode() if isinstance(content, str) else content
    return {"name": name, "content": base64.b64encode(content).decode()}


def opened(ask, **more):
    status, told = ask("drafts", {"organisation": FIRM, "kind": "invention", **more})
    assert status == 201, told
    return told["number"]


def step(ask, number, action):
    status, told = ask(f"cases/{number}/steps", {"action": action})
    return status, told["state" if status == 200 else "code"]


def filled(ask, number, text=FIXTURE):
    ask(f"drafts/{number}/statements", {"main_class": "F04D 1/00", "statements": STATED})
    ask(f"drafts/{number}/versions", file(text))
    for slot in ("self_check", "prior_art", "undertaking"):
        status, told = ask(f"drafts/{number}/papers/{slot}", file(PNG, f"{slot}.png"))
        assert status == 201, told
    return told


def test_a_draft_goes_from_nothing_through_examination_by_programs_of_both_sides(house):
    lin, gu = program(house.lin), program(house.gu)
    number = opened(lin)
    shown = lin(f"drafts/{number}")[1]
    assert (shown["state"], shown["editable"], shown["versions"]) == ("draft", True, [])
    blocking = [one["text"] for one in shown["missing"] if one["blocking"]]
    assert step(lin, number, "submit") == (409, "preexam.gaps")
    told = filled(lin, number)
    assert [one for one in told["missing"] if one["blocking"]] == []
    assert len(blocking) >= 10
    assert step(lin, number, "submit") == (200, "submitted")
    assert lin(f"drafts/{number}")[1]["missing"] is None

    steps = {one["action"]: one["endpoint"] for one in gu(f"cases/{number}")[1]["steps"]}
    assert steps["accept"] == f"/api/v1/drafts/{number}/acceptance"
    assert steps["not_accept"] is None
    assert gu(f"drafts/{number}/acceptance", {})[1]["state"] == "accepted"
    assert gu(f"drafts/{number}/assignment", {"to": "me"})[1]["state"] == "examining"
    assert casework.case_sheet(house.gu, number).card.assignee_id == house.gu.person_id
    assert gu(f"drafts/{number}/items", {"part": "claims", "claim": 2, "text": "请写明数值"})[0] == 201
    assert gu(f"drafts/{number}/items", {"part": "claims", "claim": 3, "text": "一时笔误"})[0] == 201
    assert gu(f"drafts/{number}/items/2", method="delete")[0] == 200
    assert gu(f"drafts/{number}/notice", {})[1]["state"] == "amendment_requested"

    (item,) = lin(f"drafts/{number}/content")[1]["items"]
    assert (item["number"], item["claim"], item["said"]) == (1, 2, "请写明数值")
    assert lin(f"drafts/{number}/answers", {"answers": [{"item": 1, "text": "已改"}]})[0] == 200
    assert lin(f"drafts/{number}/versions", file(REPAIRED))[0] == 201
    changes = lin(f"drafts/{number}/changes")[1]["items"]
    own = [one["place"] for one in changes if one["undeclared"]]
    assert own
    told = lin(f"drafts/{number}/changes", {"places": own, "why": "用语统一"})[1]
    assert told["versions"][-1]["undeclared"] == 0
    assert step(lin, number, "resubmit") == (200, "examining")
    assert gu(f"drafts/{number}/settled-items", {"items": [1]})[0] == 200
    assert gu(f"drafts/{number}/content")[1]["items"][0]["settled"] is True


def passed(house):
    """A draft that passed; what decides is done by people."""
    number = house.filled(text=REPAIRED)
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    return number


def test_a_draft_that_passed_is_filed_and_followed_to_the_grant(house):
    lin, gu, number = program(house.lin), program(house.gu), passed(house)
    assert lin(f"drafts/{number}")[1]["conclusion"]["outcome"] == "qualified"
    (where,) = [one["endpoint"] for one in lin(f"cases/{number}")[1]["steps"] if one["action"] == "record_filing"]
    day = timezone.localdate().isoformat()
    filing = {"application_number": "202610000001.9", "filed_on": day, "filed": file(REPAIRED)}
    assert where == f"/api/v1/drafts/{number}/filing"
    told = lin(f"drafts/{number}/filing", filing)[1]
    assert (told["state"], told["filed_on"]) == ("formally_filed", day)
    assert lin(f"drafts/{number}/filing", filing)[0] in (403, 409)  # once more is refused
    assert gu(f"drafts/{number}/mark", {})[1]["state"] == "flagged"
    event = {"stage": "granted", "day": day, "source": "授权公告"}
    told = lin(f"drafts/{number}/national-events", event)[1]
    assert (told["state"], told["events"]) == ("granted", [event])
    assert lin(f"drafts/{number}/national-events", event)[1]["code"] == "preexam.event_unknown"
    assert NationalEvent.objects.count() == 1


def test_what_is_confidential_is_noted_when_a_program_reads_it_and_closed_to_others(house):
    lin, number = program(house.lin), opened(program(house.lin))
    filled(lin, number)
    row = DraftRequest.objects.get()
    before = len(readings_of(house.lin, belongs(row)))
    content = lin(f"drafts/{number}/content")[1]
    assert base64.b64decode(content["content"]).decode() == FIXTURE
    assert (content["version"], content["report"]["type"], content["items"]) == (1, "invention", [])
    assert lin(f"drafts/{number}/papers/prior_art")[1] == PNG
    noted = readings_of(house.lin, belongs(row))
    assert len(noted) == before + 2
    assert {(one.read_as, one.why) for one in noted} == {("party", "draft")}
    for other in (house.ma, house.stranger, house.gu):  # not handed in: nobody of the centre knows of it
        for path in ("", "/content", "/papers/prior_art"):
            assert program(other)(f"drafts/{number}{path}")[0] == 404
    assert len(readings_of(house.lin, belongs(row))) == before + 2
    assert step(lin, number, "submit")[0] == 200
    assert program(house.gu)(f"drafts/{number}")[0] == 200
    assert program(house.gu)(f"drafts/{number}/content")[1]["code"] == "preexam.draft_closed_to_you"


def test_the_owner_lets_the_centre_look_until_a_day_and_ends_it(house):
    lin, gu = program(house.lin), program(house.gu)
    number = opened(lin)
    filled(lin, number)
    until = timezone.localdate() + timedelta(days=3)
    assert lin(f"drafts/{number}/opening", {"until": until.isoformat()})[1]["open_until"] == until.isoformat()
    assert gu(f"drafts/{number}/content")[0] == 200
    assert readings_of(house.lin, belongs(DraftRequest.objects.get()))[0].read_as == "granted"
    assert lin(f"drafts/{number}/opening", {"until": "2020-01-01"})[1]["code"] == "preexam.open_day"
    assert lin(f"drafts/{number}/opening", {"until": None})[1]["open_until"] is None
    assert gu(f"drafts/{number}/content")[0] == 404


WRITES = (
    ("statements", {"main_class": "A01B 1/00"}),
    ("versions", file(REPAIRED)),
    ("papers/prior_art", file(PNG, "x.png")),
    ("opening", {"until": None}),
    ("answers", {"answers": [{"item": 1, "text": "x"}]}),
    ("changes", {"places": [], "why": ""}),
    ("filing", {"application_number": "202610000001.9", "filed_on": "2026-11-20", "filed": file("x")}),
    ("national-events", {"stage": "granted", "day": "2026-11-20"}),
    ("acceptance", {}),
    ("assignment", {"to": "first"}),
    ("items", {"part": "claims", "text": "x"}),
    ("settled-items", {"items": []}),
    ("notice", {}),
    ("mark", {}),
)


@pytest.mark.parametrize(("tail", "body"), WRITES, ids=[one[0] for one in WRITES])
def test_nobody_writes_into_the_draft_of_another_nor_without_the_scope(house, tail, body):
    number = house.filled()
    kept = row_of(number)
    for other in (house.stranger, house.ma, house.gu):
        assert program(other)(f"drafts/{number}/{tail}", body)[0] == 404
    status, told = program(house.lin, "cases:read")(f"drafts/{number}/{tail}", body)
    assert (status, told["code"]) == (403, "accounts.token_scope_missing")
    intake.submit_draft(actor=house.lin, number=number)
    kept["submitted_on"] = row_of(number)["submitted_on"]
    status, _told = program(house.shen if tail in ("items", "notice", "settled-items") else house.ma)(
        f"drafts/{number}/{tail}", body
    )
    assert status in (403, 404)
    if tail in ("acceptance", "assignment", "items", "settled-items", "notice", "mark"):
        assert program(house.lin)(f"drafts/{number}/{tail}", body)[0] in (403, 409)
        assert casework.case_sheet(house.lin, number).card.state == "submitted"
    assert row_of(number) == kept
    assert (DraftVersion.objects.count(), DraftPaper.objects.count()) == (1, 3)


def row_of(number):
    return DraftRequest.objects.filter(case__number=number.replace("-", "")).values().get()


def test_bad_input_is_told_with_its_place_and_nothing_of_it_is_kept(house):
    lin, number = program(house.lin), opened(program(house.lin))
    filled(lin, number)
    before = lin(f"drafts/{number}")[1]
    sent = file(REPAIRED)

    def refused(tail, body, place):
        status, told = lin(f"drafts/{number}/{tail}", body)
        assert status == 422, told
        assert [one["place"] for one in told["errors"]] == [place], told

    refused("versions", {**sent, "content": "not base64!"}, "body.file.content")
    refused("versions", {**sent, "content": sent["content"][:-3]}, "body.file.content")
    refused("versions", {**sent, "content": ""}, "body.file.content")
    refused("versions", {**sent, "size": 3}, "body.file.size")
    refused("papers/picture", file(PNG, "x.png"), "path.slot")
    refused("statements", {"statements": {"electronic": "perhaps"}}, "body.told.statements.electronic")
    refused("statements", {"statements": {"nonsense": True}}, "body.told.statements.nonsense")
    refused("statements", {"main_class": "x" * 31}, "body.told.main_class")
    refused("opening", {"until": "tomorrow"}, "body.told.until")
    filing = {"application_number": "x", "filed_on": "20261101", "filed": sent}
    refused("filing", filing, "body.told.filed_on")
    assert lin(f"drafts/{number}/versions", file(b"\x00\x01\x02"))[1]["code"] == "preexam.type_unknown"
    assert lin(f"drafts/{number}/papers/prior_art", file("text", "x.pdf"))[1]["code"] == "preexam.paper_kind"
    assert lin(f"drafts/{number}/papers/power_of_attorney", file(PNG, "x.png"))[1]["code"] == "preexam.paper_slot"
    assert lin("drafts", {"organisation": FIRM, "kind": "plant"})[0] == 422
    assert lin(f"drafts/{number}")[1] == before
    assert FilingAttempt.objects.count() == 0


def test_what_is_left_out_stays_and_null_takes_back(house):
    lin, number = program(house.lin), opened(program(house.lin))
    lin(f"drafts/{number}/statements", {"main_class": "F04D 1/00", "statements": {"twin": True, "secret": False}})
    told = lin(f"drafts/{number}/statements", {"statements": {"twin": None, "divisional": False}})[1]
    assert (told["main_class"], told["statements"]) == ("F04D 1/00", {"secret": False, "divisional": False})
    assert set(Statements.model_fields) == set(STATEMENTS)
    questions = {name: one.description for name, one in Statements.model_fields.items()}
    assert questions == STATEMENTS


def test_answers_go_to_items_of_the_open_round_or_are_refused_whole(house):
    number = house.filled()
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 2, None, "CL-14", "请写明数值"))
    examining.request_amendment(actor=house.gu, number=number)
    lin = program(house.lin)
    for wrong in ([{"item": 1, "text": "a"}, {"item": 7, "text": "b"}], [{"item": 1, "text": "a"}] * 2):
        status, told = lin(f"drafts/{number}/answers", {"answers": wrong})
        assert (status, told["code"], told["errors"][0]["place"]) == (
            422,
            "preexam.item_unknown",
            "body.told.answers.1.item",
        )
    assert lin(f"drafts/{number}/content")[1]["items"][0]["answer"] == ""
    assert lin(f"drafts/{number}/changes")[1]["code"] == "preexam.version_missing"


def test_a_text_that_is_not_the_one_that_passed_is_refused_and_the_attempt_is_noted(house):
    number = passed(house)
    filing = {"application_number": "202610000001.9", "filed_on": timezone.localdate().isoformat()}
    status, told = program(house.lin)(f"drafts/{number}/filing", {**filing, "filed": file(FIXTURE)})
    assert (status, told["code"]) == (409, "preexam.filed_text_differs")
    assert FilingAttempt.objects.get().differing
    assert row_of(number)["application_number"] == ""


def test_a_large_file_comes_in_and_a_larger_one_is_told_so(house):
    lin, number = program(house.lin), opened(program(house.lin))
    large = PNG + bytes(4 * 2**20)  # beyond what Django takes of other bodies
    assert lin(f"drafts/{number}/papers/prior_art", file(large, "x.png"))[0] == 201
    assert lin(f"drafts/{number}/papers/prior_art")[1] == large
    status, told = lin(f"drafts/{number}/papers/prior_art", file(PNG + bytes(20 * 2**20), "x.png"))
    assert (status, told["errors"][0]["place"]) == (422, "body.file.content")
    status, told = lin(f"drafts/{number}/papers/prior_art", file(PNG + bytes(26 * 2**20), "x.png"))
    assert (status, told["code"]) == (422, "api.body_large")
    assert lin(f"drafts/{number}/statements", {"main_class": "x" * 3 * 2**20})[0] == 400
    assert DraftPaper.objects.count() == 1


def test_an_agency_opens_for_an_applicant_and_nobody_for_whom_they_do_not_act(house):
    asked = {"organisation": AGENCY, "kind": "invention", "applicant": FIRM}
    assert program(house.ma)("drafts", asked)[1]["code"] == "preexam.agency_unlisted"
    house.list_agency(AGENCY)
    number = opened(program(house.ma), **asked)
    assert program(house.ma)(f"drafts/{number}")[1]["agency"]
    assert "power_of_attorney" in {one["slot"] for one in program(house.lin)(f"drafts/{number}")[1]["papers"]}
    for other, code in ((house.ma, FIRM), (house.gu, FIRM), (house.lin, AGENCY)):
        status, told = program(other)("drafts", {"organisation": code, "kind": "invention"})
        assert (status, told["code"]) == (404, "accounts.organisation_unknown")
    assert program(house.lin)("drafts", {"organisation": "91330", "kind": "invention"})[0] == 422
    assert DraftRequest.objects.count() == 1


def test_a_filing_of_a_subject_goes_from_nothing_to_the_centre(house):
    house.list_agency(AGENCY)
    ma = program(house.ma)
    status, told = ma("subject-filings", {"organisation": AGENCY})
    assert status == 201
    number = told["number"]
    assert told["code"]
    again = ma("subject-filings", {"organisation": AGENCY})  # a doubled question makes no second
    assert (again[0], again[1]["code"]) == (409, "preexam.subject_filed_already")
    shown = ma(f"subject-filings/{number}")[1]
    assert len(shown["missing"]) == 9
    facts = {name: getattr(FACTS, name) for name in FACTS.__slots__} | {"founded_on": "2020-05-01"}
    ma(f"subject-filings/{number}/facts", {"founded_on": "2020-05-01", "contact_name": "马"})
    told = ma(f"subject-filings/{number}/facts", {**facts, "contact_name": None})[1]
    assert (told["missing"], told["founded_on"]) == (["contact_name"], "2020-05-01")
    assert step(ma, number, "submit") == (422, "preexam.facts_missing")
    status, told = ma(f"subject-filings/{number}/facts", {"insured_staff": -1})
    assert (status, told["errors"][0]["place"]) == (422, "body.told.insured_staff")
    told = ma(f"subject-filings/{number}/facts", {"contact_name": "马"})[1]
    assert (told["missing"], told["insured_staff"]) == ([], 12)
    assert {one["rule"] for one in told["rules"]}
    for other in (house.lin, house.stranger):
        assert program(other)(f"subject-filings/{number}")[0] == 404
        assert program(other)(f"subject-filings/{number}/facts", {"insured_staff": 1})[0] == 404
    assert program(house.gu)(f"subject-filings/{number}/facts", {"insured_staff": 1})[0] == 403
    assert program(house.ma, "cases:read")(f"subject-filings/{number}/facts", {"insured_staff": 1})[0] == 403
    assert step(ma, number, "submit") == (200, "submitted")
    assert ma(f"subject-filings/{number}/facts", {"insured_staff": 1})[1]["code"] == "preexam.not_editable"
    assert ma(f"subject-filings/{number}")[1]["insured_staff"] == 12


def test_quota_credit_and_the_registration_of_an_agency(house):
    lin, ma = program(house.lin), program(house.ma)
    told = lin(f"ledgers/{FIRM}")[1]
    assert (told["agency"], told["credit"], told["quota"]["used"]) == (False, [], 0)
    assert lin(f"ledgers/{FIRM}/increment", {"why": "三件"})[1]["code"] == "preexam.increment_too_early"
    assert ma(f"ledgers/{FIRM}")[0] == 404
    assert ma(f"ledgers/{FIRM}/increment", {"why": "x"})[0] == 404
    assert program(house.shen)(f"ledgers/{FIRM}")[0] == 200
    agency = {"organisation": AGENCY, "attorneys": 3, "contact": "马"}
    assert ma("agencies", agency)[1]["code"] == "preexam.agency_unlisted"
    house.list_agency(AGENCY)
    status, told = ma("agencies", agency)
    assert (status, told["agency"]) == (201, True)
    assert ma("agencies", agency)[1]["code"] == "preexam.agency_known"
    assert ma("agencies", {**agency, "attorneys": 0})[1]["errors"][0]["place"] == "body.told.attorneys"


def test_an_objection_to_a_line_of_credit(house):
    from qiantang.scenarios.preexam.rules import BREACHES
    from qiantang.scenarios.preexam.services import crediting

    entry = crediting.note_breach(
        actor=house.shen, organisation_id=house.lin.organisation_id, rule=next(iter(BREACHES)), evidence="通知书"
    )
    body = {"entry": entry, "said": "已按时答复"}
    assert program(house.ma)(f"ledgers/{AGENCY}/appeals", body)[0] in (403, 404)
    lin = program(house.lin)
    assert lin(f"ledgers/{FIRM}/appeals", {**body, "entry": entry + 1})[1]["code"] == "preexam.credit_unknown"
    status, told = lin(f"ledgers/{FIRM}/appeals", body)
    assert (status, told["credit"][0]["appeal"]) == (201, "open")
    assert lin(f"ledgers/{FIRM}/appeals", body)[1]["code"] == "preexam.appeal_closed"


def test_a_person_without_an_organisation_opens_nothing():
    alone = person("alone")
    assert program(alone)("drafts", {"organisation": FIRM, "kind": "invention"})[0] == 404
    assert program(alone)("subject-filings", {"organisation": FIRM})[0] == 404
