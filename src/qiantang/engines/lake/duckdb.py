"""The embedded engine for questions over whole snapshots: one DuckDB file a layer, made once, opened read-only.

<place>/000003-1f2e3d4c.duckdb    the frame tables of layer 000003 behind these older layers; what it hides of them; its
                                  pairs of ``links``, and those of older rows that point at its patents

A file is made beside its name and moved into place whole, so any number of processes may read while another makes the
next. Making one costs what its layer holds: older layers are asked by key, never read through. A layer of many patents is
made in parts, by ranges of their ids and a digest of the keys they point at: memory does not grow with it. All are caches.
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data, and paths, which are quoted

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.disk import alone
from qiantang.engines.lake.attached import AttachedFrames, Connection, connected, quoted
from qiantang.engines.lake.compiling import Texts
from qiantang.engines.lake.cubes import CubeShelf, sweep_cubes
from qiantang.engines.lake.port import OWNER, TOUCHED, Cube, FrameSpec, Lake, LakeView
from qiantang.kernel.errors import Unavailable

_FORM = "2"  # of the files; another number and all are made anew
_ASKED_AT_ONCE = 500_000  # keys that are looked up together
_PATENTS_AT_ONCE = 3_000_000  # of a layer: what is found out of all takes some 2 GB, and cannot spill
_SEEN = 1_000  # one id in so many is looked at for the ranges
_NUMBERS, _OWN, _FOUND, _KNOWN, _POINTING = "numbers", "own_pointing", "found", "known", "pointing"


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.Error, pa.ArrowException) as error:
        raise Unavailable("lake.layer_unreadable", reason=str(error)) from error


class DuckdbFrames:
    """Makes and opens the files.

    options   ``threads`` and ``memory`` (``"4GB"``) of one open snapshot
    """

    def __init__(self, *, spec: FrameSpec, lake: Lake, place: Path, options: Mapping[str, Any]) -> None:
        self._spec, self._lake, self._place, self._options = spec, lake, place, options
        self._texts = Texts("duckdb", spec.schemas(), place)

    def open(self, folders: Sequence[Path]) -> AttachedFrames:
        with _readable():
            connection = connected(self._place, self._options)
            return AttachedFrames(opened(connection, self._spec, self._files(folders)), self._texts)

    def cubes(
        self, folders: Sequence[Path], cubes: Sequence[Cube], given: Mapping[str, pa.Table], *, make: bool
    ) -> AttachedFrames:
        with _readable():
            shelf = CubeShelf(self._place / "cubes", cubes, given, spec=self._spec, options=self._options)
            files = self._files(folders) if make else [self._name(folders[: end + 1]) for end in range(len(folders))]
            if make:
                with alone(self._place / "lock", wait=True):
                    shelf.make(files)
            return shelf.open(files)

    def sweep(self, layers: Sequence[str]) -> None:
        named = set(layers)
        for path in self._place.glob("*.duckdb"):
            if path.stem.rpartition("-")[0] not in named:
                path.unlink(missing_ok=True)
        sweep_cubes(self._place / "cubes", named)

    def _files(self, folders: Sequence[Path]) -> list[Path]:
        return [self._file(folders[: end + 1]) for end in range(len(folders))]

    def _file(self, folders: Sequence[Path]) -> Path:
        """The file of the last of these layers, made where it is missing."""
        path = self._name(folders)
        if not path.exists():
            with alone(self._place / "lock", wait=True):
                if not path.exists():
                    self._make(folders, path)
        return path

    def _name(self, folders: Sequence[Path]) -> Path:
        told = [f"{one.name}:{(one / f'{TOUCHED}.parquet').stat().st_size}" for one in folders]
        chain = sha256("|".join([_FORM, duckdb.__version__, *told]).encode()).hexdigest()[:8]
        return self._place / f"{folders[-1].name}-{chain}.duckdb"

    def _make(self, folders: Sequence[Path], path: Path) -> None:
        with TemporaryDirectory(dir=self._place, prefix="making-") as folder:
            made = Path(folder) / path.name
            with closing(connected(self._place, self._options)) as connection:
                connection.execute(f"ATTACH {quoted(made)} AS made")
                _Making(connection, self._spec, self._lake, folders, Path(folder)).run()
                connection.execute("DETACH made")
            for old in self._place.glob(f"{folders[-1].name}-*.duckdb"):
                old.unlink()
            made.replace(path)


class _Making:
    """One file: the frame tables of the last layer, and how it meets the older ones."""

    def __init__(
        self, connection: Connection, spec: FrameSpec, lake: Lake, folders: Sequence[Path], scratch: Path
    ) -> None:
        self._run, self._spec, self._lake, self._scratch = connection, spec, lake, scratch
        self._older, self._own = folders[:-1], folders[-1]
        self._table, self._key, self._prefix, self._number = spec.numbers
        patents = pq.read_metadata(self._own / f"{TOUCHED}.parquet").num_rows
        self._parts = -(-patents // _PATENTS_AT_ONCE) or 1
        self._parts_of_links = -(-self._parts // 4)  # pairs of numbers are narrow

    def run(self) -> None:
        if self._parts > 1:  # what waits between two passes, on disk and packed
            scratch = quoted(self._scratch / "scratch.duckdb")
            self._run.execute(f"ATTACH {scratch} AS scratch (RECOVERY_MODE 'no_wal_writes')")
        own = f"{quoted(self._prefix)} || {OWNER}"
        for place, kept in enumerate(self._ranges()):
            self._see(kept)
            self._run.execute(
                f'CREATE OR REPLACE TABLE {_NUMBERS} AS SELECT {OWNER}, "{self._number}" AS patent FROM "{self._table}" '
                f'WHERE "{self._key}" = {own}'
            )
            for name, table in self._spec.tables.items():
                self._put_in(f'made."{name}"', table.sql, place)
            if self._spec.links:
                self._keep_pointing(place)
        if self._parts > 1:
            self._run.execute(f"DROP TABLE {_NUMBERS}")
            self._see("")
        self._hide()
        if self._spec.links:
            self._link()

    def _ranges(self) -> list[str]:
        """Conditions that part the layer by ids. Ids that stand near each other in the files are read together."""
        if self._parts == 1:
            return [""]
        file, seen, skip = pq.ParquetFile(self._own / f"{TOUCHED}.parquet"), [], 0
        for batch in file.iter_batches(columns=[OWNER]):
            seen += batch.column(0)[skip::_SEEN].to_pylist()
            skip = (skip - batch.num_rows) % _SEEN
        seen.sort()
        bounds = [quoted(seen[len(seen) * place // self._parts]) for place in range(1, self._parts)]
        low = ["TRUE", *(f"{OWNER} >= {bound}" for bound in bounds)]
        high = [*(f"{OWNER} < {bound}" for bound in bounds), "TRUE"]
        return [f"WHERE {one} AND {other}" for one, other in zip(low, high, strict=True)]

    def _see(self, kept: str) -> None:
        """The tables of the layer as views: whole, or what a condition keeps of them."""
        for source in self._spec.sources:
            file = quoted(self._own / f"{source}.parquet")
            self._run.execute(f'CREATE OR REPLACE VIEW "{source}" AS SELECT * FROM read_parquet({file}) {kept}')

    def _put_in(self, table: str, rows: str, place: int) -> None:
        """The first part makes the table, the others add to it."""
        self._run.execute(f"INSERT INTO {table} {rows}" if place else f"CREATE TABLE {table} AS {rows}")

    def _keep_pointing(self, place: int) -> None:
        """Which patents of this layer point at which keys: asked again when they are linked, kept where that is later."""
        pointing, key = self._spec.pointing
        told = f'SELECT k.patent, c."{key}" AS key FROM "{pointing}" AS c JOIN {_NUMBERS} AS k ON k.{OWNER} = c.{OWNER}'
        if self._parts == 1:
            self._run.execute(f"CREATE VIEW {_OWN} AS {told}")
        else:
            self._put_in(f"scratch.{_OWN}", f'{told} WHERE c."{key}" IS NOT NULL', place)

    def _hide(self) -> None:
        """Numbers of older rows whose owners this layer replaces."""
        hidden: list[Any] = [pa.array([], pa.int64())]
        if self._older:
            touched: Any = pq.read_table(self._own / f"{TOUCHED}.parquet")[OWNER]
            with closing(self._lake.open(self._older)) as older:
                for found in self._asked(older, self._table, self._named(touched), [self._number]):
                    hidden += [chunk.cast(pa.int64()) for chunk in found[self._number].chunks]
        told = pa.table({"n": pa.concat_arrays(hidden)})
        self._run.register(_FOUND, told)
        self._run.execute(f"CREATE TABLE made.hides AS SELECT n FROM {_FOUND} ORDER BY n")
        self._run.unregister(_FOUND)

    def _named(self, owners: Any) -> Any:
        """The keys that lead to the numbers of owners."""
        return pc.binary_join_element_wise(self._prefix, owners, "")

    @staticmethod
    def _asked(view: LakeView, table: str, keys: Any, columns: Sequence[str]) -> Iterator[pa.Table]:
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            yield view.lookup(table, keys.slice(start, _ASKED_AT_ONCE).to_pylist(), columns)

    def _link(self) -> None:
        pointing, key = self._spec.pointing
        known = f'SELECT "{self._key}" AS key, "{self._number}" AS n FROM "{self._table}" WHERE "{self._number}" IS NOT NULL'
        if self._older:
            with closing(self._lake.open([*self._older, self._own])) as whole:
                self._find_known(whole, f'SELECT DISTINCT "{key}" AS key FROM "{pointing}" WHERE "{key}" IS NOT NULL')
                own_keys = f"SELECT DISTINCT key FROM ({known}) WHERE NOT starts_with(key, {quoted(self._prefix)})"
                self._find_pointing(whole, own_keys)
        links = f'made."{self._spec.links}"'
        if self._parts == 1:
            self._put_in(links, f"SELECT DISTINCT citing, cited FROM ({self._pairs(_OWN, known)})", 0)
            return
        for place in range(self._parts_of_links):
            kept = f"WHERE hash(key) % {self._parts_of_links} = {place}"
            own = f"(SELECT * FROM scratch.{_OWN} {kept})"
            self._put_in("scratch.pairs", self._pairs(own, f"SELECT * FROM ({known}) {kept}"), place)
        for place in range(self._parts_of_links):
            kept = f"WHERE citing % {self._parts_of_links} = {place}"
            self._put_in(links, f"SELECT DISTINCT citing, cited FROM scratch.pairs {kept}", place)
        self._run.execute("DETACH scratch")

    def _pairs(self, own: str, known: str) -> str:
        """Who cites whom, by the keys: from this layer's rows, and from older rows to this layer's patents."""
        if not self._older:
            return f"SELECT p.patent AS citing, a.n AS cited FROM {own} AS p JOIN ({known}) AS a ON a.key = p.key"
        return (
            f"SELECT p.patent AS citing, a.n AS cited FROM {own} AS p JOIN {_KNOWN} AS a ON a.key = p.key "
            f"UNION ALL SELECT p.patent, a.n FROM {_POINTING} AS p JOIN ({known}) AS a ON a.key = p.key"
        )

    def _find_known(self, whole: LakeView, wanted: str) -> None:
        """To which patents, of all layers, the keys of this layer's rows lead."""
        self._run.execute(f"CREATE TABLE {_KNOWN} (key VARCHAR, n BIGINT)")
        keys = self._run.sql(wanted).to_arrow_table()["key"]
        for found in self._asked(whole, self._table, keys, [self._key, self._number]):
            self._put(_KNOWN, found.rename_columns(["key", "n"]), f"SELECT key, n FROM {_FOUND} WHERE n IS NOT NULL")

    def _find_pointing(self, whole: LakeView, wanted: str) -> None:
        """Which patents of older layers point at keys that this layer's patents have."""
        pointing, key = self._spec.pointing
        self._run.execute(f"CREATE TABLE {_POINTING} (patent BIGINT, key VARCHAR)")
        keys = self._run.sql(wanted).to_arrow_table()["key"]
        for rows in self._asked(whole, pointing, keys, [key, OWNER]):
            owners = self._named(pc.unique(rows[OWNER]))
            numbers = [one for one in self._asked(whole, self._table, owners, [OWNER, self._number]) if one.num_rows]
            if numbers:
                told = rows.rename_columns(["key", OWNER]).join(pa.concat_tables(numbers), OWNER, join_type="inner")
                self._put(_POINTING, told, f'SELECT "{self._number}", key FROM {_FOUND}')

    def _put(self, table: str, rows: pa.Table, chosen: str) -> None:
        """Add what is chosen of the rows, which stand in ``found`` meanwhile."""
        self._run.register(_FOUND, rows)
        self._run.execute(f"INSERT INTO {table} {chosen}")
        self._run.unregister(_FOUND)


def opened(connection: Connection, spec: FrameSpec, files: Sequence[Path]) -> Connection:
    """Views over the files of layers, without what newer layers hide."""
    for place, file in enumerate(files):
        connection.execute(f"ATTACH {quoted(file)} AS l{place} (READ_ONLY)")
    hidden = [_hides(connection, place, len(files)) for place in range(len(files))]
    for name, schema in spec.schemas().items():
        columns = ["citing", "cited"] if name == spec.links else ["patent"]
        chosen = ", ".join(f'"{column}"' for column in schema.names)
        parts = []
        for place in range(len(files)):
            kept = "".join(
                f" ANTI JOIN h{place} AS x{i} ON x{i}.n = t.{column}"
                for i, column in enumerate(columns)
                if hidden[place]
            )
            parts.append(f'SELECT {chosen} FROM l{place}."{name}" AS t{kept}')
        connection.execute(f'CREATE VIEW "{name}" AS {" UNION ALL ".join(parts)}')
    return connection


def _hides(connection: Connection, place: int, layers: int) -> bool:
    """Whether newer layers hide rows of this one; their numbers are in table ``h<place>`` then."""
    newer = " UNION ALL ".join(f"SELECT n FROM l{one}.hides" for one in range(place + 1, layers))
    if not newer:
        return False
    connection.execute(f"CREATE TABLE h{place} AS SELECT DISTINCT n FROM ({newer})")
    told = connection.execute(f"SELECT count(*) FROM h{place}").fetchone()
    return bool(told and told[0])
