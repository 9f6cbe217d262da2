"""Cubes beside the frame files: one piece a layer, added up when they are read.

<place>/000003-1f2e3d4c-9a8b7c6d/       the pieces of layer 000003 behind these older layers, for these cubes and tables
    cubes.duckdb, or <cube>.parquet     a table a cube: cells with signed counts and sums; what the layer's rows add, less
                                        what the rows of older layers that it hides had added
    <facts>.patent                      the rows of the layer, by number of patent; one for all cubes of the same facts
    <cube>.cell .<measure>              for each row the cell in which it was counted, -1 for none, and with what; numbers
                                        of patents and measures are written narrow (``numbers``)
    <cube>.cells                        the cells those numbers mean, an Arrow file
    <cube>.<count>.…                    of numbers of distinct values, see ``distinct``

So a load costs what it holds and what it hides: hidden rows are found by binary search, and nothing is counted again. The
sum over all pieces is what a count over all rows gives; the property test in ``tests/conformance`` holds it to that.
The pieces of small layers are made of arrays (``small_pieces``) and written as Parquet, which costs a refresh a quarter of
what a database file does; those of large ones, which are read most, are made and written by the database (``large_pieces``).
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data, and paths, which are quoted

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa

from qiantang.engines.lake import distinct, large_pieces
from qiantang.engines.lake import small_pieces as small
from qiantang.engines.lake.attached import AttachedFrames, Connection, connected, quoted
from qiantang.engines.lake.compiling import Texts
from qiantang.engines.lake.numbers import Numbers, held, mapped, mapped_narrow, write_narrow
from qiantang.engines.lake.port import Cube, FrameSpec, Indicator
from qiantang.kernel.errors import Unavailable

_FORM = "4"
_FILE = "cubes.duckdb"
_LARGE_BYTES = 16_000_000  # of the frame file of a layer, some 200,000 patents: beyond, the database counts the cells
_Found = tuple[Path, Numbers]  # pieces of an older layer, and which of its rows


def sweep_cubes(place: Path, layers: Collection[str]) -> None:
    """Forget the pieces of all layers but these."""
    for folder in place.glob("*-*-*"):
        if folder.name.partition("-")[0] not in layers:
            shutil.rmtree(folder, ignore_errors=True)


class CubeShelf:
    """Some cubes with the tables they are given: makes their pieces, opens them together."""

    def __init__(
        self,
        place: Path,
        cubes: Sequence[Cube],
        given: Mapping[str, pa.Table],
        *,
        spec: FrameSpec,
        options: Mapping[str, Any],
    ) -> None:
        self._place, self._cubes, self._given, self._options = place, cubes, given, options
        self._tables = list(spec.schemas())
        facts = Texts("duckdb", spec.schemas(), place)
        self._facts: dict[str, str] = {}
        self._sharing: dict[Any, list[Cube]] = {}  # cubes of the same facts
        for cube in cubes:
            alike = self._sharing.setdefault(cube.facts, [])
            alike.append(cube)
            asked = Indicator(f"facts.{alike[0].name}", cube.facts, given=cube.given)
            self._facts[cube.name] = self._facts[alike[0].name] if alike[0] is not cube else facts.of(asked).sql
        self._texts = Texts("duckdb", {cube.name: cube.schema() for cube in cubes}, place)
        self._digest = self._told()

    def _told(self) -> str:
        """Another one whenever other cells would be made."""
        told = sha256(_FORM.encode())
        for cube in self._cubes:
            told.update(
                repr((cube.name, self._facts[cube.name], cube.schema(), cube.present, dict(cube.distinct))).encode()
            )
        for name, table in sorted(self._given.items()):
            told.update(name.encode())
            for column in table.combine_chunks().columns:
                told.update(repr(column.to_pylist()).encode())
        return told.hexdigest()[:8]

    def _folder(self, frame: Path) -> Path:
        return self._place / f"{frame.stem}-{self._digest}"

    def make(self, frames: Sequence[Path]) -> None:
        """Make the pieces of layers that have none; ``frames`` are the files of their tables, oldest first."""
        for end, frame in enumerate(frames):
            folder = self._folder(frame)
            if not folder.exists():
                self._place.mkdir(parents=True, exist_ok=True)
                with TemporaryDirectory(dir=self._place, prefix="making.") as making:
                    made = Path(making) / folder.name
                    made.mkdir()
                    self._make(frame, [self._folder(one) for one in frames[:end]], made)
                    for old in self._place.glob(f"{frame.stem.partition('-')[0]}-*-{self._digest}"):
                        shutil.rmtree(old)
                    made.rename(folder)

    def _make(self, frame: Path, older: Sequence[Path], made: Path) -> None:
        large = frame.stat().st_size > _LARGE_BYTES
        # what a second thread would cost is more than what it does
        options = self._options if large else {**self._options, "threads": 1}
        with closing(connected(self._place, options)) as connection:
            connection.execute(f"ATTACH {quoted(frame)} AS layer (READ_ONLY)")
            for table in self._tables:
                connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM layer."{table}"')
            for name, rows in self._given.items():
                connection.register(name, rows)
            hidden = connection.sql("SELECT n FROM layer.hides ORDER BY n").to_arrow_table()["n"].to_numpy()
            if large:
                # whole or not at all: what is made counts once it is renamed, so nothing is written twice
                connection.execute(f"ATTACH {quoted(made / _FILE)} AS made (RECOVERY_MODE 'no_wal_writes')")
            for alike in self._sharing.values():
                found = [(folder, _rows_of(folder, alike[0].name, hidden)) for folder in older]
                self._make_alike(connection, alike, found, made, large=large)
            if large:
                connection.execute("DETACH made")

    def _make_alike(
        self, connection: Connection, alike: Sequence[Cube], found: Sequence[_Found], made: Path, *, large: bool
    ) -> None:
        """The pieces of cubes of the same facts; ``found`` are the rows of older layers that are hidden now."""
        facts = self._facts[alike[0].name]
        older = [folder for folder, _rows in found]
        rows = None if large else small.read_facts(connection, alike, facts)
        if rows is not None:
            write_narrow(rows["patent"].to_numpy(), made / f"{alike[0].name}.patent")
        for cube in alike:
            taken = [_taken_back(cube, *one) for one in found]
            if large:
                large_pieces.count(connection, cube, facts, made)
                if cube is not alike[0]:
                    (made / f"{cube.name}.patent").unlink()
                told = [one.table for one in taken]
                for count in cube.distinct:
                    told += large_pieces.count_distinct(connection, cube, count, taken, older, made)
                large_pieces.put_together(connection, cube, told)
            else:
                small.put_together(cube, rows, taken, older, made)

    def open(self, frames: Sequence[Path]) -> AttachedFrames:
        """The cubes over all these layers.

        errors  Unavailable ``lake.cubes_behind`` where a layer has no piece
        """
        folders = [self._folder(frame) for frame in frames]
        if missing := [one.name.partition("-")[0] for one in folders if not one.exists()]:
            raise Unavailable("lake.cubes_behind", layers=", ".join(missing))
        connection = connected(self._place, self._options)
        large = [(folder / _FILE).exists() for folder in folders]
        for place, folder in enumerate(folders):
            if large[place]:
                connection.execute(f"ATTACH {quoted(folder / _FILE)} AS p{place} (READ_ONLY)")
        for cube in self._cubes:
            pieces = [
                f'p{place}."{cube.name}"'
                if large[place]
                else f"read_parquet({quoted(folder / f'{cube.name}.parquet')})"
                for place, folder in enumerate(folders)
            ]
            connection.execute(f'CREATE VIEW "{cube.name}" AS {_added_up(cube, pieces)}')
        return AttachedFrames(connection, self._texts)


def _added_up(cube: Cube, pieces: Sequence[str]) -> str:
    if len(pieces) == 1:
        return f"SELECT * FROM {pieces[0]}"
    return _summed(cube, f"({' UNION ALL '.join(f'SELECT * FROM {piece}' for piece in pieces)})")


def _summed(cube: Cube, source: str) -> str:
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    sums = ", ".join(f'CAST(SUM("{name}") AS BIGINT) AS "{name}"' for name in cube.sums)
    return f"SELECT {by}, {sums} FROM {source} GROUP BY {by} HAVING SUM(n) <> 0"


def _rows_of(folder: Path, name: str, hidden: Numbers) -> Numbers:
    """Which rows of a layer belong to patents that are hidden now; ``hidden`` are numbers of patents, in order.

    name   of the first cube of the same facts, beside which the rows stand
    """
    patents = mapped_narrow(folder / f"{name}.patent", held(folder / f"{name}.cell"))
    hidden = hidden[hidden <= np.iinfo(patents.dtype).max].astype(patents.dtype)  # else all of them are made wider
    left, right = np.searchsorted(patents, hidden), np.searchsorted(patents, hidden, side="right")
    counts = right - left
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.repeat(left, counts) + steps)


def _taken_back(cube: Cube, folder: Path, rows: Numbers) -> small.Taken:
    """What these rows of an older layer had added, negative."""
    keys = distinct.keys_of(cube, folder, rows)
    cell = mapped(folder / f"{cube.name}.cell", np.int32)
    every, cell = len(cell), cell[rows]
    if cube.present:
        rows, cell = rows[cell >= 0], cell[cell >= 0]
    cells, place = np.unique(cell, return_inverse=True)
    with pa.memory_map(str(folder / f"{cube.name}.cells")) as source:
        told = pa.ipc.open_file(source).read_all().take(pa.array(cells, pa.int64()))
    told = told.cast(pa.schema(list(cube.dimensions.items())))
    sums = {"n": np.bincount(place, minlength=len(cells)).astype(np.int64)}
    for name in cube.measures:
        sums[name] = np.zeros(len(cells), np.int64)
        np.add.at(sums[name], place, mapped_narrow(folder / f"{cube.name}.{name}", every)[rows])
    for name in cube.distinct:  # told apart: how many that are depends on the other layers
        sums[name] = np.zeros(len(cells), np.int64)
    for name, values in sums.items():
        told = told.append_column(name, pa.array(-values))
    back = {name: one._replace(weight=-one.weight) for name, (one, _cell) in keys.items()}
    return small.Taken(told, back, {name: np.searchsorted(cells, cell) for name, (_one, cell) in keys.items()})
