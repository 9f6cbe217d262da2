"""Cubes beside the frame files: one piece a layer, added up when they are read.

<place>/000003-1f2e3d4c-9a8b7c6d/       the pieces of layer 000003 behind these older layers, for these cubes and tables
    cubes.duckdb                        a table a cube: cells with signed counts and sums; what the layer's rows add, less
                                        what the rows of older layers that it hides had added
    <cube>.patent .cell .<measure>      each row of the layer, by number of patent: where it was counted, and with what
    <cube>.cells                        the cells those numbers mean, an Arrow file

So a load costs what it holds and what it hides: hidden rows are found by binary search, and nothing is counted again. The
sum over all pieces is what a count over all rows gives; the property test in ``tests/conformance`` holds it to that.
The pieces of small layers are made of arrays (``small_pieces``), those of large ones by the database.
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

from qiantang.engines.lake import small_pieces as small
from qiantang.engines.lake.attached import AttachedFrames, Connection, connected, quoted
from qiantang.engines.lake.compiling import Texts
from qiantang.engines.lake.port import Cube, FrameSpec, Indicator
from qiantang.kernel.errors import Unavailable

_FORM = "1"
_FILE = "cubes.duckdb"
_AT_ONCE = 1_000_000
_LARGE_BYTES = 16_000_000  # of the frame file of a layer, some 200,000 patents: beyond, the database counts the cells

Numbers = np.ndarray[Any, np.dtype[Any]]


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
        self._facts = {
            cube.name: facts.of(Indicator(f"facts.{cube.name}", cube.facts, given=cube.given)).sql for cube in cubes
        }
        self._texts = Texts("duckdb", {cube.name: cube.schema() for cube in cubes}, place)
        self._digest = self._told()

    def _told(self) -> str:
        """Another one whenever other cells would be made."""
        told = sha256(_FORM.encode())
        for cube in self._cubes:
            told.update(repr((cube.name, self._facts[cube.name], cube.schema())).encode())
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
            # whole or not at all: what is made counts once it is renamed, so nothing is written twice
            connection.execute(f"ATTACH {quoted(made / _FILE)} AS made (RECOVERY_MODE 'no_wal_writes')")
            for table in self._tables:
                connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM layer."{table}"')
            for name, rows in self._given.items():
                connection.register(name, rows)
            hidden = connection.sql("SELECT n FROM layer.hides ORDER BY n").to_arrow_table()["n"].to_numpy()
            for cube in self._cubes:
                taken = [_taken_back(cube, folder, hidden) for folder in older]
                if large:
                    _count(connection, cube, self._facts[cube.name], made)
                    _put_together(connection, cube, taken)
                else:
                    small.put_together(connection, cube, self._facts[cube.name], taken, made)
            connection.execute("DETACH made")

    def open(self, frames: Sequence[Path]) -> AttachedFrames:
        """The cubes over all these layers.

        errors  Unavailable ``lake.cubes_behind`` where a layer has no piece
        """
        folders = [self._folder(frame) for frame in frames]
        if missing := [one.name.partition("-")[0] for one in folders if not one.exists()]:
            raise Unavailable("lake.cubes_behind", layers=", ".join(missing))
        connection = connected(self._place, self._options)
        for place, folder in enumerate(folders):
            connection.execute(f"ATTACH {quoted(folder / _FILE)} AS p{place} (READ_ONLY)")
        for cube in self._cubes:
            connection.execute(f'CREATE VIEW "{cube.name}" AS {_added_up(cube, len(folders))}')
        return AttachedFrames(connection, self._texts)


def _added_up(cube: Cube, pieces: int) -> str:
    if pieces == 1:
        return f'SELECT * FROM p0."{cube.name}"'
    parts = " UNION ALL ".join(f'SELECT * FROM p{place}."{cube.name}"' for place in range(pieces))
    return _summed(cube, f"({parts})")


def _summed(cube: Cube, source: str) -> str:
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    sums = ", ".join(f'CAST(SUM("{name}") AS BIGINT) AS "{name}"' for name in ("n", *cube.measures))
    return f"SELECT {by}, {sums} FROM {source} GROUP BY {by} HAVING SUM(n) <> 0"


def _count(connection: Connection, cube: Cube, facts: str, made: Path) -> None:
    """Count the layer's own rows into cells, and keep for each row where it went."""
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    measured = ", ".join(f'CAST(COALESCE("{one}", 0) AS BIGINT) AS "{one}"' for one in cube.measures)
    connection.execute(
        f"CREATE OR REPLACE TABLE facts AS SELECT patent, {', '.join(filter(None, (by, measured)))} FROM ({facts})"
    )
    sums = ", ".join(["COUNT(*) AS n", *(f'CAST(SUM("{one}") AS BIGINT) AS "{one}"' for one in cube.measures)])
    connection.execute(
        f"CREATE OR REPLACE TABLE cells AS SELECT CAST(ROW_NUMBER() OVER (ORDER BY {by}) - 1 AS INTEGER) AS cell, * "
        f"FROM (SELECT {by}, {sums} FROM facts GROUP BY {by}) ORDER BY cell"
    )
    same = " AND ".join(f'c."{name}" IS NOT DISTINCT FROM f."{name}"' for name in cube.dimensions)
    kept = ", ".join(["f.patent", "c.cell", *(f'f."{one}"' for one in cube.measures)])
    rows = connection.sql(f"SELECT {kept} FROM facts AS f JOIN cells AS c ON {same} ORDER BY f.patent")
    reader = rows.to_arrow_reader(_AT_ONCE)
    streams = [(made / f"{cube.name}.{name}").open("wb") for name in reader.schema.names]
    for batch in reader:
        for stream, column in zip(streams, batch.columns, strict=True):
            stream.write(np.ascontiguousarray(column.to_numpy(zero_copy_only=False)).data)
    for stream in streams:
        stream.close()
    cells = connection.sql(f"SELECT {by} FROM cells ORDER BY cell").to_arrow_table()
    with pa.ipc.new_file(str(made / f"{cube.name}.cells"), cells.schema) as writer:
        writer.write_table(cells.combine_chunks())


def _mapped(path: Path, kind: type) -> Numbers:
    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)


def _taken_back(cube: Cube, folder: Path, hidden: Numbers) -> pa.Table:
    """What rows of an older layer had added that are hidden now, negative; ``hidden`` are numbers of patents, in order."""
    patents = _mapped(folder / f"{cube.name}.patent", np.int64)
    left, right = np.searchsorted(patents, hidden), np.searchsorted(patents, hidden, side="right")
    counts = right - left
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = np.repeat(left, counts) + steps
    cells, place = np.unique(_mapped(folder / f"{cube.name}.cell", np.int32)[rows], return_inverse=True)
    with pa.memory_map(str(folder / f"{cube.name}.cells")) as source:
        told = pa.ipc.open_file(source).read_all().take(pa.array(cells, pa.int64()))
    sums = {"n": np.bincount(place, minlength=len(cells)).astype(np.int64)}
    for name in cube.measures:
        sums[name] = np.zeros(len(cells), np.int64)
        np.add.at(sums[name], place, _mapped(folder / f"{cube.name}.{name}", np.int64)[rows])
    for name, values in sums.items():
        told = told.append_column(name, pa.array(-values))
    return told


def _put_together(connection: Connection, cube: Cube, taken: Sequence[pa.Table]) -> None:
    """The piece: what the layer adds and takes back, cells where both cancel out left away."""
    names = ", ".join(f'"{name}"' for name in cube.schema().names)
    parts = [f"SELECT {names} FROM cells"]
    for place, table in enumerate(taken):
        connection.register(f"taken{place}", table)
        parts.append(f"SELECT {names} FROM taken{place}")
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    sums = ", ".join(f'CAST(SUM("{name}") AS BIGINT) AS "{name}"' for name in ("n", *cube.measures))
    some = " OR ".join(f'SUM("{name}") <> 0' for name in ("n", *cube.measures))
    connection.execute(
        f'CREATE TABLE made."{cube.name}" AS SELECT {by}, {sums} FROM ({" UNION ALL ".join(parts)}) '
        f"GROUP BY {by} HAVING {some} ORDER BY {by}"
    )
    for place in range(len(taken)):
        connection.unregister(f"taken{place}")
