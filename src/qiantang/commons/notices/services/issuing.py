"""Telling people and organisations: into their inbox at once, by other channels through the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from qiantang.commons.accounts.api import organisations
from qiantang.commons.notices.models import Notice, SharedNotice
from qiantang.commons.notices.selectors.inbox import ensure_inbox, notice_row, shown, text_of, visible
from qiantang.commons.notices.services.proving import digest_of, note_delivered, note_proof
from qiantang.commons.notices.services.queueing import queue_notice
from qiantang.commons.notices.types import KINDS, Draft, Step, Way

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def send_notice(*, actor: Actor, draft: Draft) -> bool:  # noqa: ARG001 - every service knows who acts
    """Put a notice into the inbox of a person or of an organisation, in the caller's transaction, and queue it by each channel
    by which who reads it wants it.

    returns     whether it is new: the same key for the same person or organisation is told once
    errors      KeyError for an undeclared kind, ValueError for a link to elsewhere: faults of the caller's code
    """
    kind = KINDS[draft.kind]
    if not draft.link.startswith("/") or draft.link.startswith("//"):
        raise ValueError(f"a notice leads to a page of this platform, not to {draft.link!r}")
    told: dict[str, Any] = {
        "kind": kind.code,
        "subject": draft.subject,
        "facts": dict(draft.facts),
        "link": draft.link,
        "due_date": draft.due,
        "created_at": timezone.now(),
    }
    if draft.organisation_id is not None:
        return _to_organisation(draft, draft.organisation_id, told)
    notice, new = Notice.objects.get_or_create(person_id=draft.person_id, key=draft.key, defaults=told)
    if new:
        note_delivered(notice)
        queue_notice(notice)
    return new


def _to_organisation(draft: Draft, organisation: int, told: dict[str, Any]) -> bool:
    """The notice of the organisation, and a copy for everyone whose mandate covers it today."""
    with translation.override(settings.LANGUAGE_CODE):
        text = text_of(shown(SharedNotice(**told)))
    more = {"scope": draft.scope, "language": settings.LANGUAGE_CODE, "text_sha256": digest_of(text)}
    shared, new = SharedNotice.objects.get_or_create(
        organisation_id=organisation, key=draft.key, defaults={**told, **more}
    )
    if new:
        for person in organisations.persons_acting_for(organisation, draft.scope or None):
            if person != draft.sparing:
                copy, fresh = copy_for(shared, person)
                if fresh:
                    queue_notice(copy)
    return new


def copy_for(shared: SharedNotice, person: int) -> tuple[Notice, bool]:
    """The copy of one who acts for the organisation; a notice which they had in their own right becomes it."""
    told = {name: getattr(shared, name) for name in ("kind", "subject", "facts", "link", "due_date", "created_at")}
    copy, new = Notice.objects.get_or_create(person_id=person, key=shared.key, defaults={**told, "shared": shared})
    if new:
        note_delivered(copy)
    elif copy.shared_id is None:
        Notice.objects.filter(pk=copy.pk).update(shared=shared)
    return copy, new


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
    """Take away every notice about something that is gone, with messages not yet sent; returns how many notices."""
    _, counts = Notice.objects.filter(subject=subject).delete()
    SharedNotice.objects.filter(subject=subject).delete()
    return counts.get("notices.Notice", 0)
