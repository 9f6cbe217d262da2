"""The quality indicators of every patent follow the snapshots: computed whole, written beside the register, kept a while."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.measures.methods.quality.assembling import PATENT_COLUMNS, RegisterColumns, assembled
from qiantang.corpus.measures.methods.quality.columns import VERSION, quality_table
from qiantang.corpus.measures.methods.quality.indicators import page_rank, quality
from qiantang.corpus.measures.selectors.quality import (
    MADE_OF,
    QualityState,
    quality_path,
    read_state,
    removals_digest,
)
from qiantang.disk import alone, whole

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.view import Register
    from qiantang.engines.lake.port import LakeView

_KEPT = 5  # snapshots whose indicators stay
_GROUP = 50_000  # rows read together for one patent
_TEXT = pa.string()


def prepare_quality(register: Register) -> bool:
    """Compute the indicators of the newest snapshot where that was not done; whether it was to be done.

    Nothing happens where nothing is loaded, or where another process is at it. What is left of snapshots that are gone, and
    of all but the newest five, is let go.
    """
    manifest = register.manifest()
    if manifest is None:
        return False
    home = register.place.home
    with alone(quality_path(home, 0).parent / "quality.lock") as mine:
        if not mine:
            return False
        removals = removals_digest(home)
        path = quality_path(home, manifest.snapshot)
        state = read_state(path)
        fresh = state is None or (state.version, state.removals) != (VERSION, removals)
        if fresh:
            with closing(register.open_snapshot(manifest.snapshot)) as view:
                facts_end, table = _computed(_columns(view))
            synthetic = manifest.as_snapshot().synthetic
            _write(path, table, QualityState(manifest.snapshot, VERSION, facts_end, removals, synthetic))
        _let_go(home, set(register.place.snapshots()))
    return fresh


def _computed(columns: RegisterColumns) -> tuple[int, pa.Table]:
    facts = assembled(columns)
    found = quality(facts)
    found["page_rank"] = page_rank(facts.graph) * facts.graph.n
    return facts.data_end, quality_table(columns.patents["patent_id"].combine_chunks(), found)


def _columns(view: LakeView) -> RegisterColumns:
    patents = _read(view, "patents", PATENT_COLUMNS).sort_by("patent_id")
    symbols = [_symbols(batch) for batch in view.scan("records", ["patent_id", "classifications"])]
    empty = pa.table(
        {"patent_id": pa.array([], _TEXT), "symbol": pa.array([], _TEXT), "first": pa.array([], pa.bool_())}
    )
    return RegisterColumns(patents, pa.concat_tables([empty, *symbols]), _citations(view))


def _read(view: LakeView, table: str, columns: tuple[str, ...]) -> pa.Table:
    batches = list(view.scan(table, list(columns)))
    if batches:
        return pa.Table.from_batches(batches)
    return pa.table({name: pa.array([], _TEXT) for name in columns})


def _symbols(batch: pa.RecordBatch) -> pa.Table:
    """The IPC symbols of some records."""
    lists: Any = batch.column(batch.schema.get_field_index("classifications"))
    owners = batch.column(batch.schema.get_field_index("patent_id")).take(pc.list_parent_indices(lists))
    entries: Any = lists.flatten()
    scheme, symbol, first = (pc.struct_field(entries, name) for name in ("scheme", "symbol", "first"))
    wanted: Any = pc.and_(pc.equal(scheme, pa.scalar("ipc")), pc.is_valid(symbol))
    return pa.table({"patent_id": owners, "symbol": symbol, "first": first}).filter(wanted)


def _citations(view: LakeView) -> pa.Table:
    """What every patent cites, and which patent on record that is."""
    told = _read(view, "citations", ("patent_id", "cited", "key"))
    keys = pc.unique(told["key"].drop_null())
    owners = [
        batch.filter(pc.is_in(batch.column(batch.schema.get_field_index("key")), value_set=keys))
        for batch in view.scan("aliases", ["key", "patent_id"])
    ]
    if not owners:
        return told.select(["patent_id", "cited"]).append_column("target", pa.nulls(len(told), _TEXT))
    known = pa.Table.from_batches(owners)
    place = pc.index_in(told["key"], value_set=known["key"].combine_chunks(), skip_nulls=True)
    return told.select(["patent_id", "cited"]).append_column("target", known["patent_id"].take(place))


def _write(path: Path, table: pa.Table, state: QualityState) -> None:
    told = table.replace_schema_metadata({MADE_OF: orjson.dumps(asdict(state))})
    with whole(path) as beside:
        pq.write_table(told, beside, compression="zstd", row_group_size=_GROUP)


def _let_go(home: Path, snapshots: set[int]) -> None:
    kept = sorted(snapshots)[-_KEPT:]
    for path in quality_path(home, 0).parent.glob("quality-*.parquet"):
        if int(path.stem.rpartition("-")[2]) not in kept:
            path.unlink()
