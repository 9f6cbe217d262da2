"""faiss behind the similarity port: exact while there are few vectors, inverted lists of bytes beyond.

The half-precision rows on the disk are the truth. Up to ``FEW`` of them every search looks at all. Beyond, faiss's lists
(IVF with one byte a dimension) name candidates, and the rows say how near these are; among given ids it is always the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Any
from weakref import finalize

import faiss
import numpy as np

from qiantang.engines.similarity.faiss.store import Held, Rows, Store, Stored
from qiantang.engines.similarity.faiss.writer import FaissWriter
from qiantang.engines.similarity.port import (
    Neighbour,
    Space,
    Vectors,
    VectorState,
    VectorWriter,
    at_length_one,
    check_one,
)
from qiantang.kernel.errors import Unavailable

FEW = 50_000
_PROBED = 1 / 16  # of the lists are looked into
_LEAST_PROBED = 32
_CANDIDATES = 4  # for each one wanted
_AT_ONCE = 65_536  # rows read and multiplied together


@dataclass(frozen=True, slots=True)
class _View:
    """One committed state, open for reading. ``whole`` holds all rows where they are few, in the order of ``in_use``."""

    mark: tuple[int, int]
    stored: Stored
    held: Held
    rows: Any
    whole: Vectors | None
    in_use: Rows
    lists: Any | None


class FaissIndex:
    """Vectors in a folder; one that goes with the process where ``place`` is None. One writer, any number of readers.

    few     up to how many vectors every one is looked at
    """

    def __init__(self, place: Path | None = None, *, few: int = FEW) -> None:
        if place is None:
            place = Path(mkdtemp(prefix="qiantang-vectors-"))
            finalize(self, rmtree, place, ignore_errors=True)
        self._store = Store(place)
        self._few = few
        self._opening = Lock()
        self._view: _View | None = None
        self.refresh()

    # --- reading ---

    def refresh(self) -> None:
        if self._view is not None and self._store.mark() == self._view.mark:
            return
        with self._opening:
            while (mark := self._store.mark()) is not None:
                if self._view is not None and mark == self._view.mark:
                    return
                stored = self._store.read()
                if stored is None:
                    break
                try:
                    self._view = self._open(mark, stored)
                except FileNotFoundError:  # another commit has swept these files: look again
                    if self._store.mark() == mark:
                        raise Unavailable("similarity.failed", reason="files are missing") from None
            self._view = None

    def _open(self, mark: tuple[int, int], stored: Stored) -> _View:
        held, rows = self._store.held(stored), self._store.vectors(stored)
        in_use = np.sort(held.rows)
        lists: Any = None
        whole: Vectors | None = None
        if stored.trained:
            try:
                lists = faiss.read_index(str(self._store.place / stored.lists_file))
            except RuntimeError as error:
                raise FileNotFoundError(stored.lists_file) from error
            lists.nprobe = max(_LEAST_PROBED, int(lists.nlist * _PROBED))
        else:
            whole = np.asarray(rows[in_use], np.float32)
        return _View(mark, stored, held, rows, whole, in_use, lists)

    def nearest(self, vector: Vectors, *, size: int, among: Collection[str] | None = None) -> tuple[Neighbour, ...]:
        view = self._view
        if view is None:
            raise Unavailable("similarity.missing")
        check_one(vector, view.stored.of_space)
        asked, _ = at_length_one(vector[None])
        if among is not None:
            rows = view.held.rows_of([one.encode() for one in among])
            return _best(view, rows, _cosines(view.rows, rows, asked[0]), size)
        if view.whole is not None:
            return _best(view, view.in_use, view.whole @ asked[0], size)
        return _best(view, *self._among_lists(view, asked, size), size)

    def _among_lists(self, view: _View, asked: Vectors, size: int) -> tuple[Rows, Vectors]:
        _, found = view.lists.search(asked, size * _CANDIDATES) if view.lists is not None else (None, np.zeros((1, 0)))
        rows = np.asarray(found[0][found[0] >= 0], np.int64)
        return rows, _cosines(view.rows, rows, asked[0])

    def state(self) -> VectorState:
        view = self._view
        if view is None:
            return VectorState(None, None, 0)
        return VectorState(view.stored.of_space, view.stored.stamp, view.stored.vectors)

    # --- writing ---

    @contextmanager
    def writer(self, space: Space, *, fresh: bool = False) -> Iterator[VectorWriter]:
        with self._store.writing():
            stored = self._store.read()
            self._store.sweep(stored)
            try:
                yield FaissWriter(self._store, space, stored, few=self._few, fresh=fresh, published=self.refresh)
            except OSError as error:
                raise Unavailable("similarity.write_failed", reason=str(error)) from error
            finally:
                self._store.sweep(self._store.read())


def _cosines(held: Any, rows: Rows, asked: Vectors) -> Vectors:
    cosines = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        cosines[start : start + len(some)] = np.asarray(held[some], np.float32) @ asked
    return cosines


def _best(view: _View, rows: Rows, cosines: Vectors, size: int) -> tuple[Neighbour, ...]:
    """The nearest of some rows; those as near as the last are all looked at, so that the ids decide."""
    if len(rows) > size:
        last = -np.partition(-cosines, size - 1)[size - 1]
        rows, cosines = rows[cosines >= last], cosines[cosines >= last]
    found = map(Neighbour, view.held.ids_of(rows), cosines.tolist())
    return tuple(sorted(found, key=lambda one: (-one.nearness, one.id))[:size])
