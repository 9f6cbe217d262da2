"""Steps of one's own by the open API: a note is all they need. What the office takes, it takes at its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from qiantang.commons.accounts.api import access as tokens
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.models import Case
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.methods.registers import Ground, GroundKind
from qiantang.scenarios.protection.models import Proceeding, RegisterEntry
from qiantang.scenarios.protection.services import access, disputes, registers, steps
from qiantang.scenarios.protection.tests.people import begun, filed, person
from qiantang.scenarios.protection.workflow import MEDIATION

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        yield


class Program:
    """What a token of somebody asks."""

    def __init__(self, actor):
        token = tokens.make_token(actor=actor, name="t", scopes=("cases:read", "cases:write"), days=30).text
        self.told = {"headers": {"Authorization": f"Bearer {token}", "Accept-Language": "en"}}

    def case(self, number):
        return Client().get(f"/api/v1/cases/{number}", **self.told).json()

    def here(self, number):
        """The steps that are taken by a program."""
        return {one["action"] for one in self.case(number)["steps"] if one["here"]}

    def take(self, number, action, note="", choice=""):
        asked = {"action": action, "note": note} | ({"choice": choice} if choice else {})
        body = {"data": asked, "content_type": "application/json"}
        answer = Client().post(f"/api/v1/cases/{number}/steps", **body, **self.told)
        return answer.status_code, answer.json()["state" if answer.status_code == 200 else "code"]


def invited(lin, gu, he):
    number = disputes.choose_route(actor=lin, number=filed(lin), route="mediation")
    steps.take_step(actor=gu, number=number, action="invite")
    access.join_by_code(
        actor=he, number=number, code=access.issue_code(actor=gu, number=number, side="respondent").lower()
    )
    return number


@pytest.mark.parametrize(("action", "state"), [("agree", "choosing"), ("refuse", "refused")])
def test_whom_a_mediation_is_offered_answers_by_a_program(action, state):
    lin, he, gu = person("lin"), person("he"), person("gu", "case_officer")
    number = invited(lin, gu, he)
    assert action in Program(he).here(number)
    assert Program(lin).take(number, action) == (403, "protection.step_of_another")
    assert Program(person("wu")).take(number, action)[0] == 404
    assert Program(he).take(number, action, "by our system") == (200, state)
    assert casework.case_sheet(SYSTEM, number).story[-1].note == "by our system"


@pytest.mark.parametrize(("action", "state", "outcome"), [("settle", "settled", "settled"), ("withdraw", "withdrawn", "withdrawn")])  # fmt: skip
def test_a_side_leaves_a_mediation_by_a_program_and_its_outcome_is_kept(cast, action, state, outcome):
    number, lin, gu = cast["number"], cast["lin"], cast["gu"]
    assert {"settle", "withdraw"} <= Program(lin).here(number)
    assert not {"settle", "withdraw", "name_mediator"} & Program(gu).here(number)
    assert Program(gu).take(number, "settle") == (403, "casework.step_not_yours")
    if action == "withdraw":
        assert Program(lin).take(number, action) == (422, "casework.note_missing")
    assert Program(lin).take(number, action, "we found a way") == (200, state)
    assert Proceeding.objects.get().outcome == outcome
    assert Program(lin).take(number, action, "again")[0] == 403  # nothing is left to do


def test_what_needs_more_than_a_note_stays_on_the_page(cast):
    begun(cast)
    lin = Program(cast["lin"])
    assert "fix_agreement" not in lin.here(cast["number"])
    assert lin.take(cast["number"], "fix_agreement") == (409, "protection.on_its_page")


def test_talks_are_taken_up_again_and_performance_is_told_by_a_program(cast):
    """Where the case stands is set by hand: the way there is signed by people, and told in its own tests."""
    number = cast["number"]
    case = Proceeding.objects.values_list("case", flat=True)
    for state, action, reached in (
        ("signing", "reopen", "mediating"),
        ("effective", "perform", "performed"),
        ("performing", "breach", "breached"),
    ):
        Case.objects.filter(pk__in=case).update(state=state, closed_at=None)
        assert action in Program(cast["lin"]).here(number)
        if action != "reopen":  # the office notes it as well, at its page
            assert action not in Program(cast["gu"]).here(number)
            assert Program(cast["gu"]).take(number, action, "so we heard") == (409, "protection.on_its_page")
        assert Program(cast["lin"]).take(number, action, "as agreed") == (200, reached)


def test_a_dispute_is_filed_and_withdrawn_by_a_program():
    lin = person("lin")
    empty = disputes.open_dispute(actor=lin).number
    assert Program(lin).take(empty, "file") == (422, "protection.facts_missing")
    number = filed(lin)
    assert Program(person("gu", "case_officer")).take(number, "withdraw")[0] in (403, 409)
    assert Program(lin).here(number) >= {"withdraw"}
    assert Program(lin).take(number, "withdraw", choice="mediation") == (422, "casework.choice_unwanted")
    assert Program(lin).take(number, "withdraw", "settled among us") == (200, "withdrawn")


def test_a_route_is_chosen_by_a_program_and_the_reason_stays():
    lin = person("lin")
    number = filed(lin)
    assert Program(lin).take(number, "choose") == (422, "protection.route_unknown")
    assert Program(lin).take(number, "choose", choice="arbitration of the moon") == (422, "protection.route_unknown")
    assert Program(lin).take(number, "choose", "quickest", choice="mediation") == (200, "on_the_way")
    assert casework.case_sheet(SYSTEM, number).story[-1].note == "quickest"
    proceeding = Proceeding.objects.get(case__kind=MEDIATION.key)
    told = Program(lin).case(number)
    assert [one["number"] for one in told["links"]] == [casework.case_sheet(SYSTEM, proceeding.case.number).card.number]
    assert Program(lin).take(number, "choose", choice="mediation") == (409, "protection.route_running")


@pytest.mark.parametrize("route", ["assistance", "adjudication", "court"])
def test_who_asked_the_office_takes_it_back_by_a_program(route):
    lin = person("lin")
    number = disputes.choose_route(actor=lin, number=filed(lin, foreign=route == "assistance"), route=route)
    assert "withdraw" in Program(lin).here(number)
    assert Program(lin).take(number, "withdraw", "no longer needed") == (200, "withdrawn")


def test_what_was_missing_for_assistance_is_told_to_be_there_by_a_program():
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin, foreign=True), route="assistance")
    steps.take_step(actor=gu, number=number, action="ask_supplement", note="the licence")
    assert Program(gu).take(number, "supplement")[0] in (403, 409)
    assert Program(lin).take(number, "supplement")[0] == 200


def test_whom_an_entry_concerns_objects_by_a_program_and_no_token_enters():
    gu, shen, lin = person("gu", "case_officer"), person("shen", "supervisor"), person("lin")
    day = timezone.localdate() - timedelta(days=40)
    ground = Ground(
        kind=GroundKind.PENALTY,
        authority="某市场监督管理局",
        reference="杭市监罚〔2026〕1号",
        decided_on=day,
        final_on=day,
    )
    number = registers.propose_entry(actor=gu, register="claimant", name="某商行", grounds=(ground,))
    casework.parties.identify_party(
        actor=gu, number=number, party=NewParty(PartyRole.OPPONENT, person_id=lin.person_id)
    )
    registers.give_notice(actor=gu, number=number, how="平台送达")
    assert Program(gu).take(number, "object", "for them") == (409, "protection.on_its_page")
    assert Program(lin).take(number, "object", "we had reasons")[0] == 200
    assert Program(shen).take(number, "enter", "so be it") == (403, "casework.person_needed")
    registers.take_entry_step(actor=shen, number=number, action="enter", note="not heard")
    assert Program(lin).take(number, "appeal", "it is retried")[0] == 200
    assert RegisterEntry.objects.get().appealed_on is not None


def test_a_declaration_names_steps_of_a_party_and_their_service():
    assert MEDIATION.defects() == []
    assert replace(MEDIATION, noted=frozenset({"invite"})).defects() == ["invite by a note: no step of a party"]
    assert len(replace(MEDIATION, noted_by="").defects()) == 1
