"""Pages of mapped files are let go when they have become many, and what is read stays the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qiantang.engines.lake.pages import READ_BYTES, Pages

pytestmark = pytest.mark.feature("X-29")
CONTENT = bytes(range(256)) * 4096 * 8


def resident(file: Path) -> int:
    """How many bytes of a file are memory of this process, as the kernel counts them."""
    found, inside = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split(" ")[0]:
            inside = line.endswith(str(file))
        elif inside and line.startswith("Rss:"):
            found += int(line.split()[1]) * 1024
    return found


def open_as(file: Path) -> int:
    """How many descriptors of this process are of a file."""
    return sum(one.resolve() == file for one in Path("/proc/self/fd").iterdir())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "table.rows"
    path.write_bytes(CONTENT)
    return path


def test_many_pages_are_let_go_and_come_back(file: Path) -> None:
    pages = Pages(most=0)
    mapped = pages.map(file)
    values = np.frombuffer(mapped, np.uint8)
    assert int(values.sum()) == sum(CONTENT)
    assert resident(file) == len(CONTENT)
    pages.looked(511)
    assert resident(file) == len(CONTENT)
    pages.looked(1)
    assert resident(file) == 0
    assert values.tobytes() == CONTENT


def test_few_pages_stay(file: Path) -> None:
    pages = Pages(most=2**40)
    mapped = pages.map(file)
    assert bytes(mapped) == CONTENT
    pages.looked(10_000)
    assert resident(file) == len(CONTENT)


@pytest.mark.parametrize("size", [0, 1, READ_BYTES])
def test_a_small_file_is_read_and_closed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "small.keys"
    path.write_bytes(CONTENT[:size])
    held = Pages().map(path)
    assert held == CONTENT[:size]
    assert not open_as(path)


def test_a_large_file_is_open_as_long_as_somebody_reads_it(file: Path) -> None:
    held = Pages().map(file)
    assert open_as(file) == 1
    values = np.frombuffer(held, np.uint8)
    del held
    assert open_as(file) == 1
    del values
    assert not open_as(file)
