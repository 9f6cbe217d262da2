"""The figures of the cockpit as an event: after a load, and once a day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from qiantang.corpus.register.api import current_snapshot
from qiantang.portal.cockpit.api import CITY, figures
from qiantang.portal.exchange.models import FeedEvent
from qiantang.portal.exchange.services.appending import append_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor


def tell_figures(*, actor: Actor, now: datetime) -> bool:
    """Add the figures of this day and snapshot to the feed, once; returns whether they are new."""
    snapshot = current_snapshot()
    if snapshot is None:
        return False
    event_id = uuid5(NAMESPACE_URL, f"qiantang:figures:{CITY}:{snapshot.number}:{now.date().isoformat()}")
    if FeedEvent.objects.filter(event_id=event_id).exists():
        return False
    told = figures(actor, CITY, now)
    rows: list[Mapping[str, Any]] = told["figures"]
    data = {
        "city": CITY,
        "snapshot": told["snapshot"],
        "synthetic": bool(told["synthetic"]),
        "figures": [_figure(one) for one in rows],
    }
    append_event(actor=actor, event_id=event_id, type_="city.figures", subject=f"city:{CITY}", data=data, at=now)
    return True


def _figure(one: Mapping[str, Any]) -> dict[str, Any]:
    """Fractions are written as text, so that every reader has the same digits."""
    value = one["value"]
    told = {name: one[name] for name in ("metric", "version", "reason", "as_of", "records")}
    return {**told, "value": None if value is None else str(value)}
