"""A load: staged rows in, a snapshot out, all or nothing.

Everything is written beside the living register; the manifest comes last, by one atomic rename. Whatever stops the
process before that leaves the old snapshot as it was, and the next load sweeps the remains.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.corpus.places import api as places
from qiantang.corpus.register.methods.singles import packed_singles
from qiantang.corpus.register.selectors.manifests import Manifest, RegisterPlace
from qiantang.corpus.register.services.families import FamilyDesk
from qiantang.corpus.register.services.layer import LayerWriter
from qiantang.corpus.register.services.merging import Merging
from qiantang.corpus.register.services.resolve import clusters_of
from qiantang.corpus.register.services.resuming import put_aside
from qiantang.corpus.register.services.staging import StagedSource, Staging
from qiantang.corpus.register.services.suppression import allowed, read_suppressions, suppressions_bytes
from qiantang.corpus.register.types import SourceInfo
from qiantang.disk import alone, sync, write_atomically
from qiantang.engines.lake.port import Lake, LakeView
from qiantang.kernel.errors import Conflict

Progress = Callable[[str, int, int], None]
_COLLECTED_BATCHES = 48  # at most 200,000 rows, or 800 MB of full texts
_YOUNG = 1  # the generations of what came since the last look; what outlives a look is not looked at again
_ADDRESSES = 65_536  # resolved addresses remembered during a load: a firm files again and again


@contextmanager
def load_lock(place: RegisterPlace) -> Iterator[None]:
    """One load at a time; the lock goes with the process, however it ends.

    errors  Conflict ``register.load_running``
    """
    with alone(place.root / "lock") as mine:
        if not mine:
            raise Conflict("register.load_running")
        yield


def sweep(place: RegisterPlace) -> None:
    """Remove what an interrupted load left, but for files staged to their end: staging folders, layers no manifest names."""
    put_aside(place.root)
    latest = place.latest()
    named = {layer for number in place.snapshots() for layer in place.manifest(number).layers} if latest else set()
    for folder in [*place.root.glob("staging-*"), *place.layers.glob("*")]:
        if folder.name not in named:
            shutil.rmtree(folder, ignore_errors=True)
    for number in set(place.pins()) - set(place.snapshots()):
        place.pin_path(number).unlink()
    for path in place.root.glob("filled-*.json"):
        if int(path.stem.rpartition("-")[2]) not in place.snapshots():
            path.unlink()
    for leftover in place.root.glob("*.tmp"):
        leftover.unlink()


@contextmanager
def begin_load(place: RegisterPlace, lake: Lake, *, day: date, progress: Progress | None = None) -> Iterator[Load]:
    """A load under the lock, what an interrupted one left swept away; remains of this one are swept too.

    errors  Conflict ``register.load_running``
    """
    with load_lock(place):
        sweep(place)
        load = Load(place, lake, day=day, progress=progress)
        collecting = gc.isenabled()
        # Millions of short-lived values, hardly any in a cycle: looking for cycles among them all the time was half the
        # cost of a load. Parsers do leave some, so they are looked for now and then: see ``Load.add``.
        gc.disable()
        try:
            yield load
        finally:
            if collecting:
                gc.enable()
                gc.collect()  # all that lives is old now; without this look the next ones would come far too often
            sweep(place)


class Load:
    """One load under the lock. Stage every source, then ``publish``."""

    def __init__(self, place: RegisterPlace, lake: Lake, *, day: date, progress: Progress | None = None) -> None:
        self._place, self._lake, self.day = place, lake, day
        self._progress = progress or (lambda _stage, _done, _total: None)
        self.before = place.latest()
        self.number = self._next_load()
        self._folder = place.root / f"staging-{self.number:06d}"
        self.staging = Staging(self._folder / "rows")
        self._place_of = lru_cache(_ADDRESSES)(places.resolve)
        self._suppressions = read_suppressions(place)
        self._growth = 0  # by how many patents the register grows
        self._uncollected = 0  # batches staged since garbage was last collected

    def _next_load(self) -> int:
        taken = [int(path.name) for path in self._place.loads.glob("[0-9]*")]
        return max(taken, default=0) + 1

    def loaded_before(self, digest: str, reader: str, reader_version: int) -> SourceInfo | None:
        """How a file of this digest went in, if this version of this reader has read it already."""
        for source in self.before.sources if self.before else ():
            if (source.digest, source.format, source.reader_version) == (digest, reader, reader_version):
                return source
        return None

    def begin_source(
        self,
        *,
        name: str,
        digest: str,
        size_bytes: int,
        reader: str,
        reader_version: int,
        rank: int,
        synthetic: bool,
        licence: str = "",
    ) -> None:
        """From here on rows and refusals are those of this file, until it is finished, refused or found a repetition."""
        self._collect()  # what the parser of the file before left
        self.staging.begin(
            StagedSource(
                digest=digest,
                name=name,
                format=reader,
                reader_version=reader_version,
                rank=rank,
                synthetic=synthetic,
                size_bytes=size_bytes,
                licence=licence,
            )
        )

    def add(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Stage rows of the source just begun, but for what was removed on lawful request; returns what was taken."""
        self._uncollected += 1
        if self._uncollected >= _COLLECTED_BATCHES:
            self._collect()
        if not self._suppressions.keys:
            self.staging.add(rows)
            return rows
        taken, refused = allowed(rows, self._suppressions)
        self.staging.add(taken)
        for row in refused:
            self.staging.refuse(row, "suppressed", "", {}, "")
        return taken

    def _collect(self) -> None:
        """Let go what only points at itself, such as the trees of a parser."""
        gc.collect(_YOUNG)
        self._uncollected = 0

    def refuse(self, row: int, code: str, column: str, facts: object, raw: str) -> None:
        """Keep a refused row of the source just begun; names that were removed on lawful request stay out of it."""
        names = self._suppressions.names()
        cleaned = self._suppressions.redacted(raw, names) if names else raw
        told = self._suppressions.without(facts, names) if names else facts
        self.staging.refuse(row, code, column, told, cleaned)

    def resume(self) -> bool:
        """Whether the source just begun was staged to its end by a load that was stopped: its rows are taken over."""
        return self.staging.resume(self._place.root)

    def repeat(self, before: SourceInfo) -> None:
        """The source just begun went in before, read by the same reader: it adds nothing, and is not read again."""
        self.staging.finish()
        source = self.staging.sources[-1]
        source.merged, source.refused = before.kept + before.merged, before.refused
        source.reasons = dict(before.reasons)
        source.repeats_load = before.load

    def mixes_synthetic_with_real(self, *, synthetic: bool) -> str:
        """The code of the refusal where a source does not belong in this home, else empty."""
        others = {source.synthetic for source in (self.before.sources if self.before else ())}
        others |= {source.synthetic for source in self.staging.sources[:-1] if source.refusal is None}
        if (not synthetic) in others:
            return "synthetic_in_real_home" if synthetic else "real_in_synthetic_home"
        return ""

    @property
    def reports(self) -> Path:
        """The folder in which the report of this load is kept; there once it is published."""
        return self._place.loads / f"{self.number:06d}"

    def written_records(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Columns of the packed records that this load wrote; none where it added nothing."""
        newest = self._place.latest()
        if newest is not None and newest.loads[-1] == self.number:
            with pq.ParquetFile(self._place.layers / newest.layers[-1] / "records.parquet") as file:
                yield from file.iter_batches(columns=list(columns))

    def publish(self) -> Manifest | None:
        """Make the snapshot. Returns the newest manifest: unchanged where the rows added nothing at all."""
        self._collect()
        view = self._open_before()
        try:
            manifest = self._publish(view)
        finally:
            if view is not None:
                view.close()
        return manifest

    def _open_before(self) -> LakeView | None:
        if self.before is None:
            return None
        return self._lake.open([self._place.layers / name for name in self.before.layers])

    def _publish(self, view: LakeView | None) -> Manifest | None:
        first_place = self.before.next_place if self.before else 0
        writer = LayerWriter(self._folder / "layer", first_place=first_place)
        desk = FamilyDesk(self._folder, writer, view, self.staging.claimed.all())
        self._progress("joining", 0, self.staging.rows)
        is_single, clusters = clusters_of(self.staging, view)
        self._write_singles(desk, is_single)
        merging = Merging(self.staging, writer, desk, view, day=self.day, place_of=self._place_of)
        merging.write(clusters, self._progress)
        self._growth += merging.growth
        desk.finish()
        if not writer.touched:
            writer.discard()
            return self._finish(self.before)
        self._progress("sealing", 0, 1)
        files = writer.seal(self._lake)
        return self._finish(self._commit(writer, files, len(merging.gone)))

    def _write_singles(self, desk: FamilyDesk, is_single: Any) -> None:
        """Write the rows nobody else speaks of, batch by batch."""
        for source, first, rows in self.staging.batches():
            mask = is_single[first : first + rows.num_rows]
            alone = rows if mask.all() else rows.filter(pa.array(mask))
            desk.take(packed_singles(alone, source.digest, source.format, source.rank, self.day, self._place_of))
            source.kept += alone.num_rows
            self._growth += alone.num_rows
            self._progress("writing", first + rows.num_rows, self.staging.rows)

    # --- the end ---------------------------------------------------------------------------------------------------

    def _commit(self, writer: LayerWriter, files: Mapping[str, Mapping[str, Any]], gone: int) -> Manifest:
        snapshot = (self.before.snapshot if self.before else 0) + 1
        name = f"{snapshot:06d}"
        self._place.layers.mkdir(exist_ok=True)
        (self._folder / "layer").rename(self._place.layers / name)
        sync(self._place.layers)
        layers = (*(self.before.layers if self.before else ()), name)
        manifest = Manifest(
            snapshot=snapshot,
            parent=self.before.snapshot if self.before else None,
            published_at=datetime.now(UTC).isoformat(timespec="seconds"),
            layers=layers,
            patents=(self.before.patents if self.before else 0) + self._growth,
            touched=writer.touched - gone,
            next_place=writer.next_place,
            loads=(*(self.before.loads if self.before else ()), self.number),
            sources=(*(self.before.sources if self.before else ()), *self.source_infos()),
            files={name: files},
        )
        write_atomically(self._place.manifest_path(snapshot), manifest.to_bytes())
        return manifest

    def source_infos(self) -> list[SourceInfo]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return [
            SourceInfo(
                digest=s.digest,
                name=s.name,
                format=s.format,
                reader_version=s.reader_version,
                synthetic=s.synthetic,
                size_bytes=s.size_bytes,
                loaded_at=now,
                load=self.number,
                read=s.rows + s.refused,
                kept=s.kept,
                merged=s.merged,
                refused=s.refused,
                reasons=s.reasons,
                rank=s.rank,
                licence=s.licence,
            )
            for s in self.staging.sources
            if s.refusal is None and s.repeats_load is None
        ]

    def _finish(self, manifest: Manifest | None) -> Manifest | None:
        """Keep the report and the refused rows of this load, whatever came of it."""
        folder = self._folder / "load"
        folder.mkdir()
        report = [asdict(s) | {"place": None, "profile": None} for s in self.staging.sources]
        (folder / "report.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2, default=str))
        self.staging.write_refusals(folder)
        if self._suppressions.keys:  # rows may have told of further numbers of a patent that was removed
            write_atomically(self._place.root / "suppressed.json", suppressions_bytes(self._suppressions))
        self._place.loads.mkdir(exist_ok=True)
        folder.rename(self._place.loads / f"{self.number:06d}")
        shutil.rmtree(self._folder / "rows")  # this load is over: there is nothing to go on with
        return manifest
