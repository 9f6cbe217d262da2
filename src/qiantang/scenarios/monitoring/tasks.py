"""Jobs of monitoring: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.scenarios.monitoring.services import clusters, keeping, watching

_BEFORE_RULES = -42  # they read what it keeps
_AFTER_QUALITY = -45  # the indicators of quality are made at -40: one rule asks for them


@task(priority=_AFTER_QUALITY)
def check_rules() -> int:
    """After a load: what do the rules find?"""
    return watching.check_rules(actor=Actor.system("monitoring"))


@task(priority=_AFTER_QUALITY)
def keep_clusters() -> bool:
    """After a load: the clusters of the new snapshot, with their parameters."""
    return clusters.keep_clusters(actor=Actor.system("monitoring"))


@task(priority=_BEFORE_RULES)
def keep_movements() -> bool:
    """After a load, and after names were joined: rights and inventors who moved, for the pages that are read from them.

    Once a minute as well: a job that died is made up for, and what a reader asked for of an older snapshot is made.
    """
    return keeping.keep_movements(actor=Actor.system("monitoring"))
