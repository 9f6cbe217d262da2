"""What monitoring does when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_KEEP = "qiantang.scenarios.monitoring.tasks.keep_clusters"
_MOVEMENTS = "qiantang.scenarios.monitoring.tasks.keep_movements"
_CHECK = "qiantang.scenarios.monitoring.tasks.check_rules"  # by name: jobs stand beside handlers


@subscribe("ingest.snapshot.published")
def check_the_rules(_event: Delivered) -> None:
    """Leave the rules to the worker: they read the whole snapshot."""
    transaction.on_commit(lambda: import_string(_CHECK).enqueue())


@subscribe("ingest.snapshot.published")
def keep_the_clusters(_event: Delivered) -> None:
    """Leave the clusters to the worker as well."""
    transaction.on_commit(lambda: import_string(_KEEP).enqueue())


@subscribe("ingest.snapshot.published")
def keep_the_movements(_event: Delivered) -> None:
    """Leave rights and inventors who moved to the worker."""
    transaction.on_commit(lambda: import_string(_MOVEMENTS).enqueue())


@subscribe("parties.membership.changed")
def count_movements_anew(_event: Delivered) -> None:
    """Who moved from one applicant to another depends on which names are one applicant."""
    transaction.on_commit(lambda: import_string(_MOVEMENTS).enqueue())
