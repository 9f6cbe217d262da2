"""Hits in groups, and values looked for inside a facet, told on each adapter; the engine in memory is the oracle."""

# ruff: noqa: F401, F811 - fixtures of the suite are used by their names

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.port import And, Everything, FacetRequest, Term
from qiantang.kernel.errors import Limited
from qiantang.kernel.paging import PageRequest

from .engines import examples
from .test_search import SYMBOLS, filled, oracle, pages, queries, sorts

parts = st.sampled_from(["", "G06", "06", ".", "*", "(", "x\ny", "墨", "zz"])


@pytest.mark.feature("S3-05")
@settings(max_examples=examples(100), deadline=None)
@given(
    query=queries, size=st.integers(1, 12), part=parts, only=st.one_of(st.none(), st.lists(st.sampled_from(SYMBOLS)))
)
def test_values_of_a_facet_are_looked_for_and_counted_as_the_oracle_does(filled, oracle, query, size, part, only):
    """A value asked for by a part of its letters, or by name, is counted whatever its place among all values."""
    chosen = None if only is None else tuple(only)
    wanted = [FacetRequest("symbol", size, part, chosen), FacetRequest("year", size, only=(1985, 2020, 1))]
    found = filled.search(query, page=PageRequest(), facets=wanted).facets
    assert found == oracle.search(query, page=PageRequest(), facets=wanted).facets
    assert all(part in one.value and (only is None or one.value in only) for one in found["symbol"])


@pytest.mark.feature("S3-06")
@settings(max_examples=examples(100), deadline=None)
@given(query=queries, sort=sorts, page=pages, field=st.sampled_from(["day", "year"]))
def test_groups_in_order_are_those_of_the_oracle(filled, oracle, query, sort, page, field):
    assert filled.groups(query, field=field, page=page, sort=sort) == oracle.groups(
        query, field=field, page=page, sort=sort
    )


@pytest.mark.feature("S3-06")
@settings(max_examples=examples(15), deadline=None)
@given(query=queries)
def test_groups_by_score_hold_every_document_once(filled, query):
    """One of each number, and one for each document without; the best of its documents stands for it."""
    pages = [filled.groups(query, field="year", page=PageRequest(offset, 200)) for offset in (0, 200)]
    shown = [one for page in pages for one in page.groups]
    assert {(page.documents, page.total) for page in pages} == {(filled.count(query), len(shown))}
    assert sum(one.count for one in shown) == pages[0].documents
    assert len({one.first.id for one in shown}) == len(shown)
    assert [one.first.score for one in shown] == sorted((one.first.score for one in shown), reverse=True)
    for one in [one for one in shown if one.value is not None]:
        same = And((query, Term("year", one.value)))
        best = filled.search(same, page=PageRequest(0, 1)).hits[0]
        assert (one.count, one.first.score) == (filled.count(same), pytest.approx(best.score))


def test_more_documents_than_can_be_grouped_are_an_error_and_no_part_of_an_answer(filled):
    assert filled.groups(Everything(), field="year", page=PageRequest(), most=270).documents == 270
    with pytest.raises(Limited) as refusal:
        filled.groups(Everything(), field="year", page=PageRequest(), most=269)
    assert (refusal.value.code, refusal.value.facts) == ("search.too_many_to_group", {"total": 270, "limit": 269})
