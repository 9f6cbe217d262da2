"""The story of a case, its journal entry, and what clocks do when the state changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Case, CaseClock, CaseEvent, CaseParty, CasePause
from qiantang.commons.casework.types import CASE_TYPES, SYSTEM, PauseReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qiantang.commons.casework.types import CaseType
    from qiantang.kernel.actor import Actor

Facts = dict[str, str | int | None]


def tell(  # noqa: PLR0913 - a line of the story, whole
    case: Case,
    actor: Actor,
    action: str,
    sentence: str,
    *,
    facts: Mapping[str, str | int | None] | None = None,
    note: str = "",
    internal: bool = False,
    moved: tuple[str, str] = ("", ""),
    versions: Mapping[str, str] | None = None,
) -> CaseEvent:
    """Add a line to the story of a locked case, and one to the journal.

    sentence    message id; the line names who by itself
    moved       the states before and after a step
    versions    of the rules and models that took part in a decision
    """
    case.steps += 1
    case.save(update_fields=["steps"])
    line = CaseEvent.objects.create(
        case=case,
        sequence=case.steps,
        at=timezone.now(),
        actor_id=actor.person_id,
        actor_name=actor.name,
        side=side_of(actor, CASE_TYPES[case.kind]),
        organisation_id=actor.organisation_id,
        action=action,
        source=moved[0],
        target=moved[1],
        told=sentence,
        facts=dict(facts or {}),
        note=note,
        internal=internal,
        versions=dict(versions or {}),
    )
    told = {"line": line.sequence, "source": moved[0], "target": moved[1], "action": action}
    audit.record(actor=actor, verb=f"casework.case.{action}", subject=f"case:{case.number}", facts=told)
    return line


def side_of(actor: Actor, kind: CaseType) -> str:
    """On which side somebody acts: ``office``, ``party`` or ``system``."""
    if actor.has_role(SYSTEM):
        return "system"
    return "office" if policies.is_staff(actor, kind) else "party"


def people_of(case: Case) -> list[int]:
    """The people to tell: parties with an account, and who may act for a party today."""
    scope = CASE_TYPES[case.kind].scope or None
    found: set[int] = set()
    for person, organisation in CaseParty.objects.filter(case=case, until__isnull=True).values_list(
        "person_id", "organisation_id"
    ):
        if person is not None:
            found.add(person)
        if organisation is not None:
            found.update(organisations.persons_acting_for(organisation, scope))
    return sorted(found)


def set_clocks(case: Case, today: date) -> None:
    """End the clocks that end in the state reached, begin those that begin there, and stop or start them all with it."""
    kind = CASE_TYPES[case.kind]
    state = kind.workflow.state(case.state)
    ending = [rule.key for rule in kind.clocks if state.key in rule.ends]
    running = CaseClock.objects.filter(case=case, ended_on__isnull=True)
    running.filter(Q(key__in=ending)).update(ended_on=today)
    _pause_with_state(case, stopped=not state.clock_runs and not state.final, today=today)
    if state.final:
        CasePause.objects.filter(case=case, until__isnull=True).update(until=today)
    open_keys = set(CaseClock.objects.filter(case=case, ended_on__isnull=True).values_list("key", flat=True))
    for rule in kind.clocks:
        set_otherwise = case.limits.get(rule.key, {})
        if state.key in rule.starts and rule.key not in open_keys and set_otherwise is not None:
            CaseClock.objects.create(
                case=case,
                key=rule.key,
                length=set_otherwise.get("length", rule.limit.length),
                unit=set_otherwise.get("unit", rule.limit.unit.value),
                rolls=rule.limit.rolls,
                extension=rule.limit.extension,
                stopped_by=sorted(rule.stopped_by),
                started_on=today,
            )


def _pause_with_state(case: Case, *, stopped: bool, today: date) -> None:
    waiting = CasePause.objects.filter(case=case, reason=PauseReason.PARTY, until__isnull=True)
    if stopped and not waiting.exists():
        CasePause.objects.create(case=case, reason=PauseReason.PARTY, since=today)
    elif not stopped:
        waiting.update(until=today)
