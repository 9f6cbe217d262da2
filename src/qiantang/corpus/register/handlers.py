"""What the register does when something else in the house has happened."""

from __future__ import annotations

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.events.api import Delivered, subscribe

_FOLLOW = "qiantang.corpus.register.tasks.follow_meaning"  # by name: jobs stand beside handlers
_FRAMES = "qiantang.corpus.register.tasks.follow_frames"


@subscribe("ingest.snapshot.published")
def let_meaning_follow(_event: Delivered) -> None:
    """Words and vectors follow a load by jobs of their own."""
    transaction.on_commit(lambda: import_string(_FOLLOW).enqueue())


@subscribe("ingest.snapshot.published")
def let_frames_follow(_event: Delivered) -> None:
    """The tables for indicators follow a load by a job, so that nobody who asks has to wait for them."""
    transaction.on_commit(lambda: import_string(_FRAMES).enqueue())
