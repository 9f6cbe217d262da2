"""Jobs of the outbox: thin calls to its services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.events import services


@task()
def deliver_events() -> int:
    """Deliver what was just published."""
    return services.deliver_pending()


@task()
def tick() -> int:
    """The heartbeat, once a minute: deliver what failed before and is due again, until nothing more can be settled."""
    settled = 0
    while settled_now := services.deliver_pending():
        settled += settled_now
    return settled


def enqueue_delivery() -> None:
    """Leave a job for the worker; ``settings.EVENTS_ON_COMMIT`` in production."""
    deliver_events.enqueue()
