"""A process that has so much memory and no more: a control group of the system, where one can be made."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")


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
