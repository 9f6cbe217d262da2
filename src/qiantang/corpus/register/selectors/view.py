"""The register as readers see it: one snapshot at a time, the newest unless another is asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from django.conf import settings

from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.selectors.manifests import LAKE_TABLES, Manifest, RegisterPlace, layer_upto
from qiantang.engines.lake import port as lake_port
from qiantang.engines.search import port as search_port
from qiantang.kernel.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from qiantang.engines.lake.port import Cube, FrameEngine, Frames, Lake, LakeView
    from qiantang.engines.search.port import SearchEngine

_AT_ONCE = 4_096  # records looked up together
OPEN_HOMES = 4  # a process serves one; whatever goes through many, as tests do, keeps the files of the last ones open
OPEN_FRAMES = 6  # kept open: tables and cubes of the newest snapshot, the one before, one that is pinned


def touched_since(place: RegisterPlace, snapshot: int, since: int) -> frozenset[str]:
    """Ids of all patents that any layer of a snapshot wrote or retired after another one; perhaps of some more besides,
    where layers were merged.

    errors  NotFound ``register.snapshot_unknown``
    """
    changed: set[str] = set()
    for name in place.manifest(snapshot).layers:
        if layer_upto(name) > since:
            touched = pq.read_table(place.layers / name / "touched.parquet")
            changed.update(str(one) for one in touched["patent_id"].to_pylist())
    return frozenset(changed)


@dataclass(slots=True)
class Register:
    """An open register: its place, its engines, and a view of the newest snapshot that follows new loads.

    A view that was handed out stays good while its holder uses it; the one before the newest is closed only when a
    third one is opened.
    """

    place: RegisterPlace
    lake: Lake
    search: SearchEngine
    analysis: FrameEngine
    _stamp: int = -1
    _manifest: Manifest | None = None
    _views: list[tuple[tuple[str, ...], LakeView]] = field(default_factory=list)
    _frames: list[tuple[tuple[str, ...], Frames]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _frames_lock: Lock = field(default_factory=Lock)
    _watched: str = ""

    def __post_init__(self) -> None:
        self._watched = str(self.place.root)

    def manifest(self) -> Manifest | None:
        """The newest snapshot; the folder is read again only when it has changed."""
        try:
            stamp = os.stat(self._watched).st_mtime_ns  # noqa: PTH116 before each read: a Path takes thrice as long
        except FileNotFoundError:
            return None
        if stamp != self._stamp:
            self._manifest, self._stamp = self.place.latest(), stamp
        return self._manifest

    def changes(self, since: int, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The records that any snapshot after ``since`` wrote, as they are now; nothing where nothing is loaded."""
        if self.manifest() is None:
            return
        manifest, view = self.current()
        if manifest.snapshot <= since:
            return
        known = sorted(touched_since(self.place, manifest.snapshot, since))
        for start in range(0, len(known), _AT_ONCE):
            keys = [f"id:{patent_id}" for patent_id in known[start : start + _AT_ONCE]]
            places = [int(n) for n in view.lookup("aliases", keys, ["n"])["n"].to_pylist() if n is not None]
            yield from view.lookup("records", places, columns).to_batches()

    def current(self) -> tuple[Manifest, LakeView]:
        """The newest snapshot and its view.

        errors  NotFound ``register.empty``
        """
        while True:
            manifest = self.manifest()
            if manifest is None:
                raise NotFound("register.empty")
            try:
                return manifest, self._view_of(manifest)
            except Unavailable:
                # Compaction may have put another layer in the place of these between the two reads.
                newest = self.place.latest()
                if newest is None or newest.layers == manifest.layers:
                    raise
                self._stamp = -1

    def open_snapshot(self, snapshot: int) -> LakeView:
        """A view of one snapshot that is the caller's alone, to be closed by the caller; good whatever is loaded or pruned.

        errors  NotFound ``register.snapshot_unknown``
        """
        while True:
            layers = self.place.manifest(snapshot).layers
            try:
                return self.lake.open([self.place.layers / name for name in layers])
            except Unavailable:
                if self.place.manifest(snapshot).layers == layers:  # else compaction came between the two reads
                    raise

    def frames(self, snapshot: int | None = None) -> Frames:
        """The tables of one snapshot, the newest unless another is named, for indicators: kept open, shared by all
        callers of the process, never to be closed by them. The first use after a load makes what the load added.

        errors  NotFound ``register.empty`` · ``register.snapshot_unknown`` · Unavailable ``lake.layer_unreadable``
        """
        while True:
            manifest = self.manifest() if snapshot is None else self.place.manifest(snapshot)
            if manifest is None:
                raise NotFound("register.empty")
            try:
                return self._frames_of(manifest)
            except Unavailable:
                if self.place.manifest(manifest.snapshot).layers == manifest.layers:
                    raise  # else compaction came between the two reads
                self._stamp = -1

    def cubes(
        self, cubes: Sequence[Cube], given: Mapping[str, pa.Table], *, snapshot: int | None = None, make: bool = False
    ) -> Frames:
        """Cubes over one snapshot, the newest unless another is named, kept open and shared like ``frames``.

        given   the tables the cubes want; the same in all calls of a process
        make    make what the loads since have changed: a job does; who reads gets the refusal
        errors  as ``frames`` · Unavailable ``lake.cubes_behind``
        """
        manifest = self.manifest() if snapshot is None else self.place.manifest(snapshot)
        if manifest is None:
            raise NotFound("register.empty")
        key = (*manifest.layers, *(cube.name for cube in cubes))
        folders = [self.place.layers / name for name in manifest.layers]
        return self._kept(key, lambda: self.analysis.cubes(folders, cubes, given, make=make))

    def forget_frames(self) -> None:
        """Remove what indicators were served from and no snapshot names any more. Who has it open reads on."""
        named = {layer for number in self.place.snapshots() for layer in self.place.manifest(number).layers}
        self.analysis.sweep(sorted(named))

    def _frames_of(self, manifest: Manifest) -> Frames:
        folders = [self.place.layers / name for name in manifest.layers]
        return self._kept(manifest.layers, lambda: self.analysis.open(folders))

    def _kept(self, key: tuple[str, ...], opening: Callable[[], Frames]) -> Frames:
        """What stands open under a key, opened where it does not; of many the oldest is let go."""
        with self._frames_lock:
            for known, frames in self._frames:
                if known == key:
                    return frames
            opened = opening()
            self._frames.append((key, opened))
            if len(self._frames) > OPEN_FRAMES:
                self._frames.pop(0)  # closed when its last reader lets go
            return opened

    def _view_of(self, manifest: Manifest) -> LakeView:
        with self._lock:
            for layers, view in self._views:
                if layers == manifest.layers:
                    return view
            view = self.lake.open([self.place.layers / name for name in manifest.layers])
            self._views.append((manifest.layers, view))
            if len(self._views) > 2:  # noqa: PLR2004 the newest and the one that may still be read
                self._views.pop(0)[1].close()
            return view


def open_register(home: Path) -> Register:
    """The register in a home folder, with the engines named in settings."""
    place = RegisterPlace(home)
    lake = lake_port.load(settings.LAKE_ADAPTER, specs=LAKE_TABLES)
    return Register(
        place=place,
        lake=lake,
        analysis=lake_port.load_frames(
            settings.FRAMES_ADAPTER, spec=FRAMES, lake=lake, place=place.frames, options=settings.FRAMES_OPTIONS
        ),
        search=search_port.load(
            settings.SEARCH_ADAPTER, schema=INDEX, place=place.index, options=settings.SEARCH_OPTIONS
        ),
    )


@lru_cache(maxsize=OPEN_HOMES)
def _opened(home: str | Path) -> Register:
    return open_register(Path(home))


def register() -> Register:
    """The register of this installation, opened once a process."""
    return _opened(settings.QIANTANG_HOME)
