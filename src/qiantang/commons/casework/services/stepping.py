"""Steps. ``advance`` interprets the workflow and is the only writer of a case's state beside a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.events import CaseAdvanced
from qiantang.commons.casework.models import CaseDecision
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.signoffs import against
from qiantang.commons.casework.selectors.steps import refusal_of
from qiantang.commons.casework.services.telling import people_of, set_clocks, side_of, tell
from qiantang.commons.casework.types import CASE_TYPES, PARTY, SYSTEM
from qiantang.commons.events import api as events
from qiantang.commons.rulebook.api import model_versions
from qiantang.kernel.actor import Channel
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.workflow import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.commons.casework.models import Case
    from qiantang.commons.casework.types import CaseType
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.workflow import Transition

NOTE_LONGEST = 4000


@transaction.atomic
def advance(
    *,
    actor: Actor,
    number: str,
    action: str,
    note: str = "",
    facts: Mapping[str, str | int | None] | None = None,
) -> str:
    """Take a step in a case; returns the state reached.

    note    a reason, shown to the parties; some steps need one
    facts   what guards look at, and what the line of the story names; values, no texts of the matter
    errors  NotFound ``casework.unknown`` · Conflict ``casework.step_not_from_here``, and the code of a guard
            NotPermitted ``casework.step_not_yours``, ``casework.four_eyes``, ``casework.interested``, ``casework.sign_off_open``,
            ``casework.person_needed``
            Invalid ``casework.note_missing``, ``casework.note_long``, ``casework.sign_off_against``
    Events  CaseAdvanced
    """
    case = case_row(actor, number, lock=True)
    _taken(actor, case, action, note.strip(), dict(facts or {}), {})
    return case.state


def _taken(
    actor: Actor,
    case: Case,
    action: str,
    note: str,
    facts: dict[str, str | int | None],
    used: Mapping[str, str],
) -> dict[str, str]:
    """Take the step; returns the versions of rules and models that a decision keeps, those ``used`` before those of today."""
    workflow = CASE_TYPES[case.kind].workflow
    step = workflow.transition(action, case.state)
    if step is None:
        audience = Audience.STAFF if side_of(actor, CASE_TYPES[case.kind]) == "office" else Audience.PARTY
        raise Conflict("casework.step_not_from_here", state=gettext(workflow.state(case.state).label(audience)))
    _ensure_allowed(actor, case, step, facts)
    _ensure_said(case, step, note)
    kept = _versions(CASE_TYPES[case.kind], step, used)
    now = timezone.now()
    source, case.state = workflow.state(case.state).key, step.target
    case.closed_at = now if workflow.state(step.target).final else None
    case.save(update_fields=["state", "closed_at"])
    set_clocks(case, timezone.localdate(now))
    tell(case, actor, step.action, step.told, facts=facts, note=note, moved=(source, step.target), versions=kept)
    events.publish(
        CaseAdvanced(
            case_id=case.pk,
            number=case.number,
            kind=case.kind,
            action=step.action,
            source=source,
            target=step.target,
            by=actor.person_id,
            office=case.assignee_id,
            parties=people_of(case),
        )
    )
    return kept


def _ensure_said(case: Case, step: Transition, note: str) -> None:
    if step.needs_note and not note:
        raise Invalid("casework.note_missing")
    if len(note) > NOTE_LONGEST:
        raise Invalid("casework.note_long", most=NOTE_LONGEST)
    if step.decides and not note and (who := against(case)):
        raise Invalid("casework.sign_off_against", who="、".join(who))


def _versions(kind: CaseType, step: Transition, used: Mapping[str, str]) -> dict[str, str]:
    """What a decision of the office rests on. Steps of a party decide nothing by rules."""
    if PARTY in step.roles or not kind.workflow.needs_person(step):
        return {}
    return {**model_versions(kind.models), **used}


def _ensure_allowed(actor: Actor, case: Case, step: Transition, facts: Mapping[str, object]) -> None:
    _ensure_a_person(actor, CASE_TYPES[case.kind], step, facts)
    refusal = refusal_of(actor, case, step)
    if refusal is not None:
        raise NotPermitted(refusal.code, **refusal.facts)
    for guard in step.guards:
        if not guard.holds(facts):
            raise Conflict(guard.code, **{key: value for key, value in facts.items() if value is not None})


def _ensure_a_person(actor: Actor, kind: CaseType, step: Transition, facts: Mapping[str, object]) -> None:
    """No automated refusal: the one place through which every decision and every end of a case goes.

    Whoever builds an actor with roles but without a person, be it a job, a rule or a service, decides nothing. What a body
    outside decided may be noted by the platform, with the name of who decided.
    """
    if not kind.workflow.needs_person(step):
        return
    named = actor.person_id is not None and actor.name.strip() and not actor.has_role(SYSTEM)
    if actor.channel is Channel.API and PARTY not in step.roles:
        named = False  # a program with the token of an officer is no officer who looked at the case
    told = step.reports and str(facts.get("decided_by") or "").strip()
    if not (named or told):
        raise NotPermitted("casework.person_needed")


@transaction.atomic
def decide(
    *,
    actor: Actor,
    number: str,
    action: str,
    outcome: str,
    reasons: Sequence[str] = (),
    text: str = "",
    rules_version: str = "",
    versions: Mapping[str, str] | None = None,
) -> int:
    """Take a step that is a decision, and keep the decision: outcome, reasons by code, text, rules used.

    versions    key of a card -> version that was used; of the other models of the kind that of today is kept
    returns     its key
    errors      as ``advance``; ValueError for a step that is none: a fault of the caller's code
    """
    case = case_row(actor, number, lock=True)
    step = CASE_TYPES[case.kind].workflow.transition(action, case.state)
    if step is not None and not step.decides:
        raise ValueError(f"{action} is no decision")
    facts: dict[str, str | int | None] = {"outcome": outcome, "reasons": ", ".join(reasons)}
    kept = _taken(actor, case, action, text.strip(), facts, versions or {})
    if actor.person_id is None:
        raise NotPermitted(
            "casework.person_needed"
        )  # also where a decision made outside is noted: it has no row of ours
    row = CaseDecision.objects.create(
        case=case,
        outcome=outcome,
        reasons=list(reasons),
        text=text,
        rules_version=rules_version,
        versions=kept,
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )
    return row.pk


@transaction.atomic
def note(*, actor: Actor, number: str, text: str, internal: bool = True) -> None:
    """Write a line into the story: internal ones are for the office alone.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing``, ``casework.note_long``
    """
    case = case_row(actor, number, lock=True)
    decision = policies.may_handle(actor, CASE_TYPES[case.kind])
    if not decision:
        raise NotPermitted(decision.code)
    said = text.strip()
    if not said:
        raise Invalid("casework.note_missing")
    if len(said) > NOTE_LONGEST:
        raise Invalid("casework.note_long", most=NOTE_LONGEST)
    tell(case, actor, "note", _("%(who)s noted"), note=said, internal=internal)
