"""Which steps somebody may take in a case now, and why not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Case, CaseEvent
from qiantang.commons.casework.selectors.interests import interest_in
from qiantang.commons.casework.selectors.signoffs import waiting_for
from qiantang.commons.casework.types import CASE_TYPES, PARTY, REFUSALS, SYSTEM, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qiantang.commons.casework.types import CaseSheet
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.workflow import Transition


class StepRefusal(NamedTuple):
    """Why a step is not somebody's to take."""

    code: str
    facts: Mapping[str, str]


def steps_of(actor: Actor, case: Case) -> tuple[Step, ...]:
    """The steps out of the state that are the actor's by role; those barred for this person say why."""
    found = []
    party = cache(lambda: policies.is_party(actor, case))  # asked once, and only where a step is a party's
    for step in CASE_TYPES[case.kind].workflow.leaving(case.state):
        refusal = refusal_of(actor, case, step, party)
        if refusal is not None and refusal.code == _NOT_YOURS:
            continue
        blocked = gettext(REFUSALS[refusal.code][0]) % refusal.facts if refusal else ""
        found.append(Step(step.action, gettext(step.label), step.needs_note, blocked, _elsewhere(case, step)))
    return tuple(found)


def _elsewhere(case: Case, step: Transition) -> bool:
    """Whether a step needs what only the room's own page of the case can hand over."""
    return bool(CASE_TYPES[case.kind].url_name) and not all(guard.holds({}) for guard in step.guards)


def is_noted(sheet: CaseSheet, action: str) -> bool:
    """Whether a program of the reader can take a step that the room takes by itself. The office does so on its page."""
    return not sheet.internal and action in CASE_TYPES[sheet.card.kind].noted


_NOT_YOURS = "casework.step_not_yours"


def refusal_of(
    actor: Actor, case: Case, step: Transition, party: Callable[[], bool] | None = None
) -> StepRefusal | None:
    """Why the actor may not take a step: role, interest, four eyes, a sign-off that is open; None where they may."""
    asks = party or (lambda: policies.is_party(actor, case))
    if not step.roles & _roles_in(actor, case, step, asks):
        return StepRefusal(_NOT_YOURS, {})
    if actor.person_id is not None and step.decides:
        why = interest_in(case, actor.person_id)
        if why:
            return StepRefusal("casework.interested", {"why": why})
    if actor.person_id is not None and actor.person_id in _last_takers(case, step.apart_from):
        return StepRefusal("casework.four_eyes", {})
    if step.decides and (waiting := waiting_for(case)):
        return StepRefusal("casework.sign_off_open", {"waiting": "、".join(waiting)})
    return None


def _roles_in(actor: Actor, case: Case, step: Transition, party: Callable[[], bool]) -> frozenset[str]:
    """The roles in which the actor stands before this case. Staff of another kind of case have none here."""
    kind = CASE_TYPES[case.kind]
    roles = actor.roles & (kind.staff | {SYSTEM})
    if PARTY in step.roles and party():
        roles |= {PARTY}
    return frozenset(roles)


def _last_takers(case: Case, actions: frozenset[str]) -> set[int | None]:
    """Who took each of these actions last, in this case or before it was split off."""
    if not actions:
        return set()
    lines = CaseEvent.objects.filter(case__in=_histories(case), action__in=actions).order_by("at", "sequence")
    last = dict(lines.values_list("action", "actor_id"))  # of each action the last line stays
    return set(last.values())


def _histories(case: Case) -> list[int]:
    """The keys of a case and of those it was split off: what was done there before, was done in it as well.

    Four eyes are two people also where a case is split between one step and the next. What happened there afterwards
    counts as well: it can only bar a person more.
    """
    found = [case.pk]
    while line := CaseEvent.objects.filter(case=found[-1], action="split_off").values_list("facts", flat=True).first():
        origin = Case.objects.filter(number=line["number"]).values_list("pk", flat=True).first()
        if origin is None:
            break
        found.append(origin)
    return found
