"""The interval of a share: Wilson's worked examples, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.share import Share, wilson

pytestmark = [pytest.mark.feature("S2-11"), pytest.mark.feature("S4-03")]


def test_wilsons_interval():
    assert wilson(0, 0) == (0, 1)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    low, high = Share(180, 200).interval  # of a search strategy, with GB/T 39551
    assert (round(low, 3), round(high, 3)) == (0.851, 0.934)
    low, high = Share(81, 263).interval  # the standard worked example: 0.308, 95 % from 0.255 to 0.366
    assert (round(low, 3), round(high, 3)) == (0.255, 0.366)


def test_a_share_of_nothing_is_not_known():
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, (0.0, 1.0))
    assert str(Share(0, 0)).startswith("- %")
    assert str(Share(1, 4)).startswith("25.0 % (1 of 4;")


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(pair):
    low, high = Share(*pair).interval
    assert 0 <= low <= Share(*pair).value + 1e-12
    assert Share(*pair).value - 1e-12 <= high <= 1
