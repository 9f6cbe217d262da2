"""The desk of the office: open cases by what is due first, tasks, and what each officer has in hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseTask
from qiantang.commons.casework.selectors.absences import kinds_handled, office_of, stands_in_for
from qiantang.commons.casework.selectors.cases import cards, shown_number, visible_cases, waiting_for_the_office
from qiantang.commons.casework.types import CaseCard, Load, TaskShown
from qiantang.kernel.calendar import Lamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

MOST = 500  # open cases that are looked at; more than that no desk shows at once
VIEWS = ("mine", "free", "late", "all")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk shows.

    rows    of the view, what is due first
    counts  view -> how many
    loads   officer by officer, the most laden first
    whole   whether every open case was looked at
    """

    rows: tuple[CaseCard, ...]
    counts: dict[str, int]
    loads: tuple[Load, ...]
    tasks: tuple[TaskShown, ...]
    whole: bool


def desk(actor: Actor, view: str) -> Desk:
    """The desk of an actor of the office. ``view``: one of ``VIEWS``"""
    kinds = [kind.key for kind in kinds_handled(actor)]
    rows = visible_cases(actor).filter(kind__in=kinds, closed_at__isnull=True).select_related("assignee")
    waiting = set(rows.filter(waiting_for_the_office(), assignee__isnull=True).values_list("pk", flat=True)[: MOST + 1])
    found = list(rows.order_by("opened_at", "pk")[: MOST + 1])
    shown = cards(actor, found[:MOST])
    own = stands_in_for(actor.person_id) | {actor.person_id}
    views = {
        "mine": [one for one in shown if one.assignee_id is not None and one.assignee_id in own],
        "free": [one for one in shown if one.id in waiting],
        "late": [one for one in shown if lamp_of(one) in {Lamp.RED, Lamp.YELLOW}],
        "all": shown,
    }
    return Desk(
        rows=tuple(sorted(views[view], key=_urgency)),
        counts={key: len(cases) for key, cases in views.items()},
        loads=_loads(actor, shown),
        tasks=_tasks(actor),
        whole=len(found) <= MOST,
    )


def lamp_of(card: CaseCard) -> Lamp | None:
    """The lamp of the clock that ends first; None where none runs."""
    return card.clock.reading.lamp if card.clock else None


def _urgency(card: CaseCard) -> tuple[bool, str, str]:
    due = card.clock.reading.due if card.clock else None
    return (due is None, due.day.isoformat() if due else "", card.opened_at.isoformat())


def _loads(actor: Actor, shown: Sequence[CaseCard]) -> tuple[Load, ...]:
    """Leads and auditors see everybody's; others their own."""
    kinds = kinds_handled(actor)
    staff = office_of({role for kind in kinds for role in kind.staff})
    if not policies.oversees(actor):
        staff = [one for one in staff if one.id == actor.person_id]
    held = [one for one in shown if one.assignee_id is not None]
    cases = Counter(one.assignee_id for one in held)
    late = Counter(one.assignee_id for one in held if lamp_of(one) is Lamp.RED)
    soon = Counter(one.assignee_id for one in held if lamp_of(one) is Lamp.YELLOW)
    tasks = Counter(_open_tasks(actor).values_list("assignee_id", flat=True))
    loads = [
        Load(one.id, one.name, cases[one.id], late[one.id], soon[one.id], tasks[one.id], one.deputy) for one in staff
    ]
    return tuple(sorted(loads, key=lambda one: (-one.late, -one.cases, one.name)))


def _open_tasks(actor: Actor) -> QuerySet[CaseTask]:
    seen = visible_cases(actor).filter(closed_at__isnull=True)
    return CaseTask.objects.filter(done_at__isnull=True, case__in=seen)


def _tasks(actor: Actor) -> tuple[TaskShown, ...]:
    """Tasks of the actor and of whom they stand in for, and those of nobody in cases in their hands; soonest first."""
    own = [one for one in stands_in_for(actor.person_id) | {actor.person_id} if one is not None]
    rows = _open_tasks(actor).filter(assignee_id__in=own).select_related("case", "assignee").order_by("due_date", "pk")
    return tuple(
        TaskShown(
            row.pk,
            shown_number(row.case.number),
            row.title,
            row.due_date,
            row.assignee.display_name if row.assignee else "",
            None,
        )
        for row in rows[:50]
    )


def is_late(task: TaskShown) -> bool:
    """Whether the day of a task is over."""
    return task.due is not None and task.due < timezone.localdate()
