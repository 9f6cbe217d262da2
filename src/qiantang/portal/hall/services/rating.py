"""Ratings: one a matter and channel, by the parties alone; a bad one is contacted and settled, and the reply is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.notices import api as notices
from qiantang.commons.refdata.api import work_calendar
from qiantang.kernel.calendar import add_workdays
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.ratings import GOOD
from qiantang.portal.hall.models import Matter, Rating
from qiantang.portal.hall.rules import RATE_US, RATING_WORKDAYS, RECTIFY_WORKDAYS, VERIFY_WORKDAYS
from qiantang.portal.hall.selectors.matters import matter_row, title_of
from qiantang.portal.hall.selectors.ratings import rateable_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor

_GRADES = range(1, 6)
_COMMENT = 2000


def note_reading(*, actor: Actor, count: int) -> None:
    """Note that somebody who does not follow them up read the open bad grades: they hold what people wrote in confidence."""
    audit.record(actor=actor, verb="hall.rating.read", subject="rating:open", facts={"count": count})


@transaction.atomic
def rate_matter(*, actor: Actor, number: str, grade: int, comment: str = "", channel: str = "online") -> int:
    """Rate how a matter was handled.

    errors  NotFound · NotPermitted ``hall.rate_parties`` · Invalid ``hall.grade``
            Conflict ``hall.rate_after``, ``hall.rated_already``
    """
    matter = matter_row(actor, number, lock=True)
    if actor.person_id is None or casework.case_sheet(actor, number).internal:
        raise NotPermitted("hall.rate_parties")
    if grade not in _GRADES:
        raise Invalid("hall.grade")
    until = rateable_until(matter)
    if until is None or timezone.localdate() > until:
        raise Conflict("hall.rate_after", days=RATING_WORKDAYS)
    today, calendar = timezone.localdate(), work_calendar()
    is_bad = grade < GOOD
    try:
        with transaction.atomic():
            row = Rating.objects.create(
                matter=matter,
                channel=channel,
                grade=grade,
                comment=comment.strip()[:_COMMENT],
                given_at=timezone.now(),
                given_by_id=actor.person_id,
                verify_by=add_workdays(today, VERIFY_WORKDAYS, calendar).day if is_bad else None,
                rectify_by=add_workdays(today, RECTIFY_WORKDAYS, calendar).day if is_bad else None,
            )
    except IntegrityError:
        raise Conflict("hall.rated_already") from None
    audit.record(actor=actor, verb="hall.rating.give", subject=f"rating:{row.pk}", facts={"grade": grade})
    return row.pk


@transaction.atomic
def note_contact(*, actor: Actor, rating_id: int, note: str) -> None:
    """Note that who gave a bad grade was contacted. errors: NotPermitted · Invalid ``casework.note_missing``"""
    row = _bad(actor, rating_id)
    if not note.strip():
        raise Invalid("casework.note_missing")
    row.contacted_at, row.contacted_by_id, row.contact_note = timezone.now(), actor.person_id, note.strip()
    row.save(update_fields=["contacted_at", "contacted_by", "contact_note"])
    audit.record(actor=actor, verb="hall.rating.contact", subject=f"rating:{row.pk}", facts={})


@transaction.atomic
def settle_rating(*, actor: Actor, rating_id: int, reply: str) -> None:
    """Settle a bad grade after the contact; the reply is published.

    errors  NotPermitted · Conflict ``hall.contact_first`` · Invalid ``hall.reply_missing``
    """
    row = _bad(actor, rating_id)
    if row.contacted_at is None:
        raise Conflict("hall.contact_first")
    if not reply.strip():
        raise Invalid("hall.reply_missing")
    row.reply, row.settled_at = reply.strip()[:_COMMENT], timezone.now()
    row.save(update_fields=["reply", "settled_at"])
    audit.record(actor=actor, verb="hall.rating.settle", subject=f"rating:{row.pk}", facts={})


def _bad(actor: Actor, rating_id: int) -> Rating:
    decision = policies.may_follow_up(actor)
    if not decision:
        raise NotPermitted(decision.code)
    row = Rating.objects.select_for_update().filter(pk=rating_id, grade__lt=GOOD, settled_at__isnull=True).first()
    if row is None:
        raise Invalid("hall.rating_unknown")
    return row


def invite(*, actor: Actor, case_id: int, people: Sequence[int], key: str) -> None:
    """Ask the parties of a matter that has ended how it was; a part of a bundle is not asked for by itself."""
    matter = Matter.objects.filter(case_id=case_id).select_related("case").first()
    until = rateable_until(matter) if matter else None
    if matter is None or until is None or matter.bundle_id is not None:
        return
    number = casework.case_sheet(actor, matter.case.number).card.number
    for person in people:
        notices.send_notice(
            actor=actor,
            draft=notices.Draft(
                kind=RATE_US.code,
                person_id=person,
                subject=f"case:{matter.case.number}",
                facts={"number": number, "service": title_of(matter), "day": until.isoformat()},
                link=reverse("hall:matter-show", args=[number]) + "#rating",
                due=until,
                key=f"{key}:{person}",
            ),
        )
