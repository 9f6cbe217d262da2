"""The front door of monitoring: its panels as values, for the cockpit and for reports."""

from __future__ import annotations

from qiantang.scenarios.monitoring.rules import CITY, GRANTS
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.benchmark import benchmark_panel
from qiantang.scenarios.monitoring.selectors.city import (
    city_panel,
    fields_chart,
    headline,
    latest_grants,
    monthly_chart,
)
from qiantang.scenarios.monitoring.selectors.districts import district_panel
from qiantang.scenarios.monitoring.selectors.ranked import ranked_panel
from qiantang.scenarios.monitoring.services.keeping import keep_movements
from qiantang.scenarios.monitoring.types import Asked

__all__ = [
    "CITY",
    "benchmark_panel",
    "city_panel",
    "district_panel",
    "fields_chart",
    "headline",
    "keep_movements",
    "last_year",
    "latest_grants",
    "monthly_chart",
    "ranked_panel",
    "snapshot_of",
]


def last_year(asked: Asked) -> int:
    """The last year for which the register tells grants in the region."""
    return asking.last_year(asked, GRANTS)


def snapshot_of(asked: Asked) -> int | None:
    """The snapshot that the figures are read from; None: nothing is loaded."""
    told = asking.measured(asking.question(asked, GRANTS))
    return told.snapshot if told else None
