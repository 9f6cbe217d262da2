"""A kind of case for tests: a permit that is asked for, examined, amended and decided by two people."""

from __future__ import annotations

from contextlib import contextmanager

from qiantang.commons.accounts.api import create_account, mandates
from qiantang.commons.casework.api import advance, open_case
from qiantang.commons.casework.types import CASE_TYPES, PARTY, CaseType, ClockKind, ClockRule, NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, Guard, State, Transition, Workflow

SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
USCC = "913301067996550582"
P, X, L = frozenset({PARTY}), frozenset({"examiner"}), frozenset({"supervisor"})


def step(action, source, target, roles, **more):
    told = f"%(who)s {action.replace('_', ' ')}"
    return Transition(action=action, source=source, target=target, label=action, told=told, roles=roles, **more)


WORKFLOW = Workflow(
    key="test.permit",
    initial="draft",
    states=(
        State(key="draft", staff="Draft", party="Draft", clock_runs=False, waits_for=Audience.PARTY),
        State(key="examining", staff="In examination", party="Under way"),
        State(
            key="awaiting",
            staff="Waits for applicant",
            party="Please amend",
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(key="proposed", staff="To be confirmed", party="Under way"),
        State(key="granted", staff="Granted", party="Granted", final=True, clock_runs=False),
        State(key="refused", staff="Refused", party="Not granted", final=True, clock_runs=False),
    ),
    transitions=(
        step(
            "submit", "draft", "examining", P, guards=(Guard("test.too_many", lambda facts: facts.get("pages", 0) < 9),)
        ),
        step("request_amendment", "examining", "awaiting", X, needs_note=True),
        step("resubmit", "awaiting", "examining", P),
        step("propose", "examining", "proposed", X, needs_note=True),
        step("send_back", "proposed", "examining", L, needs_note=True),
        step("confirm", "proposed", "granted", X | L, apart_from=frozenset({"propose"}), decides=True),
        step("refuse", "proposed", "refused", X | L, apart_from=frozenset({"propose"}), decides=True, needs_note=True),
        step("withdraw", "examining", "refused", P),
    ),
    renamed={"under_examination": "examining"},
)
PERMIT = CaseType(
    workflow=WORKFLOW,
    title="Permit",
    authority="HZTS",
    staff=X | L,
    leads=L,
    scope="test.file",
    joins=frozenset({"examining", "awaiting", "proposed"}),
    clocks=(
        ClockRule(
            key="promise",
            title="First opinion",
            kind=ClockKind.PROMISE,
            limit=Limit(5, Unit.WORKDAY, extension=3),
            starts=frozenset({"examining"}),
            ends=frozenset({"granted", "refused"}),
            source="House rules 3",
        ),
        ClockRule(
            key="reply",
            title="Answer of the applicant",
            kind=ClockKind.REPLY,
            limit=Limit(5, Unit.WORKDAY),
            starts=frozenset({"awaiting"}),
            ends=frozenset({"examining", "granted", "refused"}),
            source="House rules 4",
            stopped_by=frozenset(),
        ),
    ),
)


@contextmanager
def declared(monkeypatch, *kinds):
    monkeypatch.setattr(CASE_TYPES, "_things", {**CASE_TYPES._things, **{kind.key: kind for kind in kinds}})
    yield


def person(name, *roles):
    made = create_account(actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD, roles=roles)
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


def firm_of(actor, officer, scope="test.file"):
    """An organisation for which a person may act."""
    from datetime import timedelta

    from django.utils import timezone

    firm = mandates.register_organisation(actor=actor, uscc=USCC, name="钱塘泵业")
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=firm.id,
        scopes=[scope],
        start_date=today,
        end_date=today + timedelta(days=300),
        evidence="委托书",
    )
    mandates.settle_mandate(actor=officer, mandate_id=asked.id, grant=True)
    return firm


def opened(actor, firm=None, title="A pump"):
    party = NewParty(
        PartyRole.APPLICANT,
        person_id=None if firm else actor.person_id,
        organisation_id=firm.id if firm else None,
    )
    return open_case(actor=actor, kind="test.permit", title=title, parties=[party])


def brought_to(state, applicant, examiner, number):
    """Along the shortest way to a state, by the people whose steps they are."""
    way = {
        "draft": (),
        "examining": ("submit",),
        "awaiting": ("submit", "request_amendment"),
        "proposed": ("submit", "propose"),
    }[state]
    for action in way:
        advance(
            actor=applicant if action == "submit" else examiner, number=number, action=action, note="because", facts={}
        )
