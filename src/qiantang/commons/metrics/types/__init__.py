"""Words and values of the registry."""

from __future__ import annotations

from qiantang.commons.metrics.types.figures import (
    Comparison,
    FigureReport,
    Frozen,
    PlaceFigure,
    RefusedRow,
    TableShown,
)
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
    "Comparison",
    "CountingRule",
    "Dimension",
    "Figure",
    "FigureReport",
    "Frozen",
    "Measurement",
    "Meter",
    "Metric",
    "Number",
    "Part",
    "PlaceFigure",
    "Point",
    "Question",
    "RecordPage",
    "RefusedRow",
    "Sharing",
    "StatusBasis",
    "TableShown",
    "Text",
    "TimeBasis",
]
