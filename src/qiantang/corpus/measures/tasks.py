"""Jobs of the measures: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.corpus.measures.services.cubes import advance_cubes
from qiantang.corpus.measures.services.lives import keep_lives
from qiantang.corpus.measures.services.quality import prepare_quality
from qiantang.corpus.register.api import register

_AFTER_OTHERS = -40


@task(priority=_AFTER_OTHERS)
def follow_quality() -> None:
    """Compute the quality indicators of the newest snapshot. Jobs that are queued twice do no work twice."""
    prepare_quality(register())


@task(priority=_AFTER_OTHERS)
def follow_cubes() -> None:
    """Bring the cubes up to the newest snapshot."""
    advance_cubes()


@task(priority=_AFTER_OTHERS)
def follow_lives() -> None:
    """Read when rights were in force, for what counts those in force on a day."""
    keep_lives()
