"""Pieces of cubes for large layers: made and written by the database, in memory that does not grow with the layer.

The same files as ``small_pieces`` makes of arrays. Rows are taken by ranges of patents, keys of distinct values by portions.
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from qiantang.engines.lake import distinct
from qiantang.engines.lake.attached import Connection
from qiantang.engines.lake.numbers import Numbers, narrow
from qiantang.engines.lake.port import Cube
from qiantang.engines.lake.small_pieces import Taken

_AT_ONCE = 1_000_000  # rows, or keys
_PATENTS_AT_ONCE = 8_000_000  # of a layer
_Pair = tuple[Numbers, Numbers]


def count(connection: Connection, cube: Cube, facts: str, made: Path) -> None:
    """Count the layer's own rows into cells, and keep for each row where it went.

    Rows are taken by ranges of patents, in order, twice where there are several: memory does not grow with the layer.
    """
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    measured = ", ".join(f'CAST(COALESCE("{one}", 0) AS BIGINT) AS "{one}"' for one in cube.measures)
    digests = ", ".join(
        f'{told} AS "{name}"'
        for count in cube.distinct
        for told, name in zip(distinct.digest_sql(cube, count), distinct.halves(count), strict=True)
    )
    shown = ", ".join(filter(None, (by, measured, digests)))
    present = f'WHERE "{cube.present}" IS NOT NULL' if cube.present else ""
    sums = ", ".join(["COUNT(*) AS n", *(f'CAST(SUM("{one}") AS BIGINT) AS "{one}"' for one in cube.measures)])
    all_sums = ", ".join(f'CAST(SUM("{one}") AS BIGINT) AS "{one}"' for one in ("n", *cube.measures))
    ranges = _ranges(connection)
    make = f"CREATE OR REPLACE TABLE facts AS SELECT patent, {shown} FROM ({facts}) WHERE patent >= ? AND patent < ?"
    for place, bounds in enumerate(ranges):
        connection.execute(make, bounds)
        into = "INSERT INTO counted" if place else "CREATE OR REPLACE TABLE counted AS"
        connection.execute(f"{into} SELECT {by}, {sums} FROM facts {present} GROUP BY {by}")
        for count in cube.distinct:
            _gather_keys(connection, cube, count, first=not place)
    connection.execute(
        f"CREATE OR REPLACE TABLE cells AS SELECT CAST(ROW_NUMBER() OVER (ORDER BY {by}) - 1 AS INTEGER) AS cell, * "
        f"FROM (SELECT {by}, {all_sums} FROM counted GROUP BY {by}) ORDER BY cell"
    )
    _keep_rows(connection, cube, ranges, make, made)
    cells = connection.sql(f"SELECT {by} FROM cells ORDER BY cell").to_arrow_reader(_AT_ONCE)
    with pa.ipc.new_file(str(made / f"{cube.name}.cells"), cells.schema) as writer:
        for batch in cells:
            writer.write_batch(batch)


def _keep_rows(connection: Connection, cube: Cube, ranges: Sequence[tuple[int, int]], make: str, made: Path) -> None:
    """Write for each row where it went; ``make`` makes the facts of a range, which stand there where it is the only one."""
    same = " AND ".join(f'c."{name}" IS NOT DISTINCT FROM f."{name}"' for name in cube.dimensions)
    joined = f"LEFT JOIN cells AS c ON {same}"
    columns = ["f.patent", "COALESCE(c.cell, -1) AS cell", *(f'f."{one}"' for one in cube.measures)]
    for count in cube.distinct:
        _number_keys(connection, cube, count)
        upper, lower = distinct.halves(count)
        joined += (
            f' LEFT JOIN "{count}@keys" AS "{count}" ON "{count}".upper = f."{upper}" AND "{count}".lower = f."{lower}"'
        )
        columns.append(f'COALESCE("{count}".key, -1)')
    told = ", ".join(columns)
    names = ("patent", "cell", *cube.measures, *(f"{count}.key" for count in cube.distinct))
    streams = [(made / f"{cube.name}.{name}").open("wb") for name in names]
    for bounds in ranges:
        if len(ranges) > 1:
            connection.execute(make, bounds)
        rows = connection.sql(f"SELECT {told} FROM facts AS f {joined} ORDER BY f.patent")
        for batch in rows.to_arrow_reader(_AT_ONCE):
            for stream, column in zip(streams, batch.columns, strict=True):
                stream.write(np.ascontiguousarray(column.to_numpy(zero_copy_only=False)).data)
    for stream in streams:
        stream.close()
    for name in ("patent", *cube.measures):
        narrow(made / f"{cube.name}.{name}")


def _gather_keys(connection: Connection, cube: Cube, count: str, *, first: bool) -> None:
    """Count the keys of a range of patents."""
    upper, lower = distinct.halves(count)
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    known = f'AND "{cube.present}" IS NOT NULL' if cube.present else ""
    into = f'CREATE OR REPLACE TABLE "{count}@found" AS' if first else f'INSERT INTO "{count}@found"'
    connection.execute(
        f'{into} SELECT "{upper}" AS upper, "{lower}" AS lower, {by}, COUNT(*) AS n FROM facts '
        f'WHERE "{upper}" IS NOT NULL {known} GROUP BY ALL'
    )


def _number_keys(connection: Connection, cube: Cube, count: str) -> None:
    """The keys of the layer, numbered in the order of their digests, each with its cell."""
    same = " AND ".join(f'c."{name}" IS NOT DISTINCT FROM k."{name}"' for name in cube.dimensions)
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    connection.execute(
        f'CREATE OR REPLACE TABLE "{count}@keys" AS SELECT CAST(ROW_NUMBER() OVER (ORDER BY upper, lower) - 1 AS INTEGER) '
        f"AS key, upper, lower, c.cell, CAST(k.n AS BIGINT) AS n FROM (SELECT upper, lower, {by}, SUM(n) AS n "
        f'FROM "{count}@found" GROUP BY ALL) AS k JOIN cells AS c ON {same} ORDER BY key'
    )


def count_distinct(
    connection: Connection, cube: Cube, count: str, taken: Sequence[Taken], older: Sequence[Path], made: Path
) -> list[pa.Table]:
    """Put the keys of the layer together with what it takes back; what that adds to cells and takes from them.

    Both stand in the order of their digests and are walked through side by side: memory grows with what is taken back alone.
    """
    name = f"{cube.name}.{count}"
    [(cells,)] = connection.execute("SELECT count(*) FROM cells").fetchall()
    moved = np.zeros(cells, np.int64)
    behind: list[Numbers] = []  # how many own keys stand before each that is only taken back
    back: list[list[_Pair]] = [[] for _ in taken]
    starts, own_before = [0] * len(taken), 0
    with distinct.KeyWriter(made, name) as writer:
        for own, last in _portions(connection, count):
            ends = [_end(one.keys[count], own, last=last) for one in taken]
            parts = [slice(*bounds) for bounds in zip(starts, ends, strict=True)]
            given = [
                distinct.Keys(*(half[part] for half in one.keys[count])) for one, part in zip(taken, parts, strict=True)
            ]
            told = distinct.advanced([own.keys, *given], older, name)
            cell = np.full(len(told.net), -1, np.int64)
            cell[told.place[: len(own.cell)]] = own.cell
            writer.write(told, cell)
            np.add.at(moved, cell[cell >= 0], told.delta[cell >= 0])
            behind.append(own_before + np.cumsum(cell >= 0)[cell < 0])
            cells_of = [one.cells[count][part] for one, part in zip(taken, parts, strict=True)]
            for pairs, pair in zip(back, _only_back(told, cell, cells_of, len(own.cell)), strict=True):
                pairs.append(pair)
            starts, own_before = ends, own_before + len(own.cell)
    _move_keys(made / f"{name}.key", np.concatenate(behind))
    with pa.memory_map(str(made / f"{cube.name}.cells")) as source:
        reached = pa.ipc.open_file(source).read_all().take(pa.array(np.flatnonzero(moved), pa.int64()))
    found = [_as_moved(cube, count, reached, moved[moved != 0])]
    for one, pairs in zip(taken, back, strict=True):
        rows, delta = (np.concatenate(part) for part in zip(*pairs, strict=True))
        found.append(_as_moved(cube, count, one.table.take(pa.array(rows, pa.int64())), delta))
    return found


def _only_back(told: distinct.Advanced, cell: Numbers, cells_of: Sequence[Numbers], begin: int) -> Iterator[_Pair]:
    """Of each older layer the cells of keys that are only taken back, and what that adds to them.

    cells_of   the cells of the keys of each older layer, as they were given behind the ``begin`` own ones
    """
    for cells in cells_of:
        places = told.place[begin : begin + len(cells)]
        # a key that several older layers held is told of once
        mine = (cell[places] < 0) & (told.first[places] == np.arange(begin, begin + len(cells)))
        yield cells[mine], told.delta[places][mine]
        begin += len(cells)


class _Portion(NamedTuple):
    """Some keys of the layer, in order, and the cell of each."""

    keys: distinct.Keys
    cell: Numbers


def _portions(connection: Connection, count: str) -> Iterator[tuple[_Portion, bool]]:
    """The keys of the layer by portions, and whether a portion is the last; one where there are none."""
    rows = connection.sql(f'SELECT upper, lower, n, cell FROM "{count}@keys" ORDER BY key').to_arrow_reader(_AT_ONCE)
    parts = (batch.slice(start, _AT_ONCE) for batch in rows for start in range(0, batch.num_rows, _AT_ONCE))
    waiting: Any = next(parts, pa.RecordBatch.from_pylist([], rows.schema))
    for batch in chain(parts, [None]):
        upper, lower, n, cell = (np.asarray(one.to_numpy(zero_copy_only=False)) for one in waiting.columns)
        yield _Portion(distinct.Keys(upper, lower, n), cell), batch is None
        waiting = batch


def _end(keys: distinct.Keys, own: _Portion, *, last: bool) -> int:
    """Up to where keys that are taken back are to be put together with a portion: those up to its last key."""
    if last:
        return len(keys.upper)
    upper, lower = own.keys.upper[-1], own.keys.lower[-1]
    end = int(np.searchsorted(keys.upper, upper))
    while end < len(keys.upper) and keys.upper[end] == upper and keys.lower[end] <= lower:
        end += 1
    return end


def _move_keys(path: Path, behind: Numbers) -> None:
    """Keys that are only taken back stand between the own ones: the numbers of those behind them grow."""
    key = np.memmap(path, np.int32, "r+") if len(behind) and path.stat().st_size else np.empty(0, np.int32)
    for start in range(0, len(key), _AT_ONCE):
        part = key[start : start + _AT_ONCE]
        part[part >= 0] += np.searchsorted(behind, part[part >= 0], side="right").astype(np.int32)


def _as_moved(cube: Cube, count: str, cells: Any, moved: Numbers) -> pa.Table:
    """Cells to which nothing is added but a number of distinct values."""
    table: pa.Table = cells.select(list(cube.dimensions)).cast(pa.schema(list(cube.dimensions.items())))
    for name in cube.sums:
        table = table.append_column(name, pa.array(moved if name == count else np.zeros(len(moved), np.int64)))
    return table


def _ranges(connection: Connection) -> list[tuple[int, int]]:
    """Ranges of numbers of the layer's patents, first and behind the last: one where they are not too many at once."""
    low, high = connection.execute("SELECT min(patent), max(patent) FROM patents").fetchone() or (None, None)
    if low is None:
        return [(0, 0)]
    return [(start, start + _PATENTS_AT_ONCE) for start in range(low, high + 1, _PATENTS_AT_ONCE)]


def put_together(connection: Connection, cube: Cube, taken: Sequence[pa.Table]) -> None:
    """The piece: what the layer adds and takes back, cells where both cancel out left away."""
    names = ", ".join(f'"{name}"' for name in cube.schema().names)
    own = ", ".join('0 AS "' + name + '"' if name in cube.distinct else f'"{name}"' for name in cube.schema().names)
    parts = [f"SELECT {own} FROM cells"]
    for place, table in enumerate(taken):
        connection.register(f"taken{place}", table)
        parts.append(f"SELECT {names} FROM taken{place}")
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    sums = ", ".join(f'CAST(SUM("{name}") AS BIGINT) AS "{name}"' for name in cube.sums)
    some = " OR ".join(f'SUM("{name}") <> 0' for name in cube.sums)
    connection.execute(
        f'CREATE TABLE made."{cube.name}" AS SELECT {by}, {sums} FROM ({" UNION ALL ".join(parts)}) '
        f"GROUP BY {by} HAVING {some} ORDER BY {by}"
    )
    for place in range(len(taken)):
        connection.unregister(f"taken{place}")
