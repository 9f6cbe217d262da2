"""Jobs of the register: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.services.meaning import prepare_meaning

_AFTER_OTHERS = -50


@task(priority=_AFTER_OTHERS)
def follow_meaning() -> None:
    """Bring the search by meaning a slice forward; where there is more to do, leave the rest to the next job.

    So other jobs come in between. Jobs that are queued twice do no work twice.
    """
    if prepare_meaning(register()):
        follow_meaning.enqueue()


@task(priority=_AFTER_OTHERS)
def follow_frames() -> None:
    """Make the tables for indicators of what the newest loads added; nothing is left to do where they stand."""
    if register().manifest() is not None:
        register().frames()
