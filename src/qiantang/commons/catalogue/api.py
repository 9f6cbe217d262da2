"""The front door of the catalogue: manifests for the rooms above, slots for the pages below, routes for the open API."""

from __future__ import annotations

from qiantang.commons.catalogue.selectors import scenario_links, scenarios_visible_to, slot_items
from qiantang.commons.catalogue.services import api_sections
from qiantang.commons.catalogue.types import (
    SCENARIOS,
    SLOTS,
    ApiSection,
    Endpoint,
    PlacedItem,
    PlacedScenario,
    Scenario,
    Slot,
    SlotItem,
)

__all__ = [
    "SCENARIOS",
    "SLOTS",
    "ApiSection",
    "Endpoint",
    "PlacedItem",
    "PlacedScenario",
    "Scenario",
    "Slot",
    "SlotItem",
    "api_sections",
    "scenario_links",
    "scenarios_visible_to",
    "slot_items",
]
