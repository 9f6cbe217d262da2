"""The register as readers see it: one snapshot at a time, the newest unless another is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.selectors.manifests import LAKE_TABLES, Manifest, RegisterPlace
from qiantang.engines.lake import port as lake_port
from qiantang.engines.search import port as search_port
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from qiantang.engines.lake.port import Lake, LakeView
    from qiantang.engines.search.port import SearchEngine


@dataclass(slots=True)
class Register:
    """An open register: its place, its engines, and a view of the newest snapshot that follows new loads.

    A view that was handed out stays good while its holder uses it; the one before the newest is closed only when a
    third one is opened.
    """

    place: RegisterPlace
    lake: Lake
    search: SearchEngine
    _stamp: int = -1
    _manifest: Manifest | None = None
    _views: list[tuple[int, LakeView]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def manifest(self) -> Manifest | None:
        """The newest snapshot; the folder is read again only when it has changed."""
        try:
            stamp = self.place.root.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if stamp != self._stamp:
            self._manifest, self._stamp = self.place.latest(), stamp
        return self._manifest

    def current(self) -> tuple[Manifest, LakeView]:
        """The newest snapshot and its view.

        errors  NotFound ``register.empty``
        """
        manifest = self.manifest()
        if manifest is None:
            raise NotFound("register.empty")
        with self._lock:
            for number, view in self._views:
                if number == manifest.snapshot:
                    return manifest, view
            view = self.lake.open([self.place.layers / name for name in manifest.layers])
            self._views.append((manifest.snapshot, view))
            if len(self._views) > 2:  # noqa: PLR2004 the newest and the one that may still be read
                self._views.pop(0)[1].close()
            return manifest, view


def open_register(home: Path) -> Register:
    """The register in a home folder, with the engines named in settings."""
    place = RegisterPlace(home)
    return Register(
        place=place,
        lake=lake_port.load(settings.LAKE_ADAPTER, specs=LAKE_TABLES),
        search=search_port.load(settings.SEARCH_ADAPTER, schema=INDEX, place=place.index),
    )


@cache
def _opened(home: Path) -> Register:
    return open_register(home)


def register() -> Register:
    """The register of this installation, opened once a process."""
    return _opened(Path(settings.QIANTANG_HOME))
