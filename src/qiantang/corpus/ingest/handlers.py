"""What follows a published snapshot, by jobs of their own: its names are learnt, its fields are counted."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_NAMES = "qiantang.corpus.ingest.tasks.learn_names"  # by name: jobs stand beside handlers
_COVERAGE = "qiantang.corpus.ingest.tasks.remember_coverage"


@subscribe("ingest.snapshot.published")
def queue_the_names(_event: Delivered) -> None:
    """Leave the names to the worker: many transactions, which must not run inside this one."""
    transaction.on_commit(lambda: import_string(_NAMES).enqueue())


@subscribe("ingest.snapshot.published")
def queue_the_coverage(_event: Delivered) -> None:
    """Leave it to the worker, so that no page has to count."""
    transaction.on_commit(lambda: import_string(_COVERAGE).enqueue())
