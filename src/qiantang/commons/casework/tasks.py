"""Jobs of cases: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.casework.services import timing
from qiantang.kernel.actor import Actor


@task()
def tick() -> int:
    """Tell of limits that ended since the last look; returns how many."""
    return timing.tell_run_out(actor=Actor.system("limits of cases"))
