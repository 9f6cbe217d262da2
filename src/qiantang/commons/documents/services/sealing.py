"""The sealer which the settings name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings

from qiantang.engines.seal import port


def sealer() -> port.Sealer:
    """The adapter of the settings, loaded when it is first needed."""
    adapter, options = settings.SEAL_ADAPTER
    return _loaded(adapter, tuple(sorted(options.items())))


@lru_cache(maxsize=4)
def _loaded(adapter: str, options: tuple[tuple[str, Any], ...]) -> port.Sealer:
    return port.load(adapter, **dict(options))
