"""First, whole and fractional counting."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.places.api import Counting, weights

pytestmark = pytest.mark.feature("S2-12")
REGIONS = st.lists(st.sampled_from(["330100", "310000", "330200", None]), max_size=8)


def test_two_of_hangzhou_and_one_of_shanghai():
    parties = ["330100", "330100", "310000"]
    assert weights(parties, Counting.FIRST) == {"330100": 1}
    assert weights(parties, Counting.WHOLE) == {"330100": 1, "310000": 1}
    assert weights(parties, Counting.FRACTIONAL) == {"330100": Fraction(2, 3), "310000": Fraction(1, 3)}


def test_nobody_known_is_counted_as_not_known():
    assert weights([], Counting.FRACTIONAL) == weights([None], Counting.FIRST) == {None: 1}


@given(REGIONS)
def test_first_and_fractional_lose_no_patent_and_add_none(parties):
    assert sum(weights(parties, Counting.FIRST).values()) == 1
    assert sum(weights(parties, Counting.FRACTIONAL).values()) == 1


@given(REGIONS)
def test_whole_counting_is_never_less(parties):
    whole, shared, first = (weights(parties, how) for how in (Counting.WHOLE, Counting.FRACTIONAL, Counting.FIRST))
    assert set(whole) == set(shared) >= set(first)
    assert all(whole[region] >= shared[region] for region in whole)
