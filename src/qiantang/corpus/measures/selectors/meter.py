"""What the registry of metrics asks of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.commons.metrics.api import figures
from qiantang.commons.refdata import api as refdata
from qiantang.corpus.measures.rules import RECIPES
from qiantang.corpus.measures.selectors import labels
from qiantang.corpus.measures.selectors.answering import answer
from qiantang.corpus.measures.selectors.answering.counts import counting_of
from qiantang.corpus.measures.selectors.answering.ratios import stated_ratio
from qiantang.corpus.measures.selectors.explaining import explained
from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.corpus.measures.types import Distinct, HighValue, Mean, Patents, Scaled
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Change, Dimension, Measurement, Metric, Question
    from qiantang.commons.refdata.types import StatedFigure


class RegisterMeter:
    """Counts patents of the register, and divides what it counts by what others state."""

    def newest(self) -> int | None:
        """Number of the newest snapshot."""
        told = register.current_snapshot()
        return told.number if told else None

    def measure(self, metric: Metric, question: Question) -> Measurement:
        """One number with its series."""
        return answer(metric, RECIPES[metric.id], placed(question), facts_of(question.snapshot))

    def records(self, metric: Metric, question: Question) -> Sequence[str]:
        """Ids of the patents that count, in their order."""
        recipe = RECIPES[metric.id]
        if isinstance(recipe, Scaled):
            recipe = RECIPES[recipe.numerator]
        if isinstance(recipe, Mean | Distinct):
            recipe = recipe.of
        if not isinstance(recipe, Patents | HighValue):
            raise Invalid("metrics.no_records", metric=metric.id)
        asked = placed(question)
        facts = facts_of(question.snapshot)
        if facts is None or not self.measure(metric, asked).known:
            return ()
        rows = counting_of(facts, recipe, metric, asked).chosen().records()
        return tuple(facts.ids.take(rows).to_pylist())

    def label(self, dimension: Dimension, value: str | None, question: Question, language: str) -> str:
        """The name of a value for people."""
        return labels.label(dimension, value, question, language)

    def stated(self, metric: Metric, region: str, year: int) -> StatedFigure | None:
        """What tables state of the same number; of a quotient, that of two stated figures."""
        found = figures.stated(metric.published, region, year) if metric.published else None
        recipe = RECIPES[metric.id]
        return found or (stated_ratio(recipe, region, year) if isinstance(recipe, Scaled) else None)

    def explain(
        self, metric: Metric, old: Question, new: Question, gone: Sequence[str], come: Sequence[str]
    ) -> Iterator[Change]:
        """What became of patents between two snapshots."""
        del metric
        return explained(old.snapshot, new.snapshot, gone, come)

    def keep(self, snapshot: int, why: str) -> None:
        """Pin a snapshot."""
        register.upkeep.pin(register.register(), snapshot, why)


def placed(question: Question) -> Question:
    """The question with the region as a code; a name is looked up.

    errors  Invalid ``metrics.region``
    """
    if question.region is None:
        return question
    table, given = refdata.regions(), question.region.strip()
    code = given if given in table else table.codes_by_name().get(given) or table.codes_by_name().get(given.casefold())
    if code is None:
        raise Invalid("metrics.region", given=given[:40])
    return replace(question, region=code)
