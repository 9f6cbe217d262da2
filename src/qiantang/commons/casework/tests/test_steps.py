"""Steps: who may take which, four eyes, conflicts of interest, and a story that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from qiantang.commons.accounts.api import mandates, organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api
from qiantang.commons.casework.models import Case, CaseDecision, CaseEvent
from qiantang.commons.casework.types import FOUR_EYES, LinkKind, NewParty, PartyRole
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest

from .contracts import WorkflowContract
from .permits import PERMIT, SYSTEM, WORKFLOW, brought_to, firm_of, opened, person, step

pytestmark = [pytest.mark.django_db]
PAGE = PageRequest()


@pytest.mark.feature("X-06")
class TestPermit(WorkflowContract):
    kind = PERMIT
    translated = False


def go(actor, case, action, note="because", **facts):
    return api.advance(actor=actor, number=case.number, action=action, note=note, facts=facts)


@pytest.mark.feature("X-06")
def test_a_case_from_draft_to_decision(lin, gu, shen, events):
    case = opened(lin)
    assert go(lin, case, "submit") == "examining"
    assert go(gu, case, "request_amendment", "Figure 2 is missing.") == "awaiting"
    assert go(lin, case, "resubmit") == "examining"
    assert go(gu, case, "propose", "All in order.") == "proposed"
    api.decide(actor=shen, number=case.number, action="confirm", outcome="granted", reasons=["R1"], rules_version="v3")
    row = Case.objects.get()
    assert (row.state, row.closed_at is not None) == ("granted", True)
    decision = CaseDecision.objects.get()
    assert (decision.outcome, decision.reasons, decision.rules_version, decision.decided_by_id) == (
        "granted",
        ["R1"],
        "v3",
        shen.person_id,
    )
    steps = [event["action"] for event in events("casework.case.advanced")]
    assert steps == ["submit", "request_amendment", "resubmit", "propose", "confirm"]
    verbs = [entry.verb for entry in audit.entries(SYSTEM, subject=f"case:{row.number}")]
    assert [verb.rpartition(".")[2] for verb in reversed(verbs)] == ["open", *steps]
    assert audit.verify() is None


@pytest.mark.feature("X-06")
def test_an_illegal_step_is_an_error_that_names_the_state_and_changes_nothing(lin, gu):
    case = opened(lin)
    with pytest.raises(Conflict) as refused:
        go(lin, case, "resubmit")
    assert (refused.value.code, refused.value.facts["state"]) == ("casework.step_not_from_here", "Draft")
    assert (Case.objects.get().state, CaseEvent.objects.count()) == ("draft", 1)


def test_the_same_step_twice_is_one_step(lin):
    case = opened(lin)
    go(lin, case, "submit")
    with pytest.raises(Conflict, match="step_not_from_here"):
        go(lin, case, "submit")
    assert CaseEvent.objects.filter(action="submit").count() == 1


def test_a_step_of_the_other_side_is_refused_and_a_stranger_does_not_know_the_case(lin, gu, stranger):
    case = opened(lin)
    go(lin, case, "submit")
    with pytest.raises(NotPermitted, match="step_not_yours"):
        go(lin, case, "propose")
    with pytest.raises(NotPermitted, match="step_not_yours"):
        go(gu, case, "withdraw")
    with pytest.raises(NotFound, match="unknown"):
        go(stranger, case, "withdraw")
    with pytest.raises(NotFound, match="unknown"):
        go(person("zhang", "mediator"), case, "propose")


def test_guards_look_at_the_facts(lin):
    case = opened(lin)
    with pytest.raises(Conflict) as refused:
        go(lin, case, "submit", pages=10)
    assert (refused.value.code, dict(refused.value.facts)) == ("test.too_many", {"pages": 10})
    assert go(lin, case, "submit", pages=3) == "examining"


@pytest.mark.parametrize("note", ["", "  \n", "x" * 4001])
def test_a_reason_where_one_is_needed_and_not_without_end(lin, gu, note):
    case = opened(lin)
    go(lin, case, "submit")
    with pytest.raises(Invalid, match=r"note_(missing|long)"):
        go(gu, case, "request_amendment", note)


def test_who_proposed_does_not_confirm(lin, gu, shen):
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    with pytest.raises(NotPermitted, match="four_eyes"):
        go(gu, case, "confirm")
    blocked = {one.action: one.blocked for one in api.case_sheet(gu, case.number).steps}
    assert blocked["confirm"] == "Who took the step before may not confirm it."
    go(shen, case, "send_back")
    go(person("wu", "examiner"), case, "propose")
    assert go(gu, case, "confirm") == "granted"  # now another one proposed


@pytest.mark.feature("X-03")
@pytest.mark.parametrize("why", ["opened it", "acts for a party", "acted for a party", "invents with", "declared"])
def test_who_has_an_interest_does_not_decide_nor_handle(lin, gu, shen, why):
    firm = firm_of(lin, shen)
    judge = person("judge", "supervisor")
    case = opened(judge if why == "opened it" else lin, firm)
    if why in ("acts for a party", "acted for a party"):
        today = timezone.localdate()
        asked = mandates.request_mandate(
            actor=judge,
            organisation_id=firm.id,
            scopes=["test.file"],
            start_date=today,
            end_date=today,
            evidence="委托书",
        )
        mandates.settle_mandate(actor=shen, mandate_id=asked.id, grant=True)
        if why == "acted for a party":
            mandates.revoke_mandate(actor=judge, mandate_id=asked.id)
    elif why == "invents with":
        both = [NewParty(PartyRole.INVENTOR, person_id=one.person_id) for one in (judge, lin)]
        api.open_case(actor=SYSTEM, kind="test.permit", title="An earlier pump", parties=both)
        api.parties.add_party(actor=gu, number=case.number, party=NewParty(PartyRole.INVENTOR, person_id=lin.person_id))
    elif why == "declared":
        api.parties.declare_interest(actor=judge, number=case.number, person_id=judge.person_id, why="brother-in-law")
    brought_to("proposed", lin, gu, case.number)
    with pytest.raises(NotPermitted) as refused:
        go(judge, case, "confirm")
    assert refused.value.code == "casework.interested"
    with pytest.raises(Invalid, match="assignee_unfit"):
        api.parties.assign(actor=shen, number=case.number, person_id=judge.person_id)
    assert go(shen, case, "confirm") == "granted"


def test_people_act_for_a_party_while_their_mandate_holds(lin, shen):
    firm = firm_of(lin, shen)
    case = opened(lin, firm)
    acting = replace(lin, organisation_id=firm.id)
    go(acting, case, "submit")
    line = CaseEvent.objects.get(action="submit")
    assert (line.actor_id, line.organisation_id, line.side) == (lin.person_id, firm.id, "party")
    (mandate,) = organisations.mandates_of(lin)
    mandates.revoke_mandate(actor=lin, mandate_id=mandate.id)
    with pytest.raises(NotFound):
        go(acting, case, "withdraw")


# --- the story ---------------------------------------------------------------------------------------------------------


def test_the_story_reads_like_one_and_the_parties_see_no_names_of_officers(lin, gu, shen):
    firm = firm_of(lin, shen)
    case = opened(replace(lin, organisation_id=firm.id), firm)
    brought_to("examining", lin, gu, case.number)
    api.parties.assign(actor=gu, number=case.number, person_id=gu.person_id)
    api.note(actor=gu, number=case.number, text="Looks thin.")
    go(gu, case, "request_amendment", "Please add figure 2.")
    office = api.case_sheet(gu, case.number).story
    assert [line.sentence for line in office] == [
        "Lin opened the case",
        "Lin submit",
        "Gu took the case",
        "Gu noted",
        "Gu request amendment",
    ]
    assert office[0].for_whom == "钱塘泵业"
    party = api.case_sheet(lin, case.number)
    assert [line.sentence for line in party.story] == [
        "Lin opened the case",
        "Lin submit",
        "The office request amendment",
    ]
    assert party.story[-1].note == "Please add figure 2."
    assert (party.card.state_label, party.card.assignee, party.internal) == ("Please amend", "", False)
    assert api.case_sheet(gu, case.number).card.state_label == "Waits for applicant"


def test_an_auditor_reads_everything_and_steps_nowhere(lin, gu):
    auditor = person("zhao", "auditor")
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    sheet = api.case_sheet(auditor, case.number)
    assert (sheet.internal, sheet.steps) == (True, ())
    with pytest.raises(NotPermitted):
        go(auditor, case, "confirm")


@pytest.mark.parametrize("roles", [(), ("system_admin",), ("operator",), ("mediator",)])
def test_others_see_no_case(lin, roles):
    opened(lin)
    other = person("other", *roles)
    assert api.cases(other, PAGE).total == 0
    assert api.found_by_number(other, Case.objects.get().number) is None


# --- pool and people ---------------------------------------------------------------------------------------------------


def test_a_case_is_taken_from_the_pool_handed_over_and_put_back(lin, gu, shen):
    case = opened(lin)
    wu = person("wu", "examiner")
    assert api.cases(gu, PAGE, pool="free").total == 0  # a draft waits for the applicant
    go(lin, case, "submit")
    assert api.cases(gu, PAGE, pool="free").total == 1
    api.parties.assign(actor=gu, number=case.number, person_id=gu.person_id)
    assert (api.cases(gu, PAGE, pool="mine").total, api.cases(wu, PAGE, pool="free").total) == (1, 0)
    with pytest.raises(NotPermitted):  # another one's case is not taken
        api.parties.assign(actor=wu, number=case.number, person_id=wu.person_id)
    api.parties.assign(actor=gu, number=case.number, person_id=wu.person_id)
    api.parties.assign(actor=shen, number=case.number, person_id=gu.person_id)
    with pytest.raises(Invalid, match="note_missing"):
        api.parties.release(actor=gu, number=case.number, note=" ")
    api.parties.release(actor=gu, number=case.number, note="on leave")
    assert api.cases(wu, PAGE, pool="free").total == 1
    with pytest.raises(Invalid, match="assignee_unfit"):
        api.parties.assign(actor=shen, number=case.number, person_id=lin.person_id)


def test_a_party_stands_once_and_cases_are_linked_both_ways(lin, gu):
    first, second = opened(lin), opened(lin, title="Another")
    api.parties.add_party(actor=gu, number=first.number, party=NewParty(PartyRole.THIRD, name="Wu"))
    with pytest.raises(Conflict, match="party_known"):
        api.parties.add_party(actor=gu, number=first.number, party=NewParty(PartyRole.THIRD, name="Wu"))
    for _ in range(2):
        api.timing.link_cases(actor=gu, first=first.number, second=second.number, kind=LinkKind.ARISES_FROM)
    assert [(one.number, one.outgoing) for one in api.case_sheet(gu, first.number).links] == [(second.number, True)]
    assert [(one.number, one.outgoing) for one in api.case_sheet(lin, second.number).links] == [(first.number, False)]
    with pytest.raises(Invalid, match="link_itself"):
        api.timing.link_cases(actor=gu, first=first.number, second=first.number, kind=LinkKind.MERGED_WITH)


def test_tasks_are_for_the_office(lin, gu):
    case = opened(lin)
    task = api.timing.add_task(actor=gu, number=case.number, title="Call the firm", assignee_id=gu.person_id)
    assert [one.title for one in api.case_sheet(gu, case.number).tasks] == ["Call the firm"]
    assert api.case_sheet(lin, case.number).tasks == ()
    api.timing.complete_task(actor=gu, number=case.number, task_id=task)
    with pytest.raises(Conflict, match="task_done"):
        api.timing.complete_task(actor=gu, number=case.number, task_id=task)


def test_a_list_of_cases_costs_the_same_however_long(lin, gu, django_assert_max_num_queries):
    for number in range(6):
        brought_to("examining", lin, gu, opened(lin, title=f"Pump {number}").number)
    assert api.cases(gu, PAGE).total == 6  # whichever test comes first, tables of the calendar are remembered now
    with django_assert_max_num_queries(6):
        assert api.cases(gu, PAGE).total == 6


# --- four eyes -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-03")
@pytest.mark.parametrize("action", sorted(FOUR_EYES))
def test_what_takes_four_eyes_cannot_be_declared_for_two(action):
    alone = step(action, "proposed", "refused", frozenset({"supervisor"}), decides=True)
    kept = tuple(one for one in WORKFLOW.transitions if one.action != "refuse")
    kind = replace(PERMIT, workflow=replace(WORKFLOW, transitions=(*kept, alone)))
    assert kind.defects() == [f"{action} from proposed: one person alone may do it"]
    apart = replace(alone, apart_from=frozenset({"propose"}))
    assert replace(kind, workflow=replace(WORKFLOW, transitions=(*kept, apart))).defects() == []
