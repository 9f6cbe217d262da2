"""The metrics that the register and the tables beside it can answer: definitions with their recipes, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.rules import creation, holdings, regional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.metrics.types import Metric
    from qiantang.corpus.measures.types import Recipe

DEFINITIONS: tuple[tuple[Metric, Recipe], ...] = (*holdings.DEFINITIONS, *regional.DEFINITIONS, *creation.DEFINITIONS)
METRICS: tuple[Metric, ...] = tuple(metric for metric, _ in DEFINITIONS)
RECIPES: Mapping[str, Recipe] = {metric.id: recipe for metric, recipe in DEFINITIONS}
