"""Where the states of watched sets and the patents of reports are kept, and how they are read.

<home>/query/saved-000007/<mark>.state.parquet    what was last told of saved query 7: ids with status and owner digest
<home>/query/saved-000007/<snapshot>.new.parquet  the patents of a report, a file a kind of change
A state is some bytes a patent, and is read from its beginning to its end; a page of a report reads one group of rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from qiantang.scenarios.query.methods.differences import Change, Difference, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STATE: dict[str, pa.DataType] = {"patent_id": pa.string(), "status": pa.string(), "owner": pa.binary()}
STATE = pa.schema(_STATE)
CHANGES = pa.schema([pa.field(name, pa.string()) for name in ("patent_id", "before", "after")])
GROUP = 4_096  # rows read and written together


def root() -> Path:
    return Path(settings.QIANTANG_HOME) / "query"


def place_of(saved: int) -> Path:
    """The folder of a saved query."""
    return root() / f"saved-{saved:06d}"


def changes_file(saved: int, snapshot: int, kind: Change) -> Path:
    return place_of(saved) / f"{snapshot:06d}.{kind}.parquet"


def state(saved: int, name: str) -> Iterator[Standing]:
    """A state in the order of its ids; that without a name has no patents.

    errors  FileNotFoundError where the file is gone
    """
    if not name:
        return
    with pq.ParquetFile(place_of(saved) / name) as file:
        for batch in file.iter_batches(GROUP):
            columns = (batch.column(one).to_pylist() for one in STATE.names)
            yield from (Standing(*row) for row in zip(*columns, strict=True))


def changes(saved: int, snapshot: int, kind: Change, offset: int, size: int) -> Sequence[Difference]:
    """Some rows of a report, from a place on; none where the report has none of that kind."""
    path = changes_file(saved, snapshot, kind)
    if not path.exists():
        return []
    with pq.ParquetFile(path) as file:
        groups = range(offset // GROUP, min((offset + size - 1) // GROUP + 1, file.num_row_groups))
        if not groups:
            return []
        rows = file.read_row_groups(list(groups)).slice(offset - groups[0] * GROUP, size).to_pylist()
    return [Difference(kind, row["patent_id"], row["before"], row["after"]) for row in rows]
