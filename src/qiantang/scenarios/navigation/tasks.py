"""Jobs of navigation: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.scenarios.navigation.services import editions, seeding


@task()
def compute_edition(key: int) -> bool:
    """Compute an edition that somebody asked for."""
    return editions.compute_edition(actor=Actor.system("editions"), key=key)


@task()
def expand_seed(key: int) -> bool:
    """Look for more patents like the examples somebody named."""
    return seeding.expand(actor=Actor.system("editions"), key=key)


@task()
def tend_editions() -> int:
    """The heartbeat, once a minute: what a dead worker left, and editions of what has moved on."""
    system = Actor.system("editions")
    return editions.tend_editions(actor=system) + seeding.tend_expansions(actor=system)
