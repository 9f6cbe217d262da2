"""Telling people: into their inbox at once, by mail through the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from qiantang.commons.events import api as events
from qiantang.commons.notices.events import MailQueued
from qiantang.commons.notices.models import Dispatch, Notice
from qiantang.commons.notices.selectors.inbox import ensure_inbox, notice_row, shown, text_of, visible
from qiantang.commons.notices.selectors.mails import address_for
from qiantang.commons.notices.services.proving import note_delivered, note_proof
from qiantang.commons.notices.types import KINDS, Draft, Step, Way

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def send_notice(*, actor: Actor, draft: Draft) -> bool:  # noqa: ARG001 - every service knows who acts
    """Put a notice into a person's inbox, in the caller's transaction, and queue a mail where that person wants one.

    returns     whether it is new: the same key for the same person is told once
    errors      KeyError for an undeclared kind, ValueError for a link to elsewhere: faults of the caller's code
    """
    kind = KINDS[draft.kind]
    if not draft.link.startswith("/") or draft.link.startswith("//"):
        raise ValueError(f"a notice leads to a page of this platform, not to {draft.link!r}")
    now = timezone.now()
    told = {
        "kind": kind.code,
        "subject": draft.subject,
        "facts": dict(draft.facts),
        "link": draft.link,
        "due_date": draft.due,
        "created_at": now,
    }
    notice, new = Notice.objects.get_or_create(person_id=draft.person_id, key=draft.key, defaults=told)
    if new:
        note_delivered(notice)
    if new and address_for(draft.person_id, kind.code) is not None:
        queue_mail(person=draft.person_id, notice=notice)
    return new


def queue_mail(*, person: int, notice: Notice | None = None, confirms: str = "") -> None:
    """A mail to be sent, in the caller's transaction. Nobody who waits for a page waits for a mail server."""
    now = timezone.now()
    dispatch = Dispatch.objects.create(
        person_id=person, notice=notice, confirms=confirms, mark=uuid4(), created_at=now, next_at=now
    )
    events.publish(MailQueued(dispatch=dispatch.pk))


@transaction.atomic
def mark_read(*, actor: Actor, notice: int) -> str:
    """Note that one's notice was read; returns the address it leads to. Doing it again changes nothing.

    errors  NotFound ``notices.unknown``
    """
    row = notice_row(actor, notice)
    if visible(actor).filter(pk=row.pk, read_at__isnull=True).update(read_at=timezone.now()):
        note_proof(row.pk, Step.OPENED, Way.INBOX, text_of(shown(row)))
    return row.link


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    """Note that all of one's notices were read; returns how many were not before."""
    ensure_inbox(actor)
    unread = list(visible(actor).filter(read_at__isnull=True))
    for row in unread:
        note_proof(row.pk, Step.OPENED, Way.INBOX, text_of(shown(row)))
    return visible(actor).filter(pk__in=[row.pk for row in unread], read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def forget_notices(*, actor: Actor, subject: str) -> int:  # noqa: ARG001 - every service knows who acts
    """Take away every notice about something that is gone, with mails not yet sent; returns how many notices."""
    _, counts = Notice.objects.filter(subject=subject).delete()
    return counts.get("notices.Notice", 0)
