"""Sending events to platforms: in the order of each case, again after a pause where one is silent, given up in the end.

What is promised: at least once, with the same ``webhook-id`` at each repeat; an event waits while an earlier one of the same
subject waits. One that is given up lets the next ones go on: the receiver sees the gap in ``sequence`` and can fetch it.
"""

from __future__ import annotations

import json
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.engines.courier import port
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.methods import envelopes
from qiantang.portal.exchange.models import FeedEvent, FeedHead, Platform, Push
from qiantang.portal.exchange.rules import AT_ONCE, GIVEN_UP, LEASE, PAUSES
from qiantang.portal.exchange.selectors.feed import is_for, recipients_of
from qiantang.portal.exchange.services import keys
from qiantang.portal.exchange.types import PushState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from qiantang.kernel.actor import Actor

_TAKEN = range(200, 300)


def push_due(*, actor: Actor, now: datetime | None = None) -> int:
    """Queue what is new for each platform and send what is due; returns how many messages were taken."""
    moment = now or timezone.now()
    taken = 0
    for platform in Platform.objects.filter(active=True).exclude(url="").order_by("pk"):
        _queue(platform, moment)
        taken += _send_to(actor, platform, moment)
    return taken


@transaction.atomic
def _queue(platform: Platform, now: datetime) -> None:
    """A row for each event that the platform is to hear of, in the order of the feed; each once."""
    row = Platform.objects.select_for_update().get(pk=platform.pk)
    new = list(FeedEvent.objects.filter(offset__gt=row.queued_until).order_by("offset")[:AT_ONCE])
    if not new:
        return
    waiting = [one for one in new if is_for(row, one)]
    Push.objects.bulk_create(
        [Push(platform=row, event=one, state=PushState.WAITING, next_try_at=now) for one in waiting],
        ignore_conflicts=True,
    )
    row.queued_until = new[-1].offset
    row.save(update_fields=["queued_until"])


def _send_to(actor: Actor, platform: Platform, now: datetime) -> int:
    """What is due, in order; a subject of which one waits longer waits whole, and takes no place from the others.

    A platform that does not answer at all is left alone until the next time: others wait for one time-out and no more.
    """
    waiting = Push.objects.filter(platform=platform, state=PushState.WAITING)
    later = waiting.filter(next_try_at__gt=now).values("event__subject")
    rows = waiting.exclude(event__subject__in=later).select_related("event", "platform").order_by("event__offset")
    held: set[str] = set()
    taken = 0
    for push in rows[:AT_ONCE]:
        if push.event.subject in held:
            continue
        outcome = _sent(actor, push, now)
        if outcome is _Outcome.TAKEN:
            taken += 1
            continue
        held.add(push.event.subject)
        if outcome is _Outcome.SILENT:
            break
    return taken


class _Outcome(Enum):
    """What came of one message."""

    TAKEN = "taken"
    REFUSED = "refused"
    SILENT = "silent"  # nobody answered
    ELSEWHERE = "elsewhere"  # another worker is at it


def _sent(actor: Actor, push: Push, now: datetime) -> _Outcome:
    """Try once; taken for ourselves for the length of a lease, so that of two workers one sends."""
    mine = Push.objects.filter(pk=push.pk, state=PushState.WAITING, next_try_at=push.next_try_at)
    if not mine.update(next_try_at=now + LEASE, attempts=F("attempts") + 1):
        return _Outcome.ELSEWHERE
    outcome, said = _posted(push.platform, push.event)
    if outcome is _Outcome.TAKEN:
        Push.objects.filter(pk=push.pk).update(state=PushState.TAKEN, settled_at=timezone.now(), said="")
    else:
        _failed(actor, push, said, now)
    return outcome


def _posted(platform: Platform, event: FeedEvent) -> tuple[_Outcome, str]:
    """What came of it, and what went wrong."""
    told: dict[str, Any] = {"event": event.envelope, "recipients": list(recipients_of(platform, event))}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    secret = keys.signing_secret()
    head = envelopes.message_head(secret, id_=str(event.event_id), at=int(timezone.now().timestamp()), body=body)
    try:
        reply = courier().send("POST", platform.url, headers={**head, "Content-Type": "application/json"}, body=body)
    except DomainError as error:
        return _Outcome.SILENT, f"{error.code}: {error.facts.get('said', '')}"[:200]
    if reply.status in _TAKEN:
        return _Outcome.TAKEN, ""
    return _Outcome.REFUSED, f"HTTP {reply.status}"


@transaction.atomic
def _failed(actor: Actor, push: Push, said: str, now: datetime) -> None:
    attempts = push.attempts + 1
    if attempts <= len(PAUSES):
        Push.objects.filter(pk=push.pk).update(next_try_at=now + PAUSES[attempts - 1], said=said)
        return
    Push.objects.filter(pk=push.pk).update(state=PushState.DEAD, settled_at=now, said=said)
    facts = {"platform": push.platform.key, "offset": push.event.offset, "attempts": attempts}
    audit.record(actor=actor, verb="exchange.message.give_up", subject=f"push:{push.pk}", facts=facts)
    _tell_operators(actor, push, attempts, said)


def _tell_operators(actor: Actor, push: Push, attempts: int, said: str) -> None:
    for person in accounts.people(actor):
        if person.active and accounts.Role.OPERATOR in person.roles:
            draft = notices.Draft(
                person_id=person.id,
                kind=GIVEN_UP.code,
                key=f"exchange.given_up:{push.platform_id}:{timezone.localdate().isoformat()}",  # one a day and platform
                subject=f"platform:{push.platform_id}",
                facts={"platform": push.platform.title, "attempts": attempts, "said": said},
                link=reverse("exchange:platform-list"),
            )
            notices.send_notice(actor=actor, draft=draft)


@transaction.atomic
def send_again(*, actor: Actor, push: int) -> None:
    """Take a message that was given up into the queue again.

    errors  NotPermitted · NotFound ``exchange.push_unknown`` · Conflict ``exchange.not_given_up``
    """
    ensure_keeper(actor)
    row = Push.objects.select_for_update().filter(pk=push).first()
    if row is None:
        raise NotFound("exchange.push_unknown")
    if row.state != PushState.DEAD:
        raise Conflict("exchange.not_given_up")
    row.state, row.attempts, row.next_try_at, row.settled_at = PushState.WAITING, 0, timezone.now(), None
    row.save()
    audit.record(actor=actor, verb="exchange.message.repeat", subject=f"push:{row.pk}", facts={})


@transaction.atomic
def replay(*, actor: Actor, platform: int, after: int) -> int:
    """Send a platform everything after an offset once more, in order; returns how many messages. The ids stay the same.

    errors  NotPermitted · NotFound ``exchange.platform_unknown``
    """
    ensure_keeper(actor)
    row = Platform.objects.select_for_update().filter(pk=platform).first()
    if row is None:
        raise NotFound("exchange.platform_unknown")
    start = max(0, min(after, row.queued_until))
    again = Push.objects.filter(platform=row, event__offset__gt=start)
    count = again.update(state=PushState.WAITING, attempts=0, next_try_at=timezone.now(), settled_at=None, said="")
    row.queued_until = start  # events that were not for it then may be now
    row.save(update_fields=["queued_until"])
    audit.record(actor=actor, verb="exchange.feed.replay", subject=f"platform:{row.key}", facts={"after": start})
    return count


def ensure_keeper(actor: Actor) -> None:
    decision = policies.may_keep(actor)
    if not decision:
        raise NotPermitted(decision.code)


def ensure_willing(url: str) -> None:
    """Ask an address whether it wants events from here (CloudEvents, HTTP webhooks: abuse protection).

    errors  Invalid ``exchange.not_willing``, ``exchange.address_malformed``
    """
    origin = settings.PUBLIC_URL.partition("://")[2].partition("/")[0]
    try:
        reply = courier().send("OPTIONS", url, headers={"WebHook-Request-Origin": origin})
    except Invalid as error:
        raise Invalid("exchange.address_malformed", given=url[:200]) from error
    except DomainError as error:
        raise Invalid("exchange.not_willing", said=str(error.facts.get("said", error.code))) from error
    allowed = _allowed(reply.headers)
    if reply.status not in _TAKEN or not allowed & {"*", origin}:
        raise Invalid("exchange.not_willing", said=f"HTTP {reply.status}")


def _allowed(headers: Mapping[str, str]) -> set[str]:
    return {one.strip() for one in headers.get("webhook-allowed-origin", "").split(",")}


def newest_offset() -> int:
    """The last offset given out."""
    return FeedHead.objects.filter(pk=1).values_list("last", flat=True).first() or 0


def courier() -> port.Courier:
    """The adapter which the settings name."""
    return _loaded(settings.COURIER_ADAPTER, json.dumps(settings.COURIER_OPTIONS, sort_keys=True))


@lru_cache(maxsize=4)
def _loaded(adapter: str, options: str) -> port.Courier:
    return port.load(adapter, **json.loads(options))
