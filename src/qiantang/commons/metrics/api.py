"""The front door of the registry of metrics: what a number means, what it is, and the records behind it."""

from __future__ import annotations

from qiantang.commons.metrics.forms import question_from
from qiantang.commons.metrics.selectors import figures, frozen, reconciling, telling
from qiantang.commons.metrics.selectors.measuring import all_records, measure, records
from qiantang.commons.metrics.selectors.places import place_figures
from qiantang.commons.metrics.selectors.registry import declare_metrics, metric, metrics
from qiantang.commons.metrics.services.figures import import_figures, table_rows
from qiantang.commons.metrics.services.freezing import freeze_value

__all__ = [
    "all_records",
    "declare_metrics",
    "figures",
    "freeze_value",
    "frozen",
    "import_figures",
    "measure",
    "metric",
    "metrics",
    "place_figures",
    "question_from",
    "reconciling",
    "records",
    "table_rows",
    "telling",
]
