"""Rows nobody else speaks of, straight to packed records, column by column: nearly all rows of a first load are such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.register.methods.derive import DERIVED_COLUMNS, derived_of
from qiantang.corpus.register.methods.identity import patent_id_of
from qiantang.corpus.register.methods.links import links_column
from qiantang.corpus.register.methods.regions import PlaceOf, region_columns
from qiantang.corpus.register.types import OBSERVED, RECORD_SCHEMA

_LIST_OF_TEXT = pa.list_(pa.string())


def packed_singles(
    rows: pa.RecordBatch, source: str, reader: str, rank: int, day: date, place_of: PlaceOf
) -> pa.RecordBatch:
    """Records (RECORD_SCHEMA) of rows (OBSERVATION_SCHEMA): the row's own columns, its derived facts, its one source."""
    keys = [sorted(own or ()) for own in rows.column("keys").to_pylist()]
    notes = [sorted(own) if own else [] for own in rows.column("notes").to_pylist()]
    columns: dict[str, Any] = {name: rows.column(name) for name, _ in OBSERVED}
    columns["patent_id"] = pa.array([patent_id_of(own) for own in keys], pa.string())
    columns["keys"] = pa.array(keys, _LIST_OF_TEXT)
    columns["notes"] = pa.array(notes, _LIST_OF_TEXT)
    columns["disputed"] = pa.array([[]] * rows.num_rows, _LIST_OF_TEXT)
    columns["links"] = links_column(rows)
    for name in ("simple_family_id", "extended_family_id"):
        columns[name] = pa.nulls(rows.num_rows, pa.string())  # what has a family waits until all of it is known
    columns |= _derived_columns(rows, day)
    columns |= region_columns(rows, columns, place_of)
    columns["sources"] = _sources(rows, source, reader, rank)
    return pa.RecordBatch.from_arrays([columns[name] for name in RECORD_SCHEMA.names], schema=RECORD_SCHEMA)


def _derived_columns(rows: pa.RecordBatch, day: date) -> dict[str, Any]:
    """A gazette prints thousands of patents of one day: each combination is derived once, and taken where it stands."""
    parts: list[Sequence[Any]] = [rows.column(name).to_pylist() for name in ("office", "type", "filing_date")]
    parts += [_entries(rows.column("publications"), ("kind", "date"))]
    parts += [_entries(rows.column("events"), ("code", "date", "gazette_date", "text"))]
    places: dict[tuple[Any, ...], int] = {}
    taken = pa.array([places.setdefault(said, len(places)) for said in zip(*parts, strict=True)], pa.int32())
    derived = [derived_of(*said, day) for said in places]
    return {
        name: pa.array([one[name] for one in derived], RECORD_SCHEMA.field(name).type).take(taken)
        for name in DERIVED_COLUMNS
    }


def _entries(column: Any, names: Sequence[str]) -> list[tuple[tuple[Any, ...], ...]]:
    """Of each row the entries of a list column, each as a tuple of the named parts."""
    flat = column.flatten()
    if not len(flat):
        return [()] * len(column)
    values = list(zip(*(pc.struct_field(flat, name).to_pylist() for name in names), strict=True))
    ends = pc.cumulative_sum(pc.fill_null(pc.list_value_length(column), 0)).to_pylist()
    return [tuple(values[start:end]) for start, end in pairwise([0, *ends])]


def _sources(rows: pa.RecordBatch, source: str, reader: str, rank: int) -> Any:
    count = rows.num_rows
    kind: Any = RECORD_SCHEMA.field("sources").type
    parts = [
        pa.repeat(pa.scalar(source, pa.string()), count),
        rows.column("row"),
        pa.repeat(pa.scalar(reader, pa.string()), count),
        pa.repeat(pa.scalar(rank, pa.int8()), count),
        rows.column("as_of"),
        rows.column("digest"),
    ]
    entries = pa.StructArray.from_arrays(parts, fields=list(kind.value_type))
    return pa.ListArray.from_arrays(pa.array(range(count + 1), pa.int32()), entries)
