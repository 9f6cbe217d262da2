"""The front door of events: publish, subscribe, deliver."""

from __future__ import annotations

from qiantang.commons.events.selectors import waiting_count
from qiantang.commons.events.services import deliver_pending, publish
from qiantang.commons.events.types import SUBSCRIPTIONS, Delivered, Event, Subscription, subscribe

__all__ = [
    "SUBSCRIPTIONS",
    "Delivered",
    "Event",
    "Subscription",
    "deliver_pending",
    "publish",
    "subscribe",
    "waiting_count",
]
