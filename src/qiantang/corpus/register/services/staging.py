"""The rows of one load, waiting on disk until all of them are in. Memory holds their keys only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson
import pyarrow as pa
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


@dataclass(slots=True)
class StagedSource:
    """One file being loaded, and what became of its rows so far. ``first`` is the ordinal of its first row.

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


class Staging:
    """An append-only store of the observations and refusals of a load, source by source."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.sources: list[StagedSource] = []
        self.keys: list[list[str]] = []
        self.claimed = ClaimedKeys()
        self._refusals: list[dict[str, object]] = []
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._refusals_before = 0

    def begin(self, source: StagedSource) -> None:
        source.first = len(self.keys)
        source.place = self._folder / f"rows-{len(self.sources):05d}.arrow"
        self._writer = pa.ipc.new_file(str(source.place), OBSERVATION_SCHEMA)
        self._refusals_before = len(self._refusals)
        self.sources.append(source)

    def add(self, rows: pa.RecordBatch) -> None:
        assert self._writer is not None, "begin() comes first"
        self._writer.write_batch(rows)
        self._remember(rows)
        self.sources[-1].rows += rows.num_rows

    def _remember(self, rows: pa.RecordBatch) -> None:
        self.claimed.note(rows)
        self.keys.extend(keys or [] for keys in rows.column("keys").to_pylist())

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
        del self.keys[source.first :]
        del self._refusals[self._refusals_before :]
        source.place.unlink()
        source.rows = source.kept = source.merged = source.refused = 0
        source.profile = None
        source.reasons = {code: 1}
        source.refusal = {"row": row, "code": code, "column": column, "facts": facts}
        self._note_refusal(row, code, column, facts, raw)

    def batches(self) -> Iterator[tuple[StagedSource, int, pa.RecordBatch]]:
        """(source, ordinal of the first row, rows) in the order of loading; rows are read from disk as they are used."""
        for source in self.sources:
            if source.refusal is not None:
                continue
            ordinal = source.first
            with pa.memory_map(str(source.place)) as mapped:
                reader = pa.ipc.open_file(mapped)
                for index in range(reader.num_record_batches):
                    rows = reader.get_batch(index)
                    yield source, ordinal, rows
                    ordinal += rows.num_rows

    def write_refusals(self, folder: Path) -> None:
        table = pa.Table.from_pylist(self._refusals, schema=REFUSED_SCHEMA)
        pq.write_table(table, folder / "refused.parquet", compression="zstd", store_schema=False)
