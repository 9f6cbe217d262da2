"""A mediation from the application to the performed agreement, by the people whose steps they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.notices.api import inbox
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.protection.methods import bidding
from qiantang.scenarios.protection.methods.mediators import Candidate, ranked
from qiantang.scenarios.protection.models import Agreement, BlindBid, Mediator, Performance, Proceeding
from qiantang.scenarios.protection.selectors.limits import CLOCKED, limits_from
from qiantang.scenarios.protection.selectors.matters import matter
from qiantang.scenarios.protection.selectors.room import room
from qiantang.scenarios.protection.services import access, agreements, delegations, disputes, mediators, steps
from qiantang.scenarios.protection.services import room as talk
from qiantang.scenarios.protection.tests.people import TABLE, TOLD, begun, filed, key_of
from qiantang.scenarios.protection.types import Side
from qiantang.scenarios.protection.workflow import ADJUDICATION, MEDIATION

SYSTEM = Actor.system("test")


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


def state(cast):
    return casework.case_sheet(SYSTEM, cast["number"]).card.state


@pytest.mark.feature("S7B-03")
def test_mediators_are_ranked_by_field_and_load_and_nobody_with_a_tie_is_asked():
    def one(key, fields, open_now=0, ties=(), **more):
        return Candidate(key, f"m{key}", "b", frozenset(fields), open_now, 4, tuple(ties), **more)

    found = ranked(
        [
            one(1, {"design"}),
            one(2, {"invention"}, 3),
            one(3, {"invention"}, 1),
            one(4, {"invention"}, 4),
            one(5, {"invention"}, ties=["ＡＣＭＥ  有限公司"]),
            one(6, {"invention"}, interested=True),
            one(7, {"invention"}, reachable=False),
        ],
        ["invention", "infringement"],
        ["acme有限公司"],
    )
    assert [(one.candidate.id, one.why) for one in found if one.fits] == [(3, ""), (2, ""), (1, "")]
    assert {one.candidate.id: one.why for one in found if not one.fits} == {
        4: "load",
        5: "tie",
        6: "tie",
        7: "unreachable",
    }


@pytest.mark.feature("S7B-03")
def test_both_name_the_same_one_and_each_side_may_object_once(cast):
    number = cast["number"]
    with pytest.raises(Conflict, match="mediator_unfit"):  # 吴 has a tie to the respondent
        mediators.name_mediator(actor=cast["lin"], number=number, mediator_id=key_of("吴调解"))
    assert not mediators.name_mediator(actor=cast["lin"], number=number, mediator_id=key_of("周调解"))
    assert not mediators.name_mediator(actor=cast["he"], number=number, mediator_id=key_of("陈调解"))
    assert mediators.name_mediator(actor=cast["lin"], number=number, mediator_id=key_of("陈调解"))
    assert state(cast) == "named"
    with pytest.raises(NotPermitted, match="not_the_mediator"):
        mediators.accept_appointment(actor=cast["gu"], number=number)
    mediators.object_to_mediator(actor=cast["he"], number=number, reason="met before")
    with pytest.raises(NotFound):  # who was replaced sees the case no more
        casework.case_sheet(cast["chen"], number)
    with pytest.raises(Conflict, match="mediator_unfit"):  # and is not asked again
        mediators.name_mediator(actor=cast["gu"], number=number, mediator_id=key_of("陈调解"))
    assert mediators.name_mediator(actor=cast["gu"], number=number, mediator_id=key_of("周调解"))
    with pytest.raises(Conflict, match="objected_already"):
        mediators.object_to_mediator(actor=cast["he"], number=number, reason="again")
    mediators.accept_appointment(actor=cast["zhou"], number=number, disclosed="taught the applicant's son")
    mediators.object_to_mediator(actor=cast["he"], number=number, reason="the relation")  # a relation was told
    assert state(cast) == "choosing"


@pytest.mark.feature("S7B-03")
def test_a_register_is_taken_in_whole_or_not_at_all_and_load_counts(cast):
    with pytest.raises(Invalid) as refused:
        mediators.import_mediators(actor=cast["shen"], table=TABLE + "商会调解中心,industry,王,,,,nobody,,x\n")
    assert (refused.value.facts["place"], Mediator.objects.count()) == (6, 4)
    with pytest.raises(NotPermitted, match="office_only"):
        mediators.import_mediators(actor=cast["lin"], table=TABLE)
    begun(cast)  # 陈 takes one at once
    other = disputes.choose_route(actor=cast["lin"], number=filed(cast["lin"], respondent="别家"), route="mediation")
    steps.take_step(actor=cast["gu"], number=other, action="invite")
    row = Proceeding.objects.order_by("-pk").first()
    from qiantang.scenarios.protection.selectors.mediators import candidates_for

    assert {one.candidate.name: one.why for one in candidates_for(row)}["陈调解"] == "load"


@pytest.mark.feature("S7B-04")
def test_a_caucus_is_heard_by_one_side_and_the_mediator_alone(cast):
    begun(cast)
    number = cast["number"]
    talk.say(actor=cast["lin"], number=number, channel="joint", text="good day")
    talk.say(actor=cast["lin"], number=number, channel="applicant", text="we would take 60000")
    with pytest.raises(NotPermitted, match="channel_closed"):
        talk.say(actor=cast["he"], number=number, channel="applicant", text="hello?")

    def heard(name, side):
        shown = room(cast[name], number, side)
        return {one["key"]: [line["text"] for line in one["lines"]] for one in shown.channels}

    assert heard("he", Side.RESPONDENT) == {"joint": ["good day"], "respondent": []}
    assert heard("chen", Side.MEDIATOR)["applicant"] == ["we would take 60000"]
    assert heard("gu", Side.OFFICE) == {}
    assert "we would take" not in str(casework.case_sheet(cast["he"], number))
    with pytest.raises(NotPermitted, match="step_of_another"):
        talk.say(actor=cast["gu"], number=number, channel="joint", text="the office listens")


@pytest.mark.feature("S7B-04")
def test_proposals_are_versions_and_sessions_have_minutes_which_both_confirm(cast):
    begun(cast)
    number, by = cast["number"], timezone.localdate() + timedelta(days=20)
    assert talk.propose(actor=cast["lin"], number=number, terms="pay 100000", amount_yuan=100_000, perform_by=by) == 1
    assert talk.propose(actor=cast["he"], number=number, terms="pay 50000", amount_yuan=50_000, perform_by=by) == 2
    with pytest.raises(Conflict, match="proposal_old"):
        talk.answer_proposal(actor=cast["he"], number=number, version=1, agreed=True)
    with pytest.raises(Conflict, match="not_agreed"):
        agreements.lay_out(actor=cast["chen"], number=number)
    talk.call_session(actor=cast["chen"], number=number, starts_at=timezone.now(), place="room 2")
    shown = room(cast["lin"], number, Side.APPLICANT)
    assert [one["row"].amount_yuan for one in shown.proposals] == [50_000, 100_000]
    (session,) = shown.sessions
    key = session["row"].pk
    with pytest.raises(Conflict, match="minutes_missing"):
        talk.confirm_minutes(actor=cast["lin"], number=number, session=key)
    talk.write_minutes(actor=cast["chen"], number=number, session=key, present="both", minutes="x", undisputed="sold")
    for side in ("lin", "he"):
        talk.confirm_minutes(actor=cast[side], number=number, session=key)
    with pytest.raises(Conflict, match="minutes_confirmed"):
        talk.write_minutes(actor=cast["chen"], number=number, session=key, present="", minutes="y", undisputed="")


@pytest.mark.feature("S7B-04")
def test_blind_bids_tell_only_whether_they_meet_and_are_wiped(cast):
    begun(cast)
    number = cast["number"]
    assert talk.bid_blind(actor=cast["lin"], number=number, amount_yuan=80_000) is None
    with pytest.raises(Conflict, match="bid_already"):
        talk.bid_blind(actor=cast["lin"], number=number, amount_yuan=1)
    waiting = BlindBid.objects.get()
    assert "80000" not in waiting.sealed
    assert talk.bid_blind(actor=cast["he"], number=number, amount_yuan=79_999) is False
    assert set(BlindBid.objects.values_list("sealed", "meets")) == {("", False)}
    for ask, pay, meets in ((70_000, 70_000, True), (1, 0, False)):
        talk.bid_blind(actor=cast["he"], number=number, amount_yuan=pay)
        assert talk.bid_blind(actor=cast["lin"], number=number, amount_yuan=ask) is meets
    with pytest.raises(Limited, match="bids_used"):
        talk.bid_blind(actor=cast["lin"], number=number, amount_yuan=1)
    shown = str(room(cast["he"], number, Side.RESPONDENT).bids)
    assert "70000" not in shown


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_sealed_amount_opens_again_and_says_nothing_by_its_length(one, other):
    sealed = bidding.seal("secret", one), bidding.seal("secret", other)
    assert (bidding.opened("secret", sealed[0]), len(sealed[0])) == (one, len(sealed[1]))
    assert bidding.meets(one, other) is (one <= other)


def agreed(cast):
    begun(cast)
    number, by = cast["number"], timezone.localdate() + timedelta(days=5)
    talk.propose(actor=cast["he"], number=number, terms="赔偿并停止", amount_yuan=60_000, perform_by=by)
    talk.answer_proposal(actor=cast["lin"], number=number, version=1, agreed=True)
    return agreements.lay_out(actor=cast["chen"], number=number)


@pytest.mark.feature("S7B-05")
def test_an_agreement_is_signed_by_all_over_one_digest_confirmed_and_performed(cast):
    number = cast["number"]
    digest = agreed(cast)
    sign = {"number": number, "digest": digest, "knows_sham": True}
    with pytest.raises(Invalid, match="sham_warning"):
        agreements.sign_agreement(actor=cast["lin"], **{**sign, "knows_sham": False})
    with pytest.raises(Conflict, match="other_text"):
        agreements.sign_agreement(actor=cast["lin"], **{**sign, "digest": "0" * 64})
    assert not agreements.sign_agreement(actor=cast["lin"], **sign)
    with pytest.raises(Conflict, match="signed_already"):
        agreements.sign_agreement(actor=cast["lin"], **sign)
    assert not agreements.sign_agreement(actor=cast["he"], **sign)
    assert agreements.sign_agreement(actor=cast["chen"], **sign)
    row = Proceeding.objects.get()
    assert (row.case.state, row.outcome, row.amount_yuan) == ("effective", "success", 60_000)
    made = Agreement.objects.get()
    told = documents.document_told(cast["lin"], made.document)
    assert {one.language for one in told.files} == {"zh-hans", "en"}
    assert told.facts["signed_digest"] == digest
    assert not agreements.ask_confirmation(actor=cast["lin"], number=number)
    assert agreements.ask_confirmation(actor=cast["he"], number=number)
    made.refresh_from_db()
    assert made.court == "杭州市中级人民法院"  # a patent
    assert documents.document_told(cast["gu"], made.application).template == "protection.confirmation"
    agreements.record_confirmation(
        actor=cast["gu"],
        number=number,
        confirmed=True,
        decided_on=timezone.localdate(),
        reference="浙01诉调确1号",
        note="ok",
    )
    assert agreements.remind_of_performance(actor=SYSTEM) == 1
    assert agreements.remind_of_performance(actor=SYSTEM) == 0
    assert "赔偿并停止" in str(inbox(cast["he"], PageRequest()).items)
    agreements.note_performed(actor=cast["he"], number=number, key=Performance.objects.get().pk)
    row.refresh_from_db()
    assert (row.case.__class__.objects.get(pk=row.case_id).state, row.outcome) == ("performed", "success")


@pytest.mark.feature("S7B-05")
def test_the_confirmation_has_the_thirty_days_of_the_worked_examples():
    from datetime import UTC, datetime

    def until(*day):
        return agreements.confirmation_until(Agreement(effective_at=datetime(*day, 2, tzinfo=UTC)))

    assert until(2021, 3, 10) == date(2021, 4, 9)
    assert until(2021, 9, 2) == date(2021, 10, 8)
    assert agreements.confirmation_until(Agreement()) is None


@pytest.mark.feature("S7B-05")
def test_a_court_delegates_and_is_the_court_that_confirms(cast):
    told = {
        "court": "杭州互联网法院",
        "reference": "(2026)浙0192民初1号",
        "applicant": "某公司",
        "told": TOLD,
        "agreed": True,
    }
    number = delegations.take_delegation(actor=cast["gu"], **told)
    row = Proceeding.objects.order_by("-pk").first()
    assert (row.delegated_by, row.reference, row.case.state) == ("杭州互联网法院", "(2026)浙0192民初1号", "choosing")
    assert agreements.court_for(row) == "杭州互联网法院"
    with pytest.raises(Conflict, match="delegated_already"):
        delegations.take_delegation(actor=cast["gu"], **told)
    with pytest.raises(Invalid, match="facts_missing"):
        delegations.take_delegation(
            actor=cast["gu"], **{**told, "reference": "2", "told": replace(TOLD, respondent="")}
        )
    code = access.issue_code(actor=cast["gu"], number=number, side="applicant")
    access.join_by_code(actor=cast["zhou"], number=number, code=code)
    assert casework.case_sheet(cast["zhou"], number).card.state == "choosing"
    assert matter(cast["zhou"], number, steps.steps_for).dispute.startswith("HZWQ-")
    assert (
        casework.case_sheet(cast["zhou"], matter(cast["zhou"], number, steps.steps_for).dispute).card.state
        == "on_the_way"
    )


@pytest.mark.feature("S7B-06")
def test_the_term_is_extended_when_both_agree_and_once(cast):
    begun(cast)
    number = cast["number"]
    clocks = {one.key: one for one in casework.case_sheet(SYSTEM, number).clocks}
    term = clocks["tl_04"]
    assert not talk.agree_extension(actor=cast["lin"], number=number)
    assert talk.agree_extension(actor=cast["he"], number=number)
    later = next(one for one in casework.case_sheet(SYSTEM, number).clocks if one.key == "tl_04")
    assert (later.extended, later.reading.due.day > term.reading.due.day) == (True, True)
    with pytest.raises(Conflict, match="not_extendable"):
        talk.agree_extension(actor=cast["he"], number=number)


@pytest.mark.feature("S7B-06")
def test_the_clocks_of_a_mediation_stop_with_a_reason_and_go_on(cast):
    begun(cast)
    number = cast["number"]
    with pytest.raises(Invalid, match="note_missing"):
        casework.timing.pause(actor=cast["gu"], number=number, reason="expert_review", note="")
    casework.timing.pause(actor=cast["gu"], number=number, reason="expert_review", note="opinion of an expert")
    term = next(one for one in casework.case_sheet(SYSTEM, number).clocks if one.key == "tl_04")
    assert (term.reading.lamp, term.reading.due) == ("stopped", None)
    casework.timing.resume(actor=cast["gu"], number=number)
    term = next(one for one in casework.case_sheet(SYSTEM, number).clocks if one.key == "tl_04")
    assert term.reading.due is not None


@pytest.mark.feature("S7B-06")
def test_all_21_limits_are_counted_with_the_worked_figures(client, db):
    def ends(*day):
        return {one["code"]: one for one in limits_from(SYSTEM, date(*day), zh=False)}

    found = ends(2021, 9, 30)
    assert list(found) == [f"TL-{n:02}" for n in range(1, 22)]
    assert (found["TL-08"]["due"].day, found["TL-09"]["due"].day) == (date(2021, 10, 11), date(2021, 10, 13))
    assert ends(2021, 3, 10)["TL-05"]["due"].day == date(2021, 4, 9)
    july = ends(2021, 7, 1)
    assert (july["TL-10"]["due"].day, july["TL-10"]["extended"].day) == (date(2021, 9, 1), date(2021, 10, 8))
    assert july["TL-12"]["due"].day == date(2021, 9, 29)
    clocks = {clock.key for kind in (MEDIATION, ADJUDICATION) for clock in kind.clocks}
    assert {code.lower().replace("-", "_") for code in CLOCKED} <= clocks
    client.cookies["qiantang_language"] = "en"
    shown = client.get("/protection/limits?day=2021-07-01").content.decode()
    assert "2021-09-29" in shown


def test_codes_are_used_once_and_wrong_ones_close_them(cast):
    number = cast["number"]
    with pytest.raises(Conflict, match="side_taken"):
        access.join_by_code(
            actor=cast["zhou"],
            number=number,
            code=access.issue_code(actor=cast["gu"], number=number, side="respondent"),
        )
    code = access.issue_code(actor=cast["gu"], number=number, side="respondent")
    for _time in range(5):
        with pytest.raises(NotFound, match="code_wrong"):
            access.use_code(actor=Actor.public(), number=number, code="AAAAAAAAAA")
    with pytest.raises(NotFound, match="code_wrong"):
        access.use_code(actor=Actor.public(), number=number, code=code)
    with pytest.raises(NotPermitted, match="office_only"):
        access.issue_code(actor=cast["lin"], number=number, side="respondent")


def test_each_side_leaves_freely_and_a_settlement_counts_as_success(cast):
    steps.take_step(actor=cast["he"], number=cast["number"], action="settle")
    assert Proceeding.objects.get().outcome == "settled"
    assert get_user_model().objects.count() == 7
