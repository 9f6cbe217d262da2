"""PostgreSQL and pandas beside the analytical engine: the same tables, the same rows, loaded before anything is timed."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
from harness import ROOT
from questions import BY_HAND, GIVEN

sys.path.insert(0, str(ROOT))

from tools.postgres import Cluster, free_port, programs, unprivileged_user

Rows = list[dict[str, Any]]
_LARGEST = 3_000_000  # patents; loading more takes longer than it tells
_SETTINGS = (
    "fsync=off", "full_page_writes=off", "shared_buffers=2GB", "work_mem=512MB", "maintenance_work_mem=1GB",
    "max_wal_size=20GB", "jit=on", "max_parallel_workers_per_gather=2", "random_page_cost=1.1",
)  # fmt: skip
_TABLES = {
    "patents": "patent, patent_id, office, type, filing_year, grant_date, region_code, simple_family_id, status, "
    "claim_count, main_ipc, applicant",
    "links": "citing, cited",
}
_INDEXES = (
    "CREATE INDEX ON patents (left(region_code, 4), filing_year)",
    "CREATE INDEX ON patents (simple_family_id)",
    "CREATE INDEX ON patents (patent)",
    "CREATE INDEX ON links (cited)",
    "VACUUM ANALYZE",
)
_KINDS = {"string": "text", "int64": "bigint", "int32": "int", "date32[day]": "date", "double": "double precision"}


def _told(frames: Any, name: str) -> pa.Table:
    table: pa.Table = frames._connection.cursor().sql(f"SELECT {_TABLES[name]} FROM {name}").to_arrow_table()  # noqa: SLF001, S608 - the raw engine is the peer; names are our own
    return table


class Postgres:
    """A server of its own, with the indexes such questions are advised."""

    name = "postgresql"

    def __init__(self, frames: Any) -> None:
        found = programs()
        assert found is not None
        self._place = Path(tempfile.mkdtemp(prefix="qiantang-pg-"))
        self._cluster = Cluster(found, self._place, unprivileged_user(), free_port(), secrets.token_urlsafe(16))
        self._cluster.create()
        options = " ".join([f"-h 127.0.0.1 -p {self._cluster.port} -k /tmp", *(f"-c {one}" for one in _SETTINGS)])
        self._cluster.control("start", "-l", str(self._place / "log"), "-o", options)
        address = self._cluster.url.rpartition("/")[0] + "/postgres"
        self._open: Any = psycopg.connect(address, autocommit=True)
        for name in _TABLES:
            self._load(name, _told(frames, name))
        for name, table in GIVEN.items():
            self._load(name, table)
        for one in _INDEXES:
            self._open.execute(one)

    @staticmethod
    def at_hand(patents: int) -> bool:
        return programs() is not None and patents <= _LARGEST

    def _load(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(f"{field.name} {_KINDS[str(field.type)]}" for field in table.schema)
        self._open.execute(f"CREATE UNLOGGED TABLE {name} ({columns})")
        with self._open.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for batch in table.to_batches(max_chunksize=100_000):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copy.write_row(row)

    def question(self, key: str) -> Callable[[], Rows] | None:
        return (lambda: self._asked(BY_HAND[key])) if key in BY_HAND else None

    def _asked(self, sql: str) -> Rows:
        cursor = self._open.execute(sql)
        names = [column.name for column in cursor.description]
        return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in cursor]

    def close(self) -> None:
        self._open.close()
        self._cluster.control("stop", "-m", "immediate")
        shutil.rmtree(self._place, ignore_errors=True)


def _plain(value: Any) -> Any:
    return float(value) if type(value).__name__ == "Decimal" else value


class Pandas:
    """Data frames in memory; a few questions, as a notebook would ask them."""

    name = "pandas"

    def __init__(self, frames: Any) -> None:
        self._patents, self._links = (_told(frames, name).to_pandas() for name in ("patents", "links"))
        self._fields = GIVEN["fields"].to_pandas()

    @staticmethod
    def at_hand(patents: int) -> bool:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return patents * 3_000 < memory

    def question(self, key: str) -> Callable[[], Rows] | None:
        return {"08": self._most_cited, "11": self._families, "15": self._life_cycle}.get(key)

    def _most_cited(self) -> Rows:
        counts = self._links.groupby("cited").size().rename("n").reset_index()
        joined = counts.merge(self._patents, left_on="cited", right_on="patent")
        told = joined.sort_values(["n", "patent_id"], ascending=[False, True]).head(100)
        return _rows(told, ("patent_id", "region_code", "applicant", "main_ipc", "n"))

    def _families(self) -> Rows:
        groups = self._patents.groupby("simple_family_id")
        told = groups.agg(n=("patent", "size"), offices=("office", "nunique"), first=("patent_id", "min")).reset_index()
        told = told.sort_values(["n", "offices", "simple_family_id"], ascending=[False, False, True]).head(100)
        return _rows(told, ("simple_family_id", "n", "offices", "first"))

    def _life_cycle(self) -> Rows:
        patents = self._patents.assign(subclass=self._patents["main_ipc"].str[:4]).merge(self._fields, on="subclass")
        groups = patents.groupby(["field", "filing_year"])
        told = groups.agg(n=("patent", "size"), applicants=("applicant", "nunique")).reset_index()
        return _rows(told.sort_values(["field", "filing_year"]), ("field", "filing_year", "n", "applicants"))

    def close(self) -> None:
        """Nothing is held."""


def _rows(table: Any, names: Sequence[str]) -> Rows:
    return [dict(zip(names, map(_known, row), strict=True)) for row in table[list(names)].itertuples(index=False)]


def _known(value: Any) -> Any:
    return None if value is None or value != value else value  # noqa: PLR0124 how pandas says not known
