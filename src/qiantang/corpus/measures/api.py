"""The front door of the measures: the pure methods, the quality indicators of patents, the cubes, and the metrics for the registry."""

from __future__ import annotations

from qiantang.corpus.measures import methods
from qiantang.corpus.measures.rules import METRICS
from qiantang.corpus.measures.selectors import listed, quality
from qiantang.corpus.measures.selectors.cubes import cubes
from qiantang.corpus.measures.selectors.meter import RegisterMeter
from qiantang.corpus.measures.services.conditions import import_condition_list
from qiantang.corpus.measures.services.cubes import advance_cubes

__all__ = [
    "METRICS",
    "RegisterMeter",
    "advance_cubes",
    "cubes",
    "import_condition_list",
    "listed",
    "methods",
    "quality",
]
