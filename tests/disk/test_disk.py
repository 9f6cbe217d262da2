"""Files that are whole or not there, and one process at a time: with processes that end in the middle."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from qiantang import disk

HOLDS = """
import sys, pathlib
from qiantang import disk
with disk.alone(pathlib.Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""
DIES = """
import os, sys, pathlib
from qiantang import disk
with disk.whole(pathlib.Path(sys.argv[1])) as beside:
    beside.write_bytes(b"half of")
    os.kill(os.getpid(), 9)
"""


def started(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(disk.__file__).parents[1])},
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "made" / "lock"


def test_two_processes_exclude_each_other_and_the_lock_goes_with_the_first(lock):
    assert not disk.is_held(lock)
    assert not lock.exists()  # who only looks makes nothing
    first = started(HOLDS, lock)
    try:
        assert said(first) == "True"
        assert disk.is_held(lock)
        with disk.alone(lock) as mine:
            assert not mine
        second = started(HOLDS, lock)
        assert said(second) == "False"
        second.communicate()
        assert disk.is_held(lock)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
        first.communicate()
    assert not disk.is_held(lock)
    with disk.alone(lock) as mine:
        assert mine
    assert lock.read_bytes() == b""


def test_who_waits_comes_after_the_other(lock):
    first = started(HOLDS, lock)
    assert said(first) == "True"
    order: list[str] = []

    def waits() -> None:
        with disk.alone(lock, wait=True) as mine:
            order.append(f"second {mine}")

    waiting = threading.Thread(target=waits)
    waiting.start()
    waiting.join(0.2)
    assert order == []
    order.append("first ends")
    first.communicate()  # its input is closed, and it ends
    waiting.join(20)
    assert order == ["first ends", "second True"]


def test_a_lock_is_given_back_after_an_error(lock):
    with suppress(ValueError), disk.alone(lock):
        raise ValueError
    assert not disk.is_held(lock)


def test_a_process_that_dies_in_the_middle_leaves_the_old_file(tmp_path):
    path = tmp_path / "state.json"
    disk.write_atomically(path, b"old")
    dies = started(DIES, path)
    dies.communicate()
    assert dies.returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}.tmp").exists()
    assert path.read_bytes() == b"old"
    disk.write_atomically(path, b"new")  # what the dead one left does not stand in the way
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_in_the_middle_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "state.json"
    disk.write_atomically(path, b"old")
    with suppress(ValueError), disk.whole(path) as beside:
        beside.write_bytes(b"half of")
        raise ValueError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_content_lasts_before_it_takes_its_place_and_the_place_before_it_is_told(tmp_path, monkeypatch):
    done: list[str] = []
    told, replaced = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "content")
        told(handle)

    def put(self: Path, target: Path) -> Path:
        done.append("in place")
        return replaced(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", put)
    disk.write_atomically(tmp_path / "one", b"content")
    assert done == ["content", "in place", "folder"]


def test_a_secret_is_for_its_owner_and_replaces_nothing(tmp_path):
    path = tmp_path / "key"
    disk.write_secret(path, b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        disk.write_secret(path, b"other")
    assert path.read_bytes() == b"secret"
