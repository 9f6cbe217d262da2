"""The timestamp authorities which the settings name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from qiantang.engines.notary import port

if TYPE_CHECKING:
    from collections.abc import Mapping


def all_of_them() -> Mapping[str, port.Authority]:
    """Name -> authority, in the order of the setting."""
    told = tuple((adapter, tuple(sorted(options.items()))) for adapter, options in settings.NOTARY_AUTHORITIES)
    return _loaded(told)


@lru_cache(maxsize=4)
def _loaded(told: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]) -> dict[str, port.Authority]:
    found = [port.load(adapter, **dict(options)) for adapter, options in told]
    return {one.name: one for one in found}
