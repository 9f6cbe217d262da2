"""Reads of quality reports, which are kept beside each load's refused rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings

from qiantang.corpus.ingest.selectors.runs import ensure_may_look
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

QUALITY_FILE = "quality.json"


def _places() -> list[Path]:
    """The reports there are, the newest load first."""
    loads = Path(settings.QIANTANG_HOME) / "register" / "loads"
    return sorted(loads.glob(f"[0-9]*/{QUALITY_FILE}"), reverse=True)


def formats_before() -> dict[str, dict[str, Any]]:
    """By format its figures in the newest report that has any, with the number of that load."""
    found: dict[str, dict[str, Any]] = {}
    for place in _places():
        told = orjson.loads(place.read_bytes())
        for one in told["formats"]:
            found.setdefault(one["format"], {**one, "load": told["load"]})
    return found


def quality_of(actor: Actor, load: int | None = None) -> dict[str, Any]:
    """The quality report of a load, of the newest where none is named.

    errors  NotFound ``ingest.quality_unknown`` (loads of before there were reports have none)
    """
    ensure_may_look(actor)
    for place in _places():
        if load is None or int(place.parent.name) == load:
            told: dict[str, Any] = orjson.loads(place.read_bytes())
            return told
    raise NotFound("ingest.quality_unknown", load=load)
