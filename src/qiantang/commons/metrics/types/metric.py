"""A metric, a question to it, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qiantang.commons.metrics.types.words import (
    AddressOf,
    Boundaries,
    CountingRule,
    Dimension,
    Figure,
    Sharing,
    StatusBasis,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.commons.refdata.types import StatedFigure

Number = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """The definition of a number.

    id          stable; as in the lists of indicators: ``RB-01``, ``C-05``, ``RB-11.amount``
    figure      what sort of number it is
    unit        in both languages; empty where it has none
    rule        how it counts
    source      where the numbers come from
    dimensions  by what it can be divided
    years       first and last year for which it is defined; None: no bound
    regions     beginnings of region codes for which it is defined; empty: for all
    version     raised with every change of definition, formula or rule
    owner       label of the app that can measure it
    published   series in which other bodies publish the same number; empty: none
    needs       series of figures it reads beside records: ``population`` …
    same_as     id of the metric whose number it is, under another list's id; empty: none
    group       list it belongs to: ``regional``, ``creation``, ``use`` …
    decimals    shown to people
    """

    id: str
    name: Text
    definition: Text
    formula: Text
    unit: Text
    figure: Figure
    rule: CountingRule
    source: Text
    owner: str
    group: str
    dimensions: tuple[Dimension, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    regions: tuple[str, ...] = ()
    version: int = 1
    published: str = ""
    needs: tuple[str, ...] = ()
    same_as: str = ""
    decimals: int = 0

    @property
    def opens_records(self) -> bool:
        """Whether its records are as many as it says."""
        return self.figure is Figure.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a metric.

    region      GB/T 2260; None: everything in the register
    first, last years, both included; None: no bound. A stock is that of the end of ``last``
    day         of a stock, instead of the end of ``last``
    by          up to two dimensions
    only        further limits, as (dimension, value); the values are those that a division by it gives
    address, sharing, boundaries, classes, basis   how to count; None: as the metric's rule says
    scheme      table of industries: ``city`` or ``sei``
    snapshot    of the register; None: the newest
    """

    metric: str
    region: str | None = None
    first: int | None = None
    last: int | None = None
    day: date | None = None
    by: tuple[Dimension, ...] = ()
    only: tuple[tuple[Dimension, str], ...] = ()
    address: AddressOf | None = None
    sharing: Sharing | None = None
    boundaries: Boundaries | None = None
    classes: Sharing | None = None
    basis: StatusBasis | None = None
    scheme: str = "city"
    snapshot: int | None = None


class Point(NamedTuple):
    """One entry of a series.

    key         values of the dimensions, in their order; None within: not known
    value       None: not known, for the ``reason``
    at_least    whether the true value may be larger
    provisional whether the period is not over, or records of it are still to be published
    records     how many records make it; None: it is not made of records
    """

    key: tuple[str | None, ...]
    value: Number | None
    records: int | None = None
    reason: str = ""
    at_least: bool = False
    provisional: bool = False


class Part(NamedTuple):
    """A part of a number with a name of its own: a condition, a numerator, a denominator."""

    key: str
    name: Text
    value: Number | None
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """The answer.

    value       None: not known, for the ``reason`` (a key of REASONS)
    at_least    whether the true value may be larger: part of what counts is not known
    provisional whether the period is not over, or records of it are still to be published
    as_of       the day for which it speaks: of a stock, its day; else the day to which the register reaches
    records     how many records make it; None: it is not made of records
    series      in the order of keys; of one or two dimensions
    additive    whether the series adds up to the value (records in several entries do not)
    parts       conditions, numerator and denominator
    unplaced    how many more may lie in the region, but tell no place
    origin      ``register`` · ``table`` (an imported or shipped one) · ``none``
    source      what it was read from, for people
    sample      whether it rests on invented or sample figures
    """

    metric: Metric
    question: Question
    value: Number | None
    reason: str = ""
    at_least: bool = False
    provisional: bool = False
    as_of: date | None = None
    snapshot: int | None = None
    records: int | None = None
    series: tuple[Point, ...] = ()
    additive: bool = True
    parts: tuple[Part, ...] = ()
    unplaced: int = 0
    origin: str = "register"
    source: str = ""
    sample: bool = False

    @property
    def known(self) -> bool:
        return self.value is not None


class Meter(Protocol):
    """The room that can measure metrics, as it registers itself."""

    def newest(self) -> int | None:
        """Number of the newest snapshot; None: nothing is loaded, or its records know no snapshots."""

    def measure(self, metric: Metric, question: Question) -> Measurement:
        """Errors  Invalid ``metrics.dimension`` and others of REFUSALS"""

    def records(self, metric: Metric, question: Question) -> Sequence[str]:
        """Ids of the records behind the number, in order; as many as a count says."""

    def label(self, dimension: Dimension, value: str | None, question: Question, language: str) -> str:
        """The name of a value of a dimension for people."""

    def stated(self, metric: Metric, region: str, year: int) -> StatedFigure | None:
        """What tables of other bodies state of the same number; None where none does."""

    def explain(
        self, metric: Metric, old: Question, new: Question, gone: Sequence[str], come: Sequence[str]
    ) -> Iterator[Change]:
        """Why records count in only one of two measurements, which differ in their snapshot."""

    def keep(self, snapshot: int, why: str) -> None:
        """See that a snapshot stays readable."""


class Change(NamedTuple):
    """A record that counts in only one of two measurements."""

    record: str
    came: bool
    why: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of the records behind a number; ``total`` of them there are, ``next`` is a cursor or None."""

    ids: tuple[str, ...]
    total: int
    snapshot: int | None
    next: str | None = None
    metric: Metric | None = field(default=None, repr=False)
