"""How what is kept in JSON is written; it is read by ``selectors.kept``."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from qiantang.scenarios.monitoring.selectors.kept import kept_path

if TYPE_CHECKING:
    from qiantang.scenarios.monitoring.selectors.kept import KeptState


def write_kept(kind: str, state: KeptState, told: dict[str, Any]) -> None:
    """All of it or nothing, lasting once this returns: another process reads the old or the new, whole."""
    path = kept_path(kind, state.snapshot)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(orjson.dumps({"state": asdict(state), **told}))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.rename(path)
