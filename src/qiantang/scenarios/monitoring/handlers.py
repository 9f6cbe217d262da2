"""What monitoring does when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_KEEP = "qiantang.scenarios.monitoring.tasks.keep_clusters"
_CHECK = "qiantang.scenarios.monitoring.tasks.check_rules"  # by name: jobs stand beside handlers


@subscribe("ingest.snapshot.published")
def check_the_rules(_event: Delivered) -> None:
    """Leave the rules to the worker: they read the whole snapshot."""
    transaction.on_commit(lambda: import_string(_CHECK).enqueue())


@subscribe("ingest.snapshot.published")
def keep_the_clusters(_event: Delivered) -> None:
    """Leave the clusters to the worker as well."""
    transaction.on_commit(lambda: import_string(_KEEP).enqueue())
