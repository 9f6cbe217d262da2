"""The front door of the catalogue: manifests for the rooms above, slots for the pages below."""

from __future__ import annotations

from qiantang.commons.catalogue.selectors import scenario_links, scenarios_visible_to, slot_items
from qiantang.commons.catalogue.types import SCENARIOS, SLOTS, PlacedItem, PlacedScenario, Scenario, Slot, SlotItem

__all__ = [
    "SCENARIOS",
    "SLOTS",
    "PlacedItem",
    "PlacedScenario",
    "Scenario",
    "Slot",
    "SlotItem",
    "scenario_links",
    "scenarios_visible_to",
    "slot_items",
]
