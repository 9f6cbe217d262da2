"""Jobs of navigation: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.scenarios.navigation.services import editions


@task()
def compute_edition(key: int) -> bool:
    """Compute an edition that somebody asked for."""
    return editions.compute_edition(actor=Actor.system("editions"), key=key)


@task()
def tend_editions() -> int:
    """The heartbeat, once a minute: editions whose worker died."""
    return editions.tend_editions(actor=Actor.system("editions"))
