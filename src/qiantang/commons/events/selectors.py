"""Reads of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.events.models import OutboxEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def waiting_count() -> int:
    """How many events some handler has yet to see."""
    return OutboxEvent.objects.filter(settled_at__isnull=True).count()


def due(now: datetime, limit: int) -> Sequence[OutboxEvent]:
    """The unsettled events whose round has come, oldest first, at most ``limit``."""
    unsettled = OutboxEvent.objects.filter(settled_at__isnull=True, next_round_at__lte=now)
    return list(unsettled.order_by("id")[:limit])
