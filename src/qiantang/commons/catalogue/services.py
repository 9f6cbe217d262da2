"""Open what the rooms declare: manifests when the house starts, routes of the API when addresses are first asked for."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from qiantang.commons.catalogue.types import SCENARIOS, ApiSection, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")


def register_manifests() -> None:
    """Register ``SCENARIO`` of each installed app that has a ``manifest.py``.

    errors  TypeError where a manifest of ours has no ``SCENARIO``; ValueError for a key, or a slot item's key, used twice
    """
    for scenario in _declared("manifest", "SCENARIO", Scenario):
        register_scenario(scenario)


@lru_cache(maxsize=1)
def api_sections() -> tuple[ApiSection, ...]:
    """``SECTION`` of each installed app that has a ``rest``, in their order.

    errors  TypeError where a ``rest`` of ours has no ``SECTION``; ValueError for an operation or an address told twice
    """
    found = sorted(_declared("rest", "SECTION", ApiSection), key=lambda one: (one.order, one.key))
    taken: set[str] = set()
    for endpoint in (one for section in found for one in section.endpoints):
        for name in (endpoint.operation, f"{endpoint.method} {endpoint.path}"):
            if name in taken:
                raise ValueError(f"{name!r} is told twice in the open API")
            taken.add(name)
    return tuple(found)


def _declared(module: str, name: str, kind: type[_T]) -> Iterator[_T]:
    """What each app of ours that has the module declares under a name in it."""
    for app in apps.get_app_configs():
        if not app.name.startswith("qiantang.") or app.module is None or not module_has_submodule(app.module, module):
            continue
        told = getattr(import_module(f"{app.name}.{module}"), name, None)
        if not isinstance(told, kind):
            raise TypeError(f"{app.name}.{module} names no {name}")
        yield told


def register_scenario(scenario: Scenario) -> None:
    """Add one scenario.

    errors  ValueError for a key, or a slot item's key within its slot, used twice
    """
    taken = {(item.slot, item.key) for known in SCENARIOS for item in known.slots}
    for item in scenario.slots:
        if (item.slot, item.key) in taken:
            raise ValueError(f"slot item {item.key!r} stands twice in {item.slot!r}")
        taken.add((item.slot, item.key))
    SCENARIOS.register(scenario.key, scenario)
