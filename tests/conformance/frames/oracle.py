"""What the tables of a snapshot must hold, and the answers to the seventeen questions, in plain Python over plain rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa

from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.engines.lake.memory import MemoryLake
from qiantang.engines.lake.port import Lake, TableSpec


def rows_of(table: pa.Table) -> Counter:
    return Counter(tuple(row.items()) for row in table.to_pylist())


def _records(lake: Lake, folders: list[Path]) -> list[dict]:
    view = MemoryLake(specs={"records": TableSpec("records.parquet", key="n")}).open(folders)
    return [row for batch in view.scan("records") for row in batch.to_pylist()]


def frames_in_rows(lake: Lake, folders: list[Path]) -> dict[str, list[dict]]:
    """The frame tables from the packed records alone: no canonical table, no SQL."""
    from qiantang.corpus.register.methods.links import cited_keys

    records = _records(lake, folders)
    place = {key: record["n"] for record in records for key in record["keys"]}
    told: dict[str, list[dict]] = {name: [] for name in FRAMES.schemas()}
    lists = ("classifications", "parties")
    for record in records:
        n = record["n"]
        for name in lists:
            shown = [field.name for field in FRAMES.schemas()[name]][1:]
            told[name] += [{"patent": n, **{one: row[one] for one in shown}} for row in record[name]]
        told["flags"] += [{"patent": n, "flag": flag} for flag in record["flags"]]
        numbers = [row["cited"] for row in record["citations"]]
        keys = cited_keys(pa.chunked_array([pa.array(numbers, pa.string())])).to_pylist()
        told["links"] += [{"citing": n, "cited": one} for one in sorted({place[k] for k in keys if k in place})]
        told["patents"].append(_patent(record))
    return told


def _patent(record: dict) -> dict:
    names = [field.name for field in FRAMES.schemas()["patents"]]
    first = [c["symbol"] for c in record["classifications"] if c["scheme"] == "ipc" and c["first"]]
    of = {
        role: sorted((p["position"], p["name"]) for p in record["parties"] if p["role"] == role)
        for role in ("applicant", "holder")
    }
    named = of["applicant"] or of["holder"]
    own = {
        "patent": record["n"],
        "filing_year": record["filing_date"].year if record["filing_date"] else None,
        "main_ipc": min(first, default=None),
        "applicant": named[0][1] if named else None,
        "applicants": len(of["applicant"]) or None,
    }
    return {name: own[name] if name in own else record[name] for name in names}


def expected_frames(lake: Lake, folders: list[Path]) -> dict[str, Counter]:
    return {name: Counter(tuple(row.items()) for row in rows) for name, rows in frames_in_rows(lake, folders).items()}
