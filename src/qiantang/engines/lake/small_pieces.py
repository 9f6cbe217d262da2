"""Pieces of cubes for layers that fit in memory: the same files as in ``cubes``, made of arrays.

A daily load has some ten thousand rows. The database spends more time on planning and on joining rows to their cells than
numpy on all of it. Cubes of the same facts share one reading of the layer; what a cube's rows add and what is taken back is
put into cells together, in one pass.
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.engines.lake import distinct
from qiantang.engines.lake.attached import Connection
from qiantang.engines.lake.numbers import Numbers, write_narrow
from qiantang.engines.lake.port import Cube

_MOST_CODES = 2**62
Table = Any  # of Arrow: its stubs know less than it does


def read_facts(connection: Connection, cubes: Sequence[Cube], facts: str) -> Table:
    """The layer's own rows with the columns that these cubes of the same facts want, by number of patent."""
    kinds: dict[str, pa.DataType] = {"patent": pa.int64()}
    for cube in cubes:
        kinds |= cube.dimensions
        kinds |= dict.fromkeys(cube.measures, pa.int64())
    shown = [f'"{name}"' for name in kinds]
    for cube in cubes:
        for count in cube.distinct:
            for told, name in zip(distinct.digest_sql(cube, count), distinct.halves(count), strict=True):
                kinds[f"{cube.name}.{name}"] = pa.uint64()
                shown.append(f'{told} AS "{cube.name}.{name}"')
    rows: Table = connection.sql(f"SELECT {', '.join(shown)} FROM ({facts})").to_arrow_table().combine_chunks()
    order = np.argsort(rows["patent"].to_numpy(), kind="stable")
    return rows.cast(pa.schema(list(kinds.items()))).take(pa.array(order)).combine_chunks()


class Taken(NamedTuple):
    """What a layer takes back from an older one.

    table   cells with what the hidden rows had added, negative
    keys    of each number of distinct values the keys of these rows, negative
    cells   the rows of ``table`` to which the keys belong
    """

    table: pa.Table
    keys: Mapping[str, distinct.Keys]
    cells: Mapping[str, Numbers]


def put_together(cube: Cube, rows: Table, taken: Sequence[Taken], older: Sequence[Path], made: Path) -> None:
    """Count the layer's own rows, keep for each row where it went, and write what it adds and takes back."""
    counted = np.ones(len(rows), bool)
    if cube.present:
        counted = rows[cube.present].is_valid().to_numpy()
        every = rows.filter(pa.array(counted))
    else:
        every = rows
    names = list(cube.dimensions)
    own = {"n": np.ones(len(every), np.int64), **{one: every[one].fill_null(0).to_numpy() for one in cube.measures}}
    held = len(every)
    every = pa.concat_tables([every.select(names), *(one.table.select(names) for one in taken)])
    first, place = _places([every[name] for name in names], len(every))
    cells = every.take(pa.array(first, pa.int64())).combine_chunks()
    cell = np.full(len(rows), -1, np.int32)
    cell[counted] = place[:held]
    cell.tofile(made / f"{cube.name}.cell")
    for name in cube.measures:
        write_narrow(rows[name].fill_null(0).to_numpy(), made / f"{cube.name}.{name}")
    with pa.ipc.new_file(str(made / f"{cube.name}.cells"), cells.schema) as writer:
        writer.write_table(cells)
    sums = _sums(own, [one.table for one in taken], place, len(first))
    starts = held + np.cumsum([0, *(len(one.table) for one in taken)])
    for count in cube.distinct:
        back = [
            (one.keys[count], place[start + one.cells[count]]) for one, start in zip(taken, starts[:-1], strict=True)
        ]
        sums[count] = _distinct(cube, count, rows, np.where(counted, cell, -1), back, older, made, len(first))
    _write(cells, sums, made / f"{cube.name}.parquet")


def _distinct(
    cube: Cube,
    count: str,
    rows: Table,
    cell: Numbers,
    back: Sequence[tuple[distinct.Keys, Numbers]],
    older: Sequence[Path],
    made: Path,
    cells: int,
) -> Numbers:
    """Write the keys of the layer; what they add to each cell and take from it."""
    upper, lower = (rows[f"{cube.name}.{half}"] for half in distinct.halves(count))
    some = upper.is_valid().to_numpy() & (cell >= 0)
    upper, lower = (half.fill_null(0).to_numpy()[some] for half in (upper, lower))
    given = [distinct.Keys(upper, lower, np.ones(len(upper), np.int64)), *(keys for keys, _cell in back)]
    told = distinct.advanced(given, older, f"{cube.name}.{count}")
    of_key = np.concatenate([cell[some], *(one for _keys, one in back)])[told.first]
    with distinct.KeyWriter(made, f"{cube.name}.{count}") as writer:
        writer.write(told, of_key)
    key = np.full(len(rows), -1, np.int32)
    key[some] = told.place[: len(upper)]
    key.tofile(made / f"{cube.name}.{count}.key")
    moved = np.zeros(cells, np.int64)
    np.add.at(moved, of_key, told.delta)
    return moved


def _sums(own: Mapping[str, Numbers], taken: Sequence[Table], place: Numbers, cells: int) -> dict[str, Numbers]:
    """What each cell gets, of the layer's own rows and of what is taken back."""
    sums = {}
    for name, values in own.items():
        sums[name] = np.zeros(cells, np.int64)
        np.add.at(sums[name], place, np.concatenate([values, *(one[name].to_numpy() for one in taken)]))
    return sums


def _write(cells: Table, sums: Mapping[str, Numbers], path: Path) -> None:
    """The piece; cells in which all cancels out are left away."""
    some = np.zeros(len(cells), bool)
    piece = cells
    for name, values in sums.items():
        some |= values != 0
        piece = piece.append_column(name, pa.array(values))
    pq.write_table(piece.filter(pa.array(some)), path, compression="none", store_schema=False, write_statistics=False)


def _places(columns: Sequence[Any], rows: int) -> tuple[Numbers, Numbers]:
    """Of each distinct combination the first row that has it, and for each row the number of its combination."""
    codes, choices = np.zeros(rows, np.int64), 1
    for column in columns:
        coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        values = max(1, len(coded.dictionary))
        if choices * values > _MOST_CODES:
            codes, choices = _numbered(codes), rows
        codes = codes * values + coded.indices.to_numpy(zero_copy_only=False)
        choices *= values
    place = _numbered(codes)
    first = np.empty(int(place.max(initial=-1)) + 1, np.int64)
    first[place[::-1]] = np.arange(rows - 1, -1, -1)
    return first, place


def _numbered(codes: Numbers) -> Numbers:
    """Equal codes get equal numbers, from 0 on in the order in which they come."""
    numbers: Any = pa.array(codes).dictionary_encode()
    return np.asarray(numbers.indices.to_numpy(), np.int64)
