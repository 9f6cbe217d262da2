"""A scan of all hits, told on each adapter; the engine in memory is the oracle."""

# ruff: noqa: F401, F811 - fixtures of the suite are used by their names

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qiantang.engines.search.port import Document, Everything, ScanHit, Sort
from qiantang.kernel.paging import PageRequest

from .engines import examples
from .test_search import adapter, engine, filled, oracle, queries, sorts


def _one(number, **fields):
    return Document(id=f"d{number}", fields=fields)


scan_places = st.builds(
    ScanHit,
    st.sampled_from(["", "CN0000", "CN0033", "CN0115", "CN0299", "zz"]),
    st.sampled_from([None, -(2**62), 0, 1985, 2020, 20190301, 20200101, 2**63 - 1]),
)


@pytest.mark.feature("S3-15")
@settings(max_examples=examples(150), deadline=None)
@given(query=queries, sort=st.none() | sorts, after=st.none() | scan_places)
@example(query=Everything(), sort=Sort("day"), after=ScanHit("CN0033", 2**63 - 1))
@example(query=Everything(), sort=Sort("day", descending=True), after=ScanHit("CN0033", -(2**63)))
def test_a_scan_is_that_of_the_oracle_from_any_place_on(filled, oracle, query, sort, after):
    found, expected = (one.scan(query, sort=sort, after=after) for one in (filled, oracle))
    assert (found.total, found.stamp) == (expected.total, 1000)
    assert list(found.hits) == list(expected.hits)


@pytest.mark.feature("S3-15")
@settings(max_examples=examples(40), deadline=None)
@given(query=queries, sort=st.none() | sorts, place=st.integers(0, 300))
def test_a_scan_has_the_order_of_the_pages_and_goes_on_after_any_hit(filled, query, sort, place):
    scan = filled.scan(query, sort=sort)
    hits = list(scan.hits)
    assert len(hits) == scan.total == filled.count(query)
    if sort is None:
        assert [one.id for one in hits] == sorted(filled.ids(query))
    else:
        page = filled.search(query, page=PageRequest(0, 200), sort=sort).hits
        assert [one.id for one in hits[:200]] == [one.id for one in page]
    for after in hits[place : place + 1]:
        assert list(filled.scan(query, sort=sort, after=after).hits) == hits[place + 1 :]


@pytest.mark.feature("S3-15")
@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("sort", [None, Sort("year")])
def test_a_scan_reads_one_commit_whatever_is_committed_meanwhile(engine, sort, fresh):
    with engine.writer() as writer:
        writer.put([_one(number, year=2000 + number % 3) for number in range(100, 200)])
        writer.commit(stamp=1)
    whole = list(engine.scan(Everything(), sort=sort).hits)
    scan = engine.scan(Everything(), sort=sort)
    begun = [next(scan.hits) for _ in range(30)]
    with engine.writer(fresh=fresh) as writer:
        writer.drop([f"d{number}" for number in range(120, 150)])
        writer.put([_one(number, year=1990) for number in range(150, 260)])
        writer.commit(stamp=2)
    assert (scan.total, scan.stamp) == (100, 1)
    assert begun + list(scan.hits) == whole
    assert engine.scan(Everything(), sort=sort).stamp == 2


@pytest.mark.feature("S3-15")
def test_a_scan_begun_again_after_a_commit_doubles_nothing_and_leaves_nothing_standing_out(engine):
    with engine.writer() as writer:
        writer.put([_one(number) for number in range(100, 200)])
        writer.commit(stamp=1)
    scan = engine.scan(Everything())
    begun = [next(scan.hits) for _ in range(50)]
    with engine.writer() as writer:
        writer.drop([f"d{number}" for number in range(140, 160)])
        writer.put([_one(number) for number in [*range(200, 210), *range(50, 60)]])
        writer.commit(stamp=2)
    rest = list(engine.scan(Everything(), after=begun[-1]).hits)
    assert not set(begun) & set(rest)
    assert {one.id for one in [*begun, *rest]} >= {f"d{number}" for number in [*range(100, 140), *range(160, 200)]}


def test_a_scan_closed_early_lets_the_writer_go_on(engine):
    with engine.writer() as writer:
        writer.put([_one(number) for number in range(100, 200)])
        writer.commit(stamp=1)
    scan = engine.scan(Everything())
    next(scan.hits)
    getattr(scan.hits, "close", lambda: None)()
    assert engine.scan(Everything()).total == 100


@pytest.mark.parametrize("sort", [Sort("symbol"), Sort("number")])
def test_an_order_that_does_not_fit_the_schema_is_a_mistake_of_the_program(filled, sort):
    with pytest.raises(ValueError, match="does not fit"):
        filled.scan(Everything(), sort=sort)
