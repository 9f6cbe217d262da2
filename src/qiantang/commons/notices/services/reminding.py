"""Legal notices that nobody reads: sent again after days of the rule, and in the end told to whoever sent them.

A notice to an organisation is read when one of those who act for it has read it. It is escalated to everybody who acts for the
organisation, whatever their mandate covers, and, as every other, by an event to the room that sent it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.commons.notices import policies
from qiantang.commons.notices.events import LegalUnread
from qiantang.commons.notices.methods.reminding import least_days, rule_on
from qiantang.commons.notices.models import Notice, SharedNotice
from qiantang.commons.notices.services.issuing import copy_for
from qiantang.commons.notices.services.queueing import queue_notice
from qiantang.commons.notices.types import KINDS
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.kernel.actor import Actor

_DAY_SECONDS = 86_400


def tend_legal(*, actor: Actor, now: datetime | None = None) -> int:
    """Send again and escalate what is due; returns how many notices were touched.

    errors  NotPermitted for anybody but the platform
    """
    if not policies.may_post(actor):
        raise NotPermitted("notices.sign_in_first")
    moment = now or timezone.now()
    legal = [kind.code for kind in KINDS if kind.legal]
    old = moment - timedelta(days=least_days())
    read = Notice.objects.filter(shared=OuterRef("shared"), read_at__isnull=False)
    unread = Notice.objects.filter(kind__in=legal, read_at__isnull=True, escalated_at__isnull=True, created_at__lte=old)
    touched = 0
    for row in unread.exclude(Exists(read)).order_by("pk").iterator():
        touched += _reminded(actor, row.pk, moment)
    taken = Notice.objects.filter(shared=OuterRef("pk"), read_at__isnull=False)
    shared = SharedNotice.objects.filter(kind__in=legal, escalated_at__isnull=True, created_at__lte=old)
    for one in shared.exclude(Exists(taken)).order_by("pk").iterator():
        touched += _escalated_shared(actor, one.pk, moment)
    return touched


@transaction.atomic
def _reminded(actor: Actor, key: int, now: datetime) -> int:
    row = Notice.objects.select_for_update().filter(pk=key, read_at__isnull=True, escalated_at__isnull=True).first()
    rule = rule_on(timezone.localdate(row.created_at)) if row else None
    if row is None or rule is None:
        return 0
    age = now - row.created_at
    wanted = rule.reminders_due(age)
    if wanted > row.reminders:
        row.reminders = wanted  # one message, however many days the worker was away
        row.save(update_fields=["reminders"])
        ways = queue_notice(row, round_=wanted)
        _noted(actor, row, "remind", {"round": wanted, "ways": ways})
        return 1
    if row.shared_id is None and rule.is_escalated(age):
        row.escalated_at = now
        row.save(update_fields=["escalated_at"])
        _tell(row, age, person=row.person_id, organisation=None)
        _noted(actor, row, "escalate", {"days": age.days})
        return 1
    return 0


@transaction.atomic
def _escalated_shared(actor: Actor, key: int, now: datetime) -> int:
    row = SharedNotice.objects.select_for_update().filter(pk=key, escalated_at__isnull=True).first()
    rule = rule_on(timezone.localdate(row.created_at)) if row else None
    if row is None or rule is None or not rule.is_escalated(now - row.created_at):
        return 0
    row.escalated_at = now
    row.save(update_fields=["escalated_at"])
    told = 0
    for person in organisations.persons_acting_for(row.organisation_id):
        copy, new = copy_for(row, person)
        if new:
            told += 1
            queue_notice(copy)
    Notice.objects.filter(shared=row, read_at__isnull=True).update(escalated_at=now)
    _tell(row, now - row.created_at, person=None, organisation=row.organisation_id)
    _noted(actor, row, "escalate", {"days": (now - row.created_at).days, "told": told})
    return 1


def _tell(row: Notice | SharedNotice, age: timedelta, *, person: int | None, organisation: int | None) -> None:
    events.publish(
        LegalUnread(
            notice=row.pk,
            kind=row.kind,
            subject=row.subject,
            person_id=person,
            organisation_id=organisation,
            days=int(age.total_seconds() // _DAY_SECONDS),
        )
    )


def _noted(actor: Actor, row: Notice | SharedNotice, act: str, facts: dict[str, object]) -> None:
    noun = "notice" if isinstance(row, Notice) else "shared-notice"
    audit.record(actor=actor, verb=f"notices.legal.{act}", subject=f"{noun}:{row.pk}", facts=facts)
