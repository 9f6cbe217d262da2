"""What follows a published snapshot: its names are learnt, by a job of their own."""

from __future__ import annotations

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.corpus.ingest.services.naming import request_names


@subscribe("ingest.snapshot.published")
def queue_the_names(_event: Delivered) -> None:
    """Leave the names to the worker: many transactions, which must not run inside this one."""
    request_names()
