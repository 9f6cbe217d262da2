"""Publishing in the transaction, delivering after it: at least once, and once in the database."""

from __future__ import annotations

import json
import logging
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.events import selectors
from qiantang.commons.events.models import Delivery, OutboxEvent
from qiantang.commons.events.types import Delivered, Event, Subscription, subscriptions_to

_log = logging.getLogger(__name__)
_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)
_AT_ONCE = 100


class _TooEarlyError(Exception):
    """An event is before its turn; it comes again."""


def publish(event: Event) -> None:
    """Store an event in the caller's transaction; where that commits, delivery begins.

    errors  TypeError where a field is not a plain value
    """
    told = {one.name: getattr(event, one.name) for one in fields(event)}
    now = timezone.now()
    OutboxEvent.objects.create(name=event.name, payload=_plain(told), published_at=now, next_round_at=now)
    transaction.on_commit(_after_commit, robust=True)


def deliver_pending(limit: int = _AT_ONCE) -> int:
    """Hand the waiting events whose round has come to their handlers, oldest first.

    limit       events at most in one call
    returns     how many events are settled now
    A handler that raises is noted with its error; the event comes again after 10 s, 20 s, 40 s … at most an hour.
    """
    return sum(_deliver(event) for event in selectors.due(timezone.now(), limit))


def _deliver(event: OutboxEvent) -> bool:
    told = Delivered(event.event_id, event.name, event.payload, event.published_at.astimezone(UTC))
    errors: list[str] = []
    for subscription in subscriptions_to(event.name):
        try:
            _hand_over(event, told, subscription)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the others still run
            _log.exception("handler %s failed for event %s", subscription.handler, event.event_id)
            errors.append(f"{subscription.handler}: {type(error).__name__}: {error}")
    if errors:
        _postpone(event, "\n".join(errors))
        return False
    OutboxEvent.objects.filter(pk=event.pk).update(settled_at=timezone.now(), last_error="")
    return True


@transaction.atomic
def _hand_over(event: OutboxEvent, told: Delivered, subscription: Subscription) -> None:
    """Run one handler unless it ran before; a second worker waits at the unique row and then sees that it did."""
    _, new = Delivery.objects.get_or_create(event=event, handler=subscription.handler)
    if new and subscription.in_order_by and selectors.earlier_waiting(event, subscription):
        raise _TooEarlyError("an earlier event of the same thing has not been heard yet")
    if new:
        subscription.handle(told)


def _postpone(event: OutboxEvent, errors: str) -> None:
    rounds = event.failed_rounds + 1
    OutboxEvent.objects.filter(pk=event.pk).update(
        failed_rounds=rounds,
        next_round_at=_next_round(timezone.now(), rounds),
        last_error=errors,
    )


def _next_round(now: datetime, failed_rounds: int) -> datetime:
    doublings = min(failed_rounds - 1, 20)  # beyond that the pause is the longest anyway
    pause: timedelta = min(_FIRST_PAUSE * 2**doublings, _LONGEST_PAUSE)
    return now + pause


def _after_commit() -> None:
    import_string(settings.EVENTS_ON_COMMIT)()


def _plain(told: dict[str, Any]) -> Any:
    """The payload as it will be read back: tuples are lists from the start."""
    return json.loads(json.dumps(told, allow_nan=False))
