"""The tables that indicators ask: canonical tables with a whole number for each patent in the place of its id.

Only what an indicator reads is kept: 150 million patents have hundreds of millions of citations, family members and events.
Column meanings are those of the canonical tables (``descriptions``). Further columns:

patent       the number of a patent in one snapshot, to join by; it changes when the patent does, so never keep it
main_ipc     the IPC symbol marked first (of several the smallest); null where there is none
applicant    the name as filed at the first place among applicants, else among holders; null where there is neither
applicants   how many applicants are told; null where none is
"""

# ruff: noqa: S608 - the SQL is made of column names that stand in this package

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from qiantang.corpus.register.methods.tables import PATENT_COLUMNS, schema_of
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.lake.port import FrameSpec, FrameTable

_PATENT = pa.field("patent", pa.int64())
_NUMBERED = "JOIN numbers AS k ON k.patent_id = t.patent_id"


def _narrow(source: str, columns: tuple[str, ...]) -> FrameTable:
    """Some columns of a canonical table."""
    own = schema_of(source)
    chosen = ", ".join(f't."{name}"' for name in columns)
    schema = pa.schema([_PATENT, *(pa.field(name, own.field(name).type) for name in columns)])
    return FrameTable(schema, f'SELECT k.patent, {chosen} FROM "{source}" AS t {_NUMBERED}')


def _patents() -> FrameTable:
    own = schema_of("patents")
    kept = (*PATENT_COLUMNS, "filing_year")
    chosen = ", ".join(f't."{name}"' for name in kept)
    added = {"main_ipc": pa.string(), "applicant": pa.string(), "applicants": pa.int32()}
    fields = [
        _PATENT,
        *(pa.field(name, own.field(name).type) for name in kept),
        *(pa.field(*one) for one in added.items()),
    ]
    sql = (
        f"SELECT k.patent, {chosen}, c.main_ipc, COALESCE(a.applicant, h.holder) AS applicant, "
        "CAST(a.applicants AS INTEGER) AS applicants "
        f'FROM "patents" AS t {_NUMBERED} '
        'LEFT JOIN (SELECT patent_id, MIN("symbol") AS main_ipc FROM "classifications" '
        """WHERE "scheme" = 'ipc' AND "first" GROUP BY patent_id) AS c ON c.patent_id = t.patent_id """
        'LEFT JOIN (SELECT patent_id, MIN_BY("name", "position") AS applicant, COUNT(*) AS applicants FROM "parties" '
        """WHERE "role" = 'applicant' GROUP BY patent_id) AS a ON a.patent_id = t.patent_id """
        'LEFT JOIN (SELECT patent_id, MIN_BY("name", "position") AS holder FROM "parties" '
        """WHERE "role" = 'holder' GROUP BY patent_id) AS h ON h.patent_id = t.patent_id """
        "ORDER BY t.region_code, t.filing_date"
    )
    return FrameTable(pa.schema(fields), sql)


def _flags() -> FrameTable:
    """What else the events say of a right: pledged, licensed and so on, see ``kernel.legalstatus``."""
    schema = pa.schema([_PATENT, pa.field("flag", RECORD_SCHEMA.field("flags").type.value_type)])
    return FrameTable(schema, f'SELECT k.patent, UNNEST(t."flags") AS flag FROM "records" AS t {_NUMBERED}')


TABLES: Final[Mapping[str, FrameTable]] = {
    "patents": _patents(),
    "parties": _narrow("parties", ("role", "position", "name", "country")),
    "classifications": _narrow("classifications", ("scheme", "symbol", "first")),
    "flags": _flags(),
}
SOURCES: Final = (
    "records",
    "aliases",
    "patents",
    "parties",
    "classifications",
    "citations",
)
FRAMES: Final = FrameSpec(
    tables=TABLES,
    sources=SOURCES,
    numbers=("aliases", "key", "id:", "n"),
    links="links",
    pointing=("citations", "key"),
)
