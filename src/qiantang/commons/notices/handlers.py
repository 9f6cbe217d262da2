"""A queued mail becomes a job, once what queued it is settled."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_JOB = "qiantang.commons.notices.tasks.post_mail"  # by name: jobs stand beside handlers


@subscribe("notices.mail.queued")
def queue_the_job(event: Delivered) -> None:
    """Leave the mail to the worker; where the job is lost, the heartbeat finds the mail."""
    dispatch = int(event.payload["dispatch"])
    transaction.on_commit(lambda: import_string(_JOB).enqueue(dispatch))
