"""Events that a handler has not heard, as after a worker that died; for tests of other rooms."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from qiantang.commons.events.models import Delivery, OutboxEvent


def unheard(handler, name, **payload):
    """Make the events of a name that a handler has heard unheard; the first comes again later than the others.

    returns     their ids, in order, and what brings all of them round at once
    """
    rows = OutboxEvent.objects.filter(name=name, **{f"payload__{key}": value for key, value in payload.items()})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    Delivery.objects.filter(event_id__in=keys, handler=handler).delete()
    lost = OutboxEvent.objects.filter(pk__in=keys)
    lost.update(settled_at=None)
    lost.filter(pk=keys[0]).update(next_round_at=timezone.now() + timedelta(hours=1))
    ids = list(lost.order_by("pk").values_list("event_id", flat=True))
    return ids, lambda: lost.update(next_round_at=timezone.now())
