"""Where the index lives: generations side by side in one folder, and a small file that names the one in force.

    <place>/state.json   generation, stamp, shape: written whole and renamed over the old one, after the commit it tells of
    <place>/g1, g2 …     one tantivy index each; ``fresh`` builds the next beside the one in force
    <place>/writer.lock  held by the one writer; the system lets go of it when the process ends, however it ends
    <place>/commit.lock  held while index and state file change together; who opens the index shares it

A crash after the index commit and before the state file leaves the older stamp: the same changes come again and, put
and drop being repeatable, change nothing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

import orjson
import tantivy

from qiantang.disk import alone, write_atomically
from qiantang.kernel.errors import Conflict, Unavailable

Mark = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What was committed last: in which generation, for which snapshot, in which shape."""

    generation: str
    stamp: int
    shape: str


class Store(Protocol):
    """A folder or the memory: the same to the engine."""

    def mark(self) -> Mark | None:
        """Changes whenever there is something new to open; None where nothing was committed. Costs microseconds."""

    def read(self) -> Stored | None: ...

    def write(self, stored: Stored) -> None: ...

    def touch(self) -> None:
        """Change the mark, so that readers open the same state again."""

    def writing(self) -> AbstractContextManager[None]:
        """Held by the one writer. Errors: Conflict ``search.writer_busy``."""

    def committing(self) -> AbstractContextManager[None]: ...

    def opening(self) -> AbstractContextManager[None]: ...

    def next_generation(self) -> str: ...

    def create(self, generation: str, schema: tantivy.Schema) -> tantivy.Index: ...

    def open(self, generation: str) -> tantivy.Index: ...

    def sweep(self, keep: str | None) -> None:
        """Remove all generations but one. Who still reads a removed one goes on: its files stay mapped."""


class FolderStore:
    def __init__(self, place: Path) -> None:
        self._place = place
        self._state = place / "state.json"
        self._watched = str(self._state)
        place.mkdir(parents=True, exist_ok=True)

    def mark(self) -> Mark | None:
        try:
            status = os.stat(self._watched)  # noqa: PTH116 looked at before each search: a Path takes twice as long
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def read(self) -> Stored | None:
        try:
            return Stored(**orjson.loads(self._state.read_bytes()))
        except FileNotFoundError:
            return None
        except (orjson.JSONDecodeError, TypeError) as error:
            raise Unavailable("search.failed", reason=str(error)) from error

    def write(self, stored: Stored) -> None:
        write_atomically(self._state, orjson.dumps(asdict(stored)))

    def touch(self) -> None:
        os.utime(self._state)

    @contextmanager
    def _held(self, name: str, how: int) -> Iterator[None]:
        with (self._place / name).open("ab") as file:
            fcntl.flock(file, how)
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        with alone(self._place / "writer.lock") as mine:
            if not mine:
                raise Conflict("search.writer_busy")
            yield

    def committing(self) -> AbstractContextManager[None]:
        return self._held("commit.lock", fcntl.LOCK_EX)

    def opening(self) -> AbstractContextManager[None]:
        return self._held("commit.lock", fcntl.LOCK_SH)

    def _generations(self) -> list[Path]:
        return [one for one in self._place.glob("g*") if one.is_dir()]

    def next_generation(self) -> str:
        return f"g{max((int(one.name[1:]) for one in self._generations()), default=0) + 1}"

    def create(self, generation: str, schema: tantivy.Schema) -> tantivy.Index:
        folder = self._place / generation
        folder.mkdir()
        return tantivy.Index(schema, str(folder))

    def open(self, generation: str) -> tantivy.Index:
        return tantivy.Index.open(str(self._place / generation))

    def sweep(self, keep: str | None) -> None:
        for one in self._generations():
            if one.name != keep:
                shutil.rmtree(one, ignore_errors=True)


class MemoryStore:
    def __init__(self) -> None:
        self._busy = Lock()
        self._stored: Stored | None = None
        self._changes = 0
        self._indexes: dict[str, tantivy.Index] = {}

    def mark(self) -> Mark | None:
        return None if self._stored is None else (self._changes,)

    def read(self) -> Stored | None:
        return self._stored

    def write(self, stored: Stored) -> None:
        self._stored = stored
        self.touch()

    def touch(self) -> None:
        self._changes += 1

    @contextmanager
    def writing(self) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise Conflict("search.writer_busy")
        try:
            yield
        finally:
            self._busy.release()

    def committing(self) -> AbstractContextManager[None]:
        return nullcontext()

    def opening(self) -> AbstractContextManager[None]:
        return nullcontext()

    def next_generation(self) -> str:
        return f"g{len(self._indexes) + self._changes + 1}"

    def create(self, generation: str, schema: tantivy.Schema) -> tantivy.Index:
        self._indexes[generation] = tantivy.Index(schema)
        return self._indexes[generation]

    def open(self, generation: str) -> tantivy.Index:
        return self._indexes[generation]

    def sweep(self, keep: str | None) -> None:
        self._indexes = {name: index for name, index in self._indexes.items() if name == keep}
