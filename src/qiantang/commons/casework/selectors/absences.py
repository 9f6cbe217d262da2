"""Who of the office is away today, and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts.api import people
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Absence
from qiantang.commons.casework.types import CASE_TYPES, AbsenceShown, CaseType, Colleague
from qiantang.kernel.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet


def absence_of(person_id: int, day: date | None = None) -> Absence | None:
    """The absence of a person on a day, default today."""
    return _on(day or timezone.localdate()).filter(person_id=person_id).first()


def deputies_today(person_ids: Collection[int] | None = None) -> dict[int, Absence]:
    """Who is away today: person -> absence. One query."""
    rows = _on(timezone.localdate())
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    return {row.person_id: row for row in rows}


def stands_in_for(person_id: int | None) -> frozenset[int]:
    """The people for whom somebody stands in today."""
    if person_id is None:
        return frozenset()
    rows = _on(timezone.localdate()).filter(deputy_id=person_id)
    return frozenset(rows.values_list("person_id", flat=True))


def _on(day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(start_date__lte=day, end_date__gte=day).select_related("person", "deputy")


def office_of(roles: Collection[str]) -> list[Colleague]:
    """The active people who hold one of these roles, by name, each with who stands in today."""
    wanted = frozenset(roles)
    found = [one for one in people(Actor.system("desk")) if one.active and one.roles & wanted]
    away = deputies_today([one.id for one in found])
    named = [
        Colleague(one.id, one.display_name, away[one.id].deputy.display_name if one.id in away else "") for one in found
    ]
    return sorted(named, key=lambda one: one.name)


def kinds_handled(actor: Actor) -> list[CaseType]:
    """The kinds of cases whose desk an actor sees: those they handle; all for those who see everything."""
    return [kind for kind in CASE_TYPES if policies.sees_internal(actor, kind)]


def absences_shown(actor: Actor) -> list[AbsenceShown]:
    """Absences that are not over: one's own, those in which one stands in, and for leads and auditors all."""
    rows = Absence.objects.filter(end_date__gte=timezone.localdate()).select_related("person", "deputy")
    mine = actor.person_id
    sees_all = policies.oversees(actor)
    return [
        AbsenceShown(
            row.pk,
            row.person.display_name,
            row.deputy.display_name,
            row.start_date,
            row.end_date,
            yours=row.person_id == mine or policies.leads_any(actor),
        )
        for row in rows.order_by("start_date", "pk")
        if sees_all or mine in {row.person_id, row.deputy_id}
    ]
