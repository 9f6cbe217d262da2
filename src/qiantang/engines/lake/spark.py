"""Questions over whole snapshots on a Spark cluster: the same indicators, read from the Parquet files of the layers.

Nothing is derived on disk but the tables that callers bring, which workers must be able to read: ``place`` and the layers
lie on storage that all of them share. What newer layers hide is left out by joins, families of tables are cached in the
cluster while a snapshot is open. For registers beyond one machine; on one, the embedded engine is many times faster.
"""

# ruff: noqa: S608 - what is put into the SQL are names that are declared as data

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.engines.lake.compiling import Texts, code_stamp
from qiantang.engines.lake.port import OWNER, TOUCHED, Cube, Frames, FrameSpec, Indicator, Lake
from qiantang.kernel.errors import Unavailable

_SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}


class SparkFrames:
    """One application in the cluster.

    options   ``url`` of the master (``spark://host:7077``), ``settings`` of Spark besides
    """

    def __init__(self, *, spec: FrameSpec, lake: Lake, place: Path, options: Mapping[str, Any]) -> None:  # noqa: ARG002 the port's
        from pyspark.sql import SparkSession  # noqa: PLC0415 not installed where no cluster is used

        builder = SparkSession.builder.appName("qiantang").master(options["url"])
        for name, value in {**_SETTINGS, **options.get("settings", {})}.items():
            builder = builder.config(name, value)
        self._session: Any = builder.getOrCreate()
        self._spec, self._place = spec, place
        self._texts = Texts("pyspark", spec.schemas(), place)

    def open(self, folders: Sequence[Path]) -> SparkView:
        if missing := [str(one) for one in folders if not (one / f"{TOUCHED}.parquet").exists()]:
            raise Unavailable("lake.layer_unreadable", reason=", ".join(missing))
        return SparkView(self._session.newSession(), self._spec, self._texts, folders, self._place)

    def cubes(
        self, folders: Sequence[Path], cubes: Sequence[Cube], given: Mapping[str, pa.Table], *, make: bool
    ) -> Frames:
        """Counted anew from the tables, as the cluster keeps no pieces."""
        del make
        return self.open(folders).counted(cubes, given)

    def sweep(self, layers: Sequence[str]) -> None:
        """Nothing is kept."""


def _transpiled(sql: str) -> str:
    import sqlglot  # noqa: PLC0415 comes with Ibis, a second

    return sqlglot.transpile(sql, read="duckdb", write="spark")[0]


class SparkView:
    """One snapshot, as temporary views of a session of its own."""

    def __init__(self, session: Any, spec: FrameSpec, texts: Texts, folders: Sequence[Path], place: Path) -> None:
        self._session, self._texts, self._place, self._lock = session, texts, place, Lock()
        for source in spec.sources:
            self._visible(source, folders).createOrReplaceTempView(source)
        table, key, prefix, number = spec.numbers
        made = {"numbers": f"SELECT {OWNER}, `{number}` AS patent FROM {table} WHERE `{key}` = '{prefix}' || {OWNER}"}
        self._session.sql(made["numbers"]).createOrReplaceTempView("numbers")
        frames = {name: self._session.sql(_transpiled(one.sql)) for name, one in spec.tables.items()}
        if spec.links:
            pointing, pointer = spec.pointing
            frames[spec.links] = self._session.sql(
                f"SELECT DISTINCT k.patent AS citing, a.`{number}` AS cited FROM {pointing} AS c "
                f"JOIN numbers AS k ON k.{OWNER} = c.{OWNER} JOIN {table} AS a ON a.`{key}` = c.`{pointer}` "
                f"WHERE a.`{number}` IS NOT NULL"
            )
        self._frames = {name: frame.persist() for name, frame in frames.items()}
        for name, frame in self._frames.items():  # only now: their plans name the sources, some under the same names
            frame.createOrReplaceTempView(name)

    def _visible(self, source: str, folders: Sequence[Path]) -> Any:
        """The rows of one table without those whose owners a newer layer replaces."""
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 not installed where no cluster is used

        whole = None
        for place, folder in enumerate(folders):
            file = folder / f"{source}.parquet"
            rows = self._session.read.schema(from_arrow_schema(pq.read_schema(file))).parquet(str(file))
            if newer := [str(one / f"{TOUCHED}.parquet") for one in folders[place + 1 :]]:
                touched = self._session.read.schema(f"{OWNER} STRING").parquet(*newer)
                rows = rows.join(touched.distinct(), OWNER, "left_anti")
            whole = rows if whole is None else whole.unionByName(rows)
        return whole

    def counted(self, cubes: Sequence[Cube], given: Mapping[str, pa.Table]) -> SparkView:
        """The view itself, with cubes as further tables."""
        with self._lock:
            self._bring(given)
            for cube in cubes:
                facts = self._texts.of(Indicator(f"facts.{cube.name}", cube.facts, given=cube.given)).sql
                by = ", ".join(f"`{name}`" for name in cube.dimensions)
                sums = ["COUNT(*) AS n", *(f"SUM(COALESCE(`{one}`, 0)) AS `{one}`" for one in cube.measures)]
                sums += [f"COUNT(DISTINCT `{value}`) AS `{one}`" for one, value in cube.distinct.items()]
                counted = self._session.sql(f"SELECT {by}, {', '.join(sums)} FROM ({facts}) GROUP BY {by}")
                self._frames[cube.name] = counted.persist()
                self._frames[cube.name].createOrReplaceTempView(cube.name)
        self._texts = Texts("pyspark", {cube.name: cube.schema() for cube in cubes}, self._place / "cubes")
        return self

    def _bring(self, given: Mapping[str, pa.Table]) -> None:
        """Tables of the caller, as files that all workers read; one file for the same rows."""
        for name, table in given.items():
            told = sha256(repr((code_stamp(), table.to_pydict())).encode()).hexdigest()[:16]
            path = self._place / "given" / f"{name}-{told}.parquet"
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                pq.write_table(table, path, store_schema=False)
            self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def run(self, indicator: Indicator, parameters: Mapping[str, Any] | None = None, **given: pa.Table) -> pa.Table:
        text = self._texts.of(indicator)
        values = {name: (parameters or {})[name] for name in text.parameters}
        with self._lock:  # tables of callers have names that the next caller may use too
            self._bring(given)
            rows = self._session.sql(text.sql, args=values).collect()
        return pa.Table.from_pylist([row.asDict() for row in rows], schema=text.schema)

    def close(self) -> None:
        for frame in self._frames.values():
            frame.unpersist()
