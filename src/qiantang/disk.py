"""Files that are whole or not there, and one process at a time.

Beside the kernel, below everything: what is kept in files on any floor is kept by these few lines. Only the standard library.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(lock: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether no other process is at it; while the block lasts no other will be.

    lock  a file that stays, and stays empty; made with its folder where it is missing
    wait  until the other one has done: then always true

    The lock goes with the process, however it ends. Within a process, too, a second one who asks is another.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            mine = False
        else:
            mine = True
        yield mine


def is_held(lock: Path) -> bool:
    """Whether somebody is at it now. Nothing is made: who only looks leaves no file."""
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside it to write, which takes its place when the block ends: all of it or nothing, and lasting.

    Another process reads the old or the new. What ends the block with an error leaves the old one; what ends the process, too,
    and the next writer begins anew. Two writers at once are not meant: see ``alone``.
    """
    beside = path.with_name(f"{path.name}.tmp")
    try:
        yield beside
        sync(beside)
    except BaseException:  # also of who stops the process: nothing is to lie beside it
        beside.unlink(missing_ok=True)
        raise
    beside.replace(path)
    sync(path.parent)


def write_atomically(path: Path, content: bytes) -> None:
    """All of it or nothing, and lasting once this returns."""
    with whole(path) as beside:
        beside.write_bytes(content)


def write_secret(path: Path, content: bytes) -> None:
    """A file that is not there yet, for its owner only, lasting.

    errors  FileExistsError
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Make a file or a folder's entries lasting."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
