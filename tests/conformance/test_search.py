"""What every search engine of the house must do, told on each adapter; the engine in memory is the oracle."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.port import (
    And,
    Document,
    Everything,
    Exists,
    FacetRequest,
    FieldKind,
    How,
    IndexField,
    IndexSchema,
    IndexStatus,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Range,
    Slot,
    Sort,
    Term,
    Weighted,
    Wild,
)
from qiantang.kernel.errors import Conflict, Limited, Unavailable
from qiantang.kernel.paging import PageRequest

from .engines import ADAPTERS, MEMORY, TANTIVY, examples, gone, made

SCHEMA = IndexSchema(
    version=1,
    fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("characters", FieldKind.CHARS),
        IndexField("symbol", FieldKind.KEYWORD, facet=True),
        IndexField("number", FieldKind.KEYWORD),
        IndexField("day", FieldKind.INTEGER, sortable=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ),
)
WORDS = ["石墨", "墨烯", "烯电", "电池", "池", "石", "wolf", "wolfram", "a.b", "a", "["]
SYMBOLS = ["G06F", "G06F16", "G06F16/35", "G06N", "H01M", "a.c", "a*", "(x", "x\ny", "石墨烯"]
YEARS = [None, 1985, 2019, 2020, 2021]


def _document(number: int, random: Random) -> Document:
    words = random.choices(WORDS, k=random.randrange(9))
    return Document(
        id=f"CN{number:04d}",
        card=f"card {number}",
        fields={
            "title": " ".join(words) if words else None,
            "characters": " ".join(dict.fromkeys("".join(words))),
            "symbol": random.choices(SYMBOLS, k=random.randrange(4)),
            "number": [f"N{number}", "N"],
            "day": random.choice([None, -(2**62), 0, 20190301, 20190302, 20200101]),
            "year": random.choice(YEARS),
        },
    )


def _fill(engine):
    """Three hundred documents in several commits, some replaced, some dropped, so that there are segments and holes."""
    random = Random(7)
    with engine.writer() as writer:
        for first in range(0, 300, 60):
            writer.put([_document(number, random) for number in range(first, first + 60)])
            writer.commit(stamp=first)
        writer.put([_document(number, random) for number in range(20, 50)])
        writer.drop([f"CN{number:04d}" for number in range(100, 130)] + ["nobody"])
        writer.commit(stamp=1000)
    return engine


@pytest.fixture(params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def adapter(request):
    return request.param


@pytest.fixture
def engine(adapter, tmp_path):
    engine = made(adapter, SCHEMA, tmp_path, shards=2)
    yield engine
    gone(engine)


@pytest.fixture(scope="module", params=[*ADAPTERS, "in memory"], ids=lambda path: path.rpartition(".")[2])
def filled(request, tmp_path_factory):
    place = None if request.param == "in memory" else tmp_path_factory.mktemp("index")
    engine = _fill(made(TANTIVY if place is None else request.param, SCHEMA, place))
    yield engine
    gone(engine)


@pytest.fixture(scope="module")
def oracle():
    return _fill(made(MEMORY, SCHEMA, None))


words = st.sampled_from(WORDS)
numbers = st.sampled_from([None, -(2**62), -1, 0, 20190301, 20190302, 20200101, 2**63 - 1])
slots = st.lists(
    st.builds(
        Slot,
        st.integers(0, 4),
        st.one_of(words, st.sampled_from(["a*", "?", "石?", "#a", "*池", "b#"])),
        st.sampled_from(How),
    ),
    max_size=3,
).map(lambda more: (Slot(0, "电池", How.BEGINS) if len(more) % 2 else Slot(0, "石*", How.WILD), *more))
leaves = st.one_of(
    st.just(Everything()),
    st.builds(Term, st.just("title"), words),
    st.builds(Term, st.just("characters"), st.sampled_from(list("石墨烯电池a"))),
    st.builds(Term, st.just("symbol"), st.sampled_from(SYMBOLS)),
    st.builds(Term, st.just("year"), st.sampled_from([1985, 2019, 2022])),
    st.builds(Term, st.just("number"), st.sampled_from(["N", "N7", "N299"])),
    st.builds(Phrase, st.just("title"), st.lists(words, min_size=2, max_size=4).map(tuple), st.booleans()),
    st.builds(Prefix, st.just("symbol"), st.sampled_from(["G06", "G06F16/3", "a.", "a*", "(", "x", "石墨", "zz"])),
    st.builds(Prefix, st.just("number"), st.sampled_from(["N1", "N29"])),
    st.builds(Places, st.just("title"), slots),
    st.builds(Wild, st.just("symbol"), st.sampled_from(["G06*", "G06F16/?5", "*35", "a#", "?", "石*", "(*", "zz*"])),
    st.builds(Range, st.just("day"), numbers, numbers),
    st.builds(Range, st.just("year"), st.sampled_from([None, 1985, 2020]), st.sampled_from([None, 2019, 2020])),
    st.builds(Exists, st.sampled_from(["symbol", "day", "year"])),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(Weighted, inner, st.sampled_from([0.5, 3.0])),
    ),
    max_leaves=6,
)
sorts = st.builds(Sort, st.sampled_from(["day", "year"]), st.booleans())
pages = st.builds(PageRequest, st.integers(0, 320), st.integers(1, 200))


@pytest.mark.feature("S3-02")
@settings(max_examples=examples(300), deadline=None)
@given(query=queries)
def test_any_query_finds_what_the_oracle_finds(filled, oracle, query):
    found = filled.ids(query)
    assert found == oracle.ids(query)
    assert filled.count(query) == len(found)


@pytest.mark.feature("S3-05")
@settings(max_examples=examples(150), deadline=None)
@given(query=queries, size=st.integers(1, 12))
def test_facets_are_those_of_the_oracle_and_of_the_refined_query(filled, oracle, query, size):
    wanted = [FacetRequest("symbol", size), FacetRequest("year", size)]
    found = filled.search(query, page=PageRequest(), facets=wanted)
    assert found.facets == oracle.search(query, page=PageRequest(), facets=wanted).facets
    for name, values in found.facets.items():
        for one in values:
            assert filled.count(And((query, Term(name, one.value)))) == one.count


@settings(max_examples=examples(150), deadline=None)
@given(query=queries, sort=sorts, page=pages)
def test_sorted_pages_are_those_of_the_oracle(filled, oracle, query, sort, page):
    found = filled.search(query, page=page, sort=sort)
    expected = oracle.search(query, page=page, sort=sort)
    assert found.total == expected.total
    assert [(hit.id, hit.card) for hit in found.hits] == [(hit.id, hit.card) for hit in expected.hits]


@settings(max_examples=examples(50), deadline=None)
@given(query=queries, size=st.integers(20, 200))
def test_unsorted_pages_show_every_hit_once(filled, query, size):
    shown = []
    total = filled.count(query)
    for offset in range(0, total, size):
        page = filled.search(query, page=PageRequest(offset, size))
        assert page.total == total
        shown += page.hits
    assert len(shown) == total
    assert {hit.id for hit in shown} == filled.ids(query)
    assert all(hit.card == f"card {int(hit.id[2:])}" for hit in shown)


def test_pages_beyond_the_end_are_empty_and_still_count(filled, oracle):
    for offset in (269, 270, 271, 10**12):
        page = PageRequest(offset, 10)
        for sort in (None, Sort("year")):
            found = filled.search(Everything(), page=page, sort=sort)
            assert found.total == 270
            assert len(found.hits) == (1 if offset == 269 else 0)


def test_scores_fall_down_the_page_and_filters_leave_them_alone(filled):
    text = Term("title", "wolf")
    page = PageRequest(0, 200)
    plain = {hit.id: hit.score for hit in filled.search(text, page=page).hits}
    narrowed = filled.search(And((text, Term("symbol", "G06F"), Range("year", 2019))), page=page).hits
    assert [hit.score for hit in narrowed] == sorted((hit.score for hit in narrowed), reverse=True)
    assert all(plain[hit.id] == pytest.approx(hit.score) for hit in narrowed)


@pytest.mark.parametrize(
    "query",
    [
        Phrase("symbol", ("a", "b")),
        Phrase("title", ("a",)),
        Places("symbol", (Slot(0, "a"),)),
        Places("title", ()),
        Places("title", (Slot(1, "a"),)),
        Wild("title", "a*"),
        Wild("symbol", ""),
        Prefix("title", "a"),
        Prefix("symbol", ""),
        Range("symbol", 1),
        Exists("title"),
        Term("year", "2019"),
        Not(Term("symbol", 3)),
        Weighted(Term("symbol", "a"), 0.0),
        Weighted(Term("symbol", 3), 1.0),
    ],
)
def test_a_query_that_does_not_fit_the_schema_is_a_mistake_of_the_program(filled, query):
    with pytest.raises(ValueError, match="does not fit"):
        filled.count(query)
    with pytest.raises(ValueError, match="does not fit"):
        filled.search(Everything(), page=PageRequest(), sort=Sort("symbol"))
    with pytest.raises(ValueError, match="does not fit"):
        filled.search(Everything(), page=PageRequest(), facets=[FacetRequest("day")])
    with pytest.raises(ValueError, match="does not fit"):
        filled.search(Everything(), page=PageRequest(), facets=[FacetRequest("year", contains="20")])
    with pytest.raises(ValueError, match="does not fit"):
        filled.groups(Everything(), field="symbol", page=PageRequest())
    with pytest.raises(KeyError):
        filled.search(Term("nothing", "x"), page=PageRequest())


# --- writing ---


def _one(number, **fields):
    return Document(id=f"d{number}", fields=fields)


def test_nothing_is_seen_before_commit_and_all_is_undone_without_it(engine):
    with engine.writer() as writer:
        writer.put([_one(1, title="wolf")])
        writer.commit(stamp=1)
        writer.put([_one(2, title="wolf")])
        assert engine.ids(Everything()) == {"d1"}
    assert engine.ids(Everything()) == {"d1"}
    with engine.writer() as writer:
        writer.put([_one(3)])
        writer.commit(stamp=2)
    assert engine.ids(Everything()) == {"d1", "d3"}
    assert engine.state().stamp == 2


def test_an_error_inside_the_context_undoes_what_was_not_committed(engine):
    with engine.writer() as writer:
        writer.commit(stamp=1)
    with pytest.raises(ZeroDivisionError), engine.writer() as writer:  # noqa: PT012 - what is done before counts
        writer.put([_one(1)])
        raise ZeroDivisionError
    assert engine.count(Everything()) == 0
    assert engine.state().stamp == 1


def test_the_last_of_one_id_wins_in_a_batch_and_over_batches(engine):
    with engine.writer() as writer:
        writer.put([_one(1, symbol=["a"]), _one(2), _one(1, symbol=["b"])])
        writer.put([_one(2, symbol=["c"])])
        writer.drop(["d3"])
        writer.put([_one(3), _one(4)])
        writer.drop(["d4"])
        writer.commit(stamp=1)
    assert engine.ids(Everything()) == {"d1", "d2", "d3"}
    assert engine.ids(Exists("symbol")) == {"d1", "d2"}
    assert engine.ids(Term("symbol", "a")) == frozenset()


def test_a_value_said_twice_counts_once(engine):
    with engine.writer() as writer:
        writer.put([_one(1, symbol=["a", "a", "b"])])
        writer.commit(stamp=1)
    found = engine.search(Everything(), page=PageRequest(), facets=[FacetRequest("symbol")])
    assert [(one.value, one.count) for one in found.facets["symbol"]] == [("a", 1), ("b", 1)]


def test_a_fresh_index_takes_the_place_of_the_old_at_commit(engine):
    with engine.writer() as writer:
        writer.put([_one(1), _one(2)])
        writer.commit(stamp=5)
    with engine.writer(fresh=True) as writer:
        writer.put([_one(3)])
        assert engine.ids(Everything()) == {"d1", "d2"}
        writer.commit(stamp=6)
        assert engine.ids(Everything()) == {"d3"}
        writer.put([_one(4)])
        writer.commit(stamp=7)
    assert engine.ids(Everything()) == {"d3", "d4"}
    assert (engine.state().stamp, engine.state().documents) == (7, 2)
    with engine.writer(fresh=True) as writer:
        writer.put([_one(9)])
    assert engine.ids(Everything()) == {"d3", "d4"}


def test_one_writer_at_a_time(engine):
    with engine.writer():
        second = engine.writer()
        with pytest.raises(Conflict) as refusal:
            second.__enter__()
    assert refusal.value.code == "search.writer_busy"
    with engine.writer(fresh=True) as writer:
        writer.commit(stamp=1)
    with engine.writer() as writer:
        writer.commit(stamp=2)


def test_an_index_never_committed_is_missing_not_empty(engine):
    assert engine.state().status is IndexStatus.MISSING
    assert engine.state().stamp is None
    with pytest.raises(Unavailable) as refusal:
        engine.count(Everything())
    assert refusal.value.code == "search.index_missing"
    with engine.writer() as writer:
        writer.put([_one(1)])
    assert engine.state().status is IndexStatus.MISSING
    with engine.writer() as writer:
        writer.commit(stamp=0)
    assert engine.state().status is IndexStatus.CURRENT
    assert engine.count(Everything()) == 0


def test_an_unknown_field_in_a_document_is_a_mistake_of_the_program(engine):
    with pytest.raises(KeyError), engine.writer() as writer:
        writer.put([_one(1, nothing="x")])


def test_a_pattern_that_stands_for_too_many_words_is_an_error_and_no_part_of_an_answer(engine):
    some = [Document(f"CN{number:05d}", {"title": f"word{number} end"}) for number in range(10_050)]
    with engine.writer() as writer:
        writer.add(some)
        writer.commit(stamp=1)
    assert engine.count(Places("title", (Slot(0, "word1*", How.WILD),))) == sum(
        "word1" in str(one.fields) for one in some
    )
    for slots in ((Slot(0, "word*", How.WILD),), (Slot(0, "word*", How.WILD), Slot(1, "end"))):
        with pytest.raises(Limited) as refusal:
            engine.count(And((Term("title", "end"), Places("title", slots))))
        assert (refusal.value.code, refusal.value.facts["limit"]) == ("search.too_many_words", 10_000)
