"""Files mapped into memory for reading, and their pages let go again: what is mapped stays small, whatever is read.

A page of a mapped file that was looked at counts as memory of the process until the kernel wants it back. Look-ups all over
a large register would make that gigabytes, and nobody could tell a process that is full from one that only looked around. So
from some size on all pages are let go; those that are looked at again come from the kernel's cache of files.

A mapped file counts as an open one, of which a process may have 1,024 on a new machine, and a layer has sixteen. So a small
file is read: of the few layers that a register has, one or two are large.
"""

from __future__ import annotations

import os
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from threading import Lock
from weakref import WeakSet

_MAPPED_BYTES = 384 * 2**20  # with the program's own libraries, which are some 150 MB
_LOOKS = 512  # so many rows or blocks are looked up before the size is asked for: each may map 64 KiB
READ_BYTES = 64 * 2**10  # up to so many are read: as much as the kernel maps at a look anyway
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Pages:
    """The mapped files of this process. Several threads may map and look."""

    def __init__(self, most: int = _MAPPED_BYTES) -> None:
        self._maps: WeakSet[mmap] = WeakSet()
        self._lock = Lock()
        self._looks = 0
        self._most = self._let_go_at = most

    def map(self, path: Path) -> mmap | bytes:
        """The content of a file, read where it is small; it stays readable when the file has lost its name."""
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size <= READ_BYTES:
                return file.read()
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
        with self._lock:
            self._maps.add(mapped)
        return mapped

    def looked(self, times: int) -> None:
        """So many places were looked at: now and then this lets go of all pages, if they have become too many."""
        self._looks += times
        if self._looks < _LOOKS:
            return
        self._looks = 0
        if mapped_bytes() >= self._let_go_at:
            self.let_go()
            # Pages of others are not ours to let go: where they alone are so many, only growth counts.
            self._let_go_at = max(self._most, mapped_bytes() + self._most // 2)

    def let_go(self) -> None:
        """Nothing is lost: a mapping that cannot be written to has no pages but those of its file."""
        with self._lock:
            for one in tuple(self._maps):
                one.madvise(MADV_DONTNEED)


def mapped_bytes() -> int:
    """How much of this process's memory is pages of files."""
    return int(Path("/proc/self/statm").read_bytes().split()[2]) * _PAGE


PAGES = Pages()
