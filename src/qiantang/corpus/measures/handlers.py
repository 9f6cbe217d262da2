"""What the measures do when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_FOLLOW_QUALITY = "qiantang.corpus.measures.tasks.follow_quality"  # by name: jobs stand beside handlers
_FOLLOW_LIVES = "qiantang.corpus.measures.tasks.follow_lives"
_FOLLOW_CUBES = "qiantang.corpus.measures.tasks.follow_cubes"


@subscribe("ingest.snapshot.published")
def let_quality_follow(_event: Delivered) -> None:
    """Quality indicators follow a load by a job of their own."""
    transaction.on_commit(lambda: import_string(_FOLLOW_QUALITY).enqueue())


@subscribe("ingest.snapshot.published")
def let_cubes_follow(_event: Delivered) -> None:
    """Counts follow a load by a job."""
    transaction.on_commit(lambda: import_string(_FOLLOW_CUBES).enqueue())


@subscribe("ingest.snapshot.published")
def let_lives_follow(_event: Delivered) -> None:
    """When rights were in force is read by a job."""
    transaction.on_commit(lambda: import_string(_FOLLOW_LIVES).enqueue())
