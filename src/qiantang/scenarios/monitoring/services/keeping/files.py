"""How what is kept in JSON is written; it is read by ``selectors.kept``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from qiantang.disk import write_atomically
from qiantang.scenarios.monitoring.selectors.kept import kept_path

if TYPE_CHECKING:
    from qiantang.scenarios.monitoring.selectors.kept import KeptState


def write_kept(kind: str, state: KeptState, told: dict[str, Any]) -> None:
    """Another process reads the old or the new, whole."""
    write_atomically(kept_path(kind, state.snapshot), orjson.dumps({"state": asdict(state), **told}))
