"""The embedded lake: Arrow files made beside the Parquet files of a layer, read by key or from end to end.

A look-up costs what it asks for, in a register of any size. Files that a view has opened it can read to its end, whatever
becomes of their folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.engines.lake.port import OWNER, TOUCHED, TableSpec
from qiantang.engines.lake.rows import RowFile, Values, mend_rows, write_rows
from qiantang.kernel.errors import Unavailable

_TOUCHED_SPEC = TableSpec(f"{TOUCHED}.parquet", OWNER)
_TALLIED_ROWS = 1 << 18  # counted together before they are added up


class ArrowView:
    def __init__(self, specs: Mapping[str, TableSpec], folders: Sequence[Path]) -> None:
        self._specs = specs
        try:
            for folder in folders:
                for spec in (*specs.values(), _TOUCHED_SPEC):
                    mend_rows(folder / spec.file, spec.key)
            self._tables = {
                name: [RowFile(folder / spec.file, spec.key) for folder in folders] for name, spec in specs.items()
            }
            self._touched = [RowFile(folder / _TOUCHED_SPEC.file, OWNER) for folder in folders]
        except (OSError, pa.ArrowException) as error:
            raise Unavailable("lake.layer_unreadable", reason=str(error)) from error

    def lookup(
        self, table: str, values: Sequence[str] | Sequence[int], columns: Sequence[str] | None = None
    ) -> pa.Table:
        layers = self._tables[table]
        schema = layers[0].schema
        shown = list(columns) if columns else schema.names
        asked: Values = pa.array(values, schema.field(self._specs[table].key).type)
        needed = list(dict.fromkeys([*shown, self._specs[table].key, OWNER]))
        found = []
        for index, layer in enumerate(layers):
            rows = layer.lookup(asked, needed)
            hidden = self._hidden(index, rows[OWNER]) if rows.num_rows else np.empty(0, bool)
            found.append(rows.filter(pa.array(~hidden)) if hidden.any() else rows)
        return pa.concat_tables(found).select(shown)

    def _hidden(self, index: int, owners: Values) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Of rows of a layer, which have an owner that a newer layer replaces."""
        asked = pa.concat_arrays(owners.chunks)
        hidden = np.zeros(len(asked), bool)
        for touched in self._touched[index + 1 :]:
            hidden |= touched.holds(asked)
        return hidden

    def scan(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        shown = list(columns) if columns else self._tables[table][0].schema.names
        for index, layer in enumerate(self._tables[table]):
            for rows in layer.scan([*shown, OWNER] if self._touched[index + 1 :] else shown):
                if self._touched[index + 1 :]:
                    hidden = self._hidden(index, rows[OWNER])
                    rows = rows.filter(pa.array(~hidden)) if hidden.any() else rows  # noqa: PLW2901 less of the same
                yield from rows.select(shown).combine_chunks().to_batches()

    def tally(self, table: str, by: Sequence[str]) -> pa.Table:
        schema = self._tables[table][0].schema
        counts: Counter[tuple[object, ...]] = Counter()
        held: list[pa.RecordBatch] = []
        for batch in self.scan(table, by):
            held.append(batch)
            if sum(one.num_rows for one in held) >= _TALLIED_ROWS:
                counts += _counted(held, by)
                held = []
        counts += _counted(held, by)
        columns = [pa.array([value[i] for value in counts], schema.field(name).type) for i, name in enumerate(by)]
        return pa.table([*columns, pa.array(counts.values(), pa.int64())], names=[*by, "n"])

    def filled(self, table: str, columns: Sequence[str]) -> dict[str, int]:
        counts = dict.fromkeys(columns, 0)
        for batch in self.scan(table, columns):
            for name in columns:
                column: Values = batch.column(name)
                if pa.types.is_list(column.type):
                    counts[name] += int(np.count_nonzero(_lengths(column)))
                else:
                    counts[name] += len(column) - column.null_count
        return counts

    def count(self, table: str) -> int:
        return sum(batch.num_rows for batch in self.scan(table, [OWNER]))

    def close(self) -> None:
        self._tables, self._touched = {}, []


def _counted(batches: Sequence[pa.RecordBatch], by: Sequence[str]) -> Counter[tuple[object, ...]]:
    if not batches:
        return Counter()
    counted = pa.Table.from_batches(batches).group_by(list(by)).aggregate([([], "count_all")])
    values = zip(*(counted[name].to_pylist() for name in by), strict=True)
    return Counter(dict(zip(values, counted["count_all"].to_pylist(), strict=True)))


class ArrowLake:
    """The files it makes are caches of a layer: they can always be made again from its Parquet files, and
    are where one is missing.
    """

    def __init__(self, *, specs: Mapping[str, TableSpec]) -> None:
        self.specs = specs

    def seal(self, folder: Path) -> None:
        for spec in (*self.specs.values(), _TOUCHED_SPEC):
            write_rows(folder / spec.file, spec.key)

    def open(self, folders: Sequence[Path]) -> ArrowView:
        return ArrowView(self.specs, folders)


def _lengths(lists: Values) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """How long each list is; a missing one has no entry."""
    lengths: Values = pc.list_value_length(lists)
    filled: np.ndarray[tuple[int], np.dtype[np.int32]] = lengths.fill_null(0).to_numpy()
    return filled
