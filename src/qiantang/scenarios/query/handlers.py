"""What the search desk does when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.corpus.register.types import SET_READERS
from qiantang.scenarios.query.selectors import dossiers, number_lists

# what the register asks of this room
SET_READERS.register("query.lists", number_lists.patents_of_set)
SET_READERS.register("query.dossiers", dossiers.patents_of_set)

_CHECK = "qiantang.scenarios.query.tasks.check_alerts"  # by name: jobs stand beside handlers


@subscribe("ingest.snapshot.published")
def check_the_alerts(_event: Delivered) -> None:
    """Leave the alerts to the worker: many transactions, which must not run inside this one."""
    transaction.on_commit(lambda: import_string(_CHECK).enqueue())
