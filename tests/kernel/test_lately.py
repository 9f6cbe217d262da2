"""What a process remembers is bounded, and goes with its snapshot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.lately import Lately, OfSnapshots, SnapshotKey


def key(number: int, layers: str = "a", home: str = "h") -> SnapshotKey:
    return SnapshotKey(home, number, tuple(layers))


@given(st.lists(st.integers(0, 12), max_size=40))
def test_it_never_weighs_more_than_it_may_and_keeps_what_was_used_last(asked):
    kept: Lately[int, str] = Lately(20, len)
    for number in asked:
        assert kept.get(number, lambda n=number: "x" * n) == "x" * number
        assert kept.weight <= 20
        before = kept.weight
        kept.get(number, lambda: pytest.fail("the last one is always kept"))
        assert kept.weight == before


def test_the_last_one_stays_however_heavy():
    kept: Lately[str, str] = Lately(3, len)
    kept.get("small", lambda: "ab")
    kept.get("large", lambda: "x" * 100)
    assert (len(kept), kept.weight) == (1, 100)


def test_the_snapshots_before_go_with_the_first_question_about_the_new_one():
    kept: OfSnapshots[str] = OfSnapshots()
    kept.get(key(1), lambda: "one")
    kept.get(key(2), lambda: "two")
    assert kept.values() == ("two",)
    kept.get(key(2, "bc"), lambda: "two, layers merged")
    assert kept.values() == ("two, layers merged",)


def test_one_older_snapshot_stands_beside_the_newest_and_never_in_its_place():
    kept: OfSnapshots[str] = OfSnapshots()
    kept.get(key(5), lambda: "five")
    for number in (1, 2, 3):
        kept.get(key(number), lambda n=number: str(n))
        assert kept.get(key(5), lambda: pytest.fail("the newest was let go")) == "five"
        assert len(kept) == 2
    kept.get(key(9, home="elsewhere"), lambda: "another register")
    assert kept.values() == ("another register",)
