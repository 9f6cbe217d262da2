"""Writes: calendar addresses made and revoked, notices of grant noted."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from qiantang.commons.audit import api as audit
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import DomainError, Invalid
from qiantang.portal.deadlines.models import GrantNotice, PatentFeed
from qiantang.portal.deadlines.selectors import digest_of, organisation_of

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor


@transaction.atomic
def make_feed(*, actor: Actor) -> str:
    """A new secret for the calendar of the organisation the actor acts for; the one before opens nothing any more.

    errors  NotPermitted ``deadlines.act_for_first``
    """
    key = organisation_of(actor)
    secret = secrets.token_urlsafe(24)
    told = {"digest": digest_of(secret), "made_at": timezone.now(), "language": get_language() or "zh-hans"}
    PatentFeed.objects.update_or_create(person_id=actor.person_id, organisation_id=key, defaults=told)
    audit.record(actor=actor, verb="deadlines.feed.make", subject=f"organisation:{key}", facts={})
    return secret


@transaction.atomic
def revoke_feed(*, actor: Actor) -> None:
    """Let the address open nothing any more. errors: NotPermitted ``deadlines.act_for_first``"""
    key = organisation_of(actor)
    PatentFeed.objects.filter(person_id=actor.person_id, organisation_id=key).delete()
    audit.record(actor=actor, verb="deadlines.feed.revoke", subject=f"organisation:{key}", facts={})


@transaction.atomic
def note_grant_notice(*, actor: Actor, number: str, received_date: date | None) -> None:
    """Note when the notice of grant came in for an application.

    errors  NotPermitted ``deadlines.act_for_first`` · Invalid ``deadlines.notice_malformed``
    """
    key = organisation_of(actor)
    try:
        record = register.get(number)
    except DomainError as fault:
        raise Invalid("deadlines.notice_malformed") from fault
    if received_date is None or received_date > timezone.localdate():
        raise Invalid("deadlines.notice_malformed")
    GrantNotice.objects.update_or_create(
        organisation_id=key, patent_id=record.patent_id, defaults={"received_date": received_date}
    )
    facts = {"patent": record.patent_id, "received": received_date.isoformat()}
    audit.record(actor=actor, verb="deadlines.notice.note", subject=f"organisation:{key}", facts=facts)
