"""Reads of open-data exports: what is handed out, what is being written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from qiantang.corpus.ingest.models import OpenDataRun
from qiantang.corpus.ingest.selectors.runs import ensure_may_look
from qiantang.corpus.register import api as register
from qiantang.disk import is_held

if TYPE_CHECKING:
    from qiantang.corpus.register.types import OpenDump
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenDataState:
    """newest  the last run asked for, or None; one that broke off says failed, ``ingest.open_data_broke_off``
    dumps   what is finished, the newest snapshot first; those that are not current are no longer handed out
    """

    newest: OpenDataRun | None
    dumps: tuple[OpenDump, ...]


def lock_file() -> Path:
    """The file whose lock a writer holds."""
    return Path(settings.QIANTANG_HOME) / "open-data" / ".writing"


def open_data_state(actor: Actor) -> OpenDataState:
    """errors: NotPermitted ``ingest.operators_only``"""
    ensure_may_look(actor)
    newest = OpenDataRun.objects.first()
    if newest is not None and newest.state == OpenDataRun.State.RUNNING and not is_held(lock_file()):
        newest.refresh_from_db()  # it may have ended between the two looks
        if newest.state == OpenDataRun.State.RUNNING:
            newest.state, newest.error_code = OpenDataRun.State.FAILED, "ingest.open_data_broke_off"
    return OpenDataState(newest, register.upkeep.open_dumps(register.register()))
