"""Writes: organisations and the mandates of those who act for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts import policies
from qiantang.commons.accounts.models import Mandate as MandateRow
from qiantang.commons.accounts.models import Organisation as OrganisationRow
from qiantang.commons.accounts.rules import MANDATE_YEARS
from qiantang.commons.accounts.selectors.organisations import manages, mandate_of, organisation_of
from qiantang.commons.accounts.types import MANDATE_SCOPES, Mandate, Organisation
from qiantang.commons.audit import api as audit
from qiantang.kernel.calendar import add_months
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_credit_code

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision

_NAME = range(2, 201)
_EVIDENCE = range(2, 301)
_REASON_LONGEST = 300


@transaction.atomic
def register_organisation(*, actor: Actor, uscc: str, name: str) -> Organisation:
    """Note an organisation, or find the one that has the code already: its name stays as it is.

    uscc    in any width and grouping
    errors  NotPermitted · Invalid ``identifiers.uscc_malformed``, ``identifiers.uscc_check``, ``accounts.organisation_name``
    """
    if not actor.has_role("system"):
        _ensure(policies.may_have_mandates(actor))
    code = parse_credit_code(uscc).text
    called = " ".join(name.split())
    if len(called) not in _NAME or not called.isprintable():
        raise Invalid("accounts.organisation_name")
    row, new = OrganisationRow.objects.get_or_create(uscc=code, defaults={"name": called})
    if new:
        audit.record(
            actor=actor, verb="accounts.organisation.register", subject=f"organisation:{row.pk}", facts={"uscc": code}
        )
    return organisation_of(row)


@transaction.atomic
def request_mandate(
    *,
    actor: Actor,
    organisation_id: int,
    scopes: Collection[str],
    start_date: date,
    end_date: date,
    evidence: str,
) -> Mandate:
    """Ask to act for an organisation. It has no effect until somebody else grants it.

    errors  NotPermitted · NotFound ``accounts.organisation_unknown`` · Conflict ``accounts.mandate_open``
            Invalid ``accounts.mandate_scope``, ``accounts.mandate_dates``, ``accounts.mandate_evidence``
    """
    _ensure(policies.may_have_mandates(actor))
    assert actor.person_id is not None
    if not OrganisationRow.objects.filter(pk=organisation_id).exists():
        raise NotFound("accounts.organisation_unknown", uscc=organisation_id)
    if not scopes or any(scope not in MANDATE_SCOPES for scope in scopes):
        raise Invalid("accounts.mandate_scope", scope=", ".join(sorted(scopes))[:100])
    if not start_date <= end_date <= add_months(start_date, 12 * MANDATE_YEARS):
        raise Invalid("accounts.mandate_dates", most=MANDATE_YEARS)
    told = " ".join(evidence.split())
    if len(told) not in _EVIDENCE:
        raise Invalid("accounts.mandate_evidence")
    try:
        with transaction.atomic():
            row = MandateRow.objects.create(
                person_id=actor.person_id,
                organisation_id=organisation_id,
                scopes=sorted(set(scopes)),
                start_date=start_date,
                end_date=end_date,
                evidence=told,
                requested_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("accounts.mandate_open") from None
    _note(actor, row, "request", {"scopes": row.scopes, "organisation": organisation_id})
    return mandate_of(row)


@transaction.atomic
def settle_mandate(*, actor: Actor, mandate_id: int, grant: bool, reason: str = "") -> Mandate:
    """Grant a request, or refuse it with a reason.

    errors  NotFound · NotPermitted ``accounts.mandate_not_yours_to_settle`` · Conflict ``accounts.mandate_settled``
    """
    row = _locked(actor, mandate_id)
    if row.settled_at is not None:
        raise Conflict("accounts.mandate_settled")
    row.settled_at, row.settled_by_id = timezone.now(), actor.person_id
    row.granted, row.reason = grant, reason.strip()[:_REASON_LONGEST]
    row.save(update_fields=["settled_at", "settled_by_id", "granted", "reason"])
    _note(actor, row, "grant" if grant else "refuse", {"reason": row.reason})
    return mandate_of(row)


@transaction.atomic
def revoke_mandate(*, actor: Actor, mandate_id: int, reason: str = "") -> Mandate:
    """End a mandate at once, or take a request back. Who holds it may, and who could have granted it.

    errors  NotFound · NotPermitted · Conflict ``accounts.mandate_settled``
    """
    row = _locked(actor, mandate_id, own=True)
    if row.revoked_at is not None or (row.settled_at is not None and not row.granted):
        raise Conflict("accounts.mandate_settled")
    now = timezone.now()
    row.revoked_at, row.settled_at = now, row.settled_at or now
    row.reason = reason.strip()[:_REASON_LONGEST] or row.reason
    row.save(update_fields=["revoked_at", "settled_at", "reason"])
    _note(actor, row, "revoke", {"reason": row.reason})
    return mandate_of(row)


def _locked(actor: Actor, mandate_id: int, *, own: bool = False) -> MandateRow:
    """The row, locked, where the actor may settle it. Who may not know of it is told that there is none."""
    row = MandateRow.objects.select_for_update().filter(pk=mandate_id).first()
    if row is None:
        raise NotFound("accounts.mandate_unknown")
    mine = row.person_id == actor.person_id
    if mine and own:
        return row
    in_charge = manages(actor, row.organisation_id)
    if not (mine or in_charge or policies.may_see_every_mandate(actor)):
        raise NotFound("accounts.mandate_unknown")
    _ensure(policies.may_settle_mandate(actor, asked_by=row.person_id, manages=in_charge))
    return row


def _note(actor: Actor, row: MandateRow, act: str, facts: dict[str, object]) -> None:
    audit.record(actor=actor, verb=f"accounts.mandate.{act}", subject=f"mandate:{row.pk}", facts=facts)


def _ensure(decision: Decision) -> None:
    if not decision:
        raise NotPermitted(decision.code)
