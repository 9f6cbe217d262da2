"""What is to be sent by a channel, and when. Nobody who waits for a page waits for a mail server or a gateway.

A legal notice goes at once, whatever hours or digests its reader wants; everything else keeps to them. A reminder of a legal
notice goes to every confirmed address and number, whatever kinds its reader wants there; never without consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from qiantang.commons.events import api as events
from qiantang.commons.notices.events import MailQueued
from qiantang.commons.notices.methods.rhythm import next_digest, sendable_at
from qiantang.commons.notices.models import Dispatch, Notice
from qiantang.commons.notices.selectors.habits import rhythm_of
from qiantang.commons.notices.selectors.mails import address_for
from qiantang.commons.notices.selectors.texts import number_for
from qiantang.commons.notices.types import KINDS, Digest, Way

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.commons.notices.types import Rhythm


def queue_notice(notice: Notice, *, round_: int = 0) -> int:
    """Queue a notice by each channel by which its reader wants it, in the caller's transaction; returns by how many.

    round_  0: the first time; n: the n-th reminder
    """
    kind = KINDS[notice.kind]
    person, any_kind = notice.person_id, kind.legal and round_ > 0
    ways = [Way.MAIL] if address_for(person, kind.code, any_kind=any_kind) else []
    ways += [Way.TEXT] if number_for(person, kind.code, any_kind=any_kind) else []
    if not ways:
        return 0
    now = timezone.now()
    if kind.legal:
        return sum(_queued(notice, way, round_, now) for way in ways)
    rhythm = rhythm_of(person)
    if rhythm.digest is not Digest.NONE and Way.MAIL in ways:
        return _folded(notice, rhythm, now)
    at = sendable_at(timezone.localtime(now), rhythm)
    return sum(_queued(notice, way, round_, at) for way in ways)


def queue_confirmation(*, person: int, way: Way, confirms: str) -> None:
    """A message that shows who reads there; somebody waits for it, so it goes at once."""
    now = timezone.now()
    told = {"person_id": person, "way": way, "confirms": confirms, "mark": uuid4(), "created_at": now, "next_at": now}
    events.publish(MailQueued(dispatch=Dispatch.objects.create(**told).pk))


def _queued(notice: Notice, way: Way, round_: int, at: datetime) -> int:
    told = {"person_id": notice.person_id, "mark": uuid4(), "created_at": timezone.now(), "next_at": at}
    row, new = Dispatch.objects.get_or_create(notice=notice, way=way, round=round_, defaults=told)
    if new and at <= timezone.now():
        events.publish(MailQueued(dispatch=row.pk))
    return int(new)


def _folded(notice: Notice, rhythm: Rhythm, now: datetime) -> int:
    """Put a notice into the digest of its reader that is not due yet; where there is none, begin one."""
    open_ones = Dispatch.objects.filter(person_id=notice.person_id, is_digest=True, state=Dispatch.State.WAITING)
    digest = open_ones.filter(next_at__gt=now).order_by("next_at").first()
    told = {"person_id": notice.person_id, "created_at": now}
    if digest is None:
        at = next_digest(timezone.localtime(now), rhythm)
        digest = Dispatch.objects.create(is_digest=True, mark=uuid4(), next_at=at, **told)
    folded = {"folded_into": digest, "state": Dispatch.State.FOLDED, "mark": uuid4(), "next_at": digest.next_at}
    _, new = Dispatch.objects.get_or_create(notice=notice, way=Way.MAIL, round=0, defaults={**told, **folded})
    return int(new)
