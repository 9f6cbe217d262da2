"""Questions answered, by the kind of recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.metrics.types import Measurement
from qiantang.corpus.measures.rules import RECIPES
from qiantang.corpus.measures.selectors.answering.averages import distinct_told, mean_told
from qiantang.corpus.measures.selectors.answering.counts import count_told
from qiantang.corpus.measures.selectors.answering.ratios import ratio_told
from qiantang.corpus.measures.selectors.answering.tables import figures_told
from qiantang.corpus.measures.types import Distinct, Figures, HighValue, Mean, NotKept, Patents, Scaled

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric, Question
    from qiantang.corpus.measures.selectors.facts import Facts
    from qiantang.corpus.measures.types import Recipe


def answer(metric: Metric, recipe: Recipe, question: Question, facts: Facts | None) -> Measurement:
    """One number with its series; ``facts`` is None where nothing is loaded."""
    if isinstance(recipe, NotKept):
        return Measurement(metric=metric, question=question, value=None, reason="not_kept", origin="none")
    if isinstance(recipe, Figures):
        return figures_told(metric, recipe, question)
    if isinstance(recipe, Scaled) and isinstance(RECIPES[recipe.numerator], Figures):  # of tables alone
        return ratio_told(metric, recipe, question, lambda other, of, asked: answer(other, of, asked, facts))
    if facts is None:
        return Measurement(metric=metric, question=question, value=None, reason="nothing_loaded", origin="none")
    return _of_register(metric, recipe, question, facts)


def _of_register(
    metric: Metric, recipe: Patents | HighValue | Mean | Distinct | Scaled, question: Question, facts: Facts
) -> Measurement:
    if isinstance(recipe, Patents | HighValue):
        return count_told(metric, recipe, question, facts)
    if isinstance(recipe, Mean):
        return mean_told(metric, recipe, question, facts)
    if isinstance(recipe, Distinct):
        return distinct_told(metric, recipe, question, facts)
    return ratio_told(metric, recipe, question, lambda other, of, asked: answer(other, of, asked, facts))
