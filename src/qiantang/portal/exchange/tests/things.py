"""A platform, and a message to it that was given up: for the matrix of permissions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from qiantang.kernel.actor import Actor
from qiantang.portal.exchange.models import FeedEvent, Platform, Push
from qiantang.portal.exchange.services.appending import append_event


def things() -> dict[str, Any]:
    """The key of each, by the word before it in an address."""
    now, event_id = timezone.now(), uuid4()
    data = {"snapshot": 1, "parent": 0}
    actor = Actor.system("test")
    append_event(actor=actor, event_id=event_id, type_="register.snapshot", subject="register", data=data, at=now)
    platform = Platform.objects.create(key="court", title="x", kind="other", made_at=now, queued_until=1)
    event = FeedEvent.objects.get(event_id=event_id)
    push = Push.objects.create(platform=platform, event=event, state="dead", next_try_at=now, settled_at=now)
    return {"platforms": platform.pk, "messages": push.pk}
