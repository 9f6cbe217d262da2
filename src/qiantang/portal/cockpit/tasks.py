"""Jobs of the cockpit: thin calls to services."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.portal.cockpit.services import reporting
from qiantang.scenarios.monitoring.api import CITY


@task()
def send_reports() -> int:
    """The heartbeat, once a minute: the report of the month, where it was not sent yet."""
    return reporting.send_reports(actor=Actor.system("monthly report"), city=CITY, today=timezone.localdate())
