"""Alerts of right holders to authorities with which the sheet is shared, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.notices.api import Draft, send_notice
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import AlertCopy, SheetAlert
from qiantang.scenarios.protection.rules.marks import ALERTED
from qiantang.scenarios.protection.services.authorities import ensure_region
from qiantang.scenarios.protection.services.sheets import noted, own_sheet
from qiantang.scenarios.protection.types.marks import AlertKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.scenarios.protection.models import Authority

_LONGEST = 4000


@transaction.atomic
def send_alert(
    *,
    actor: Actor,
    key: int,
    kind: str,
    text: str,
    authorities: Collection[int],
    district: str = "",
    expected_on: date | None = None,
) -> int:
    """Alert authorities, each of which the right holder names and has shared the sheet with; its officers are told. Returns the
    key of the alert.

    errors  NotFound · Invalid ``protection.alert_empty``, ``protection.authority_district`` · Conflict ``protection.not_shared``
    """
    row = own_sheet(actor, key)
    if not text.strip() or not authorities or kind not in set(map(str, AlertKind)):
        raise Invalid("protection.alert_empty")
    ensure_region(district)
    shares = row.shares.filter(withdrawn_at__isnull=True).select_related("authority")
    shared = {one.authority_id: one.authority for one in shares}
    if not set(authorities) <= set(shared):
        raise Conflict("protection.not_shared")
    alert = SheetAlert.objects.create(
        sheet=row,
        kind=kind,
        district=district,
        text=text.strip()[:_LONGEST],
        expected_on=expected_on,
        sent_at=timezone.now(),
    )
    for one in sorted(set(authorities)):
        _hand_out(alert, shared[one])
    noted(actor, row, "alert", {"alert": alert.pk, "authorities": len(set(authorities))})
    return alert.pk


def _hand_out(alert: SheetAlert, authority: Authority) -> None:
    AlertCopy.objects.create(alert=alert, authority=authority)
    tell_people(
        organisations.persons_acting_for(authority.organisation_id, policies.ENFORCE),
        kind=ALERTED.code,
        key=f"alert:{alert.pk}",
        subject=f"sheet:{alert.sheet_id}",
        link=f"/protection/sheets/{alert.sheet_id}",
        facts={"product": alert.sheet.product[:80]},
    )


@transaction.atomic
def withdraw_alert(*, actor: Actor, key: int, alert: int) -> None:
    """Take an alert back: authorities do not see it any more. errors: NotFound ``protection.alert_unknown``"""
    row = own_sheet(actor, key)
    if not row.alerts.filter(pk=alert, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
        raise NotFound("protection.alert_unknown")
    noted(actor, row, "alert_withdraw", {"alert": alert})


@transaction.atomic
def answer_alert(*, actor: Actor, key: int, alert: int, answer: str) -> None:
    """Say that an alert was seen, or what follows from it: an authority that has it.

    errors  NotFound ``protection.alert_unknown``, also where the sheet was withdrawn
    """
    mine = [one.pk for one in policies.authorities_of(actor)]
    copies = AlertCopy.objects.select_for_update().filter(
        alert_id=alert, alert__sheet_id=key, alert__withdrawn_at__isnull=True, authority_id__in=mine
    )
    copy = copies.select_related("alert__sheet", "authority").first()
    shared = copy and copy.alert.sheet.shares.filter(authority_id=copy.authority_id, withdrawn_at__isnull=True).exists()
    if copy is None or not shared:
        raise NotFound("protection.alert_unknown")
    now = timezone.now()
    copy.seen_at = copy.seen_at or now
    if answer.strip():
        copy.answer, copy.answered_at = answer.strip()[:1000], now
    copy.save(update_fields=["seen_at", "answer", "answered_at"])
    noted(actor, copy.alert.sheet, "alert_answer", {"alert": alert, "authority": copy.authority_id})


def tell_people(
    people: Collection[int],
    *,
    kind: str,
    key: str,
    subject: str,
    link: str,
    facts: dict[str, str | int | None],
    due: date | None = None,
) -> int:
    """The same notice to several people; how many were new."""
    platform = Actor.system("sheets of right holders")
    drafts = [
        Draft(person_id=one, kind=kind, key=key, subject=subject, link=link, facts=facts, due=due) for one in people
    ]
    return sum(send_notice(actor=platform, draft=draft) for draft in drafts)
