"""A mapping while a person makes it: what the table shows, what was chosen so far, and the first rows as it would read them."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO

from qiantang.corpus.ingest.methods.mapping.language import DATE_FIELDS, SEVERAL
from qiantang.corpus.ingest.methods.mapping.loading import load_mapping
from qiantang.corpus.ingest.methods.mapping.suggesting import (
    suggested_date_form,
    suggested_fields,
    suggested_separator,
    suggested_type,
)
from qiantang.corpus.ingest.methods.mapping.writing import Value, to_toml
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader
from qiantang.corpus.ingest.methods.tableheads import TableHead
from qiantang.corpus.ingest.methods.worksheets import is_workbook
from qiantang.corpus.ingest.types import Refusal

SAMPLES = 3
_WORDS = 12  # different words of a type column that a form can ask about
_MIDNIGHT = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an unknown table: its place from 0, its header, some filled cells. ``usable``: its header is its own."""

    place: int
    header: str
    samples: tuple[str, ...]
    usable: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen so far. ``columns`` is place to field; ``separators`` and ``types`` as in the mapping file."""

    name: str = ""
    rank: str = "vendor_export"
    office: str = "CN"
    language: str = "zh"
    date_form: str = ""
    header_row: int = 1
    columns: Mapping[int, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as the mapping reads it: an observation as plain values, or why it is refused."""

    row: int
    observation: Mapping[str, Any] | None
    refusal: Refusal | None


def header_row_of(rows: Sequence[Sequence[str]]) -> int:
    """The row of the headers, counted from 1: the first of those with the most filled cells."""
    filled = [sum(bool(cell) for cell in row) for row in rows[:10]]
    return filled.index(max(filled)) + 1 if filled else 1


def columns_of(rows: Sequence[Sequence[str]], header_row: int) -> list[Column]:
    """The columns of a table below its headers, each with some of its different values."""
    headers = list(rows[header_row - 1]) if len(rows) >= header_row else []
    cells = [_cells(rows, header_row, place) for place in range(len(headers))]
    return [
        Column(place, header, tuple(islice(dict.fromkeys(filter(None, cells[place])), SAMPLES)), usable)
        for place, header in enumerate(headers)
        for usable in [bool(header) and headers.count(header) == 1]
    ]


def _cells(rows: Sequence[Sequence[str]], header_row: int, place: int) -> list[str]:
    return [row[place].removesuffix(_MIDNIGHT) for row in rows[header_row:] if place < len(row)]


def type_words(rows: Sequence[Sequence[str]], header_row: int, place: int) -> list[str]:
    """The different words of the column that tells the type of patent, at most twelve."""
    return list(islice(dict.fromkeys(filter(None, _cells(rows, header_row, place))), _WORDS))


def suggested(rows: Sequence[Sequence[str]], name: str) -> Draft:
    """A beginning: header row, fields, separators, date form and type words as the table suggests them."""
    header_row = header_row_of(rows)
    columns = columns_of(rows, header_row)
    fields = suggested_fields([one.header for one in columns], rows[header_row:])
    chosen = {one.place: fields[one.place] for one in columns if one.usable and fields[one.place]}
    cells = {given: _cells(rows, header_row, place) for place, given in chosen.items()}
    parted = {given: suggested_separator(given, values) for given, values in cells.items() if given in SEVERAL}
    dated = [cell for given, values in cells.items() if given in DATE_FIELDS for cell in values]
    words = next((type_words(rows, header_row, place) for place, given in chosen.items() if given == "type"), [])
    return Draft(
        name=name,
        date_form=suggested_date_form(dated),
        header_row=header_row,
        columns=chosen,
        separators={given: sign for given, sign in parted.items() if sign},
        types={word: kind for word in words if (kind := suggested_type(word))},
    )


def with_type_words(draft: Draft, rows: Sequence[Sequence[str]], asked: Collection[str]) -> Draft:
    """The draft with a suggestion for each word of the type column that nobody was asked about before."""
    place = next((place for place, given in draft.columns.items() if given == "type"), None)
    words = [] if place is None else type_words(rows, draft.header_row, place)
    new = {word: kind for word in words if word not in asked and (kind := suggested_type(word))}
    return replace(draft, types={**new, **draft.types})


def suggested_sign(column: Column, rows: Sequence[Sequence[str]], header_row: int) -> str:
    """What parts several values in a column for which no field is chosen yet, were it one of names."""
    return suggested_separator("inventors", _cells(rows, header_row, column.place))


def mapping_text(draft: Draft, columns: Sequence[Column], version: int) -> str:
    """The draft as a mapping file."""
    settings: dict[str, Value] = {
        "name": draft.name,
        "version": version,
        "rank": draft.rank,
        "office": draft.office,
        "language": draft.language,
        "header_row": draft.header_row,
    }
    if draft.date_form:
        settings["date_forms"] = [draft.date_form]
    named = {one.place: one.header for one in columns if one.usable}
    chosen = {named[place]: given for place, given in draft.columns.items() if given and place in named}
    separators = {given: sign for given, sign in draft.separators.items() if sign and given in chosen.values()}
    types = {word: kind for word, kind in draft.types.items() if kind and "type" in chosen.values()}
    return to_toml({"mapping": settings, "columns": chosen, "separators": separators, "types": types})


def preview(text: str, head: bytes, opened: Callable[[], BinaryIO], count: int = 10) -> list[PreviewRow]:
    """The first rows of a file as a mapping reads them.

    head    the first bytes of the file: all that is read of a text table
    errors  ``Invalid`` mapping.* · ``FileRefused``
    """
    reader = MappingReader(load_mapping(text))
    if is_workbook(head):
        with opened() as stream:
            return _first(reader, stream, count)
    # The last line of the head may be cut off; a table shorter than the head ends where it ends.
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    return _first(reader, io.BytesIO(whole_lines), count)


def _first(reader: MappingReader, stream: BinaryIO, count: int) -> list[PreviewRow]:
    for batch in reader.read(stream, reader.name):
        taken = [PreviewRow(row["row"], row, None) for row in batch.observations.slice(0, count).to_pylist()]
        refused = [PreviewRow(one.row, None, one) for one in batch.refused[:count]]
        return sorted((*taken, *refused), key=lambda one: one.row)[:count]
    return []


def rows_of(head: TableHead) -> list[list[str]]:
    """The rows of a head where it is a table of two columns at least, else none."""
    rows = head.rows()
    return rows if any(len(row) > 1 for row in rows) else []
