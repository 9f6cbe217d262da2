"""Captures that come again: each is asked for by the heartbeat in the owner's name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.models import CaptureSchedule
from qiantang.commons.evidence.rules import SCHEDULES_MOST
from qiantang.commons.evidence.selectors.collected.captures import schedule_row
from qiantang.commons.evidence.services.collecting.captures import checked_wish, new_number, request_capture
from qiantang.commons.evidence.types import SCHEDULE_DAYS_MOST
from qiantang.kernel.actor import Actor as Who
from qiantang.kernel.errors import DomainError, Invalid, Limited, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def schedule_capture(
    *, actor: Actor, url: str, purpose: str, every_days: int, pages: int = 1, shop: bool = False
) -> str:
    """Have a page captured now and then every so many days. Returns the number of the schedule.

    errors  those of ``request_capture`` · Invalid ``evidence.days`` · Limited ``evidence.schedules``
    """
    if actor.person_id is None or not policies.may_deposit(actor):
        raise NotPermitted("evidence.sign_in_first")
    if not 1 <= every_days <= SCHEDULE_DAYS_MOST:
        raise Invalid("evidence.days", most=SCHEDULE_DAYS_MOST)
    told = checked_wish(url=url, purpose=purpose, pages=pages)
    if CaptureSchedule.objects.filter(owner_id=actor.person_id, stopped_at=None).count() >= SCHEDULES_MOST:
        raise Limited("evidence.schedules", most=SCHEDULES_MOST)
    row = CaptureSchedule.objects.create(
        number=new_number("WS"),
        owner_id=actor.person_id,
        every_days=every_days,
        next_at=timezone.now() + timedelta(days=every_days),
        shop=shop,
        **told,
    )
    audit.record(
        actor=actor, verb="evidence.schedule.make", subject=f"schedule:{row.number}", facts={"days": every_days}
    )
    request_capture(actor=actor, url=url, purpose=purpose, pages=pages, shop=shop, schedule=row)
    return row.number


@transaction.atomic
def stop_schedule(*, actor: Actor, number: str) -> None:
    """Capture no more; what was captured stays.

    errors  NotFound ``evidence.schedule_unknown``
    """
    row = schedule_row(actor, number)
    CaptureSchedule.objects.filter(pk=row.pk, stopped_at=None).update(stopped_at=timezone.now())
    audit.record(actor=actor, verb="evidence.schedule.stop", subject=f"schedule:{row.number}", facts={})


def queue_due_captures(*, actor: Actor) -> int:  # noqa: ARG001 - each is its owner's
    """The heartbeat: ask for the captures whose day has come; days that were missed are not made up for."""
    now, queued = timezone.now(), 0
    due = CaptureSchedule.objects.filter(stopped_at=None, next_at__lte=now).select_related("owner").order_by("pk")
    for row in list(due):
        later = now + timedelta(days=row.every_days)
        if not CaptureSchedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=later):
            continue  # somebody else was here
        owner = Who(person_id=row.owner_id, name=row.owner.display_name)
        try:
            request_capture(actor=owner, url=row.url, purpose=row.purpose, pages=row.pages, shop=row.shop, schedule=row)
        except DomainError:  # no browser today, or the day's captures are used up: the next turn comes
            continue
        queued += 1
    return queued
