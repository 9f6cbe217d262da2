"""Steps of the cases of this room, and how a proceeding ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.selectors.disputes import casework_number, proceeding_row
from qiantang.scenarios.protection.types import Outcome, Side
from qiantang.scenarios.protection.workflow import CLUE, CONCLUDES, MEDIATION

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision
    from qiantang.scenarios.protection.models import Proceeding

# Steps that carry nothing but a note, and who takes them; all others have a service of their own.
_EITHER = frozenset({Side.APPLICANT, Side.RESPONDENT})
_BRINGER = frozenset({Side.APPLICANT})
_OFFICE = frozenset({Side.OFFICE})
PLAIN: dict[str, frozenset[Side]] = {
    "invite": _OFFICE,
    "agree": frozenset({Side.RESPONDENT}),
    "refuse": frozenset({Side.RESPONDENT}),
    "not_reached": _OFFICE,
    "withdraw": _EITHER,
    "settle": _EITHER | _OFFICE,
    "fail": _EITHER | {Side.MEDIATOR},
    "reopen": _EITHER | {Side.MEDIATOR},
    "perform": _EITHER | _OFFICE,
    "breach": _EITHER | _OFFICE,
    "ask_supplement": _OFFICE,
    "supplement": _BRINGER,
    "check_identity": _OFFICE,
    "not_accept": _OFFICE,
    "suspend": _OFFICE,
    "go_on": _OFFICE,
    "follow_up": _OFFICE,
    "close": _OFFICE,
    "file": _OFFICE,
    "not_file": _OFFICE,
    "no_answer": _OFFICE,
    "without_hearing": _OFFICE,
    "close_hearing": _OFFICE,
    "send_back": _OFFICE,
}


def ensure(decision: Decision) -> None:
    """errors: NotPermitted"""
    if not decision:
        raise NotPermitted(decision.code)


def step_taken(actor: Actor, proceeding: Proceeding, action: str, note: str = "", **facts: str | int | None) -> str:
    """Advance the case of a proceeding; where that ends it, note how. For services of this room."""
    number = casework_number(proceeding.case.number)
    state = casework.advance(actor=actor, number=number, action=action, note=note, facts={**facts, "on_page": 1})
    proceeding.case.state = state
    outcome = CONCLUDES.get((proceeding.case.kind, state))
    if outcome is not None and proceeding.concluded_at is None:
        conclude(proceeding, outcome)
    return state


def conclude(proceeding: Proceeding, outcome: Outcome) -> None:
    """Note how a proceeding ended. What came later, such as the performance, stands beside it and changes it no more."""
    proceeding.concluded_at = timezone.now()
    proceeding.outcome = outcome
    proceeding.save(update_fields=["concluded_at", "outcome"])


def steps_for(side: Side, kind: str) -> frozenset[str]:
    """The plain steps that a side may take in a kind of case, whatever the state."""
    if kind == CLUE.key:
        return frozenset()
    found = {action for action, sides in PLAIN.items() if side in sides}
    return frozenset(found - {"withdraw"} if kind != MEDIATION.key and side is not Side.APPLICANT else found)


@transaction.atomic
def take_step(*, actor: Actor, number: str, action: str, note: str = "") -> str:
    """Take a step that carries nothing but a note; returns the state reached.

    errors  NotFound · NotPermitted ``protection.step_of_another`` and those of casework · Conflict · Invalid
            ``protection.step_unknown``
    """
    proceeding = proceeding_row(actor, number)
    sides = PLAIN.get(action)
    if sides is None or proceeding.case.kind == CLUE.key:
        raise Invalid("protection.step_unknown", given=action[:40])
    if action == "withdraw" and proceeding.case.kind != MEDIATION.key:
        sides = _BRINGER  # what is asked of the office or of another body, only who asked takes back
    side = policies.side_in(actor, proceeding)
    mediates = side is not Side.MEDIATOR and policies.is_mediator(actor, proceeding)
    if side not in sides and not (mediates and Side.MEDIATOR in sides) and not actor.has_role("system"):
        raise NotPermitted("protection.step_of_another")
    return step_taken(actor, proceeding, action, note)
