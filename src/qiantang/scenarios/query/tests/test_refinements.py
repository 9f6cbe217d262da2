"""Conditions the page adds to a query, and the years it draws: text that is read again as it was meant."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register import api as register
from qiantang.scenarios.query.methods.columns import COLUMNS, columns_of, from_cookie, to_cookie
from qiantang.scenarios.query.methods.refinements import Refinement, read
from qiantang.scenarios.query.methods.years import year_spans
from qiantang.scenarios.query.types import Layout

values = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6).map(lambda one: f"{one}厂")
years = st.integers(1800, 2100)
refinements = st.one_of(
    st.builds(Refinement, st.just("PA"), st.lists(values, max_size=3, unique=True).map(tuple), st.booleans()),
    st.builds(Refinement, st.just("AY"), excluded=st.booleans(), span=st.tuples(st.none() | years, years)),
    st.builds(Refinement, st.just("AY"), excluded=st.booleans(), span=st.tuples(years, st.none())),
)


@pytest.mark.feature("S3-05")
@given(refinements)
def test_a_condition_comes_back_out_of_its_text_and_is_a_query(condition):
    assert read(str(condition)) == condition
    low, high = condition.span or (None, None)
    if low is None or high is None or low <= high:
        assert register.parse(str(condition)) == register.parse(f"({condition})")


@pytest.mark.parametrize("text", ['CC=="CN" OR TI=泵', "AY=[2018 TO ]", "AY=[18 TO 20]", 'NOT  CC=="CN"', 'CC==("CN")'])
def test_what_the_page_does_not_make_is_no_condition(text):
    assert read(text) is None


def test_a_value_is_taken_out_of_several():
    several = Refinement("CC", ("CN", "US"))
    assert several.without("CN") == Refinement("CC", ("US",))
    assert Refinement("CC", ("CN",)).without("CN") is None


@pytest.mark.feature("S3-18")
@given(st.dictionaries(st.integers(1700, 2030), st.integers(1, 10**6), max_size=40))
def test_years_stand_without_gaps_and_lose_nobody(counts):
    spans = year_spans(counts)
    assert sum(one.count for one in spans) == sum(counts.values())
    assert len(spans) <= 120
    assert all(one.high + 1 == other.low for one, other in pairwise(spans))
    assert all(0 < one.height <= 100 if one.count else one.height == 0 for one in spans)
    if spans:
        assert (spans[0].low, spans[-1].high) == (min(counts), max(counts))
        assert max(one.height for one in spans) == 100


@given(st.booleans(), st.lists(st.sampled_from(list(COLUMNS)), unique=True))
def test_a_choice_of_columns_is_kept_in_a_cookie(table, columns):
    layout = Layout(table, tuple(columns))
    assert from_cookie(to_cookie(layout)) == layout
    assert set(columns_of(layout)) == set(columns) or not columns


@pytest.mark.parametrize("cookie", ["", "table.nothing", "x", "cards.number.;"])
def test_a_damaged_cookie_locks_nobody_out(cookie):
    assert from_cookie(cookie) == Layout()
