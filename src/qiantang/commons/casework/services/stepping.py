"""Steps. ``advance`` interprets the workflow and is the only writer of a case's state."""

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
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.events import api as events
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.workflow import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.commons.casework.models import Case
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
            NotPermitted ``casework.step_not_yours``, ``casework.four_eyes``, ``casework.interested``, ``casework.sign_off_open``
            Invalid ``casework.note_missing``, ``casework.note_long``, ``casework.sign_off_against``
    Events  CaseAdvanced
    """
    case = case_row(actor, number, lock=True)
    return _taken(actor, case, action, note.strip(), dict(facts or {}))


def _taken(actor: Actor, case: Case, action: str, note: str, facts: dict[str, str | int | None]) -> str:
    workflow = CASE_TYPES[case.kind].workflow
    step = workflow.transition(action, case.state)
    if step is None:
        audience = Audience.STAFF if side_of(actor, CASE_TYPES[case.kind]) == "office" else Audience.PARTY
        raise Conflict("casework.step_not_from_here", state=gettext(workflow.state(case.state).label(audience)))
    _ensure_allowed(actor, case, step, facts)
    if step.needs_note and not note:
        raise Invalid("casework.note_missing")
    if len(note) > NOTE_LONGEST:
        raise Invalid("casework.note_long", most=NOTE_LONGEST)
    if step.decides and not note and (who := against(case)):
        raise Invalid("casework.sign_off_against", who="、".join(who))
    now = timezone.now()
    source, case.state = workflow.state(case.state).key, step.target
    case.closed_at = now if workflow.state(step.target).final else None
    case.save(update_fields=["state", "closed_at"])
    set_clocks(case, timezone.localdate(now))
    tell(case, actor, step.action, step.told, facts=facts, note=note, moved=(source, step.target))
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
    return case.state


def _ensure_allowed(actor: Actor, case: Case, step: Transition, facts: Mapping[str, object]) -> None:
    refusal = refusal_of(actor, case, step)
    if refusal is not None:
        raise NotPermitted(refusal.code, **refusal.facts)
    for guard in step.guards:
        if not guard.holds(facts):
            raise Conflict(guard.code, **{key: value for key, value in facts.items() if value is not None})


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
) -> int:
    """Take a step that is a decision, and keep the decision: outcome, reasons by code, text, rules used.

    returns     its key
    errors      as ``advance``; ValueError for a step that is none: a fault of the caller's code
    """
    case = case_row(actor, number, lock=True)
    step = CASE_TYPES[case.kind].workflow.transition(action, case.state)
    if step is not None and not step.decides:
        raise ValueError(f"{action} is no decision")
    _taken(actor, case, action, text.strip(), {"outcome": outcome, "reasons": ", ".join(reasons)})
    row = CaseDecision.objects.create(
        case=case,
        outcome=outcome,
        reasons=list(reasons),
        text=text,
        rules_version=rules_version,
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
