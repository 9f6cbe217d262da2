"""What the embedded engine shares: a bounded database in memory, and indicators run on what is attached to it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa

from qiantang.engines.lake.compiling import Texts
from qiantang.engines.lake.port import Indicator

Connection = duckdb.DuckDBPyConnection


def connected(place: Path, options: Mapping[str, Any]) -> Connection:
    """A database in memory with bounded memory that spills beside the files."""
    config = {"threads": options.get("threads", 2), "memory_limit": options.get("memory", "4GB")}
    kept = {"temp_directory": str(place / "spill"), "preserve_insertion_order": "false"}
    return duckdb.connect(":memory:", config={**config, **kept, "autoinstall_known_extensions": "false"})


def quoted(value: object) -> str:
    """A text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


class AttachedFrames:
    """Tables or views of one connection, as indicators see them."""

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection, self._texts, self._lock = connection, texts, Lock()

    def run(self, indicator: Indicator, parameters: Mapping[str, Any] | None = None, **given: pa.Table) -> pa.Table:
        text = self._texts.of(indicator)
        values = {name: (parameters or {})[name] for name in text.parameters}
        with self._lock:
            cursor = self._connection.cursor()
        with closing(cursor):
            for name, table in given.items():
                cursor.register(name, table)
            answer: pa.Table = cursor.sql(text.sql, params=values).to_arrow_table()
        return answer.cast(text.schema)

    def close(self) -> None:
        self._connection.close()
