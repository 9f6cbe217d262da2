"""The canonical tables, exploded from packed records column by column. Pure Arrow: no row is touched in Python."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.register.methods.links import cited_keys
from qiantang.corpus.register.types import LIST_FIELDS, RECORD_SCHEMA

# table -> the list column of the packed record it comes from
LIST_TABLES: Mapping[str, str] = {
    "publications": "publications",
    "texts": "texts",
    "classifications": "classifications",
    "parties": "parties",
    "citations": "citations",
    "priorities": "priorities",
    "legal_events": "events",
    "media": "media",
    "provenance": "sources",
}
PATENT_COLUMNS: tuple[str, ...] = (
    "patent_id",
    "office",
    "type",
    "application_number",
    "filing_date",
    "first_publication_date",
    "grant_date",
    "region_code",
    "region_confidence",
    "region_rule",
    "region_today",
    "simple_family_id",
    "extended_family_id",
    "status",
    "status_date",
    "status_as_of",
    "expiry_date",
    "claim_count",
    "page_count",
)


def _struct_of(column: str) -> pa.StructType:
    kind: Any = RECORD_SCHEMA.field(column).type
    struct: pa.StructType = kind.value_type
    return struct


def exploded(packed: pa.RecordBatch | pa.Table, column: str) -> pa.Table:
    """One row for each entry of a list column: ``patent_id`` and the entry's own columns."""
    table = pa.Table.from_batches([packed]) if isinstance(packed, pa.RecordBatch) else packed
    lists = table[column].combine_chunks()
    entries = pc.list_flatten(lists)
    owners = table["patent_id"].combine_chunks().take(pc.list_parent_indices(lists))
    struct = _struct_of(column)
    columns = [pc.struct_field(entries, [i]) for i in range(struct.num_fields)]
    names = [struct.field(i).name for i in range(struct.num_fields)]
    return pa.table([owners, *columns], names=["patent_id", *names])


def _patents(packed: pa.RecordBatch) -> pa.Table:
    table = pa.Table.from_batches([packed]).select(list(PATENT_COLUMNS))
    year = pc.cast(pc.year(table["filing_date"]), pa.int32())
    return table.append_column("filing_year", year)


def _family_members(packed: pa.RecordBatch) -> pa.Table:
    parts = []
    for scheme in ("simple", "extended"):
        family = packed.column(f"{scheme}_family_id")
        known = pc.is_valid(family)
        owners = packed.column("patent_id").filter(known)
        kinds = pa.array([scheme] * len(owners), pa.string())
        parts.append(pa.table({"patent_id": owners, "family": family.filter(known), "scheme": kinds}))
    return pa.concat_tables(parts)


def _family_links(packed: pa.RecordBatch) -> pa.Table:
    """Each key that ties a patent to its family, see ``methods.links``."""
    links = packed.column("links")
    owners = packed.column("patent_id").take(pc.list_parent_indices(links))
    return pa.table({"key": pc.list_flatten(links), "patent_id": owners})


def _citations(packed: pa.RecordBatch) -> pa.Table:
    """``key`` is the identity key of what is cited: null for literature and for numbers that cannot be read."""
    told = exploded(packed, "citations")
    return told.append_column("key", cited_keys(told["cited"]))


def _aliases(packed: pa.RecordBatch) -> pa.Table:
    """Each identity key, and the patent id itself, to the patent and the place of its packed record."""
    keys = packed.column("keys")
    parent = pc.list_parent_indices(keys)
    owners = pa.concat_arrays([packed.column("patent_id").take(parent), packed.column("patent_id")])
    places = pa.concat_arrays([packed.column("n").take(parent), packed.column("n")])
    own = pa.array([f"id:{patent_id}" for patent_id in packed.column("patent_id").to_pylist()], pa.string())
    names = pa.concat_arrays([pc.list_flatten(keys), own])
    return pa.table({"key": names, "patent_id": owners, "n": places})


def canonical_tables(packed: pa.RecordBatch) -> dict[str, pa.Table]:
    """Every canonical table of register.md for one batch of packed records (RECORD_SCHEMA and its place ``n``)."""
    tables = {name: exploded(packed, column) for name, column in LIST_TABLES.items()}
    tables["patents"] = _patents(packed)
    tables["citations"] = _citations(packed)
    tables["family_links"] = _family_links(packed)
    tables["family_members"] = _family_members(packed)
    tables["aliases"] = _aliases(packed)
    return tables


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a canonical table, from an empty record."""
    return _schemas()[table]


@lru_cache(maxsize=1)
def _schemas() -> Mapping[str, pa.Schema]:
    empty = pa.RecordBatch.from_pylist([], schema=packed_schema())
    return {name: table.schema for name, table in canonical_tables(empty).items()}


def packed_schema() -> pa.Schema:
    """Packed records as layers store them: RECORD_SCHEMA with the place ``n``, which rises through the layer."""
    return RECORD_SCHEMA.insert(0, pa.field("n", pa.int64()))


CANONICAL_TABLES: tuple[str, ...] = (*LIST_TABLES, "patents", "family_members", "family_links", "aliases")
OBSERVED_LISTS: tuple[str, ...] = tuple(name for name, _ in LIST_FIELDS)
