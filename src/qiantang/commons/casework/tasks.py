"""Jobs of cases: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.casework.services import timing
from qiantang.commons.casework.services.archiving import disposing, holding
from qiantang.kernel.actor import Actor


@task()
def tick() -> int:
    """Tell of limits that ended since the last look, and propose which records may go; returns how many limits."""
    keeper = Actor.system("retention of cases")
    holding.release_ended(keeper)
    disposing.propose_due(actor=keeper)
    return timing.tell_run_out(actor=Actor.system("limits of cases"))
