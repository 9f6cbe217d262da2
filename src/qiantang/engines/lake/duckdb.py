"""The embedded lake: rows by key from files made beside the Parquet files of a layer, scans and counts by DuckDB over Parquet.

A look-up costs what it asks for, in a register of any size (``rows``); what must see everything is left to DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import local

import duckdb
import numpy as np
import pyarrow as pa

from qiantang.engines.lake.port import OWNER, TOUCHED, TableSpec
from qiantang.engines.lake.rows import RowFile, Values, write_rows
from qiantang.kernel.errors import Unavailable

_SCAN_ROWS = 4096
_TOUCHED_SPEC = TableSpec(f"{TOUCHED}.parquet", key=OWNER)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


class DuckdbView:
    def __init__(self, specs: Mapping[str, TableSpec], folders: Sequence[Path]) -> None:
        self._specs = specs
        self._folders = tuple(folders)
        self._local = local()
        try:
            self._tables = {
                name: [RowFile(folder / spec.file, spec.key) for folder in folders] for name, spec in specs.items()
            }
            self._touched = [RowFile(folder / _TOUCHED_SPEC.file, OWNER) for folder in folders]
            self._connection = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "800MB"})
        except (OSError, pa.ArrowException, duckdb.Error) as error:
            raise Unavailable("lake.layer_unreadable", reason=str(error)) from error

    # --- by key ---------------------------------------------------------------------------------------------------

    def lookup(
        self, table: str, values: Sequence[str] | Sequence[int], columns: Sequence[str] | None = None
    ) -> pa.Table:
        layers = self._tables[table]
        schema = layers[0].schema
        shown = list(columns) if columns else schema.names
        asked: Values = pa.array(values, schema.field(self._specs[table].key).type)
        needed = list(dict.fromkeys([*shown, self._specs[table].key, OWNER]))
        found = [self._unhidden(index, layer.lookup(asked, needed)) for index, layer in enumerate(layers)]
        return pa.concat_tables(found).select(shown)

    def _unhidden(self, index: int, rows: pa.Table) -> pa.Table:
        """Of the rows of a layer those whose owner no newer layer replaces."""
        newer = self._touched[index + 1 :]
        if not newer or not rows.num_rows:
            return rows
        owners = rows[OWNER].combine_chunks()
        hidden = np.zeros(len(owners), bool)
        for touched in newer:
            hidden |= touched.holds(owners)
        return rows.filter(pa.array(~hidden)) if hidden.any() else rows

    # --- everything -----------------------------------------------------------------------------------------------

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection.cursor()
        return cursor

    def _visible(self, table: str, columns: Sequence[str] | None) -> str:
        """SQL for the visible rows: of each layer those whose owner no newer layer replaces."""
        chosen = ", ".join(_quoted(c) for c in columns) if columns else "*"
        parts = []
        for index, folder in enumerate(self._folders):
            source = f"read_parquet({_literal(folder / self._specs[table].file)})"
            newer = [_literal(one / _TOUCHED_SPEC.file) for one in self._folders[index + 1 :]]
            hidden = f"SELECT {OWNER} FROM read_parquet([{', '.join(newer)}])"  # noqa: S608 paths and columns of our own
            filtered = f" WHERE {OWNER} NOT IN ({hidden})" if newer else ""
            parts.append(f"SELECT {chosen} FROM {source}{filtered}")  # noqa: S608 as above
        return " UNION ALL ".join(parts)

    def scan(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        cursor = self._connection.cursor()
        try:
            yield from cursor.sql(self._visible(table, columns)).to_arrow_reader(_SCAN_ROWS)
        finally:
            cursor.close()

    def tally(self, table: str, by: Sequence[str]) -> pa.Table:
        names = ", ".join(_quoted(c) for c in by)
        rows = self._visible(table, [*by])
        asked = self._cursor().sql(f"SELECT {names}, count(*)::BIGINT AS n FROM ({rows}) GROUP BY ALL")  # noqa: S608
        counted: pa.Table = asked.to_arrow_table()
        return counted

    def filled(self, table: str, columns: Sequence[str]) -> dict[str, int]:
        schema = self._tables[table][0].schema
        kinds = {name: schema.field(name).type for name in columns}
        counted = ", ".join(
            f"count(*) FILTER (len({_quoted(c)}) > 0)" if pa.types.is_list(kind) else f"count({_quoted(c)})"
            for c, kind in kinds.items()
        )
        # fetchall, not fetchone: an unfinished result would block the cursor
        rows = self._cursor().execute(f"SELECT {counted} FROM ({self._visible(table, columns)})").fetchall()  # noqa: S608
        return dict(zip(columns, rows[0], strict=True))

    def count(self, table: str) -> int:
        rows = self._cursor().execute(f"SELECT count(*) FROM ({self._visible(table, [OWNER])})").fetchall()  # noqa: S608
        return int(rows[0][0])

    def close(self) -> None:
        self._connection.close()
        self._tables, self._touched = {}, []


class DuckdbLake:
    """The files for look-ups are caches of a layer: they can always be made again from its Parquet files."""

    def __init__(self, *, specs: Mapping[str, TableSpec]) -> None:
        self.specs = specs

    def seal(self, folder: Path) -> None:
        for spec in (*self.specs.values(), _TOUCHED_SPEC):
            write_rows(folder / spec.file, spec.key)

    def open(self, folders: Sequence[Path]) -> DuckdbView:
        return DuckdbView(self.specs, folders)
