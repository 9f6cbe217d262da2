"""A question put to the room that can answer it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.commons.metrics.selectors.registry import meter_of, metric
from qiantang.commons.metrics.types import Measurement, Question, RecordPage
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.kernel.paging import page_of, read_cursor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.metrics.types import Metric

_MOST_DIMENSIONS = 2


def measure(question: Question) -> Measurement:
    """The number asked for, or why it is not known; with its series where the question divides it.

    errors  NotFound ``metrics.unknown`` · Invalid ``metrics.dimension`` · ``metrics.dimensions_many`` ·
            ``metrics.years`` · ``metrics.region`` · NotFound ``register.snapshot_unknown``
    """
    one = metric(question.metric)
    checked = _checked(one, question)
    if _outside(one, checked):
        return Measurement(metric=one, question=checked, value=None, reason="out_of_range", origin="none")
    return meter_of(one).measure(one, checked)


def records(question: Question, *, size: int = 50, cursor: str | None = None) -> RecordPage:
    """The records behind a number, a page of them; for a count, ``total`` is what ``measure`` says.

    A page after the first is read from the snapshot of the first, whatever was loaded since.

    errors  as ``measure`` · Invalid ``metrics.no_records`` · ``paging.cursor`` · ``paging.size``
    """
    one = metric(question.metric)
    checked = _checked(one, replace(question, by=()))
    subject = f"metric {checked}"
    if cursor and checked.snapshot is None:
        edition = read_cursor(cursor, subject=subject).edition
        checked = replace(checked, snapshot=int(edition)) if edition.isdecimal() else checked
    found = all_records(checked)
    told = _snapshot_of(one, checked)
    try:
        page = page_of(found, subject=subject, size=size, cursor=cursor, edition=str(told))
    except Conflict as moved:  # a snapshot was named, and the cursor is of another one
        raise Invalid("paging.cursor", given=(cursor or "")[:80]) from moved
    return RecordPage(tuple(page.items), page.total, told, page.next, one)


def all_records(question: Question) -> Sequence[str]:
    """Ids of all records behind a number.

    errors  as ``records``
    """
    one = metric(question.metric)
    return meter_of(one).records(one, _checked(one, replace(question, by=())))


def _snapshot_of(one: Metric, question: Question) -> int | None:
    return question.snapshot if question.snapshot is not None else meter_of(one).newest()


def _checked(one: Metric, question: Question) -> Question:
    if len(question.by) > _MOST_DIMENSIONS:
        raise Invalid("metrics.dimensions_many")
    for name in (*question.by, *(dimension for dimension, _ in question.only)):
        if name not in one.dimensions:
            raise Invalid("metrics.dimension", metric=one.id, given=str(name), known=", ".join(one.dimensions) or "-")
    if question.first is not None and question.last is not None and question.first > question.last:
        raise Invalid("metrics.years", first=question.first, last=question.last)
    return question


def _outside(one: Metric, question: Question) -> bool:
    """Whether the metric is not defined for the place or the time."""
    begins, ends = one.years
    too_early = begins is not None and question.last is not None and question.last < begins
    too_late = ends is not None and question.first is not None and question.first > ends
    elsewhere = bool(one.regions) and question.region is not None and not question.region.startswith(one.regions)
    return too_early or too_late or elsewhere
