"""The one write: open the manifests, once, when the house starts."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from qiantang.commons.catalogue.types import SCENARIOS, Scenario


def register_manifests() -> None:
    """Register ``SCENARIO`` of each installed app that has a ``manifest.py``.

    errors  TypeError where a manifest of ours has no ``SCENARIO``; ValueError for a key, or a slot item's key, used twice
    """
    for app in apps.get_app_configs():
        if (
            not app.name.startswith("qiantang.")
            or app.module is None
            or not module_has_submodule(app.module, "manifest")
        ):
            continue
        scenario = getattr(import_module(f"{app.name}.manifest"), "SCENARIO", None)
        if not isinstance(scenario, Scenario):
            raise TypeError(f"{app.name}.manifest names no SCENARIO")
        register_scenario(scenario)


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
