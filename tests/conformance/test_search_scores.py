"""Scores and the numbers behind them, told on each adapter; the engine in memory counts by the book."""

# ruff: noqa: F401, F811 - fixtures of the suite are used by their names

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.port import And, Or, Term, Weighted
from qiantang.kernel.errors import Unavailable
from qiantang.kernel.paging import PageRequest

from .engines import ADAPTERS, MEMORY, examples, gone, made
from .test_search import SCHEMA, SYMBOLS, WORDS, _document, adapter, engine, filled, queries, words


@pytest.fixture(scope="module", params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def whole(request, tmp_path_factory):
    """Documents written in one go, none replaced, all with a title: so every engine counts the same ones."""
    engine = made(request.param, SCHEMA, tmp_path_factory.mktemp("whole"))
    random = Random(11)
    with engine.writer() as writer:
        writer.add([one for one in (_document(number, random) for number in range(200)) if one.fields["title"]])
        writer.commit(stamp=1)
    yield engine
    gone(engine)


@pytest.fixture(scope="module")
def measured():
    engine = made(MEMORY, SCHEMA, None)
    random = Random(11)
    with engine.writer() as writer:
        writer.add([one for one in (_document(number, random) for number in range(200)) if one.fields["title"]])
        writer.commit(stamp=1)
    return engine


weighted = st.builds(Weighted, st.builds(Term, st.just("title"), words), st.sampled_from([0.25, 1.0, 1.7, 4.0]))


@settings(max_examples=examples(100), deadline=None)
@given(parts=st.lists(weighted, min_size=1, max_size=6).map(tuple), symbol=st.sampled_from([None, *SYMBOLS[:3]]))
def test_weighted_tokens_score_as_bm25_says(whole, measured, parts, symbol):
    query = Or(parts) if symbol is None else And((Or(parts), Term("symbol", symbol)))
    page = PageRequest(0, 200)
    found, expected = whole.search(query, page=page).hits, measured.search(query, page=page).hits
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], rel=1e-4)
    scores = {hit.id: hit.score for hit in expected}
    assert {hit.id: hit.score for hit in found} == pytest.approx(scores, rel=1e-4)


@settings(max_examples=examples(100), deadline=None)
@given(parts=st.lists(weighted, min_size=1, max_size=6).map(tuple), symbol=st.sampled_from([None, *SYMBOLS[:3]]))
def test_the_best_without_a_count_are_the_first_of_all(whole, parts, symbol):
    query = Or(parts) if symbol is None else And((Or(parts), Term("symbol", symbol)))
    best, every = whole.best(query, size=7), whole.search(query, page=PageRequest(0, 200)).hits
    assert [hit.score for hit in best] == pytest.approx([hit.score for hit in every[:7]], rel=1e-4)
    known = {hit.id: hit for hit in every}
    assert len({hit.id for hit in best}) == len(best)
    assert all(hit.card == known[hit.id].card for hit in best)
    assert [hit.score for hit in best] == pytest.approx([known[hit.id].score for hit in best], rel=1e-4)


@settings(max_examples=examples(150), deadline=None)
@given(query=queries, size=st.sampled_from([1, 2, 7, 50, 400]))
def test_the_best_of_any_query_are_the_first_of_its_page(filled, query, size):
    """Over several parts of an index with holes, of any query: as many hits as there can be, none of another score."""
    best = filled.best(query, size=size)
    every = [hit for offset in (0, 200) for hit in filled.search(query, page=PageRequest(offset, 200)).hits]
    assert len(best) == min(size, filled.count(query))
    assert [hit.score for hit in best] == pytest.approx([hit.score for hit in every[:size]], rel=1e-4)
    known = {hit.id: hit for hit in every}
    assert len({hit.id for hit in best}) == len(best)
    assert all(hit.card == known[hit.id].card for hit in best)
    assert [hit.score for hit in best] == pytest.approx([known[hit.id].score for hit in best], rel=1e-4)


@settings(max_examples=examples(60), deadline=None)
@given(parts=st.lists(weighted, min_size=1, max_size=6).map(tuple), size=st.integers(1, 12))
def test_the_best_are_those_of_the_oracle(whole, measured, parts, size):
    """Whatever stands before the last score is the same on every engine; at the last any of equal ones may be shown."""
    best, expected = whole.best(Or(parts), size=size), measured.best(Or(parts), size=400)
    scores = {hit.id: hit.score for hit in expected}
    assert [hit.score for hit in best] == pytest.approx([hit.score for hit in expected[:size]], rel=1e-4)
    assert {hit.id: hit.score for hit in best} == pytest.approx({hit.id: scores[hit.id] for hit in best}, rel=1e-4)


def test_the_best_of_an_index_never_committed_and_of_no_query_are_refused_as_a_search_is(whole, engine):
    with pytest.raises(Unavailable) as refusal:
        engine.best(Term("title", "wolf"), size=5)
    assert refusal.value.code == "search.index_missing"
    with pytest.raises(KeyError):
        whole.best(Term("nothing", "x"), size=5)


def test_how_many_documents_hold_a_token_is_told(whole, engine):
    told = whole.frequencies("title", [*WORDS, "nowhere"])
    assert told == tuple(whole.count(Term("title", one)) for one in [*WORDS, "nowhere"])
    assert whole.frequencies("title", []) == ()
    for field, error in (("nothing", KeyError), ("day", ValueError)):
        with pytest.raises(error):
            whole.frequencies(field, ["石墨"])
    with pytest.raises(Unavailable):
        engine.frequencies("title", ["石墨"])
