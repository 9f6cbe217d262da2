"""The inbox of a person, in that person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.commons.notices import policies
from qiantang.commons.notices.models import Notice, SharedNotice
from qiantang.commons.notices.types import KINDS, NoticeShown
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest


def subject_of(*, unread: bool) -> str:
    """What a cursor of the inbox belongs to."""
    return f"inbox|{'unread' if unread else 'all'}"


def inbox(actor: Actor, page: PageRequest, *, unread: bool = False) -> Page[NoticeShown]:
    """The notices of the person who asks, newest first.

    unread  only those not read
    errors  NotPermitted ``notices.sign_in_first``
    """
    ensure_inbox(actor)
    rows = visible(actor).select_related("shared__organisation").order_by("-created_at", "-id")
    if unread:
        rows = rows.filter(read_at__isnull=True)
    total = rows.count()
    items = [shown(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject=subject_of(unread=unread), total=total))


def unread_count(actor: Actor) -> int:
    """How many notices the person who asks has not read; 0 for those who are not signed in. One query."""
    if actor.person_id is None:
        return 0
    return Notice.objects.filter(policies.visible_to(actor), read_at__isnull=True).count()


def notice_row(actor: Actor, notice: int) -> Notice:
    """errors: NotFound ``notices.unknown``, also for a notice of somebody else"""
    ensure_inbox(actor)
    row = visible(actor).filter(pk=notice).first()
    if row is None:
        raise NotFound("notices.unknown")
    return row


def visible(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(policies.visible_to(actor))


def ensure_inbox(actor: Actor) -> None:
    """errors: NotPermitted ``notices.sign_in_first``"""
    decision = policies.may_have_inbox(actor)
    if not decision:
        raise NotPermitted(decision.code)


def text_of(notice: NoticeShown) -> str:
    """The words of a notice as one text: what a digest is taken of."""
    parts = (notice.title, notice.happened, *notice.details, notice.advice, notice.deadline, notice.follows)
    return "\n".join(one for one in parts if one)


def shown(row: Notice | SharedNotice) -> NoticeShown:
    """A notice in the active language. A fact that is not known reads so; one to an organisation is read by nobody yet."""
    kind = KINDS[row.kind]
    unknown = gettext("not known")
    facts = {name: unknown if value is None else value for name, value in row.facts.items()}
    facts["due"] = row.due_date.isoformat() if row.due_date else unknown

    def told(text: str) -> str:
        return gettext(text) % facts if text else ""

    return NoticeShown(
        id=row.pk,
        kind=row.kind,
        title=told(kind.title),
        happened=told(kind.happened),
        details=tuple(told(text) for fact, text in kind.details if fact in facts),
        advice=told(kind.advice),
        deadline=told(kind.deadline) if row.due_date else "",
        follows=told(kind.follows),
        link=row.link,
        link_label=told(kind.link_label),
        created_at=row.created_at,
        read_at=row.read_at if isinstance(row, Notice) else None,
        legal=kind.legal,
        reminders=row.reminders if isinstance(row, Notice) else 0,
        organisation=row.shared.organisation.name if isinstance(row, Notice) and row.shared else "",
    )
