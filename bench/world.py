"""A synthetic world straight into the register's Parquet form: columns from random numbers, a million patents in a minute.

Patents, parties, classes, citations, families, grants and aliases; no texts, inventors or figures. Citations go to older
patents, a few of them much more often than others. Region, class, applicant and citation counts are skewed as in life, and
nothing else is: this is for time and space, never for what numbers mean. ``records.parquet`` has only what indicators read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import harness  # noqa: F401 - the settings must stand before anything of the platform is imported
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.classes.methods.concordance import CONCORDANCE
from qiantang.corpus.register.api import register
from qiantang.corpus.register.methods.tables import CANONICAL_TABLES, packed_schema, schema_of
from qiantang.corpus.register.selectors.manifests import Manifest, RegisterPlace
from qiantang.corpus.register.services.layer import OBSERVATIONS_SCHEMA, parquet_writer
from qiantang.corpus.register.types import SourceInfo
from qiantang.disk import write_atomically

AT_ONCE = 500_000
FIRST_YEAR, YEARS = 1990, 35
PEERS = ["3301", "1101", "3101", "4403", "4401", "3205", "3201", "4201", "5101", "3302", "3702", "6105", "5001"]
_CITIES = [*PEERS, *(f"{one}" for one in range(3303, 3312)), *(f"{one}" for one in range(4101, 4119))]
_REGIONS = [f"{city}{district:02d}" for city in _CITIES for district in range(2, 12)]
_SUBCLASSES = [one for symbols in CONCORDANCE.values() for one in symbols.split() if len(one) == 4]
_SYMBOLS = [f"{one}{group}/{sub:02d}" for one in _SUBCLASSES for group in (1, 3, 5, 9) for sub in (0, 8)]
_TYPES = ["invention", "utility_model", "design"]
_STATUSES = ["granted", "in_examination", "lapsed_fee", "refused", "expired", "deemed_withdrawn"]
_OFFICES = ["CN", "US", "EP", "JP", "KR", "WO"]

Rows = dict[str, Any]


def _words(words: list[str], codes: Any) -> Any:
    return pa.array(words).take(pa.array(codes))


def _text(prefix: str, numbers: Any, width: int = 9) -> Any:
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, padded, "")


def _skewed(dice: np.random.Generator, size: int, choices: int, power: float = 3.0) -> Any:
    return np.minimum((dice.random(size) ** power * choices).astype(np.int64), choices - 1)


def _filled(schema: pa.Schema, rows: Rows, size: int) -> pa.Table:
    """The columns told, in the order of the schema; the others are null."""
    columns = [rows[f.name].cast(f.type) if f.name in rows else pa.nulls(size, f.type) for f in schema]
    return pa.table(columns, schema=schema)


class World:
    """One layer of so many patents. Each batch follows from the seed and its place alone."""

    def __init__(self, patents: int, *, cited: float, seed: int = 42, first: int = 0) -> None:
        self.patents, self._cited, self._seed, self._first = patents, cited, seed, first

    def batches(self, revised: Any = None) -> Iterator[dict[str, pa.Table]]:
        """All tables of the layer, portion by portion. ``revised``: these patents alone, told anew."""
        every = np.arange(self.patents) if revised is None else np.sort(revised)
        for start in range(0, len(every), AT_ONCE):
            ids = every[start : start + AT_ONCE]
            yield self._tables(ids, np.arange(start, start + len(ids)) + self._first)

    def _tables(self, ids: Any, numbers: Any) -> dict[str, pa.Table]:
        dice = np.random.default_rng([self._seed, self._first, int(ids[0])])
        owner, place, size = _text("W", ids), pa.array(numbers), len(ids)
        own = self._patents(dice, ids, owner)
        flags = pa.array([["pledged"] if one else [] for one in (dice.random(size) < 0.02).tolist()], _FLAGS)
        aliases = {
            "key": pa.concat_arrays([_text("id:W", ids), _text("p:CN", ids)]),
            "patent_id": pa.concat_arrays([owner, owner]),
            "n": pa.concat_arrays([place, place]),
        }
        family = {"family": own["simple_family_id"], "scheme": _words(["simple"], np.zeros(size, int))}
        told = {
            "records": _filled(_RECORDS, {"n": place, "patent_id": owner, "flags": flags}, size),
            "aliases": _filled(schema_of("aliases"), aliases, 2 * size),
            "patents": _filled(schema_of("patents"), own, size),
            "family_members": self._many("family_members", ids, family),
            "publications": self._many("publications", ids, {"number": _text("CN", ids)}),
            "touched": pa.table({"patent_id": owner}),
        }
        return {**told, **self._lists(dice, ids)}

    def _patents(self, dice: np.random.Generator, ids: Any, owner: Any) -> Rows:
        size = len(ids)
        years = FIRST_YEAR + np.sqrt(ids / self.patents) * YEARS
        filed = ((years - 1970) * 365.2425).astype(np.int32)
        granted = np.where(dice.random(size) < 0.6, filed + 700 + dice.integers(0, 400, size), 0).astype(np.int32)
        offices = np.where(dice.random(size) < 0.8, 0, dice.integers(1, len(_OFFICES), size))
        filing = pa.array(filed).cast(pa.date32())
        region = _words(_REGIONS, _skewed(dice, size, len(_REGIONS)))
        region = pc.if_else(pa.array((offices == 0) & (dice.random(size) < 0.97)), region, None)
        return {
            "patent_id": owner,
            "office": _words(_OFFICES, offices),
            "type": _words(_TYPES, _skewed(dice, size, 3, 2.0)),
            "filing_date": filing,
            "filing_year": pc.year(filing),
            "grant_date": pa.array(granted, mask=granted == 0).cast(pa.date32()),
            "region_code": region,
            "region_today": region,
            "simple_family_id": _text("S", ids // 2),
            "status": _words(_STATUSES, _skewed(dice, size, len(_STATUSES), 2.0)),
            "status_as_of": pa.array(np.full(size, 20_000, np.int32)).cast(pa.date32()),
            "claim_count": pa.array(dice.integers(1, 30, size)),
        }

    def _many(self, table: str, ids: Any, rows: Rows) -> pa.Table:
        return _filled(schema_of(table), {"patent_id": _text("W", ids), **rows}, len(ids))

    def _lists(self, dice: np.random.Generator, ids: Any) -> dict[str, pa.Table]:
        """What a patent has several of."""
        size = len(ids)
        classes = 1 + (dice.random(size) < 0.6).astype(int) + (dice.random(size) < 0.3)
        parties = 1 + (dice.random(size) < 0.12).astype(int)
        cited = dice.poisson(self._cited, size) * (ids > 0)
        owners = {"classifications": classes, "parties": parties, "citations": cited}
        repeated = {name: np.repeat(ids, counts) for name, counts in owners.items()}
        positions = {name: _positions(counts) for name, counts in owners.items()}
        near = dice.random(len(repeated["citations"]))
        older = np.where(near < 0.4, near / 0.4, dice.random(len(near)) ** 4)  # the rest goes to few
        targets = (older * repeated["citations"]).astype(np.int64)
        symbols = _skewed(dice, len(repeated["classifications"]), len(_SYMBOLS), 2.0)
        names = _skewed(dice, len(repeated["parties"]), max(1_000, self.patents // 30))
        constant = {name: np.zeros(len(one), int) for name, one in repeated.items()}
        return {
            "classifications": self._many("classifications", repeated["classifications"], {
                "scheme": _words(["ipc"], constant["classifications"]), "symbol": _words(_SYMBOLS, symbols),
                "first": pa.array(positions["classifications"] == 0),
            }),
            "parties": self._many("parties", repeated["parties"], {
                "role": _words(["applicant"], constant["parties"]), "name": _text("企业", names, 7),
                "position": pa.array(positions["parties"] + 1),
            }),
            "citations": self._many("citations", repeated["citations"], {
                "cited": _text("CN", targets), "key": _text("p:CN", targets),
            }),
        }  # fmt: skip


_FLAGS = pa.list_(pa.string())
_RECORDS = pa.schema([packed_schema().field(name) for name in ("n", "patent_id", "flags")])


def _positions(counts: Any) -> Any:
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def write_layer(world: World, name: str, revised: Any = None) -> int:
    """Write a layer and let the newest snapshot of the bench's register name it; how many patents it has."""
    place = register().place
    folder = place.layers / name
    folder.mkdir(parents=True)
    schemas = {table: schema_of(table) for table in CANONICAL_TABLES}
    schemas |= {"observations": OBSERVATIONS_SCHEMA, "touched": pa.schema([pa.field("patent_id", pa.string())])}
    schemas["records"] = _RECORDS
    writers = {table: parquet_writer(folder, table, schema) for table, schema in schemas.items()}
    written = 0
    for tables in world.batches(revised):
        written += len(tables["patents"])
        for table, rows in tables.items():
            writers[table].write_table(rows)
    for writer in writers.values():
        writer.close()
    _publish(place, name, written)
    return written


def _publish(place: RegisterPlace, name: str, written: int) -> None:
    before = place.latest()
    number = before.snapshot + 1 if before else 1
    source = SourceInfo(
        digest=name, name=name, format="bench", reader_version=1, synthetic=True, size_bytes=0, loaded_at="", load=number,
        read=written, kept=written, merged=0, refused=0, reasons={}, rank=3,
    )  # fmt: skip
    manifest = Manifest(
        snapshot=number,
        parent=before.snapshot if before else None,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        layers=(*(before.layers if before else ()), name),
        patents=before.patents if before else written,
        touched=written,
        next_place=(before.next_place if before else 0) + written,
        loads=(number,),
        sources=(source,),
    )
    write_atomically(place.manifest_path(number), manifest.to_bytes())


def folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
