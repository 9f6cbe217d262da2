"""Words and values of the registry."""

from __future__ import annotations

from qiantang.commons.metrics.types.metric import (
    Change,
    Measurement,
    Meter,
    Metric,
    Number,
    Part,
    Point,
    Question,
    RecordPage,
)
from qiantang.commons.metrics.types.reasons import REASONS, REFUSALS
from qiantang.commons.metrics.types.words import (
    AddressOf,
    Boundaries,
    CountingRule,
    Dimension,
    Figure,
    Sharing,
    StatusBasis,
    Text,
    TimeBasis,
)

__all__ = [
    "REASONS",
    "REFUSALS",
    "AddressOf",
    "Boundaries",
    "Change",
    "CountingRule",
    "Dimension",
    "Figure",
    "Measurement",
    "Meter",
    "Metric",
    "Number",
    "Part",
    "Point",
    "Question",
    "RecordPage",
    "Sharing",
    "StatusBasis",
    "Text",
    "TimeBasis",
]
