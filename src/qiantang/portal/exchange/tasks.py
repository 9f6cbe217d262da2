"""Jobs: thin calls to services."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.portal.exchange.services import figures, pushing


@task()
def send_events() -> int:
    """Send what is due to the platforms that want it."""
    return pushing.push_due(actor=Actor.system("events for other platforms"))


@task()
def tend_exchange() -> int:
    """The heartbeat, once a minute: the figures of the day, and what a platform did not take before."""
    actor = Actor.system("events for other platforms")
    figures.tell_figures(actor=actor, now=timezone.localtime())
    return pushing.push_due(actor=actor)
