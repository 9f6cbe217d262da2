"""Values the components speak in."""

from __future__ import annotations

from qiantang.commons.ui.types.charts import (
    Chart,
    ChartKind,
    Citation,
    Inset,
    Link,
    Mark,
    Node,
    Point,
    Region,
    Series,
)
from qiantang.commons.ui.types.components import READING_MODE_COOKIE, REFUSALS, Bar, Case, ReadingMode, Tone

__all__ = [
    "READING_MODE_COOKIE",
    "REFUSALS",
    "Bar",
    "Case",
    "Chart",
    "ChartKind",
    "Citation",
    "Inset",
    "Link",
    "Mark",
    "Node",
    "Point",
    "ReadingMode",
    "Region",
    "Series",
    "Tone",
]
