"""A metric for several places beside each other: from the register where it can tell, else from what is stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.commons.metrics.selectors.measuring import measure
from qiantang.commons.metrics.selectors.registry import meter_of, metric
from qiantang.commons.metrics.types import PlaceFigure, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.metrics.types import Measurement
    from qiantang.commons.refdata.types import StatedFigure


def place_figures(question: Question, regions: Iterable[str], *, prefer: str = "register") -> tuple[PlaceFigure, ...]:
    """The number of a question for each region, in their order.

    prefer  ``register``: a stated figure only where the register holds nothing of the place; ``table``: the other way
    errors  as ``measure``
    """
    return tuple(place_figure(replace(question, region=region), prefer=prefer) for region in regions)


def place_figure(question: Question, *, prefer: str = "register") -> PlaceFigure:
    """The same for the region of the question."""
    ours = measure(question)
    region = ours.question.region or ""
    year = question.last or (ours.as_of.year if ours.as_of else None)
    one = metric(question.metric)
    table = meter_of(one).stated(one, region, year) if region and year else None
    has_records = ours.known and ours.origin == "register" and ours.records != 0
    by_table = table is not None and (prefer == "table" or not has_records)
    return _stated(ours, table) if by_table and table is not None else _ours(ours, table)


def _ours(told: Measurement, table: StatedFigure | None) -> PlaceFigure:
    return PlaceFigure(
        region=told.question.region or "",
        value=told.value,
        origin=told.origin if told.known else "none",
        source=told.source,
        as_of=told.as_of,
        sample=told.sample,
        at_least=told.at_least,
        reason=told.reason,
        ours=told.value,
        stated=table.value if table else None,
    )


def _stated(told: Measurement, table: StatedFigure) -> PlaceFigure:
    return PlaceFigure(
        region=told.question.region or "",
        value=table.value,
        origin="table",
        source=f"{table.source} ({table.evidence})",
        as_of=table.as_of,
        sample=table.sample,
        at_least=False,
        reason="",
        ours=told.value,
        stated=table.value,
    )
