"""A deposit becomes a job; a stamped checkpoint is told to those whose deposits it holds."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.kernel.actor import Actor

_JOB = "qiantang.commons.evidence.tasks.seal"  # by name: jobs stand beside handlers


@subscribe("evidence.deposit.received")
def queue_sealing(event: Delivered) -> None:  # noqa: ARG001 - whichever it was, all that wait are sealed
    """Leave the log to the worker; where the job is lost, the heartbeat finds the deposit."""
    transaction.on_commit(lambda: import_string(_JOB).enqueue())


@subscribe("evidence.checkpoint.stamped")
def tell_owners(event: Delivered) -> None:
    """A notice to each owner."""
    from qiantang.commons.evidence.services import tending  # noqa: PLC0415 - cryptography, which few commands need

    tending.tell_owners(actor=Actor.system("evidence log"), size=int(event.payload["size"]))
