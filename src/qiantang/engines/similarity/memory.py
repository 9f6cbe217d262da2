"""The similarity engine in memory: the cosine with every vector, exactly. The oracle of the conformance suite."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np

from qiantang.engines.similarity.port import (
    Neighbour,
    Space,
    Vectors,
    VectorState,
    VectorWriter,
    at_length_one,
    check_one,
    check_rows,
)
from qiantang.kernel.errors import Conflict, Unavailable


class _MemoryWriter:
    def __init__(self, index: MemoryIndex, space: Space, held: dict[str, Vectors]) -> None:
        self._index, self._space, self._held = index, space, held

    def put(self, ids: Sequence[str], vectors: Vectors) -> None:
        check_rows(ids, vectors, self._space)
        for one, vector, directed in zip(ids, *at_length_one(vectors), strict=True):
            if directed:
                self._held[one] = vector
            else:
                self._held.pop(one, None)

    def drop(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._held.pop(one, None)

    def commit(self, stamp: int) -> None:
        self._index._publish(self._space, dict(self._held), stamp)  # noqa: SLF001 - the writer is its other half


class MemoryIndex:
    """Keeps everything in this process, whatever ``place`` says; it ends with it."""

    def __init__(self, place: Path | None = None) -> None:
        self.place = place
        self._busy = Lock()
        self._committed: tuple[Space, Mapping[str, Vectors], int] | None = None

    def _publish(self, space: Space, held: Mapping[str, Vectors], stamp: int) -> None:
        self._committed = space, held, stamp

    def nearest(self, vector: Vectors, *, size: int, among: Collection[str] | None = None) -> tuple[Neighbour, ...]:
        if self._committed is None:
            raise Unavailable("similarity.missing")
        space, held, _ = self._committed
        check_one(vector, space)
        asked, _ = at_length_one(vector[None])
        wanted = held if among is None else {one: held[one] for one in among if one in held}
        if not wanted:
            return ()
        cosines = np.stack(list(wanted.values())) @ asked[0]
        found = [Neighbour(one, float(cosine)) for one, cosine in zip(wanted, cosines, strict=True)]
        return tuple(sorted(found, key=lambda one: (-one.nearness, one.id))[:size])

    @contextmanager
    def writer(self, space: Space, *, fresh: bool = False) -> Iterator[VectorWriter]:
        if not self._busy.acquire(blocking=False):
            raise Conflict("similarity.writer_busy")
        try:
            same = not fresh and self._committed is not None and self._committed[0] == space
            yield _MemoryWriter(self, space, dict(self._committed[1]) if same and self._committed else {})
        finally:
            self._busy.release()

    def state(self) -> VectorState:
        if self._committed is None:
            return VectorState(None, None, 0)
        space, held, stamp = self._committed
        return VectorState(space, stamp, len(held))

    def refresh(self) -> None:
        """Nothing to do: no other process can have committed."""
