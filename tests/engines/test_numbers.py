"""Whole numbers on disk are what was written, in no more room than they need."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.engines.lake import numbers
from qiantang.engines.lake.numbers import mapped_narrow, narrow, write_narrow


@given(st.lists(st.integers(-(2**63), 2**63 - 1)) | st.lists(st.integers(-300, 300)) | st.lists(st.integers(0, 2**31)))
def test_what_is_written_at_once_or_made_narrow_later_is_read_again(told):
    values = np.array(told, np.int64)
    with TemporaryDirectory() as folder:
        once, later = Path(folder) / "once", Path(folder) / "later"
        write_narrow(values, once)
        values.tofile(later)
        narrow(later)
        assert once.read_bytes() == later.read_bytes()
        assert mapped_narrow(once, len(told)).tolist() == told


@pytest.mark.parametrize(
    ("most", "bytes_of_one"), [(127, 1), (128, 2), (2**15 - 1, 2), (2**15, 4), (2**31 - 1, 4), (2**31, 8)]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_takes_the_room_of_the_widest_of_its_file(tmp_path, most, bytes_of_one, sign):
    values = np.array([0, sign * most - (sign < 0), 1], np.int64)  # one more fits below zero than above
    write_narrow(values, tmp_path / "n")
    assert (tmp_path / "n").stat().st_size == 3 * bytes_of_one


def test_a_file_is_made_narrow_in_portions_and_all_of_them_count(tmp_path, monkeypatch):
    monkeypatch.setattr(numbers, "_AT_ONCE", 2)
    values = np.array([1, 2, 3, 4, 70_000], np.int64)
    values.tofile(tmp_path / "n")
    narrow(tmp_path / "n")
    assert (tmp_path / "n").stat().st_size == 5 * 4
    assert mapped_narrow(tmp_path / "n", 5).tolist() == values.tolist()
    assert [one.name for one in tmp_path.iterdir()] == ["n"]
