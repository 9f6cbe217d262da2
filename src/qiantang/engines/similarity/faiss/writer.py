"""The writing half of the faiss adapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import faiss
import numpy as np

from qiantang.engines.similarity.faiss.store import Held, Rows, Store, Stored
from qiantang.engines.similarity.port import Space, Vectors, at_length_one, check_rows

_LISTS = 4  # times the root of the number of vectors
_LEARNT_FROM_AT_LEAST, _LEARNT_FROM = 39, 100  # vectors a list
_GROWN = 4  # times as many vectors as the lists were learnt from: they are learnt again
_DEAD = 0.5  # of the rows unused: the file of vectors is written anew
_AT_ONCE = 65_536
_SEED = 17


class FaissWriter:
    """Appends rows, remembers which of them count, and makes a state of it at commit."""

    def __init__(
        self,
        store: Store,
        space: Space,
        stored: Stored | None,
        *,
        few: int,
        fresh: bool,
        published: Callable[[], None],
    ) -> None:
        self._store, self._space, self._few, self._published = store, space, few, published
        going_on = not fresh and stored is not None and stored.of_space == space
        self._generation = stored.generation if stored and going_on else (stored.generation + 1 if stored else 1)
        self._next = replace(
            stored if stored and going_on else Stored(self._generation, 0, 0, space.name, space.dimensions, 0, 0),
            commit=stored.commit + 1 if stored else 1,
        )
        self._before = stored if going_on else None
        self._held: dict[bytes, int] = {}
        if self._before is not None:
            held = store.held(self._before)
            self._held = dict(zip(held.ids.tolist(), held.rows.tolist(), strict=True))

    def put(self, ids: Sequence[str], vectors: Vectors) -> None:
        check_rows(ids, vectors, self._space)
        rows, directed = at_length_one(vectors)
        first = self._next.rows
        self._store.append(self._next, rows)
        self._next = replace(self._next, rows=first + len(ids))
        for place, one in enumerate(ids):
            if directed[place]:
                self._held[one.encode()] = first + place
            else:
                self._held.pop(one.encode(), None)

    def drop(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._held.pop(one.encode(), None)

    def commit(self, stamp: int) -> None:
        if self._next.rows > self._few and len(self._held) < self._next.rows * (1 - _DEAD):
            self._pack()
        ids = np.array(sorted(self._held), np.bytes_) if self._held else np.zeros(0, "S1")
        held = Held(ids, np.array([self._held[one] for one in ids.tolist()], np.int64))
        made = replace(self._next, stamp=stamp, vectors=len(ids))
        made = replace(made, trained=self._lists(made, np.sort(held.rows)))
        if not made.rows:
            self._store.append(made, np.zeros((0, self._space.dimensions), np.float32))
        self._store.settle(made)
        self._store.keep_ids(made, held)
        self._store.write(made)
        self._before, self._next = made, replace(made, commit=made.commit + 1)
        self._published()

    def _pack(self) -> None:
        """Begin a new file of vectors with the rows that count."""
        old = self._next
        rows = self._store.vectors(old)
        new = replace(old, generation=old.generation + 1, rows=0, trained=0)
        wanted = sorted(self._held, key=self._held.__getitem__)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._store.append(new, np.asarray(rows[[self._held[one] for one in some]], np.float32))
            self._held.update((one, start + place) for place, one in enumerate(some))
        self._next, self._before = replace(new, rows=len(wanted)), None

    def _lists(self, made: Stored, in_use: Rows) -> int:
        """Write faiss's lists where there are enough vectors; returns from how many they were learnt, 0 for none."""
        if len(in_use) <= self._few:
            return 0
        before = self._before
        if before is None or not before.trained or len(in_use) > _GROWN * before.trained:
            lists, trained, first = self._learnt(made, in_use), len(in_use), 0
            old: Rows = np.zeros(0, np.int64)
        else:
            lists, trained, first = (
                faiss.read_index(str(self._store.place / before.lists_file)),
                before.trained,
                before.rows,
            )
            old = np.sort(self._store.held(before).rows)
            gone = np.setdiff1d(old, in_use, assume_unique=True)
            if len(gone):
                lists.remove_ids(faiss.IDSelectorBatch(gone))
        rows = self._store.vectors(made)
        new = in_use[in_use >= first]
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            lists.add_with_ids(np.asarray(rows[some], np.float32), some)
        self._store.keep_lists(made, lambda path: faiss.write_index(lists, path))
        return trained

    def _learnt(self, made: Stored, in_use: Rows) -> Any:
        """Empty lists, learnt from a sample that is the same for the same vectors."""
        count = max(1, min(int(_LISTS * sqrt(len(in_use))), len(in_use) // _LEARNT_FROM_AT_LEAST))
        lists: Any = faiss.index_factory(self._space.dimensions, f"IVF{count},SQ8", faiss.METRIC_INNER_PRODUCT)
        lists.cp.seed = _SEED
        sample = in_use[:: max(1, len(in_use) // (count * _LEARNT_FROM))]
        lists.train(np.asarray(self._store.vectors(made)[sample], np.float32))
        return lists
