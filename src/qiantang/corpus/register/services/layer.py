"""Writing one layer: Parquet files in a staging folder, sealed, then moved into place whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.register.methods.tables import CANONICAL_TABLES, canonical_tables, packed_schema, schema_of
from qiantang.corpus.register.types import OBSERVED
from qiantang.disk import sync
from qiantang.engines.lake.port import Lake

# What is held back before a write, as one row group: a compromise of memory and of what a look-up must read.
GROUP_ROWS, GROUP_BYTES = 65_536, 32 * 2**20
OBSERVATIONS_SCHEMA = pa.schema(
    [
        pa.field("patent_id", pa.string(), nullable=False),
        pa.field("digest", pa.string()),
        pa.field("keys", pa.list_(pa.string())),
        pa.field("notes", pa.list_(pa.string())),
        *(pa.field(name, kind) for name, kind in OBSERVED),
    ]
)
_ALIASES = schema_of("aliases")
_TOUCHED = pa.schema([pa.field("patent_id", pa.string())])


def parquet_writer(folder: Path, name: str, schema: pa.Schema) -> pq.ParquetWriter:
    # No dictionary pages: nearly every value is its own, and zstd alone gives smaller files in three quarters of the time.
    return pq.ParquetWriter(
        folder / f"{name}.parquet",
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=False,
        store_schema=False,
    )


def seal_folder(folder: Path, lake: Lake) -> dict[str, dict[str, Any]]:
    """Build the lake file of a layer whose Parquet files are complete; rows, SHA-256 and size of each file, made lasting."""
    lake.seal(folder)
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        rows = pq.read_metadata(path).num_rows if path.suffix == ".parquet" else None
        files[path.name] = {"rows": rows, "sha256": digest, "bytes": path.stat().st_size}
        sync(path)
    return files


class _Held:
    """Batches of one table on their way to a row group; a row group of a few rows costs as much as one of thousands."""

    def __init__(self) -> None:
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def add(self, rows: pa.RecordBatch) -> bool:
        """Take rows; True once there is enough for a row group."""
        self._batches.append(rows)
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        return self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES

    def release(self) -> list[pa.RecordBatch]:
        """All that is held, as one batch; none where nothing is held."""
        held = pa.Table.from_batches(self._batches).combine_chunks().to_batches() if self._rows else []
        self._batches, self._rows, self._bytes = [], 0, 0
        return held


class LayerWriter:
    """Takes packed records, gives a sealed layer.

    first_place     the number ``n`` of the first record; rises by one a record
    touched         how many patents it has written or retired
    """

    def __init__(self, folder: Path, *, first_place: int) -> None:
        self.folder = folder
        self.next_place = first_place
        self.touched = 0
        folder.mkdir(parents=True)
        self._packed = packed_schema()
        self._records = parquet_writer(folder, "records", self._packed)
        self._tables = {name: parquet_writer(folder, name, schema_of(name)) for name in CANONICAL_TABLES}
        self._observations = parquet_writer(folder, "observations", OBSERVATIONS_SCHEMA)
        self._touched: list[pa.Array[pa.StringScalar]] = []
        self._held, self._said, self._disputed = _Held(), _Held(), _Held()

    def write(self, records: pa.RecordBatch) -> None:
        """Packed records of RECORD_SCHEMA. Each patent once a layer."""
        self.touched += records.num_rows
        if self._held.add(records):
            self._flush()

    def _flush(self) -> None:
        for records in self._held.release():
            self._touched.append(pa.array(records.column("patent_id").to_pylist(), pa.string()))
            places = pa.array(range(self.next_place, self.next_place + records.num_rows), pa.int64())
            self.next_place += records.num_rows
            packed = pa.RecordBatch.from_arrays([places, *records.columns], schema=self._packed)
            self._records.write_batch(packed)
            for name, table in canonical_tables(packed).items():
                self._tables[name].write_table(table)

    def write_observations(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows and self._said.add(pa.RecordBatch.from_pylist(list(rows), schema=OBSERVATIONS_SCHEMA)):
            self._flush_observations()

    def _flush_observations(self) -> None:
        for said in self._said.release():
            self._observations.write_batch(said)

    def write_disputed_aliases(self, rows: Sequence[tuple[str, str]]) -> None:
        """(key, patent id): publication keys that a patent claims but another owns, under ``x:``."""
        if rows:
            told = [{"key": f"x:{key}", "patent_id": owner, "n": None} for key, owner in rows]
            if self._disputed.add(pa.RecordBatch.from_pylist(told, schema=_ALIASES)):
                self._flush_disputed()

    def _flush_disputed(self) -> None:
        for told in self._disputed.release():
            self._tables["aliases"].write_batch(told)

    def retire(self, patent_ids: Iterable[str]) -> None:
        """These patents are no longer known by these ids; older layers' rows of theirs are hidden."""
        gone = pa.array(sorted(patent_ids), pa.string())
        self.touched += len(gone)
        self._touched.append(gone)

    def seal(self, lake: Lake) -> dict[str, dict[str, Any]]:
        """Close the files, build the lake file, and return rows and SHA-256 of each file."""
        self._flush()
        self._flush_observations()
        self._flush_disputed()
        self._close()
        ids: Any = pa.concat_arrays([pa.array([], pa.string()), *self._touched])
        with parquet_writer(self.folder, "touched", _TOUCHED) as touched:
            touched.write_table(pa.table([ids.take(pc.sort_indices(ids))], schema=_TOUCHED))
        return seal_folder(self.folder, lake)

    def _close(self) -> None:
        for writer in (self._records, self._observations, *self._tables.values()):
            writer.close()

    def discard(self) -> None:
        self._close()
        shutil.rmtree(self.folder, ignore_errors=True)
