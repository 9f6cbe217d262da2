"""The embedded lake: one immutable DuckDB file beside the Parquet files of each layer, always attached read-only.

Zone maps of DuckDB keep only the first bytes of texts, which are the same for all our keys, so a look-up by text would
read everything. Each text key therefore gets a 64-bit digest, by which the rows are sorted: a look-up reads one block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import md5
from pathlib import Path
from threading import local

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.engines.lake.port import OWNER, TOUCHED, TableSpec
from qiantang.kernel.errors import Unavailable

LAKE_FILE = "lake.duckdb"
_LARGE_FILE = 32 * 2**20
_DIGEST = "_key_digest"
_FEW = 64  # up to here a list of constants, which prunes blocks; beyond, a join
_SCAN_ROWS = 4096
# A look-up reads the row groups its values may be in, and passes over every row of theirs: with DuckDB's own 122,880 ten
# rows cost 142 ms, with these 26 ms, in a file a quarter larger.
_ROW_GROUP = 4096


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def key_digest(value: str) -> int:
    """The 64 bits by which text keys are sorted: the same as DuckDB's ``md5_number_lower``, stable over its versions."""
    return int.from_bytes(md5(value.encode(), usedforsecurity=False).digest()[8:], "little")


class DuckdbView:
    def __init__(self, specs: Mapping[str, TableSpec], folders: Sequence[Path]) -> None:
        self._specs = specs
        self._layers = [f"layer{index}" for index in range(len(folders))]
        self._connection = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1500MB"})
        self._local = local()
        try:
            for name, folder in zip(self._layers, folders, strict=True):
                path = _literal(str(folder / LAKE_FILE))
                self._connection.execute(f"ATTACH {path} AS {name} (READ_ONLY)")
            self._text_keys = {
                table: self._layers and pa.types.is_string(self._kind(table, spec.key)) for table, spec in specs.items()
            }
        except duckdb.Error as error:
            raise Unavailable("lake.layer_unreadable", reason=str(error)) from error

    def _kind(self, table: str, column: str) -> pa.DataType:
        empty = self._connection.sql(f"SELECT {_quoted(column)} FROM {self._layers[0]}.{_quoted(table)} LIMIT 0")  # noqa: S608 names of our own tables
        kind: pa.DataType = empty.to_arrow_table().schema.field(0).type
        return kind

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection.cursor()
        return cursor

    def _selected(self, columns: Sequence[str] | None) -> str:
        return ", ".join(_quoted(c) for c in columns) if columns else f"* EXCLUDE ({_DIGEST})"

    def _newer_owners(self, index: int) -> str:
        return " UNION ALL ".join(f"SELECT {OWNER} FROM {newer}.{TOUCHED}" for newer in self._layers[index + 1 :])  # noqa: S608

    def _visible(self, table: str, columns: Sequence[str] | None, where: str = "") -> str:
        """SQL for the visible rows: of each layer those whose owner no newer layer replaces."""
        parts = []
        for index, layer in enumerate(self._layers):
            conditions = [where] if where else []
            newer = self._newer_owners(index)
            if newer:
                conditions.append(f"{OWNER} NOT IN ({newer})")
            filtered = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            parts.append(f"SELECT {self._selected(columns)} FROM {layer}.{_quoted(table)}{filtered}")  # noqa: S608
        return " UNION ALL ".join(parts)

    def lookup(
        self, table: str, values: Sequence[str] | Sequence[int], columns: Sequence[str] | None = None
    ) -> pa.Table:
        key = _quoted(self._specs[table].key)
        cursor = self._cursor()
        if len(values) <= _FEW:
            where, parameters = self._few(table, key, values)
        else:
            kind = pa.string() if self._text_keys[table] else pa.int64()
            cursor.register("asked", pa.table({"value": pa.array(values, kind)}))
            where, parameters = f"{key} IN (SELECT value FROM asked)", []  # noqa: S608 names of our own tables
        asked = cursor.sql(self._visible(table, columns, where), params=parameters * len(self._layers))
        found: pa.Table = asked.to_arrow_table()
        return found

    def _few(self, table: str, key: str, values: Sequence[str] | Sequence[int]) -> tuple[str, list[str | int]]:
        if not values:
            return "false", []
        marks = ", ".join("?" for _ in values)
        if not self._text_keys[table]:
            return f"{key} IN ({marks})", list(values)
        digests = ", ".join(f"{key_digest(str(value))}::UBIGINT" for value in values)
        return f"{_DIGEST} IN ({digests}) AND {key} IN ({marks})", list(values)

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
        kinds = {name: self._kind(table, name) for name in columns}
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


class DuckdbLake:
    """DuckDB over layers. A lake file is a cache of its layer: it can always be made again from the Parquet files."""

    def __init__(self, *, specs: Mapping[str, TableSpec]) -> None:
        self.specs = specs

    def seal(self, folder: Path) -> None:
        path = folder / LAKE_FILE
        path.unlink(missing_ok=True)
        # A second thread pays for itself from a few row groups on.
        large = any((folder / spec.file).stat().st_size > _LARGE_FILE for spec in self.specs.values())
        connection = duckdb.connect(":memory:", config={"threads": 1 + large, "memory_limit": "1500MB"})
        try:
            connection.execute(f"ATTACH {_literal(str(path))} AS sealed (ROW_GROUP_SIZE {_ROW_GROUP})")
            connection.execute("USE sealed")
            for table, spec in self.specs.items():
                connection.execute(self._creation(table, spec, folder))
            owners = _literal(str(folder / f"{TOUCHED}.parquet"))
            connection.execute(f"CREATE TABLE {TOUCHED} AS SELECT * FROM read_parquet({owners})")  # noqa: S608
            connection.execute("CHECKPOINT")
        finally:
            connection.close()

    def _creation(self, table: str, spec: TableSpec, folder: Path) -> str:
        file = folder / spec.file
        source = f"read_parquet({_literal(str(file))})"
        if pa.types.is_string(pq.read_schema(file).field(spec.key).type):
            digest = f"md5_number_lower({_quoted(spec.key)})::UBIGINT AS {_DIGEST}"
            return f"CREATE TABLE {_quoted(table)} AS SELECT {digest}, * FROM {source} ORDER BY {_DIGEST}"  # noqa: S608
        return f"CREATE TABLE {_quoted(table)} AS SELECT NULL::UBIGINT AS {_DIGEST}, * FROM {source}"  # noqa: S608

    def open(self, folders: Sequence[Path]) -> DuckdbView:
        return DuckdbView(self.specs, folders)
