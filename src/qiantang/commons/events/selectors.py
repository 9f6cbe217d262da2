"""Reads of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.events.models import Delivery, OutboxEvent
from qiantang.commons.events.types import heard_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qiantang.commons.events.types import Subscription


def waiting_count() -> int:
    """How many events some handler has yet to see."""
    return OutboxEvent.objects.filter(settled_at__isnull=True).count()


def due(now: datetime, limit: int) -> Sequence[OutboxEvent]:
    """The unsettled events whose round has come, oldest first, at most ``limit``."""
    unsettled = OutboxEvent.objects.filter(settled_at__isnull=True, next_round_at__lte=now)
    return list(unsettled.order_by("id")[:limit])


def earlier_waiting(event: OutboxEvent, subscription: Subscription) -> bool:
    """Whether a handler that hears in order has yet to hear an earlier event of the same thing."""
    field = subscription.in_order_by
    names = heard_by(subscription.handler)
    before = OutboxEvent.objects.filter(settled_at__isnull=True, pk__lt=event.pk, name__in=names)
    before = before.filter(**{f"payload__{field}": event.payload[field]})
    return before.exclude(pk__in=Delivery.objects.filter(handler=subscription.handler).values("event_id")).exists()
