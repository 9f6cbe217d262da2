"""Columns against headers: whether the values under a header are what the header promises, judged over a file's first rows.

The check never guesses quietly. Headers which agree with their values are taken as they stand. Where they do not, and
exactly one way of giving the headers to the columns agrees with the values, that way is taken and told; else the file is
refused. What cannot be told apart (applicants who are all natural persons, and inventors) is left as the headers say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qiantang.corpus.ingest.methods.days import DayRefused, parse_day
from qiantang.corpus.ingest.methods.shapes import Shape, shape_of

PROFILED_ROWS = 200
_MOST = 0.6
_HALF = 0.5
_STRAY = 0.05

Field = str
Assignment = dict[Field, int]

_SHAPES: Mapping[Field, frozenset[Shape]] = {
    "item": frozenset({Shape.SERIAL}),
    "publication_number": frozenset({Shape.PUBLICATION}),
    "publication_date": frozenset({Shape.DAY}),
    "application_number": frozenset({Shape.APPLICATION}),
    "filing_date": frozenset({Shape.DAY}),
    "classes": frozenset({Shape.SYMBOL}),
    "address": frozenset({Shape.ADDRESS}),
    "title": frozenset({Shape.WORDS, Shape.SHORT}),
    "applicants": frozenset({Shape.ORGANISATION, Shape.PERSON, Shape.SHORT}),
    "inventors": frozenset({Shape.PERSON, Shape.SHORT}),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands (column counted from 0), and whether that is other than the headers say."""

    places: Assignment
    put_right: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Fields whose values are not what the header promises, and how many ways of giving the headers would agree."""

    fields: tuple[Field, ...]
    ways: int


class _Profile:
    """The shapes and days of one column."""

    def __init__(self, cells: Sequence[str]) -> None:
        shapes = Counter(map(shape_of, cells))
        del shapes[Shape.EMPTY]
        self._shapes = shapes
        self._total = shapes.total()
        self.days = [_day(cell) for cell in cells]

    def share(self, *shapes: Shape) -> float:
        return sum(self._shapes[shape] for shape in shapes) / self._total if self._total else 0.0

    def fits(self, field: Field) -> bool:
        """Whether most filled cells look like the field; an empty column fits everything."""
        return not self._total or self.share(*_SHAPES[field]) >= (_HALF if field in ("title", "inventors") else _MOST)


def arranged(headers: Assignment, rows: Sequence[Sequence[str]]) -> Columns | Disagreement:
    """Check headers against the first rows of a table.

    headers  the column of each field as the header row has it; fields of ``_SHAPES``
    rows     some first rows, each with all columns
    """
    if not rows:
        return Columns(headers)
    profiles = {place: _Profile([row[place] for row in rows[:PROFILED_ROWS]]) for place in headers.values()}
    wrong = {field for field, place in headers.items() if not profiles[place].fits(field)}
    wrong |= _out_of_order(headers, profiles)
    if not wrong:
        return Columns(headers)
    ways = []
    for way in _ways(tuple(headers), profiles, {}):
        if not _out_of_order(way, profiles):
            ways.append(way)
            if len(ways) > 1:
                break
    if len(ways) == 1:
        return Columns(ways[0], put_right=True)
    return Disagreement(tuple(field for field in headers if field in wrong), len(ways))


def _ways(fields: tuple[Field, ...], profiles: Mapping[int, _Profile], taken: Assignment) -> Iterator[Assignment]:
    """Every way of giving each field a column it fits, no column twice."""
    if not fields:
        yield dict(taken)
        return
    field, *rest = fields
    for place, profile in profiles.items():
        if place not in taken.values() and profile.fits(field):
            yield from _ways(tuple(rest), profiles, {**taken, field: place})


def _out_of_order(places: Assignment, profiles: Mapping[int, _Profile]) -> set[Field]:
    """Pairs of fields which look alike and are told apart by how they stand to each other."""
    wrong: set[Field] = set()
    at = {field: profiles[place] for field, place in places.items()}
    if "filing_date" in at and "publication_date" in at:
        both = zip(at["filing_date"].days, at["publication_date"].days, strict=True)
        order = [filed <= published for filed, published in both if filed and published]
        if order and sum(order) < _HALF * len(order):
            wrong |= {"filing_date", "publication_date"}
    if "applicants" in at and "inventors" in at:
        organised = Shape.ORGANISATION
        if at["inventors"].share(organised) > at["applicants"].share(organised) + _STRAY:
            wrong |= {"applicants", "inventors"}
    return wrong


def _day(cell: str) -> date | None:
    try:
        return parse_day(cell)
    except DayRefused:
        return None
