"""Jobs of the search desk: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, Unavailable
from qiantang.scenarios.query.services import dossier_watching, watching
from qiantang.scenarios.query.services.exporting import jobs


@task()
def check_alerts() -> int:
    """After a load, and once a minute for what was left over: check what is watched and not checked yet."""
    actor = Actor.system("alerts")
    return watching.check_alerts(actor=actor) + dossier_watching.check_dossiers(actor=actor)


@task()
def check_saved_query(key: int) -> None:
    """Begin the watch of a query that was just saved."""
    try:
        watching.check_saved_query(actor=Actor.system("alerts"), key=key)
    except (NotFound, Unavailable):  # deleted meanwhile, or the index is being built: the heartbeat sees to it
        return


@task()
def make_export(key: int) -> bool:
    """One turn at an export; where it is not over, it is queued again."""
    return jobs.make_export(actor=Actor.system("exports"), key=key)


@task()
def tend_exports() -> int:
    """The heartbeat, once a minute: exports whose worker died, files whose time is over."""
    return jobs.tend_exports(actor=Actor.system("exports"))
