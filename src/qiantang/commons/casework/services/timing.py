"""Clocks by hand: stop and go on with a reason, extend, tell that one ran out. Tasks and links of cases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.events import ClockRunOut
from qiantang.commons.casework.models import CaseClock, CaseLink, CasePause, CaseTask
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.clocks import reading_of
from qiantang.commons.casework.services.parties import ensure, open_row
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES, LinkKind, PauseReason
from qiantang.commons.events import api as events
from qiantang.kernel.calendar import Unit
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_BY_HAND = tuple(reason for reason in PauseReason if reason is not PauseReason.PARTY)
_TITLE = 200
_NOTE = 500
_FARTHEST = 36_500


@transaction.atomic
def pause(*, actor: Actor, number: str, reason: str, note: str) -> None:
    """Let the clocks stand still for a reason that the law does not count.

    reason  of ``PauseReason``; waiting for a party begins and ends by itself
    errors  NotFound · NotPermitted · Invalid ``casework.reason_unknown``, ``casework.note_missing``
            Conflict ``casework.paused_already``, ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    if reason not in _BY_HAND:
        raise Invalid("casework.reason_unknown", reason=reason[:40], known=", ".join(_BY_HAND))
    if not note.strip():
        raise Invalid("casework.note_missing")
    if CasePause.objects.filter(case=case, reason=reason, until__isnull=True).exists():
        raise Conflict("casework.paused_already")
    CasePause.objects.create(case=case, reason=reason, note=note.strip()[:_NOTE], since=timezone.localdate())
    tell(case, actor, "pause", _("%(who)s stopped the clocks"), facts={"reason": reason}, note=note.strip())


@transaction.atomic
def resume(*, actor: Actor, number: str, note: str = "") -> None:
    """Let the clocks go on that were stopped by hand.

    errors  NotFound · NotPermitted · Conflict ``casework.not_paused``, ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    stopped = CasePause.objects.filter(case=case, until__isnull=True, reason__in=_BY_HAND)
    if not stopped.update(until=timezone.localdate()):
        raise Conflict("casework.not_paused")
    tell(case, actor, "resume", _("%(who)s let the clocks go on"), note=note.strip())


@transaction.atomic
def extend(*, actor: Actor, number: str, clock_id: int, note: str) -> None:
    """Use the extension that a limit allows, once, with a reason: a lead does.

    errors  NotFound ``casework.clock_unknown`` · NotPermitted · Invalid ``casework.note_missing``
            Conflict ``casework.not_extendable``, ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_lead(actor, CASE_TYPES[case.kind]))
    clock = CaseClock.objects.filter(case=case, pk=clock_id).first()
    if clock is None:
        raise NotFound("casework.clock_unknown")
    if not clock.extension or clock.extended or clock.ended_on is not None:
        raise Conflict("casework.not_extendable")
    if not note.strip():
        raise Invalid("casework.note_missing")
    clock.extended = True
    clock.save(update_fields=["extended"])
    facts: dict[str, str | int | None] = {"clock": clock.key, "by": clock.extension}
    tell(case, actor, "extend", _("%(who)s extended a limit"), facts=facts, note=note.strip())


def tell_run_out(*, actor: Actor, today: date | None = None) -> int:
    """Publish ClockRunOut once for each clock that is overdue by days which are settled; returns how many.

    A provisional end is waited for: nobody is told on a guess. What follows, a person decides.
    """
    on = today or timezone.localdate()
    waiting = CaseClock.objects.filter(ended_on__isnull=True, run_out_told=False)
    candidates = [clock.pk for clock in waiting if clock.started_on + _soonest(clock) < on]
    return sum(_told(actor, key, on) for key in candidates)


def _soonest(clock: CaseClock) -> timedelta:
    """No limit of so many units ends sooner: what began later than that need not be looked at closely."""
    days = {Unit.MONTH: 28, Unit.YEAR: 365}.get(Unit(clock.unit), 1)
    return timedelta(days=min(clock.length * days, _FARTHEST))


@transaction.atomic
def _told(actor: Actor, clock_id: int, on: date) -> bool:
    clock = CaseClock.objects.select_for_update().filter(pk=clock_id, run_out_told=False).first()
    if clock is None:
        return False
    case = clock.case
    due = reading_of(clock, CasePause.objects.filter(case=case), on).due
    if due is None or due.provisional or due.day >= on:
        return False
    clock.run_out_told = True
    clock.save(update_fields=["run_out_told"])
    facts: dict[str, str | int | None] = {"clock": clock.key, "day": due.day.isoformat()}
    tell(case, actor, "run_out", _("A limit ended on %(day)s"), facts=facts)
    events.publish(ClockRunOut(case.pk, case.number, case.kind, clock.key, due.day.isoformat(), case.assignee_id))
    return True


@transaction.atomic
def add_task(
    *, actor: Actor, number: str, title: str, assignee_id: int | None = None, due_date: date | None = None
) -> int:
    """Note something to be done in a case; returns its key.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing`` · Conflict ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    named = " ".join(title.split())[:_TITLE]
    if not named:
        raise Invalid("casework.note_missing")
    row = CaseTask.objects.create(
        case=case, title=named, assignee_id=assignee_id, due_date=due_date, created_at=timezone.now()
    )
    tell(case, actor, "add_task", _("%(who)s set a task"), note=named, internal=True)
    return row.pk


@transaction.atomic
def complete_task(*, actor: Actor, number: str, task_id: int) -> None:
    """Tick a task off. errors: NotFound ``casework.task_unknown`` · NotPermitted · Conflict ``casework.task_done``"""
    case = case_row(actor, number, lock=True)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    task = CaseTask.objects.filter(case=case, pk=task_id).first()
    if task is None:
        raise NotFound("casework.task_unknown")
    if task.done_at is not None:
        raise Conflict("casework.task_done")
    task.done_at, task.done_by_id = timezone.now(), actor.person_id
    task.save(update_fields=["done_at", "done_by"])
    tell(case, actor, "complete_task", _("%(who)s did a task"), note=task.title, internal=True)


@transaction.atomic
def link_cases(*, actor: Actor, first: str, second: str, kind: LinkKind) -> None:
    """Note that one case belongs to another, both of which the actor sees; the story of both tells it.

    kind    not MERGED_WITH, which a merge alone makes
    errors  NotFound · NotPermitted · Invalid ``casework.link_itself``, ``casework.link_kind_unknown``
    """
    one, other = case_row(actor, first, lock=True), case_row(actor, second, lock=True)
    ensure(policies.may_handle(actor, CASE_TYPES[one.kind]))
    if one.pk == other.pk:
        raise Invalid("casework.link_itself")
    if kind is LinkKind.MERGED_WITH:
        raise Invalid("casework.link_kind_unknown")
    try:
        with transaction.atomic():
            CaseLink.objects.create(first=one, second=other, kind=kind, created_at=timezone.now())
    except IntegrityError:
        return  # linked already: once is enough
    sentence = _("%(who)s linked the case with %(number)s")
    tell(one, actor, "link", sentence, facts={"number": other.number, "kind": str(kind)})
    tell(other, actor, "link", sentence, facts={"number": one.number, "kind": str(kind)})
