"""The front door of the cockpit: its figures, for the house's feed."""

from __future__ import annotations

from qiantang.portal.cockpit.selectors.feed import figures
from qiantang.scenarios.monitoring.api import CITY

__all__ = ["CITY", "figures"]
