"""Where the vectors lie, and how a commit becomes lasting.

state.json      what was committed last; replaced by one rename, after all it names is on the disk
g3.vectors      half-precision rows, appended to; the state says how many of them count
g3-7.ids.npy    the ids in order, and the row of each
g3-7.lists      faiss's own file, where there are enough vectors for one
writer.lock     held by the one writer, and let go with its process however that ends

What a writer leaves that was killed is named by no state: the next one cuts it off or sweeps it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from qiantang.disk import alone, write_atomically
from qiantang.engines.similarity.port import Space, Vectors
from qiantang.kernel.errors import Conflict, Unavailable

HALF = np.float16
LAYOUT = 1  # of these files; a change makes old indexes unreadable: they are begun afresh
Ids = NDArray[np.bytes_]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stored:
    """One committed state. ``rows`` counts all that were ever appended to the file of vectors, ``vectors`` those in use."""

    generation: int
    commit: int
    stamp: int
    space: str
    dimensions: int
    rows: int
    vectors: int
    trained: int = 0  # vectors from which faiss learnt its lists; 0: there are none
    layout: int = LAYOUT

    @property
    def of_space(self) -> Space:
        return Space(self.space, self.dimensions)

    @property
    def vectors_file(self) -> str:
        return f"g{self.generation}.vectors"

    @property
    def ids_file(self) -> str:
        return f"g{self.generation}-{self.commit}.ids.npy"

    @property
    def lists_file(self) -> str:
        return f"g{self.generation}-{self.commit}.lists"


class Held:
    """The ids of one state in order, each with its row."""

    def __init__(self, ids: Ids, rows: Rows) -> None:
        self.ids, self.rows = ids, rows
        self._by_row = np.argsort(rows)

    def rows_of(self, ids: Sequence[bytes]) -> Rows:
        """The rows of the ids that are known, in any order."""
        if not ids or not len(self.ids):
            return np.zeros(0, np.int64)
        asked = np.unique(np.array(ids, np.bytes_))
        places = np.searchsorted(self.ids, asked)
        places[places == len(self.ids)] = 0
        found: Rows = self.rows[places[self.ids[places] == asked]]
        return found

    def ids_of(self, rows: Rows) -> list[str]:
        places = self._by_row[np.searchsorted(self.rows, rows, sorter=self._by_row)]
        return [one.decode() for one in self.ids[places].tolist()]


class Store:
    def __init__(self, place: Path) -> None:
        self.place = place
        self._state = place / "state.json"
        place.mkdir(parents=True, exist_ok=True)

    def mark(self) -> tuple[int, int] | None:
        """Changes with each commit; None where nothing was committed."""
        try:
            status = self._state.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def read(self) -> Stored | None:
        """What was committed last; None also where it was by another release, whose files are not these."""
        try:
            told: dict[str, Any] = orjson.loads(self._state.read_bytes())
        except FileNotFoundError:
            return None
        except orjson.JSONDecodeError as error:
            raise Unavailable("similarity.failed", reason=str(error)) from error
        return Stored(**told) if told.get("layout") == LAYOUT else None

    def write(self, stored: Stored) -> None:
        write_atomically(self._state, orjson.dumps(asdict(stored)))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held by the one writer. Errors: Conflict ``similarity.writer_busy``."""
        with alone(self.place / "writer.lock") as mine:
            if not mine:
                raise Conflict("similarity.writer_busy")
            yield

    def sweep(self, stored: Stored | None) -> None:
        """Remove what the state does not name, and cut off rows that were appended without a commit."""
        named = {stored.vectors_file, stored.ids_file, stored.lists_file} if stored else set()
        for one in self.place.glob("g*"):
            if one.name not in named:
                one.unlink(missing_ok=True)
        if stored is not None:
            os.truncate(self.place / stored.vectors_file, stored.rows * stored.dimensions * HALF().itemsize)

    def append(self, stored: Stored, vectors: Vectors) -> None:
        with (self.place / stored.vectors_file).open("ab") as file:
            file.write(np.ascontiguousarray(vectors, HALF).tobytes())

    def settle(self, stored: Stored) -> None:
        """What was appended is on the disk once this returns."""
        with (self.place / stored.vectors_file).open("ab") as file:
            _lasting(file.fileno())

    def vectors(self, stored: Stored) -> NDArray[np.float16]:
        if not stored.rows:
            return np.zeros((0, stored.dimensions), HALF)
        shape = (stored.rows, stored.dimensions)
        return np.memmap(self.place / stored.vectors_file, HALF, "r", shape=shape)

    def keep_lists(self, stored: Stored, write: Callable[[str], None]) -> None:
        path = self.place / stored.lists_file
        write(str(path))
        with path.open("rb") as file:
            _lasting(file.fileno())

    def keep_ids(self, stored: Stored, held: Held) -> None:
        both = np.zeros(len(held.ids), [("id", held.ids.dtype if len(held.ids) else "S1"), ("row", np.int64)])
        both["id"], both["row"] = held.ids, held.rows
        with (self.place / stored.ids_file).open("wb") as file:
            np.save(file, both, allow_pickle=False)
            file.flush()
            _lasting(file.fileno())

    def held(self, stored: Stored) -> Held:
        both = np.load(self.place / stored.ids_file, allow_pickle=False)
        return Held(np.ascontiguousarray(both["id"]), np.ascontiguousarray(both["row"]))


def _lasting(descriptor: int) -> None:
    os.fsync(descriptor)
