"""What pages and crawls of Google Patents say in the same way: citations with their star, events with their day.

A star marks what an examiner cited; of the rest nothing is told. What only members of the family cite is not said of this
document and is left out. A document which cites this one is a row of its own, as a citation belongs to the one that cites.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Citation, Event, Observation, Party, Priority, Publication, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qiantang.kernel.numbers import PatentNumber

_EFFECTIVE = re.compile(r"Effective date:\s*(\d{8}|\d{4}-\d{2}-\d{2})")


class Reference(NamedTuple):
    """One line of a table of citations: number as printed, whether an examiner named it, its publication date as printed."""

    number: str
    starred: bool
    date: str
    title: str = ""
    assignee: str = ""


class Page(NamedTuple):
    """What a page says of its own patent, and the documents which cite it."""

    patent: Observation
    citing: list[Reference]


def citation(reference: Reference, cells: Cells) -> Citation:
    """What the page cites; a number no rule knows is kept as text."""
    origin = "examiner" if reference.starred else None
    day = _day(reference.date, cells)
    try:
        return Citation(cells.publication(reference.number).stem, origin, None, day, None)
    except CellRefused:
        return Citation(None, origin, None, day, reference.number)


def _citing(row: int, reference: Reference, cited: str, cells: Cells) -> Observation:
    """The document which cites ``cited``. errors ``CellRefused`` number_unrecognised"""
    number = cells.publication(reference.number)
    title, assignee = reference.title, reference.assignee
    return Observation(
        row=row,
        office=number.office,
        type=number.type,
        publications=[Publication(number.stem, number.kind, _day(reference.date, cells))],
        texts=[Text("title", language_of(title), title)] if title else [],
        parties=[Party("applicant", 1, assignee)] if assignee else [],
        citations=[Citation(cited, "examiner" if reference.starred else None)],
    )


def page_batches(builder: BatchBuilder, cells: Cells, read: Callable[[], Page]) -> Iterator[Batch]:
    """The rows of one page: its patent, then each document which cites it, once. A page whose own patent has no usable number is refused with all that hangs on it."""
    try:
        one = read()
    except CellRefused as problem:
        builder.refuse(Refusal(1, problem.code, problem.field, problem.facts))
        yield builder.take()
        return
    cited = one.patent.publications[0].number
    yield from collected(
        builder,
        [None, *{reference.number: reference for reference in one.citing}.values()],
        lambda row, reference: one.patent if reference is None else _citing(row, reference, cited, cells),
        lambda reference: reference.number if reference else "",
    )


def event(day: str, code: str, title: str, details: str, cells: Cells) -> Event:
    """A legal event: the day of the table is the gazette's, the day of effect stands among the details."""
    effective = _EFFECTIVE.search(details)
    text = ": ".join(part for part in (title, details) if part)
    return Event(code, _day(effective[1], cells) if effective else None, _day(day, cells), text or None)


def priorities(claimed: list[tuple[str, str]], own: PatentNumber | None, cells: Cells) -> list[Priority]:
    """Priorities from numbers and filing dates as printed, each once; the patent's own application is none."""
    found: dict[str, Priority] = {}
    for number, day in claimed:
        read = cells.application(number, [])
        if own is None or read is None or read.key != own.key:
            found.setdefault(number, Priority(number, read.office if read else None, _day(day, cells)))
    return [found[number] for number in sorted(found)]


def _day(text: str, cells: Cells) -> date | None:
    """A day told beside the patent: what cannot be read as one is not known, and is no reason to refuse the patent."""
    try:
        return cells.day(text, "date")
    except CellRefused:
        return None
