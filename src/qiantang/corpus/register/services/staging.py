"""The rows of one load, waiting on disk until all of them are in. Memory holds eight bytes for each of their keys."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.register.services.claims import ClaimedKeys
from qiantang.corpus.register.services.resuming import take_over, write_note
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

_REFUSED: dict[str, pa.DataType] = {
    "source": pa.string(),
    "row": pa.int64(),
    "code": pa.string(),
    "column": pa.string(),
    "facts": pa.string(),
    "raw": pa.string(),
}
REFUSED_SCHEMA = pa.schema(_REFUSED)
_OPEN_FILES = 8


@dataclass(slots=True)
class StagedSource:
    """One file being loaded, and what became of its rows so far. ``first`` is the ordinal of its first row.

    licence     licence or terms under which it came; empty: not told
    profile     its figures for the quality report, in the words of whoever loads
    resumed     whether an interrupted load had staged its rows, which were taken over
    """

    digest: str
    name: str
    format: str
    reader_version: int
    rank: int
    synthetic: bool
    size_bytes: int
    licence: str = ""
    first: int = 0
    place: Path = Path()
    rows: int = 0
    kept: int = 0
    merged: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    refusal: dict[str, object] | None = None
    repeats_load: int | None = None
    profile: dict[str, object] | None = None
    resumed: bool = False


class _Part(NamedTuple):
    """One staged batch: the one at ``place`` of its source. ``hashes`` of the keys of all rows, ``owners`` whose they are."""

    source: StagedSource
    place: int
    first: int
    rows: int
    row_bytes: int
    hashes: Any
    owners: Any


class Staging:
    """An append-only store of the observations and refusals of a load, source by source."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.sources: list[StagedSource] = []
        self.rows = 0
        self._parts: list[_Part] = []
        self.claimed = ClaimedKeys()
        self._refusals: list[dict[str, object]] = []
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._refusals_before = self._parts_before = 0
        self._opened = lru_cache(_OPEN_FILES)(_opened)

    def begin(self, source: StagedSource) -> None:
        source.first = self.rows
        source.place = self._folder / f"rows-{len(self.sources):05d}.arrow"
        self._writer = pa.ipc.new_file(str(source.place), OBSERVATION_SCHEMA)
        self._refusals_before, self._parts_before = len(self._refusals), len(self._parts)
        self.sources.append(source)

    def add(self, rows: pa.RecordBatch) -> None:
        assert self._writer is not None, "begin() comes first"
        self._writer.write_batch(rows)
        self._remember(rows)
        self.sources[-1].rows += rows.num_rows

    def _remember(self, rows: pa.RecordBatch) -> None:
        self.claimed.note(rows)
        keys: Any = rows.column("keys")
        told = keys.flatten().to_pylist()
        hashes = np.fromiter(map(hash, told), np.int64, len(told))
        owners = pc.list_parent_indices(keys).to_numpy().astype(np.uint32)
        weight = rows.nbytes // max(rows.num_rows, 1)
        place = len(self._parts) - self._parts_before
        self._parts.append(_Part(self.sources[-1], place, self.rows, rows.num_rows, weight, hashes, owners))
        self.rows += rows.num_rows

    def refuse(self, row: int, code: str, column: str, facts: object, raw: str) -> None:
        source = self.sources[-1]
        source.refused += 1
        source.reasons[code] = source.reasons.get(code, 0) + 1
        self._note_refusal(row, code, column, facts, raw)

    def _note_refusal(self, row: int, code: str, column: str, facts: object, raw: str) -> None:
        told = orjson.dumps(facts, default=str).decode()
        self._refusals.append(
            {"source": self.sources[-1].digest, "row": row, "code": code, "column": column, "facts": told, "raw": raw}
        )

    def finish(self) -> None:
        assert self._writer is not None, "begin() comes first"
        self._writer.close()
        self._writer = None

    def seal(self) -> None:
        """Note that the source just finished is whole, so that another load can go on from here if this one is stopped."""
        source = self.sources[-1]
        told = asdict(source) | {"place": None}
        write_note(source.place, told, self._refusals[self._refusals_before :])

    def resume(self, root: Path) -> bool:
        """Take over the rows of the source just begun from an interrupted load; False where there are none."""
        self.finish()
        source = self.sources[-1]
        told = take_over(root, source.digest, source.format, source.reader_version, source.place)
        if told is None:
            self._writer = pa.ipc.new_file(str(source.place), OBSERVATION_SCHEMA)
            return False
        for name in ("rows", "refused", "reasons", "profile"):
            setattr(source, name, told.source[name])
        source.resumed = True
        self._refusals += [dict(one) for one in told.refusals]
        with pa.memory_map(str(source.place)) as mapped:
            reader = pa.ipc.open_file(mapped)
            for index in range(reader.num_record_batches):
                self._remember(reader.get_batch(index))
        self.seal()
        return True

    def refuse_file(self, row: int, code: str, column: str, facts: object, raw: str) -> None:
        """The whole source is refused: what was staged of it is forgotten."""
        self.finish()
        source = self.sources[-1]
        self.rows = source.first
        del self._parts[self._parts_before :]
        del self._refusals[self._refusals_before :]
        source.place.unlink()
        source.rows = source.kept = source.merged = source.refused = 0
        source.profile = None
        source.reasons = {code: 1}
        source.refusal = {"row": row, "code": code, "column": column, "facts": facts}
        self._note_refusal(row, code, column, facts, raw)

    def shares_a_key(self) -> Any:
        """For each row whether another row of this load may have a key of it: by hash, so one too many at times."""
        found = np.zeros(self.rows, bool)
        if not self._parts:
            return found
        hashes = np.sort(np.concatenate([part.hashes for part in self._parts]))
        repeated = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
        if len(repeated):
            for part in self._parts:
                at = np.minimum(np.searchsorted(repeated, part.hashes), len(repeated) - 1)
                found[part.first + part.owners[repeated[at] == part.hashes]] = True
        return found

    def batches(self) -> Iterator[tuple[StagedSource, int, pa.RecordBatch]]:
        """(source, ordinal of the first row, rows) in the order of loading; rows are read from disk as they are used."""
        for source, parts in groupby(self._parts, attrgetter("source")):
            with pa.memory_map(str(source.place)) as mapped:
                reader = pa.ipc.open_file(mapped)
                for part in parts:
                    yield source, part.first, reader.get_batch(part.place)

    def take(self, ordinals: Sequence[int]) -> Iterator[tuple[StagedSource, Sequence[int], pa.RecordBatch]]:
        """(source, ordinals, rows) of these rows, given in rising order; they are copied out of the files."""
        for part, told in groupby(ordinals, self._part_of):
            own = list(told)
            batch = self._opened(part.source.place).get_batch(part.place)
            yield part.source, own, batch.take(pa.array([ordinal - part.first for ordinal in own], pa.int64()))

    def weight(self, ordinal: int) -> int:
        """About how many bytes this row takes: as many as the others of its batch."""
        return self._part_of(ordinal).row_bytes

    def _part_of(self, ordinal: int) -> _Part:
        return self._parts[bisect_right(self._parts, ordinal, key=attrgetter("first")) - 1]

    def write_refusals(self, folder: Path) -> None:
        table = pa.Table.from_pylist(self._refusals, schema=REFUSED_SCHEMA)
        pq.write_table(table, folder / "refused.parquet", compression="zstd", store_schema=False)


def _opened(rows: Path) -> pa.ipc.RecordBatchFileReader:
    return pa.ipc.open_file(pa.memory_map(str(rows)))
