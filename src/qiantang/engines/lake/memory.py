"""The lake in memory: whole Parquet files as Arrow tables, filtered by hand. The oracle of the conformance suite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.engines.lake.port import OWNER, TOUCHED, TableSpec
from qiantang.kernel.errors import Unavailable


class MemoryView:
    def __init__(self, specs: Mapping[str, TableSpec], folders: Sequence[Path]) -> None:
        self._specs = specs
        try:
            self._tables = {name: self._visible(spec, folders) for name, spec in specs.items()}
        except (OSError, pa.ArrowException) as error:
            raise Unavailable("lake.layer_unreadable", reason=str(error)) from error

    def _visible(self, spec: TableSpec, folders: Sequence[Path]) -> pa.Table:
        layers: list[pa.Table] = []
        replaced: pa.Array[pa.StringScalar] = pa.array([], pa.string())
        for folder in reversed(folders):
            rows = pq.read_table(folder / spec.file)
            layers.append(rows.filter(pc.invert(pc.is_in(rows[OWNER], value_set=replaced))))
            touched = pq.read_table(folder / f"{TOUCHED}.parquet")[OWNER].combine_chunks()
            replaced = pa.concat_arrays([replaced, touched])
        return pa.concat_tables(reversed(layers))

    def lookup(
        self, table: str, values: Sequence[str] | Sequence[int], columns: Sequence[str] | None = None
    ) -> pa.Table:
        rows = self._tables[table]
        key = rows[self._specs[table].key]
        found = rows.filter(pc.is_in(key, value_set=pa.array(values, key.type)))
        return found.select(columns) if columns else found

    def scan(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        rows = self._tables[table]
        yield from (rows.select(columns) if columns else rows).to_batches()

    def tally(self, table: str, by: Sequence[str]) -> pa.Table:
        counted = self._tables[table].group_by(list(by)).aggregate([([], "count_all")])
        return counted.rename_columns([*by, "n"]) if counted.column_names[-1] == "count_all" else counted

    def filled(self, table: str, columns: Sequence[str]) -> dict[str, int]:
        rows = self._tables[table]
        return {
            name: sum(1 for value in rows[name].to_pylist() if value is not None and value != []) for name in columns
        }

    def count(self, table: str) -> int:
        return self._tables[table].num_rows

    def close(self) -> None:
        self._tables = {}


class MemoryLake:
    def __init__(self, *, specs: Mapping[str, TableSpec]) -> None:
        self.specs = specs

    def seal(self, folder: Path) -> None:
        """Nothing to prepare: Parquet is read as it is."""

    def open(self, folders: Sequence[Path]) -> MemoryView:
        return MemoryView(self.specs, folders)
