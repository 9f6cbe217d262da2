"""Jobs of monitoring: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.scenarios.monitoring.services import clusters, watching

_AFTER_QUALITY = -45  # the indicators of quality are made at -40: one rule asks for them


@task(priority=_AFTER_QUALITY)
def check_rules() -> int:
    """After a load: what do the rules find?"""
    return watching.check_rules(actor=Actor.system("monitoring"))


@task(priority=_AFTER_QUALITY)
def keep_clusters() -> bool:
    """After a load: the clusters of the new snapshot, with their parameters."""
    return clusters.keep_clusters(actor=Actor.system("monitoring"))
