"""After a load: keep the clusters of the newest snapshot with everything they depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.scenarios.monitoring.models import ClusterRun
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors.cluster_runs import digest
from qiantang.scenarios.monitoring.selectors.clusters import cluster_run
from qiantang.scenarios.monitoring.types import Asked

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def keep_clusters(*, actor: Actor) -> bool:
    """Keep the clusters of the last year of grants; False where nothing is known or the run is kept already.

    A run that is kept is never changed: a later one of the same snapshot, year and parameters is compared with it.
    """
    run = cluster_run(Asked(region=CITY, today=timezone.localdate()))
    if run is None or run.told.snapshot is None:
        return False
    parameters = run.parameters()
    keys = {"snapshot": run.told.snapshot, "last_year": run.year, "parameters_digest": digest(parameters)}
    clusters = run.clusters()
    with transaction.atomic():
        made = ClusterRun.objects.get_or_create(
            **keys,
            defaults={
                "parameters": parameters,
                "input_digest": digest(run.places()),
                "clusters": clusters,
                "result_digest": digest(clusters),
                "kept_at": timezone.now(),
            },
        )[1]
        if made:
            audit.record(
                actor=actor,
                verb="monitoring.clusters.keep",
                subject=f"snapshot:{run.told.snapshot}",
                facts={"year": run.year, "clusters": len(clusters), "digest": digest(clusters)},
            )
    return made
