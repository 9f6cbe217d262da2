"""What became of an import of figures, and of a number that was frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qiantang.commons.metrics.types.metric import Change, Measurement, Number


class RefusedRow(NamedTuple):
    """A row that was not kept: its number in the file, the head being row 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class FigureReport:
    """An import of figures: ``read`` = ``kept`` + the refused ones."""

    title: str
    read: int
    kept: int
    refused: tuple[RefusedRow, ...]
    already: bool = False


@dataclass(frozen=True, slots=True)
class TableShown:
    """An imported table, for people."""

    title: str
    source: str
    as_of: date
    sample: bool
    read: int
    kept: int
    refused: tuple[RefusedRow, ...]
    imported_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A number as it was published."""

    number: int
    metric: str
    version: int
    title: str
    question: dict[str, object]
    snapshot: int | None
    value: Number | None
    reason: str
    at_least: bool
    unit: str
    record_count: int | None
    records_digest: str
    digest: str
    frozen_at: datetime
    frozen_by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen number beside what the same question gives now.

    sound       whether what is kept still has the digest it was given
    same        whether the value is the same
    redefined   whether the metric has another version since
    came, went  records that count only now, or counted only then, each with why
    why         reason -> how many records
    complete    whether all records of then were kept, so that the lists are whole
    """

    frozen: Frozen
    now: Measurement
    sound: bool
    same: bool
    redefined: bool
    changes: tuple[Change, ...] = ()
    why: dict[str, int] = field(default_factory=dict)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """A metric for one place: from the register, from a table, or neither.

    value       the one to be shown
    ours        what the register gives; None: not known, for ``reason``
    stated      what a table states; None: none does
    """

    region: str
    value: Number | None
    origin: str
    source: str
    as_of: date | None
    sample: bool
    at_least: bool
    reason: str
    ours: Number | None
    stated: Number | None
