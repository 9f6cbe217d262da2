"""The front door of the registry of metrics: what a number means, what it is, and the records behind it."""

from __future__ import annotations

from qiantang.commons.metrics.selectors.measuring import all_records, label, measure, records
from qiantang.commons.metrics.selectors.registry import declare_metrics, metric, metrics

__all__ = ["all_records", "declare_metrics", "label", "measure", "metric", "metrics", "records"]
