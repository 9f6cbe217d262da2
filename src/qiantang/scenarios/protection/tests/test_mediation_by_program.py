"""A mediation by the open API: both sides and the mediator, each with a token of their own; signing stays with people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from qiantang.scenarios.protection.models import Agreement, BlindBid, PartyAccess, Proceeding, Proposal, RoomMessage
from qiantang.scenarios.protection.services import access, agreements, disputes, steps
from qiantang.scenarios.protection.tests.people import begun, filed, key_of, person
from qiantang.scenarios.protection.tests.programs import Program

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]


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


def programs(cast, *names):
    return [Program(cast[name]) for name in names]


def invited():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin), route="mediation")
    steps.take_step(actor=gu, number=number, action="invite")
    return number, access.issue_code(actor=gu, number=number, side="respondent")


def test_whom_a_letter_reaches_joins_by_its_code_and_sees_only_their_own_side():
    number, code = invited()
    he, wu = Program(person("he")), Program(person("wu"))
    assert he.refused(f"proceedings/{number}/join", {"code": "x" * 10}) == (404, "protection.code_wrong")
    assert he.ask("GET", f"proceedings/{number}").status_code == 404
    whole = he.done(f"proceedings/{number}/join", {"code": code.lower()})
    assert (whole["side"], whole["dispute"], whole["exhibits"], whole["others"]) == ("respondent", None, [], [])
    assert wu.refused(f"proceedings/{number}/join", {"code": code}) == (404, "protection.code_wrong")  # used up
    assert he.done(f"cases/{number}/steps", {"action": "agree"})["state"] == "choosing"


def test_five_wrong_codes_use_a_code_up_and_a_side_that_is_taken_does_not():
    number, code = invited()
    lin = Program(person("lin2"))
    owner = Proceeding.objects.get().dispute.person
    assert owner is not None
    for _time in range(5):
        assert lin.refused(f"proceedings/{number}/join", {"code": "wrong"})[0] == 404
    assert PartyAccess.objects.get().failures == 5
    assert lin.refused(f"proceedings/{number}/join", {"code": code}) == (404, "protection.code_wrong")
    again = access.issue_code(actor=person("gu2", "case_officer"), number=number, side="respondent")
    lin.done(f"proceedings/{number}/join", {"code": again})
    other = access.issue_code(actor=person("gu3", "case_officer"), number=number, side="respondent")
    assert Program(person("wu")).refused(f"proceedings/{number}/join", {"code": other}) == (
        409,
        "protection.side_taken",
    )
    assert PartyAccess.objects.latest("pk").used_at is None  # what else stood in the way does not use it up


def test_both_sides_and_the_mediator_come_to_a_mediation_by_programs(cast):
    number = cast["number"]
    lin, he, chen, gu, wu = programs(cast, "lin", "he", "chen", "gu", "wu")
    path = f"proceedings/{number}"
    told = {one["action"]: one["endpoint"] for one in lin.got(f"cases/{number}")["steps"]}
    assert told["name_mediator"] == f"/api/v1/{path}/mediator"
    choices = {one["name"]: one for one in lin.got(path)["mediation"]["choices"]}
    assert (choices["陈调解"]["why_not"], bool(choices["吴调解"]["why_not"])) == (None, True)
    tied = {"mediator": choices["吴调解"]["key"]}
    assert lin.refused(f"{path}/mediator", tied) == (409, "protection.mediator_unfit")
    assert lin.refused(f"{path}/mediator", {"mediator": 999}) == (404, "protection.mediator_unknown")
    wanted = {"mediator": key_of("陈调解")}
    assert lin.done(f"{path}/mediator", wanted)["mediation"]["my_choice"] == key_of("陈调解")
    assert lin.done(f"{path}/mediator", wanted)["state"] == "choosing"  # said twice it is said once
    assert he.done(f"{path}/mediator", wanted)["state"] == "named"
    assert lin.refused(f"{path}/appointment/acceptance", {}) == (403, "protection.not_the_mediator")
    assert wu.refused(f"{path}/appointment/acceptance", {}) == (404, "casework.unknown")
    assert he.refused(f"{path}/appointment/objection", {"reason": " "}) == (422, "casework.note_missing")
    told = chen.done(f"{path}/appointment/acceptance", {"disclosed": "taught the applicant"})
    assert (told["state"], told["side"]) == ("mediating", "mediator")
    assert lin.got(path)["mediation"]["mediator"]["disclosed"] == "taught the applicant"
    assert gu.got(path)["mediation"]["channels"] == []
    assert he.done(f"{path}/appointment/objection", {"reason": "the relation"})["state"] == "choosing"
    assert chen.ask("GET", path).status_code == 404


def test_a_mediator_declines_and_sees_the_matter_no_more(cast):
    number = cast["number"]
    lin, he, chen = programs(cast, "lin", "he", "chen")
    for side in (lin, he):
        side.done(f"proceedings/{number}/mediator", {"mediator": key_of("陈调解")})
    assert chen.done(f"proceedings/{number}/appointment/refusal", {"reason": "no time"}) is None
    assert chen.refused(f"proceedings/{number}/appointment/refusal", {"reason": "no time"})[0] == 404
    assert lin.got(f"proceedings/{number}")["state"] == "choosing"


def test_what_is_said_to_the_mediator_alone_is_read_by_no_other_program(cast):
    begun(cast)
    path = f"proceedings/{cast['number']}"
    lin, he, chen, gu, wu = programs(cast, "lin", "he", "chen", "gu", "wu")
    lin.done(f"{path}/lines", {"channel": "joint", "text": "good day"})
    lin.done(f"{path}/lines", {"channel": "applicant", "text": "we would take 60000"})
    assert he.refused(f"{path}/lines", {"channel": "applicant", "text": "x"}) == (403, "protection.channel_closed")
    assert gu.refused(f"{path}/lines", {"channel": "joint", "text": "x"}) == (403, "protection.step_of_another")
    assert wu.refused(f"{path}/lines", {"channel": "joint", "text": "x"}) == (404, "casework.unknown")
    assert lin.refused(f"{path}/lines", {"channel": "joint", "text": " "}) == (422, "casework.note_missing")
    assert lin.wrong(f"{path}/lines", {"channel": "everybody", "text": "x"}) == ["body.said.channel"]
    assert RoomMessage.objects.count() == 2

    def heard(program):
        channels = program.got(path)["mediation"]["channels"]
        return {one["channel"]: [line["text"] for line in one["lines"]] for one in channels}

    assert heard(he) == {"joint": ["good day"], "respondent": []}
    assert heard(chen)["applicant"] == ["we would take 60000"]
    assert "60000" not in he.ask("GET", path).content.decode() + gu.ask("GET", path).content.decode()


def test_meetings_minutes_and_bids_by_programs(cast):
    begun(cast)
    path = f"proceedings/{cast['number']}"
    lin, he, chen = programs(cast, "lin", "he", "chen")
    day = {"starts_at": "2027-02-01T09:30:00+08:00", "place": "room 2"}
    assert lin.refused(f"{path}/meetings", day) == (403, "protection.step_of_another")
    assert chen.wrong(f"{path}/meetings", {**day, "starts_at": "2027-02-01T09:30:00"}) == ["body.meeting.starts_at"]
    (meeting,) = chen.done(f"{path}/meetings", day)["mediation"]["meetings"]
    there = f"{path}/meetings/{meeting['key']}"
    assert lin.refused(f"{there}/confirmation") == (409, "protection.minutes_missing")
    chen.done(f"{there}/minutes", {"minutes": "x", "undisputed": "sold"}, "PUT")
    for side in (lin, he):
        (meeting,) = side.done(f"{there}/confirmation")["mediation"]["meetings"]
    assert meeting["confirmed_by"] == ["applicant", "respondent"]
    assert chen.refused(f"{there}/minutes", {"minutes": "y"}, "PUT") == (409, "protection.minutes_confirmed")
    assert lin.refused(f"{path}/meetings/{meeting['key'] + 9}/confirmation") == (404, "protection.session_unknown")
    assert lin.wrong(f"{path}/bids", {"amount_yuan": "80000"}) == ["body.bid.amount_yuan"]
    assert lin.done(f"{path}/bids", {"amount_yuan": 80_000})["mediation"]["may_bid"] is False
    assert lin.refused(f"{path}/bids", {"amount_yuan": 1}) == (409, "protection.bid_already")
    told = he.done(f"{path}/bids", {"amount_yuan": 79_999})
    assert told["mediation"]["bids"] == [{"round": 1, "met": False}]
    assert "80000" not in str(told)
    assert set(BlindBid.objects.values_list("sealed", flat=True)) == {""}
    assert lin.done(f"{path}/extension")["mediation"]["extension"] == ["applicant"]
    assert he.done(f"{path}/extension")["mediation"]["extension"] == ["applicant", "respondent"]


def laid_out(cast):
    begun(cast)
    path, by = f"proceedings/{cast['number']}", (timezone.localdate() + timedelta(days=5)).isoformat()
    lin, he, chen = programs(cast, "lin", "he", "chen")
    assert chen.refused(f"{path}/agreement") == (409, "protection.not_agreed")
    lin.done(f"{path}/proposals", {"terms": "pay 100000", "amount_yuan": 100_000})
    he.done(f"{path}/proposals", {"terms": "pay 60000", "amount_yuan": 60_000, "perform_by": by})
    old = {"agreed": True}
    assert he.refused(f"{path}/proposals/1/answer", old) == (409, "protection.proposal_old")
    assert he.refused(f"{path}/proposals/7/answer", old) == (404, "protection.proposal_unknown")
    assert chen.refused(f"{path}/proposals/2/answer", old) == (403, "protection.step_of_another")
    assert lin.wrong(f"{path}/proposals/2/answer", {"agreed": "yes"}) == ["body.reply.agreed"]
    newest = lin.done(f"{path}/proposals/2/answer", old)["mediation"]["proposals"][0]
    assert (newest["applicant"], newest["respondent"]) == (True, True)
    assert Program(cast["gu"]).refused(f"{path}/agreement") == (403, "protection.step_of_another")
    return path, chen.done(f"{path}/agreement")["mediation"]["agreement"]


def test_an_agreement_is_laid_out_by_a_program_and_signed_by_people_alone(cast):
    path, agreement = laid_out(cast)
    lin, chen = programs(cast, "lin", "chen")
    assert agreement["content"]["amount_yuan"] == 60_000
    assert agreement["sha256"] == Agreement.objects.get().sha256
    assert chen.refused(f"{path}/agreement")[0] == 409  # asked twice there is still one
    assert lin.ask("POST", f"{path}/signatures", {"digest": agreement["sha256"]}).status_code == 404
    assert lin.refused(f"cases/{cast['number']}/steps", {"action": "take_effect"})[0] in (403, 409)
    assert Agreement.objects.get().signatures.count() == 0
    assert lin.refused(f"{path}/confirmation") == (409, "protection.not_in_force")
    assert lin.done(f"cases/{cast['number']}/steps", {"action": "reopen", "note": "a word is wrong"})["state"] == (
        "mediating"
    )
    assert lin.got(path)["mediation"]["agreement"] is None


def test_an_agreement_in_force_is_confirmed_and_performed_by_programs(cast):
    path, agreement = laid_out(cast)
    number = cast["number"]
    lin, he, chen, gu = programs(cast, "lin", "he", "chen", "gu")
    for name in ("lin", "he", "chen"):
        agreements.sign_agreement(actor=cast[name], number=number, digest=agreement["sha256"], knows_sham=True)
    told = lin.got(path)
    assert (told["state"], told["outcome"], told["amount_yuan"]) == ("effective", "success", 60_000)
    assert [one["side"] for one in told["mediation"]["agreement"]["signatures"]] == [
        "applicant",
        "respondent",
        "mediator",
    ]
    document = told["mediation"]["agreement"]["document"]
    paper = he.ask("GET", f"{path}/documents/{document}?language=en")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert Program(cast["zhou"]).ask("GET", f"{path}/documents/{document}").status_code == 404
    assert Program(person("audit", "auditor")).ask("GET", f"{path}/documents/{document}").status_code == 200
    assert chen.refused(f"{path}/confirmation") == (403, "protection.step_of_another")
    assert lin.done(f"{path}/confirmation")["mediation"]["agreement"]["confirmation_asked"] == ["applicant"]
    assert lin.done(f"{path}/confirmation")["state"] == "effective"  # one side twice is one side
    assert he.done(f"{path}/confirmation")["state"] == "confirming"
    part = agreement["performances"][0]["key"]
    told = gu.done(f"{path}/performances/{part}")
    assert told["mediation"]["agreement"]["performances"][0]["done_at"] is not None
    assert lin.refused(f"{path}/performances/{part}") == (404, "protection.performance_unknown")


def test_a_side_and_the_mediator_may_end_the_talks_by_a_program_and_the_office_not(cast):
    begun(cast)
    number = cast["number"]
    lin, chen, gu = programs(cast, "lin", "chen", "gu")
    asked = {"action": "fail", "note": "too far apart"}
    assert "fail" in {one["action"] for one in lin.got(f"cases/{number}")["steps"] if one["here"]}
    assert gu.refused(f"cases/{number}/steps", asked)[0] == 403
    assert chen.refused(f"cases/{number}/steps", {"action": "fail"}) == (422, "casework.note_missing")
    assert chen.done(f"cases/{number}/steps", asked)["state"] == "failed"
    assert Proceeding.objects.get().outcome == "failed"


def test_nothing_of_a_room_is_done_without_the_scope_or_from_outside(cast):
    begun(cast)
    path = f"proceedings/{cast['number']}"
    reads, wu = Program(cast["lin"], "cases:read"), Program(cast["wu"])
    for tail, body in (
        ("mediator", {"mediator": 1}),
        ("appointment/acceptance", {}),
        ("appointment/refusal", {"reason": "x"}),
        ("appointment/objection", {"reason": "x"}),
        ("lines", {"channel": "joint", "text": "x"}),
        ("proposals", {"terms": "x"}),
        ("proposals/1/answer", {"agreed": True}),
        ("meetings", {"starts_at": "2027-02-01T09:30:00+08:00", "place": "x"}),
        ("bids", {"amount_yuan": 1}),
        ("extension", None),
        ("agreement", None),
        ("confirmation", None),
        ("performances/1", None),
        ("disclosure", None),
        ("join", {"code": "x"}),
    ):
        assert reads.refused(f"{path}/{tail}", body) == (403, "accounts.token_scope_missing"), tail
        assert wu.refused(f"{path}/{tail}", body)[0] == 404, tail
    assert (RoomMessage.objects.count(), Proposal.objects.count()) == (0, 0)


def test_evidence_is_opened_to_the_other_side_by_a_program(cast):
    path = f"proceedings/{cast['number']}"
    lin, he, gu = programs(cast, "lin", "he", "gu")
    assert he.got(path)["exhibits"] == []
    assert gu.refused(f"{path}/disclosure") == (403, "protection.not_yours")
    assert [one["opened"] for one in lin.done(f"{path}/disclosure")["exhibits"]] == [True]
    assert [one["side"] for one in he.got(path)["exhibits"]] == ["applicant"]
