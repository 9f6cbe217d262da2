"""What every similarity engine of the house must do, told on each adapter; the engine in memory is the oracle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from textwrap import dedent

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.similarity.faiss import FaissIndex
from qiantang.engines.similarity.memory import MemoryIndex
from qiantang.engines.similarity.port import Space, VectorState, load
from qiantang.kernel.errors import Conflict, Unavailable

SPACE = Space("one", 16)
ADAPTERS = ["qiantang.engines.similarity.memory.MemoryIndex", "qiantang.engines.similarity.faiss.FaissIndex"]
HALF = 2e-3  # of a cosine of rows kept in half precision


def rows(count, seed=1):
    """Vectors in clusters, as those of texts are."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(12, SPACE.dimensions))
    return (middles[rng.integers(0, 12, count)] + 0.6 * rng.normal(size=(count, SPACE.dimensions))).astype(np.float32)


def ids(count, first=0):
    return [f"CN{number:05d}" for number in range(first, first + count)]


def filled(index):
    """Eight hundred vectors in several commits, some replaced, some dropped."""
    with index.writer(SPACE) as writer:
        for first in range(0, 800, 200):
            writer.put(ids(200, first), rows(200, seed=first))
            writer.commit(stamp=first)
        writer.put(ids(50, 100), rows(50, seed=7))
        writer.drop([*ids(30, 300), "nobody"])
        writer.commit(stamp=9)
    return index


@pytest.fixture(params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def index(request, tmp_path):
    return load(request.param, place=tmp_path / "vectors")


@pytest.fixture(scope="module", params=["exact", "in lists", "in memory"])
def real(request, tmp_path_factory):
    few = 200 if request.param == "in lists" else 50_000
    return filled(FaissIndex(None if request.param == "in memory" else tmp_path_factory.mktemp("vectors"), few=few))


@pytest.fixture(scope="module")
def oracle():
    return filled(MemoryIndex())


@pytest.mark.feature("S3-10")
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 40), share=st.sampled_from([None, 0.01, 0.3]))
def test_the_nearest_are_those_of_the_oracle(real, oracle, seed, size, share):
    asked = rows(1, seed)[0]
    among = None if share is None else {one for one in ids(900) if hash((one, seed)) % 1000 < share * 1000}
    found = real.nearest(asked, size=size, among=among)
    expected = oracle.nearest(asked, size=size, among=among)
    exact = {one.id: one.nearness for one in oracle.nearest(asked, size=900)}
    assert len(found) == len(expected)
    assert len({one.id for one in found}) == len(found)
    assert [one.nearness for one in found] == sorted((one.nearness for one in found), reverse=True)
    assert all(one.nearness == pytest.approx(exact[one.id], abs=HALF) for one in found)
    if expected:  # none that was left out is nearer than the last shown, but for what half a precision cannot tell
        misses = [one for one in expected if one.nearness > found[-1].nearness + HALF and one.id not in exact]
        assert misses == []
    if among is not None:
        assert {one.id for one in found} <= among


def test_lists_find_nearly_all_of_the_nearest(tmp_path):
    held = rows(4_000, seed=3)
    few, every = FaissIndex(tmp_path / "lists", few=100), MemoryIndex()
    for one in (few, every):
        with one.writer(SPACE) as writer:
            writer.put(ids(4_000), held)
            writer.commit(stamp=1)
    shared = [
        len({one.id for one in few.nearest(asked, size=10)} & {one.id for one in every.nearest(asked, size=10)})
        for asked in held[:40] + 0.3 * rows(40, seed=5)
    ]
    assert sum(shared) / 400 > 0.9


def test_what_was_replaced_or_dropped_is_gone(real):
    everything = {one.id for one in real.nearest(rows(1)[0], size=2_000, among=ids(900))}
    assert everything == {*ids(800)} - {*ids(30, 300)}
    assert real.state() == VectorState(SPACE, 9, 770)
    replaced = rows(50, seed=7)[3]
    assert real.nearest(replaced, size=1)[0].id == "CN00103"


def test_nothing_is_seen_before_commit_and_all_is_undone_without_it(index):
    assert index.state() == VectorState(None, None, 0)
    with pytest.raises(Unavailable) as refusal:
        index.nearest(rows(1)[0], size=1)
    assert refusal.value.code == "similarity.missing"
    with index.writer(SPACE) as writer:
        writer.put(ids(3), rows(3))
        writer.commit(stamp=4)
        writer.put(ids(3, 10), rows(3))
    with pytest.raises(ZeroDivisionError), index.writer(SPACE) as writer:  # noqa: PT012 - what is done before counts
        writer.drop(ids(3))
        raise ZeroDivisionError
    assert {one.id for one in index.nearest(rows(1)[0], size=9)} == {*ids(3)}
    assert index.state() == VectorState(SPACE, 4, 3)


def test_another_space_or_a_fresh_start_begins_empty_and_the_old_is_used_until_commit(index):
    with index.writer(SPACE) as writer:
        writer.put(ids(3), rows(3))
        writer.commit(stamp=1)
    with index.writer(SPACE, fresh=True) as writer:
        writer.put(ids(1, 50), rows(1))
        assert index.state().vectors == 3
        writer.commit(stamp=2)
    assert [one.id for one in index.nearest(rows(1)[0], size=5)] == ["CN00050"]
    other = Space("two", 4)
    with index.writer(other) as writer:
        writer.put(["x"], np.ones((1, 4), np.float32))
        assert index.state().space == SPACE
        writer.commit(stamp=3)
    assert index.state() == VectorState(other, 3, 1)
    with pytest.raises(ValueError, match="does not fit"):
        index.nearest(rows(1)[0], size=1)


def test_vectors_without_a_direction_are_none_and_others_are_taken_at_length_one(index):
    with index.writer(SPACE) as writer:
        writer.put(ids(2), np.stack([np.zeros(16), np.full(16, 40.0)]).astype(np.float32))
        writer.put(ids(1, 1), np.full((1, 16), 3.0, np.float32))
        writer.put(["twice", "twice"], np.stack([np.ones(16), np.zeros(16)]).astype(np.float32))
        with pytest.raises(ValueError, match="do not fit"):
            writer.put(ids(2), rows(3))
        writer.commit(stamp=1)
    (found,) = index.nearest(np.ones(16, np.float32), size=5)
    assert found.id == "CN00001"
    assert found.nearness == pytest.approx(1, abs=HALF)


def test_equal_ones_come_by_ascending_id_and_one_writer_at_a_time(index):
    with index.writer(SPACE) as writer:
        writer.put(["b", "c", "a"], np.ones((3, 16), np.float32))
        second = index.writer(SPACE)
        with pytest.raises(Conflict) as refusal:
            second.__enter__()
        writer.commit(stamp=1)
    assert refusal.value.code == "similarity.writer_busy"
    assert [one.id for one in index.nearest(np.ones(16, np.float32), size=2)] == ["a", "b"]
    assert index.nearest(np.ones(16, np.float32), size=2, among=[]) == ()
    assert index.nearest(np.ones(16, np.float32), size=2, among=["nobody"]) == ()


# --- of the embedded one alone ---


def test_many_replacements_leave_no_dead_rows_behind(tmp_path):
    index = FaissIndex(tmp_path, few=50)
    for stamp in range(6):
        with index.writer(SPACE) as writer:
            writer.put(ids(60), rows(60, seed=stamp))
            writer.commit(stamp=stamp)
    kept = sum(path.stat().st_size for path in tmp_path.glob("*.vectors"))
    assert kept <= 2 * 60 * 16 * 2
    assert index.nearest(rows(60, seed=5)[7], size=1)[0].id == "CN00007"
    assert len(list(tmp_path.glob("g*"))) == 3


def test_another_process_is_seen_after_refresh_and_one_that_is_killed_leaves_the_commit_before(tmp_path):
    program = dedent(f"""
        import os, sys
        import numpy as np
        from pathlib import Path
        from qiantang.engines.similarity.faiss import FaissIndex
        from qiantang.engines.similarity.port import Space
        with FaissIndex(Path({str(tmp_path)!r})).writer(Space("one", 16)) as writer:
            writer.put(["a"], np.ones((1, 16), np.float32))
            writer.commit(stamp=1)
            writer.put(["b", "c"], np.ones((2, 16), np.float32))
            writer.drop(["a"])
            os.kill(os.getpid(), {signal.SIGKILL})
    """)
    reader = FaissIndex(tmp_path)
    killed = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": "src"})
    assert killed.returncode == -signal.SIGKILL
    assert reader.state().stamp is None
    reader.refresh()
    assert [one.id for one in reader.nearest(np.ones(16, np.float32), size=5)] == ["a"]
    with FaissIndex(tmp_path).writer(SPACE) as writer:  # goes on from the commit, the remains cut off
        writer.put(["d"], np.ones((1, 16), np.float32))
        writer.commit(stamp=2)
    reader.refresh()
    assert [one.id for one in reader.nearest(np.ones(16, np.float32), size=5)] == ["a", "d"]
