"""All hits of a query: as many as search counts, each once, from any place on, over a load in the middle."""

from __future__ import annotations

import pytest

from qiantang.corpus.register import api
from qiantang.corpus.register.api import results
from qiantang.corpus.register.selectors.searching import search
from qiantang.corpus.register.types import RECORD_SCHEMA, SearchRequest
from qiantang.kernel.errors import Invalid, NotFound, Unavailable

from .shelf import File, everything, others, seen, stock

QUERIES = ["", "电池 OR 泵", "CC=CN NOT 电池", "AY>=2017", "nowhere"]
SORTS = ["relevance", "-AD", "AD", "-PD", "GD", "PY"]


def ids(scan):
    return [one for batch in scan.batches for one in batch.patent_ids]


def paged(query, sort):
    found, cursor = [], None
    while True:
        page = search(SearchRequest(query, sort=sort, cursor=cursor, size=3))
        found += [hit.patent_id for hit in page.hits]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.feature("S3-15")
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", QUERIES)
def test_a_scan_has_all_that_search_counts_in_the_order_of_the_pages(stocked, query, sort):
    scan, found = results.scan(SearchRequest(query, sort=sort)), search(SearchRequest(query))
    whole = ids(scan)
    assert len(whole) == scan.total == found.total
    assert (scan.canonical, scan.snapshot, scan.begun_in) == (found.canonical, found.snapshot, None)
    assert whole == (sorted(paged(query, sort)) if sort == "relevance" else paged(query, sort))
    assert scan.sort == ("id" if sort == "relevance" else sort)


@pytest.mark.feature("S3-15")
@pytest.mark.parametrize("sort", SORTS)
def test_a_scan_goes_on_behind_any_batch(stocked, sort):
    request = SearchRequest("CC=CN", sort=sort)
    whole = ids(results.scan(request))
    for size in (1, 2, 5):
        done = []
        for batch in results.scan(request, size=size).batches:
            assert 1 <= len(batch.patent_ids) <= size
            done += batch.patent_ids
            rest = results.scan(request, after=batch.after, size=size)
            assert (done + ids(rest), rest.total, rest.begun_in) == (whole, len(whole), rest.snapshot)


def test_a_place_of_another_query_or_a_damaged_one_is_refused(stocked):
    place = next(results.scan("CC=CN", size=1).batches).after
    for query, sort, after in (
        ("CC=US", "relevance", place),
        ("CC=CN", "-AD", place),
        ("CC=CN", "relevance", place[:-2]),
        ("CC=CN", "relevance", "x" + place),
        ("CC=CN", "relevance", "石墨"),
    ):
        with pytest.raises(Invalid) as refusal:
            results.scan(SearchRequest(query, sort=sort), after=after)
        assert refusal.value.code == "paging.cursor"
    assert ids(results.scan("(CC=CN)", after=place)) == ids(results.scan("CC=CN", after=place))


def test_what_search_refuses_a_scan_refuses(home):
    with pytest.raises(NotFound):
        results.scan("电池")
    stock(home, File("a", others()), index=False)
    with pytest.raises(Unavailable):
        results.scan("电池")
    for request in ("(电池", SearchRequest("电池", sort="size")):
        with pytest.raises(Invalid):
            results.scan(request)


@pytest.mark.feature("S3-15")
@pytest.mark.parametrize("sort", ["relevance", "-PD", "AD"])
def test_a_load_in_the_middle_neither_doubles_nor_drops_a_hit(home, sort):
    def file(name, numbers, day="2018-01-12"):
        return File(name, [seen(n, (f"CN1070{n:05d}", "A", day), title="泵") for n in numbers])

    request = SearchRequest("泵", sort=sort)
    stock(home, file("a", range(10, 60)))
    before = ids(results.scan(request))
    scan = results.scan(request, size=7)
    first = next(scan.batches)
    stock(home, file("b", [*range(1, 10), *range(60, 80)], day="2017-01-13"))
    assert api.current_snapshot().number == 2
    assert [*first.patent_ids, *ids(scan)] == before
    assert (scan.total, scan.snapshot) == (50, 1)

    rest = results.scan(request, after=first.after)
    assert (rest.total, rest.snapshot, rest.begun_in) == (79, 2, 1)
    after = ids(rest)
    assert not set(first.patent_ids) & set(after)
    assert len(after) == len(set(after))
    assert {*first.patent_ids, *after} >= set(before)


@pytest.mark.feature("S3-15")
def test_records_are_those_of_the_snapshot_that_was_scanned(home):
    def file(name, title, day):
        return File(name, [seen(1, ("CN107000001", "A", "2018-01-12"), title=title, as_of=day)])

    stock(home, file("a", "泵", None))
    scan = results.scan("泵")
    with results.snapshot_reader(scan.snapshot) as reader:
        stock(home, File("b", [seen(1, ("CN107000001", "B", "2020-01-14"), title="阀")], rank=1))
        stock(home, File("c", others()))
        (patent_id,) = ids(scan)
        assert [row["publications"][0]["kind"] for row in reader.rows([patent_id], ["publications"])] == ["A"]
        assert reader.records(["nobody", patent_id])[0] is None
        assert reader.records(["nobody", patent_id])[1].title == "泵"
        assert reader.rows(["nobody"], ["title"]) == [None]
    with results.snapshot_reader(3) as reader:
        assert reader.records([patent_id])[0].title == "阀"
    with pytest.raises(NotFound) as refusal, results.snapshot_reader(9):
        pass
    assert refusal.value.code == "register.snapshot_unknown"


@pytest.mark.feature("S3-15")
def test_records_come_in_the_order_asked_for_and_without_private_streets(home):
    stock(
        home,
        *everything(),
        File("p", [seen(1, ("CN107099999", "A", "2018-01-12"), names=("章湖墅",), address="湖墅路7号")]),
    )
    whole = ids(results.scan(SearchRequest("", sort="-PD")))
    with results.snapshot_reader(1) as reader:
        rows = reader.rows(whole, RECORD_SCHEMA.names)
        assert [row["patent_id"] for row in rows] == [one.patent_id for one in reader.records(whole)] == whole
        assert rows == reader.rows(whole[::-1], RECORD_SCHEMA.names)[::-1]
    assert "湖墅路" not in str(rows)
    assert "address" in str(rows)
