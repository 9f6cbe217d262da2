"""The ledger of quotas: the yearly grant is written when it is first used, a use when a case is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Limited, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.quota import increment, quota_rule
from qiantang.scenarios.preexam.models import QuotaEntry
from qiantang.scenarios.preexam.selectors.quotas import computed, quota

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.models import DraftRequest


@transaction.atomic
def spend_quota(*, actor: Actor, row: DraftRequest) -> None:
    """Note that a case was accepted. errors: Limited ``preexam.quota_used``"""
    year = timezone.localdate().year
    _granted(actor, row.applicant_id, year)
    # the line of the grant is the lock: two acceptances at once stand in line
    QuotaEntry.objects.select_for_update().get(organisation_id=row.applicant_id, year=year, kind="grant")
    now = quota(row.applicant_id, year)
    if not now.left:
        raise Limited("preexam.quota_used", year=year, used=now.used, granted=now.granted)
    _line(actor, row.applicant_id, year, "use", -1, "", case_id=row.case_id)


def _granted(actor: Actor, organisation_id: int, year: int) -> None:
    amount, passed, accepted = computed(organisation_id, year)
    rule = quota_rule(year)
    QuotaEntry.objects.get_or_create(
        organisation_id=organisation_id,
        year=year,
        kind="grant",
        defaults={
            "amount": amount,
            "why": rule.source,
            "facts": {"passed": passed, "accepted": accepted, "verified": rule.verified},
            "at": timezone.now(),
            "by_id": actor.person_id,
        },
    )


@transaction.atomic
def ask_increment(*, actor: Actor, organisation_id: int, why: str) -> None:
    """Ask for more cases this year: once, and only when the quota is used.

    errors  NotPermitted ``accounts.mandate_missing`` · Conflict ``preexam.increment_too_early``, ``preexam.increment_once``
    """
    organisations.ensure_acting_for(actor, organisation_id, policies.SCOPE)
    year = timezone.localdate().year
    _granted(actor, organisation_id, year)
    now = quota(organisation_id, year)
    if now.increment:
        raise Conflict("preexam.increment_once")
    if now.left:
        raise Conflict("preexam.increment_too_early", left=now.left)
    _line(actor, organisation_id, year, "increment", 0, why)


@transaction.atomic
def settle_increment(*, actor: Actor, organisation_id: int, grant: bool, why: str) -> int:
    """Grant an increment of the share of the rule, or refuse it; returns what it adds.

    errors  NotPermitted ``preexam.supervisor_only`` · Conflict ``preexam.increment_settled``
    """
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
    year = timezone.localdate().year
    QuotaEntry.objects.select_for_update().filter(organisation_id=organisation_id, year=year, kind="grant").first()
    now = quota(organisation_id, year)
    if now.increment != "asked":
        raise Conflict("preexam.increment_settled")
    amount = increment(quota_rule(year), now.granted) if grant else 0
    _line(actor, organisation_id, year, "increment_granted" if grant else "increment_refused", amount, why)
    return amount


def _line(
    actor: Actor, organisation_id: int, year: int, kind: str, amount: int, why: str, *, case_id: int | None = None
) -> None:
    QuotaEntry.objects.create(
        organisation_id=organisation_id,
        year=year,
        kind=kind,
        amount=amount,
        case_id=case_id,
        why=why.strip()[:300],
        at=timezone.now(),
        by_id=actor.person_id,
    )
    facts = {"year": year, "kind": kind, "amount": amount}
    audit.record(actor=actor, verb="preexam.quota.note", subject=f"organisation:{organisation_id}", facts=facts)
