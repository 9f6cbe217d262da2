"""A broad OR beside something rare is looked up: the adapter's short cut finds what the oracle finds, and scores the same."""

# ruff: noqa: F401, F811 - fixtures of the suite are used by their names

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.port import And, Not, Or, Phrase, Places, Prefix, Range, Slot, Sort, Term, Weighted
from qiantang.engines.search.tantivy import seeking, translate
from qiantang.engines.search.tantivy.seeking import alternatives, sought
from qiantang.kernel.paging import PageRequest

from .engines import MEMORY, TANTIVY, gone, made
from .test_search import SCHEMA, SYMBOLS, WORDS, _fill, oracle, pages, queries, sorts, words

EVERY = PageRequest(0, 200)
TITLE = Term("title", "wolf")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    engine = _fill(made(TANTIVY, SCHEMA, tmp_path_factory.mktemp("index")))
    yield engine
    gone(engine)


@contextmanager
def _always(*, far_between=False):
    """However few the postings are: all that can be looked up is."""
    with (
        patch.object(seeking, "_MANY", 0),
        patch.object(seeking, "saves", lambda *_: True),
        patch.object(translate, "covers_most", lambda *_: far_between),
    ):
        yield


alternative = st.one_of(
    st.builds(Term, st.just("title"), words),
    st.builds(Phrase, st.just("title"), st.lists(words, min_size=2, max_size=3).map(tuple)),
    st.builds(Weighted, st.builds(Term, st.just("title"), words), st.sampled_from([0.5, 3.0])),
    st.builds(Term, st.just("symbol"), st.sampled_from(SYMBOLS)),
)
either = st.lists(alternative, min_size=2, max_size=5).map(lambda parts: Or(tuple(parts)))
nested = st.builds(lambda one, other: Or((one, other)), either, alternative)
rare = st.one_of(
    st.builds(Term, st.just("symbol"), st.sampled_from(SYMBOLS)),
    st.builds(Term, st.just("title"), words),
    st.builds(Term, st.just("year"), st.sampled_from([1985, 2019, 2022])),
)
others = st.lists(st.one_of(either, nested, st.builds(Not, either), queries), min_size=1, max_size=3)
asked = st.builds(lambda one, more, end: And((*more, one) if end else (one, *more)), rare, others, st.booleans())


@pytest.mark.feature("S3-02")
@settings(max_examples=200, deadline=None)
@given(query=asked, outside=st.sampled_from([None, Not, "or", "and", "weight"]), far_between=st.booleans())
def test_any_query_that_is_looked_up_finds_what_the_oracle_finds(filled, oracle, query, outside, far_between):
    inside = {
        None: query,
        Not: Not(query),
        "or": Or((query, TITLE)),
        "and": And((query, Range("day", 0, None))),
        "weight": Weighted(query, 2.0),
    }[outside]
    usual = {hit.id: hit.score for hit in filled.search(inside, page=EVERY).hits}
    with _always(far_between=far_between):
        assert filled.ids(inside) == oracle.ids(inside)
        found = filled.search(inside, page=EVERY)
        assert found.total == oracle.count(inside) == filled.count(inside)
        # of more hits than a page has, any of equal scores may be the last
        assert {hit.id: hit.score for hit in found.hits if hit.id in usual} == pytest.approx(
            {hit.id: usual[hit.id] for hit in found.hits if hit.id in usual}, rel=1e-4
        )
        assert found.total > len(found.hits) or {hit.id for hit in found.hits} == usual.keys()


@settings(max_examples=60, deadline=None)
@given(query=asked, sort=sorts, page=pages)
def test_sorted_pages_of_what_is_looked_up_are_those_of_the_oracle(filled, oracle, query, sort, page):
    expected = oracle.search(query, page=page, sort=sort)
    with _always():
        found = filled.search(query, page=page, sort=sort)
    assert found.total == expected.total
    assert [hit.id for hit in found.hits] == [hit.id for hit in expected.hits]


class _Held:
    """In how many documents words stand, of a million."""

    documents = 1_000_000

    def __init__(self, **held):
        self.held = held

    def holding(self, field, word):
        return self.held[str(word)]


A, B, C, D = (Term("title", one) for one in "abcd")
S, C_A = Term("symbol", "s"), Phrase("title", ("c", "a"))
HELD = _Held(a=30_000, b=60_000, c=10, d=8_000, s=20_000)


@pytest.mark.parametrize(
    ("parts", "broad", "refused"),
    [
        ((Or((A, B)), S), [(B, A)], ()),  # the most frequent first
        ((S, Or((A, Or((Weighted(B, 2.0), C_A))))), [(Weighted(B, 2.0), A, C_A)], ()),
        ((Or((A, B)), Or((C, D)), Range("day", 1, 2)), [(B, A)], ()),  # rare is an OR
        ((S, Not(Or((A, B)))), [], (B, A)),
        ((S, Not(Or((A, B))), Not(C)), [], (B, A, C)),
    ],
)
def test_what_is_much_more_frequent_than_the_rarest_part_is_looked_up(parts, broad, refused):
    found = sought(parts, HELD)
    assert list(found.broad) == broad
    assert found.refused == refused
    assert len(found.needed) + len(found.broad) == sum(not isinstance(part, Not) for part in parts)
    assert found.rarest in found.needed


@pytest.mark.parametrize(
    "parts",
    [
        (Or((A, C)), S),  # 30,010 postings, two looks each for 20,000 documents
        (Or((C, D)), C),  # few postings
        (Or((A, B)), Range("day", 1, 2)),  # how rare a range is is not known
        (Or((A, B)), Prefix("symbol", "s")),
        (Or((A, Range("day", 1, 2))), S),  # a range cannot be looked up in postings
        (Or((B, Places("title", (Slot(0, "a"), Slot(2, "b"))))), S),
        (Or((B,)), S),
        (A, B, S),
        (Not(Or((A, B))),),
    ],
)
def test_all_else_is_gone_through(parts):
    assert sought(parts, HELD) is None


def test_an_or_of_very_many_is_gone_through():
    assert alternatives(Or((A,) * 12)) == [A] * 12
    assert alternatives(Or((A,) * 13)) == []
    assert alternatives(Or((Or((A,) * 7), Or((B,) * 7)))) == []
    assert sought((Or((Term("title", "a"),) * 13), S), HELD) is None


@pytest.mark.parametrize("word", WORDS[:4])
def test_the_real_rule_looks_up_in_a_large_index(filled, oracle, word):
    """With the bound of postings at 1, and all else as it is."""
    query = And((Or((Term("title", word), TITLE)), Term("number", "N7")))
    with patch.object(seeking, "_MANY", 1), patch.object(translate, "sought", wraps=sought) as looked:
        assert filled.ids(query) == oracle.ids(query)
        assert filled.search(query, page=EVERY, sort=Sort("day")).total == oracle.count(query)
        words = looked.call_args.args[1]
        assert sought(query.parts, words) is not None
