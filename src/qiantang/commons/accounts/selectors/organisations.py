"""Reads: organisations, and who may act for them on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts import policies
from qiantang.commons.accounts.models import Mandate as MandateRow
from qiantang.commons.accounts.models import Organisation as OrganisationRow
from qiantang.commons.accounts.types import ACTS_FOR_NOBODY, EVERYTHING, MANAGE, Mandate, MandateState, Organisation
from qiantang.kernel.calendar import add_months
from qiantang.kernel.decision import Decision
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_credit_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

_INTEREST_MONTHS = 24


def organisation_of(row: OrganisationRow) -> Organisation:
    """The value behind a row."""
    return Organisation(row.pk, row.uscc, row.name, row.uscc[2:8])


def organisation_by_uscc(actor: Actor, uscc: str) -> Organisation:
    """One organisation by its credit code, in any spelling: for the office, and for who acts for it.

    errors  Invalid ``identifiers.uscc_*`` · NotFound ``accounts.organisation_unknown``
    """
    code = parse_credit_code(uscc).text
    row = OrganisationRow.objects.filter(uscc=code).first()
    seen = row and (policies.may_see_every_mandate(actor) or row.pk in organisation_ids(actor))
    if row is None or not seen:
        raise NotFound("accounts.organisation_unknown", uscc=code)
    return organisation_of(row)


def acting_for(actor: Actor, uscc: str) -> Actor:
    """The actor as who acts for an organisation, named by its credit code in any spelling: what a page keeps in the session,
    a program says with its request.

    errors  Invalid ``identifiers.uscc_*`` · NotFound ``accounts.organisation_unknown``, also for those of others
    """
    code = parse_credit_code(uscc).text
    key = OrganisationRow.objects.filter(uscc=code).values_list("pk", flat=True).first()
    if key is None or key not in organisation_ids(actor):
        raise NotFound("accounts.organisation_unknown", uscc=code)
    return replace(actor, organisation_id=key)


def organisations_named(keys: Collection[int]) -> dict[int, Organisation]:
    """Organisations by key, those among them that exist; for rooms that hold the keys already."""
    return {row.pk: organisation_of(row) for row in OrganisationRow.objects.filter(pk__in=keys)}


def organisation_ids(actor: Actor, scope: str | None = None, day: date | None = None) -> frozenset[int]:
    """The keys of the organisations for which the actor may act on a day, default today. One query.

    scope   for this; None: for anything
    An auditor and a system administrator act for nobody, whatever was granted before.
    """
    return organisation_ids_by_scope(actor, [scope], day)[scope]


def organisation_ids_by_scope(
    actor: Actor, wanted: Iterable[str | None], day: date | None = None
) -> dict[str | None, frozenset[int]]:
    """The same for several scopes. One query, however many there are."""
    if actor.person_id is None or actor.roles & ACTS_FOR_NOBODY:
        return dict.fromkeys(wanted, frozenset())
    rows = list(_in_force(day).filter(person_id=actor.person_id).values_list("organisation_id", "scopes"))
    return {
        scope: frozenset(key for key, scopes in rows if scope is None or _covers(scopes, scope)) for scope in wanted
    }


def may_act_for(actor: Actor, organisation_id: int, scope: str, day: date | None = None) -> Decision:
    """Whether a mandate in force lets the actor do this for the organisation.

    scope   key of ``MANDATE_SCOPES``
    """
    if organisation_id in organisation_ids(actor, scope, day):
        return Decision.allow()
    return Decision.refuse("accounts.mandate_missing")


def ensure_acting_for(actor: Actor, organisation_id: int, scope: str) -> None:
    """errors: NotPermitted ``accounts.mandate_missing`` with the fact ``organisation``"""
    decision = may_act_for(actor, organisation_id, scope)
    if not decision:
        row = OrganisationRow.objects.filter(pk=organisation_id).first()
        raise NotPermitted(decision.code, organisation=row.name if row else str(organisation_id))


def acted_for(person_id: int, keys: Collection[int]) -> bool:
    """Whether a person acts for one of these organisations, or did within the last two years."""
    today = timezone.localdate()
    rows = MandateRow.objects.filter(person_id=person_id, organisation_id__in=keys, granted=True, start_date__lte=today)
    since = add_months(today, -_INTEREST_MONTHS)
    still = Q(revoked_at__isnull=True) | Q(revoked_at__date__gte=since)
    return rows.filter(still, end_date__gte=since).exists()


def persons_acting_for(organisation_id: int, scope: str | None = None) -> tuple[int, ...]:
    """The keys of the people who may act for an organisation today: whom to tell."""
    rows = _in_force(None).filter(organisation_id=organisation_id, person__is_active=True)
    found = {row.person_id for row in rows if scope is None or _covers(row.scopes, scope)}
    return tuple(sorted(found))


def mandates_of(actor: Actor) -> tuple[Mandate, ...]:
    """One's own mandates and requests, newest first."""
    rows = _rows().filter(person_id=actor.person_id) if actor.person_id is not None else _rows().none()
    return tuple(mandate_of(row) for row in rows)


def mandates_to_settle(actor: Actor) -> tuple[Mandate, ...]:
    """Requests that the actor may grant or refuse, oldest first."""
    rows = _rows().filter(settled_at__isnull=True).exclude(person_id=actor.person_id).order_by("requested_at", "pk")
    if not policies.may_see_every_mandate(actor):
        rows = rows.filter(organisation_id__in=organisation_ids(actor, MANAGE))
    return tuple(
        mandate_of(row)
        for row in rows
        if policies.may_settle_mandate(actor, asked_by=row.person_id, manages=manages(actor, row.organisation_id))
    )


def mandates_for(actor: Actor, organisation_id: int) -> tuple[Mandate, ...]:
    """Who may act, or asked to, for an organisation: for the office and for who manages it."""
    if not (policies.may_see_every_mandate(actor) or manages(actor, organisation_id)):
        return ()
    return tuple(mandate_of(row) for row in _rows().filter(organisation_id=organisation_id))


def manages(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor holds a mandate in force to let others in."""
    return organisation_id in organisation_ids(actor, MANAGE)


def mandate_of(row: MandateRow) -> Mandate:
    """The value behind a row, as it stands today."""
    return Mandate(
        id=row.pk,
        person_id=row.person_id,
        person_name=row.person.display_name,
        organisation=organisation_of(row.organisation),
        scopes=frozenset(row.scopes),
        start_date=row.start_date,
        end_date=row.end_date,
        evidence=row.evidence,
        state=state_of(row, timezone.localdate()),
        reason=row.reason,
    )


def state_of(row: MandateRow, day: date) -> MandateState:
    """Where a mandate stands on a day."""
    if row.revoked_at is not None:
        return MandateState.REVOKED
    if row.settled_at is None:
        return MandateState.REQUESTED
    if not row.granted:
        return MandateState.REFUSED
    if day < row.start_date:
        return MandateState.COMING
    return MandateState.ENDED if day > row.end_date else MandateState.IN_FORCE


def _covers(scopes: list[str], scope: str) -> bool:
    return scope in scopes or (EVERYTHING in scopes and scope != MANAGE)


def _rows() -> QuerySet[MandateRow]:
    return MandateRow.objects.select_related("person", "organisation").order_by("-requested_at", "-pk")


def _in_force(day: date | None) -> QuerySet[MandateRow]:
    on = day or timezone.localdate()
    alive = Q(granted=True, revoked_at__isnull=True, start_date__lte=on, end_date__gte=on)
    return MandateRow.objects.filter(alive)
