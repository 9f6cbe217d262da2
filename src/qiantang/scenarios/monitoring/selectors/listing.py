"""The records behind a number: as many as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import Dimension
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Role
from qiantang.scenarios.monitoring.selectors import asking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.commons.metrics.types import Measurement, Question
    from qiantang.corpus.register.types import PatentRecord
    from qiantang.kernel.actor import Actor

SIZE = 50


class Row(NamedTuple):
    """A patent in the list; ``number`` is the one people quote."""

    patent_id: str
    number: str
    title: str
    applicants: tuple[str, ...]
    filing_date: date | None
    grant_date: date | None


def _row(patent_id: str, record: PatentRecord | None) -> Row:
    """A record of an older snapshot may be gone by now: then the id alone stands for it."""
    if record is None:
        return Row(patent_id, patent_id, "", (), None, None)
    names = record.names(Role.APPLICANT)
    return Row(patent_id, record.number_shown, record.title or "", names, record.filing_date, record.grant_date)


class Records(NamedTuple):
    """A page of the list; ``told`` is the number whose records these are."""

    told: Measurement
    rows: tuple[Row, ...]
    total: int
    next: str | None


def records_page(actor: Actor, question: Question, cursor: str | None) -> Records:  # noqa: ARG001 - public; the shape of every selector
    """The patents behind a number.

    errors  as ``commons.metrics.api.records``
    """
    page = metrics.records(question, size=SIZE, cursor=cursor)
    return Records(metrics.measure(question), rows_of(page.ids), page.total, page.next)


def rows_of(ids: Sequence[str]) -> tuple[Row, ...]:
    """Patents as rows, in the order given."""
    found = register.get_many(ids)
    return tuple(_row(one, found.get(one)) for one in ids)


def title_of(records: Records) -> str:
    """What the list is of."""
    told = records.told
    parts = [asking.name_of(told.metric)]
    if told.question.region:
        parts.append(
            metrics.telling.label(
                told.metric, Dimension.DISTRICT, told.question.region, told.question, asking.language()
            )
        )
    span = {str(one) for one in (told.question.first, told.question.last) if one is not None}
    parts += ["–".join(sorted(span))] if span else []
    parts += [
        metrics.telling.label(
            told.metric, dimension, None if value == "unknown" else value, told.question, asking.language()
        )
        for dimension, value in told.question.only
    ]
    return "\N{NO-BREAK SPACE}· ".join(parts)  # so that no line begins with the dot
