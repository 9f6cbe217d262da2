"""The quality indicators kept of every patent: one file a snapshot, read by patent id or in bulk.

<home>/measures/quality-000003.parquet    of snapshot 3, by patent id; says what it was made of
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.measures.methods.quality.columns import COLUMNS, VERSION, PatentQuality, rows_of
from qiantang.corpus.measures.methods.quality.graphs import lists_of
from qiantang.corpus.measures.methods.quality.indicators import h_indices
from qiantang.corpus.register import api as register_api

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.view import Register

MADE_OF = b"qiantang.quality"


@dataclass(frozen=True, slots=True)
class QualityState:
    """What a file of indicators was made of.

    data_end    last year that publications cover whole: cit5 is known of what was published five years before
    removals    digest of what had been removed on request by then
    synthetic   whether any source is
    """

    snapshot: int
    version: int
    data_end: int
    removals: str
    synthetic: bool


def quality_path(home: Path, snapshot: int) -> Path:
    return home / "measures" / f"quality-{snapshot:06d}.parquet"


def removals_digest(home: Path) -> str:
    """Names all that was removed on lawful request until now; empty where nothing ever was."""
    try:
        return sha256((home / "register" / "suppressed.json").read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def read_state(path: Path) -> QualityState | None:
    """What a file says of itself; None where there is none, or none that can be read."""
    try:
        metadata = pq.read_schema(path).metadata or {}
        return QualityState(**orjson.loads(metadata[MADE_OF]))
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, orjson.JSONDecodeError):
        return None


def quality_state(snapshot: int | None = None) -> QualityState | None:
    """What the indicators of a snapshot (the newest unless named) were made of; None while they are not there.

    A file made by another definition, or before a removal on request, counts as not there.
    """
    found = _file(register_api.register(), snapshot)
    return found[1] if found else None


def _file(register: Register, snapshot: int | None) -> tuple[Path, QualityState] | None:
    if snapshot is None:
        manifest = register.manifest()
        if manifest is None:
            return None
        snapshot = manifest.snapshot
    home = register.place.home
    path = quality_path(home, snapshot)
    state = read_state(path)
    if state is None or state.version != VERSION or state.removals != removals_digest(home):
        return None
    return path, state


def quality_of(patent_ids: Iterable[str], snapshot: int | None = None) -> dict[str, PatentQuality] | None:
    """The indicators of some patents by id; ids that are not on record are left out. None while they are not there yet."""
    found = _file(register_api.register(), snapshot)
    if found is None:
        return None
    wanted = sorted(set(patent_ids))
    if not wanted:
        return {}
    return rows_of(pq.read_table(found[0], filters=pc.field("patent_id").isin(wanted), memory_map=True))


def quality_columns(columns: Sequence[str] = COLUMNS, snapshot: int | None = None) -> pa.Table | None:
    """Columns of every patent, in the order of ids; null: not known. None while they are not there yet.

    errors  pyarrow.ArrowInvalid for a column that is not among ``COLUMNS``
    """
    found = _file(register_api.register(), snapshot)
    return pq.read_table(found[0], columns=list(columns), memory_map=True) if found else None


def h_index_of(owners: Mapping[str, Sequence[str]], snapshot: int | None = None) -> dict[str, int] | None:
    """The h-index of each owner from the patents it has; ids that are not on record count nothing.

    None while the indicators are not there yet.
    """
    table: Any = quality_columns(["patent_id", "forward"], snapshot)
    if table is None:
        return None
    names = sorted(owners)
    who = np.repeat(np.arange(len(names)), [len(set(owners[name])) for name in names])
    ids = pa.array([one for name in names for one in sorted(set(owners[name]))], pa.string())
    places = pc.index_in(ids, value_set=table["patent_id"]).fill_null(-1).to_numpy(zero_copy_only=False)
    known = places >= 0
    lists = lists_of(len(names), who[known], places[known], len(table))
    forward = table["forward"].fill_null(-1).to_numpy().astype(np.int32)
    return dict(zip(names, h_indices(lists, forward).tolist(), strict=True))
