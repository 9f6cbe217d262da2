"""The memory of a process: what it holds of its own, looked at while it works, and a bound for all it may have.

Its own is what is anonymous (``RssAnon``): what the process has written and nobody can take from it. Pages of files it has
mapped or read stay in memory as long as nobody else wants it; they grow with what is read, and the system takes them back.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_ROOT = Path("/sys/fs/cgroup")
_LOOK_EVERY = 0.02  # seconds


def _kibibytes(name: str) -> int:
    return int(Path("/proc/self/status").read_text().partition(f"{name}:")[2].split()[0])


class MemoryWatch:
    """The largest memory of its own that this process has inside the block, looked at fifty times a second.

    What lies in memory when the block begins counts, too. A peak between two looks is not seen.
    """

    def __init__(self) -> None:
        self._own = 0
        self._done = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._looking.join()

    def _look(self) -> None:
        while True:
            self._own = max(self._own, _kibibytes("RssAnon"))
            if self._done.wait(_LOOK_EVERY):
                self._own = max(self._own, _kibibytes("RssAnon"))
                return

    def told(self) -> dict[str, float]:
        """Peaks in MiB: ``peak_own_mib`` inside the block, ``peak_rss_mib`` of the process so far, pages of files included."""
        # Not getrusage: what it tells of a child begins with its parent's.
        return {
            "peak_rss_mib": round(_kibibytes("VmHWM") / 1024, 1),
            "peak_own_mib": round(self._own / 1024, 1),
        }


def control_group(name: str, bytes_: int) -> Path | None:
    """A new group whose processes have so many bytes together, cached files included. None where this is not allowed.

    A process enters by writing its number into ``cgroup.procs`` of the folder; an empty group is removed by ``rmdir``.
    """
    for folder, limit in ((_ROOT / "memory" / name, "memory.limit_in_bytes"), (_ROOT / name, "memory.max")):
        try:
            folder.mkdir()
        except OSError:
            continue
        try:
            (folder / limit).write_text(str(bytes_))
        except OSError:
            folder.rmdir()
            continue
        return folder
    return None


def forget_pages(folder: Path) -> None:
    """Have the system let go what it holds of these files in memory: the next who reads them pays for it."""
    for path in folder.rglob("*"):
        if path.is_file():
            opened = os.open(path, os.O_RDONLY)
            try:
                os.fsync(opened)
                os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(opened)
