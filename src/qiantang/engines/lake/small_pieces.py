"""Pieces of cubes for layers that fit in memory: the same files as in ``cubes``, made of arrays.

A daily load has some ten thousand rows. The database spends more time on planning and on joining rows to their cells than
numpy on all of it.
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from qiantang.engines.lake.attached import Connection
from qiantang.engines.lake.port import Cube

_MOST_CODES = 2**62
Numbers = np.ndarray[Any, np.dtype[Any]]


def put_together(connection: Connection, cube: Cube, facts: str, taken: Sequence[pa.Table], made: Path) -> None:
    """Count the layer's own rows, keep for each row where it went, and write what it adds and takes back."""
    names = list(cube.dimensions)
    shown = ", ".join(f'"{name}"' for name in ("patent", *names, *cube.measures))
    rows = connection.sql(f"SELECT {shown} FROM ({facts})").to_arrow_table().combine_chunks()
    wanted = pa.schema([pa.field("patent", pa.int64()), *(field for field in cube.schema() if field.name != "n")])
    rows = rows.cast(wanted)
    sums = {name: rows[name].fill_null(0).to_numpy() for name in cube.measures}
    own, cell = _cells(cube, rows, {"n": np.ones(len(rows), np.int64), **sums})
    order = np.argsort(rows["patent"].to_numpy(), kind="stable")
    kept = {"patent": rows["patent"].to_numpy(), "cell": cell.astype(np.int32), **sums}
    for name, values in kept.items():
        values[order].tofile(made / f"{cube.name}.{name}")
    told = own.select(names)
    with pa.ipc.new_file(str(made / f"{cube.name}.cells"), told.schema) as writer:
        writer.write_table(told)
    every = [own, *(one.select(cube.schema().names).cast(cube.schema()) for one in taken)]
    piece = _added(cube, pa.concat_tables(every).combine_chunks())
    connection.register("piece", piece)
    connection.execute(f'CREATE TABLE made."{cube.name}" AS SELECT * FROM piece')
    connection.unregister("piece")


def _added(cube: Cube, cells: pa.Table) -> pa.Table:
    """Cells of the same place made one; those in which all cancels out left away."""
    sums = {name: cells[name].to_numpy() for name in ("n", *cube.measures)}
    added, _ = _cells(cube, cells, sums)
    some = np.zeros(len(added), bool)
    for name in sums:
        some |= added[name].to_numpy() != 0
    return added.filter(pa.array(some))


def _cells(cube: Cube, rows: pa.Table, sums: dict[str, Numbers]) -> tuple[pa.Table, Numbers]:
    """The distinct places of rows with their sums, and for each row the number of its place."""
    first, place = _places([rows[name] for name in cube.dimensions], len(rows))
    found = rows.select(list(cube.dimensions)).take(pa.array(first, pa.int64()))
    for name, values in sums.items():
        added = np.zeros(len(first), np.int64)
        np.add.at(added, place, values)
        found = found.append_column(name, pa.array(added))
    return found.cast(cube.schema()), place


def _places(columns: Sequence[Any], rows: int) -> tuple[Numbers, Numbers]:
    """Of each distinct combination the first row that has it, and for each row the number of its combination."""
    codes, choices = np.zeros(rows, np.int64), 1
    for column in columns:
        coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        values = max(1, len(coded.dictionary))
        if choices * values > _MOST_CODES:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            choices = rows
        codes = codes * values + coded.indices.to_numpy(zero_copy_only=False)
        choices *= values
    _, first, place = np.unique(codes, return_index=True, return_inverse=True)
    return first, place
