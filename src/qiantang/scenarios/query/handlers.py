"""What the search desk does when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.corpus.register.types import SET_READERS

_CHECK = "qiantang.scenarios.query.tasks.check_alerts"  # by name: jobs stand beside handlers


def patents_of_list(name: str) -> tuple[str, ...] | None:
    """What the register asks of a list of numbers."""
    from qiantang.scenarios.query.selectors import number_lists  # noqa: PLC0415 - the register, when a set is asked for

    return number_lists.patents_of_set(name)


def patents_of_dossier(name: str) -> tuple[str, ...] | None:
    """What the register asks of a dossier."""
    from qiantang.scenarios.query.selectors import dossiers  # noqa: PLC0415 - the register, when a set is asked for

    return dossiers.patents_of_set(name)


SET_READERS.register("query.lists", patents_of_list)
SET_READERS.register("query.dossiers", patents_of_dossier)


@subscribe("ingest.snapshot.published")
def check_the_alerts(_event: Delivered) -> None:
    """Leave the alerts to the worker: many transactions, which must not run inside this one."""
    transaction.on_commit(lambda: import_string(_CHECK).enqueue())
