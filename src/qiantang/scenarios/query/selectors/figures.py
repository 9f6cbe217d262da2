"""A result in figures: tables by one field and by two, every figure with the search whose total it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import FacetValue, SearchResult
from qiantang.scenarios.query.methods.refinements import Refinement
from qiantang.scenarios.query.selectors import choosing, desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.register.types import CrossTable, Statistics, Tally
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.methods.years import YearsBlock
    from qiantang.scenarios.query.types import DeskRequest

FIELDS = ("PA", "IC", "TF", "LS", "CI", "CC", "TY", "KD", "IN")  # in the order of the page; years come first
SHOWN = 15
IN_A_FILE = 10_000
YEARS = ("AY", "PY")
_UNKNOWN = "unknown"  # what the index says of a patent without region or status
CROSSED = (*FIELDS, *YEARS)
SUGGESTED = (("PA", "AY"), ("IC", "AY"), ("CI", "AY"), ("PA", "IC"), ("LS", "TY"))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A value and how many patents have it; ``share`` of the most frequent value, in per cent, is the length of its bar."""

    value: str
    label: str
    count: int
    share: float
    url: str

    @property
    def heat(self) -> int:
        """How dark a cell of a table of two fields is, 0 to 4."""
        return min(4, round(self.share / 25 + 0.49)) if self.count else 0


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A result by one field. ``unknown`` is the row of those without a value; None where every patent has one."""

    key: str
    label: str
    question: str
    rows: tuple[FigureRow, ...]
    unknown: FigureRow | None
    more: bool
    several: bool


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row of a table of two fields: its own count, and for each column the count of both."""

    head: FigureRow
    cells: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class CrossFigures:
    """A result by two fields, as it is drawn."""

    rows_label: str
    columns_label: str
    columns: tuple[FigureRow, ...]
    rows: tuple[CrossRow, ...]
    more: bool
    total: int
    snapshot: int
    canonical: str


def question(key: str) -> str:
    return {
        "AY": _("How many were filed each year?"),
        "PY": _("How many were published each year?"),
        "PA": _("Who applies most often?"),
        "IC": _("Which classes of technology?"),
        "TF": _("Which fields of technology?"),
        "LS": _("What has become of them?"),
        "CI": _("Where do they come from?"),
        "CC": _("At which offices?"),
        "TY": _("Which types of patents?"),
        "KD": _("Which kinds of documents?"),
        "IN": _("Who are the inventors?"),
    }[key]


def figures(_actor: Actor, asked: DeskRequest, keys: Sequence[str], *, size: int = SHOWN) -> Statistics:
    """The result counted by these fields.

    errors  as ``desk.search``
    """
    desk.ensure_refinements(asked)
    return register.desk.statistics(desk.whole_query(asked), tuple(keys), size=size)


def table(asked: DeskRequest, tally: Tally) -> FigureTable:
    """A tally as it is drawn."""
    known = [one for one in tally.values if one.value != _UNKNOWN]
    said_unknown = next((one.count for one in tally.values if one.value == _UNKNOWN), 0)
    most = max([*(one.count for one in known), 1])
    rows = tuple(
        FigureRow(
            value=one.value,
            label=word,
            count=one.count,
            share=round(100 * one.count / most, 2),
            url=narrowed(asked, condition(tally.key, one)),
        )
        for one, word in zip(known, desk.value_words(tally.key, known), strict=True)
    )
    unknown = None
    if missing := said_unknown or tally.unknown:
        without = Refinement(tally.key, (_UNKNOWN,)) if said_unknown else Refinement(tally.key, excluded=True)
        unknown = FigureRow("", _("not known"), missing, 0.0, narrowed(asked, without))
    return FigureTable(
        tally.key, desk.facet_word(tally.key), question(tally.key), rows, unknown, tally.more, tally.several
    )


def condition(key: str, value: FacetValue) -> Refinement:
    """The condition that a value is."""
    return Refinement(key, span=(int(value.value),) * 2) if key in YEARS else Refinement(key, (value.value,))


def narrowed(asked: DeskRequest, *more: Refinement) -> str:
    """The search with these conditions added."""
    return desk.address(asked, [*asked.refinements, *map(str, more)])


def years(asked: DeskRequest, told: Statistics, published_year: int | None) -> YearsBlock | None:
    """The years of a result as bars."""
    (tally,) = (one for one in told.tallies if one.key == asked.years)
    result = SearchResult("", "", told.total, told.snapshot, (), {tally.key: tally.values}, None)
    return choosing.years_block(asked, result, published_year)


def crossed(_actor: Actor, asked: DeskRequest, rows: str, columns: str) -> CrossFigures:
    """The result counted by two fields at once.

    errors  as ``desk.search``; Invalid ``query.same_field``
    """
    desk.ensure_refinements(asked)
    found = register.desk.cross_table(desk.whole_query(asked), rows, columns, size=SHOWN)
    return _drawn(asked, found)


def _drawn(asked: DeskRequest, found: CrossTable) -> CrossFigures:
    down, across = found.rows, found.columns
    most = max([1, *(count for cells in found.cells for count in cells)])
    made = []
    heads = _heads(asked, down.key, down.values)
    for head, row, counts in zip(down.values, heads, found.cells, strict=True):
        mine = condition(down.key, head)
        cells = tuple(
            FigureRow(
                one.value, "", count, round(100 * count / most, 2), narrowed(asked, mine, condition(across.key, one))
            )
            for one, count in zip(across.values, counts, strict=True)
        )
        made.append(CrossRow(row, cells))
    return CrossFigures(
        rows_label=desk.facet_word(down.key),
        columns_label=desk.facet_word(across.key),
        columns=_heads(asked, across.key, across.values),
        rows=tuple(made),
        more=down.more or across.more,
        total=found.total,
        snapshot=found.snapshot,
        canonical=found.canonical,
    )


def _heads(asked: DeskRequest, key: str, values: Sequence[FacetValue]) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(one.value, word, one.count, 0.0, narrowed(asked, condition(key, one)))
        for one, word in zip(values, desk.value_words(key, values), strict=True)
    )
