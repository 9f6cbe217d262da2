"""The thirteen rules, and the routes that follow from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from qiantang.commons.casework.tests.contracts import WorkflowContract
from qiantang.commons.rulebook.methods.judging import judge
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection.methods.routing import routed
from qiantang.scenarios.protection.models import Dispute, Exhibit, Proceeding
from qiantang.scenarios.protection.rules.channels import ROUTE_WORDS
from qiantang.scenarios.protection.rules.routes import EFFECTS, ROUTES
from qiantang.scenarios.protection.selectors import disputes as reads
from qiantang.scenarios.protection.selectors.disputes import facts_of, limitation_of
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.tests.people import TOLD, deposited, filed, person
from qiantang.scenarios.protection.types import Intake, Route
from qiantang.scenarios.protection.workflow import ADJUDICATION, ASSISTANCE, DISPUTE, HANDOVER, MEDIATION

R = Route


class TestDispute(WorkflowContract):
    kind = DISPUTE


class TestAssistance(WorkflowContract):
    kind = ASSISTANCE


class TestMediation(WorkflowContract):
    kind = MEDIATION


class TestAdjudication(WorkflowContract):
    kind = ADJUDICATION


class TestHandover(WorkflowContract):
    kind = HANDOVER


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        yield


def offered(**told):
    judgement = judge(ROUTES, facts_of(Intake(**told)), date(2026, 5, 1))
    held = [one.rule.code for one in judgement.judged if one.met]
    return routed(held, [one.rule.code for one in judgement.open], EFFECTS)


PATENT = {"right_kind": "invention", "matter": "infringement"}


@pytest.mark.feature("S7B-01")
@pytest.mark.parametrize(
    ("told", "first", "excluded"),
    [
        ({"counterfeit_yuan": 50_000}, (R.POLICE, R.ENFORCEMENT), {R.ARBITRATION: "R1"}),
        ({"arbitration_agreement": True}, (R.ARBITRATION,), {R.COURT: "R2"}),
        ({**PATENT, "clear": True, "stop_wanted": True, "damages_yuan": 0}, (R.ADJUDICATION, R.MEDIATION), {}),
        ({**PATENT, "damages_yuan": 1}, (R.MEDIATION, R.COURT, R.ADJUDICATION), {}),
        ({"matter": "passing_off"}, (R.ENFORCEMENT,), {R.ADJUDICATION: "R5"}),
        ({"right_kind": "trade_mark", "matter": "counterfeit"}, (R.ENFORCEMENT, R.COURT, R.MEDIATION), {}),
        ({"right_kind": "geographical", "matter": "gi_misuse"}, (R.ENFORCEMENT, R.COURT, R.MEDIATION), {}),
        ({"matter": "ownership"}, (R.MEDIATION, R.COURT), {R.ADJUDICATION: "R7"}),
        ({"urgent": True}, (R.COURT,), {}),
        ({**PATENT, "damages_yuan": 1, "online": True}, (R.PLATFORM, R.MEDIATION, R.COURT, R.ADJUDICATION), {}),
        ({"both_agree": True}, (R.MEDIATION,), {}),
        ({"foreign": True}, (R.MEDIATION, R.ARBITRATION, R.ASSISTANCE), {}),
        ({**PATENT, "nationwide": True}, (R.NATIONAL,), {}),
    ],
)
def test_each_rule_offers_and_closes_what_the_table_says(told, first, excluded):
    routing = offered(**told)
    assert tuple(one.route for one in routing.offered)[: len(first)] == first
    assert all(one.reasons for one in routing.offered[: len(first)])
    assert routing.excluded == excluded
    assert not set(excluded) & {one.route for one in routing.offered}


@pytest.mark.feature("S7B-01")
def test_a_doubt_of_validity_is_a_note_and_what_is_not_known_is_told():
    routing = offered(right_kind="design", matter="infringement", validity_doubt=True)
    assert routing.notes == ("R12",)
    assert {"R1", "R2", "R3", "R4", "R8", "R9"} <= set(routing.open)
    assert [one.route for one in routing.offered] == [R.MEDIATION, R.COURT, R.CUSTOMS, R.ASSISTANCE]
    assert all(not one.reasons for one in routing.offered)


def test_what_one_rule_closes_another_does_not_open():
    routing = offered(arbitration_agreement=True, organised=True, **PATENT, damages_yuan=5)
    assert routing.excluded == {R.ARBITRATION: "R1", R.COURT: "R2"}
    assert [one.route for one in routing.offered][:4] == [R.POLICE, R.ENFORCEMENT, R.MEDIATION, R.ADJUDICATION]


def test_every_route_has_words_and_every_rule_an_effect():
    assert set(ROUTE_WORDS) == set(Route)
    assert [one.code for one in ROUTES.rules] == list(EFFECTS) == [f"R{n}" for n in range(1, 14)]


def test_the_limitation_of_the_worked_example():
    assert limitation_of(Intake(known_on=date(2018, 11, 5))).day == date(2021, 11, 5)
    assert limitation_of(Intake()) is None


@pytest.mark.django_db
@pytest.mark.feature("S7B-01")
def test_the_route_is_changed_and_nothing_is_told_again():
    lin = person("lin")
    number = filed(lin)
    before = Dispute.objects.get().told
    mediation = disputes.choose_route(actor=lin, number=number, route="mediation")
    with pytest.raises(Conflict, match="route_running"):
        disputes.choose_route(actor=lin, number=number, route="mediation")
    adjudication = disputes.choose_route(actor=lin, number=number, route="adjudication")
    assert (mediation[:4], adjudication[:4]) == ("HZTJ", "HZCJ")
    first, second = Proceeding.objects.order_by("pk")
    assert (first.dispute_id, first.reasons, second.reasons) == (second.dispute_id, ["R4"], ["R4"])
    assert first.chosen_on_rules.startswith("protection.routes@")
    assert Dispute.objects.get().told == before
    shown = reads.dispute(lin, number)
    assert [one.route for one in shown.proceedings] == [R.MEDIATION, R.ADJUDICATION]
    assert [one.number for one in shown.exhibits] == [Exhibit.objects.get().number]
    assert shown.sheet.card.state == "on_the_way"


@pytest.mark.django_db
def test_a_route_is_chosen_after_filing_and_only_among_those_offered():
    lin = person("lin")
    opened = disputes.open_dispute(actor=lin)
    disputes.save_intake(actor=lin, number=opened.number, told=replace(TOLD, respondent="", matter="ownership"))
    with pytest.raises(Conflict, match="not_filed"):
        disputes.choose_route(actor=lin, number=opened.number, route="mediation")
    with pytest.raises(Invalid) as refused:
        disputes.file_dispute(actor=lin, number=opened.number)
    assert refused.value.facts["missing"] == "Against whom、First evidence, by the number of its deposit"
    disputes.save_intake(actor=lin, number=opened.number, told=replace(TOLD, matter="ownership"))
    number = deposited(lin)
    disputes.add_exhibit(actor=lin, number=opened.number, deposit=number)
    with pytest.raises(Conflict, match="exhibit_known"):
        disputes.add_exhibit(actor=lin, number=opened.number, deposit=number)
    disputes.file_dispute(actor=lin, number=opened.number)
    with pytest.raises(Conflict) as refused:
        disputes.choose_route(actor=lin, number=opened.number, route="adjudication")
    assert refused.value.facts["rule"] == "R7"
    with pytest.raises(Conflict, match="not_editable"):
        disputes.save_intake(actor=lin, number=opened.number, told=TOLD)


@pytest.mark.django_db
def test_strangers_see_no_dispute_and_bring_none_without_an_account():
    lin, shen = person("lin"), person("shen", "supervisor")
    number = filed(lin)
    with pytest.raises(NotFound):
        reads.dispute(person("stranger"), number)
    with pytest.raises(NotPermitted, match="not_yours"):
        disputes.choose_route(actor=shen, number=number, route="mediation")
    with pytest.raises(NotPermitted, match="sign_in_first"):
        disputes.open_dispute(actor=Actor.public())
    with pytest.raises(NotFound):  # the deposit of somebody else
        disputes.add_exhibit(actor=lin, number=number, deposit=deposited(shen))
