"""Search through the service: totals, facets, orders, pages, and an index that is behind, missing or of another making."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qiantang.corpus.register import api
from qiantang.corpus.register.methods.query_language import FACETS, SORTS, quoted
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.selectors import view
from qiantang.corpus.register.selectors.searching import index_fields
from qiantang.corpus.register.services.index import advance_index
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Conflict, Invalid, NotFound, Unavailable

from . import shelf


def found(query, **more):
    return api.search(SearchRequest(query=query, **more))


def ids(query, **more):
    return {hit.patent_id for hit in found(query, size=200, **more).hits}


# --- what is found ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 10),
        ("电池", 2),
        ("池", 2),
        ("電池", 2),
        ("ＢＡＴＴＥＲＹ", 2),
        ("液冷", 2),
        ("冷却", 3),
        ("TI=冷却", 3),
        ("AB=散热均匀", 1),
        ("CL=壳体有孔", 1),
        ("PA=钱潮甲厂", 5),
        ('PA=="钱潮甲厂"', 5),
        ("IN=章湖墅", 1),
        ("AG=钱潮", 1),
    ],
)
def test_totals(stocked, query, total):
    assert found(query).total == total


@pytest.mark.feature("S3-04")
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("IC=H01M", {"CN201710601862", "CN-P110000004", "US-P10123456"}),
        ("IC=F28D15/02", {"CN201710601862", "CN202210851408"}),
        ("AD=[2017 TO 2018]", {"CN201710601862", "US-P10123456", "CN-P208000006"}),
        ("PD>=20200515", {"CN-P111000005"}),
        ("CC=EP", {"EP-P1234567"}),
        ("KD=U", {"CN-P208000006"}),
        ("TY=design", {"CN95115608"}),
        ("LS=lapsed_fee", {"CN201710601862"}),
        ("CI=330106", {"CN201710601862"}),
        ("CI=3301", {"CN201710601862", "CN-P110000004"}),
        ("PN=CN107000001B", {"CN201710601862"}),
        ("AN=PCT/CN2018/071234", {"WOCN2018071234"}),
        ("FM=F1", {"CN201710601862", "US-P10123456"}),
    ],
)
def test_a_filter_only_ever_takes_away(stocked, condition, expected):
    assert ids(condition) == expected
    for words in ("电池", "冷却 OR 泵"):
        assert ids(f"({words}) AND {condition}") == ids(words) & expected


@pytest.mark.feature("S3-04")
@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (SearchRequest(query="XX=1"), "query.syntax"),
        (SearchRequest(query="CI=亚特兰蒂斯"), "query.syntax"),
        (SearchRequest(query="电池", sort="size"), "query.sort_unknown"),
        (SearchRequest(query="电池", sort="-PA"), "query.sort_unknown"),
        (SearchRequest(query="电池", facets=("PA", "TI")), "query.facet_unknown"),
        (SearchRequest(query="电池", size=0), "paging.size"),
        (SearchRequest(query="电池", size=201), "paging.size"),
        (SearchRequest(query="电池", cursor="forged"), "paging.cursor"),
    ],
)
def test_what_cannot_be_done_is_an_error_and_never_ignored(stocked, request_, code):
    with pytest.raises(Invalid) as told:
        api.search(request_)
    assert told.value.code == code


def test_a_syntax_error_names_its_place(stocked):
    with pytest.raises(Invalid) as told:
        found("TI=(电池")
    assert told.value.facts["position"] == 3
    assert told.value.facts["expected"] == ")"
    assert told.value.facts["message"]


def test_the_canonical_query_asks_the_same(stocked):
    for query in ("电池 冷却", "（电池 或 泵）非 PA：西溪", "申请日>=2018 与 分类号=H01M", 'TI=="泵"'):
        first = found(query)
        again = found(first.canonical)
        assert (again.canonical, again.total) == (first.canonical, first.total)
        assert first.total


def test_a_card_says_what_lists_show(stocked):
    (hit,) = found("TI=电池 AND PA=西溪").hits
    assert (hit.patent_id, hit.number) == ("CN201710601862", "CN107000001B")
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["电池"]
    assert hit.applicants == ("钱潮甲厂", "西溪理工大学")
    assert (hit.date, hit.filing_date) == (date(2020, 7, 10), date(2017, 7, 21))
    assert (hit.type, hit.status) == ("invention", "lapsed_fee")
    assert hit.ipc == ("H01M10/613", "F28D15/02")
    assert "电池" in hit.snippet


# --- facets ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-05")
@pytest.mark.parametrize("query", ["", "电池", "冷却 OR 泵", "NOT 电池", "IC=H01M", "AD=[2017 TO 2020]", "没有这个词"])
def test_each_facet_count_is_the_total_of_the_refined_query(stocked, query):
    told = found(query, facets=tuple(FACETS), facet_size=50)
    assert set(told.facets) == set(FACETS)
    for key, values in told.facets.items():
        assert all(value.count > 0 for value in values)
        for value in values:
            condition = f"{key}=={quoted(value.value)}"
            refined = f"({query}) AND {condition}" if query else condition
            assert found(refined).total == value.count, refined


@pytest.mark.feature("S3-05")
def test_facets_of_single_valued_fields_add_up(stocked):
    told = found("", facets=("LS", "CC", "CI"), facet_size=50)
    assert {key: sum(v.count for v in values) for key, values in told.facets.items()} == {"LS": 10, "CC": 10, "CI": 10}
    assert {v.value: v.count for v in told.facets["CI"]} == {"330106": 1, "330108": 1, "unknown": 8}


@pytest.mark.feature("S3-05")
def test_regions_are_counted_by_code_and_told_by_name(stocked):
    told = {v.value: v.label for v in found("", facets=("CI",), facet_size=50).facets["CI"]}
    assert told == {"330106": "西湖区", "330108": "滨江区", "unknown": "unknown"}
    values = api.desk.facet_values("", "CI").values
    assert {v.value: v.label for v in values} == told
    assert found("CI==330106").total == 1


def test_a_folded_name_is_shown_as_somebody_filed_it(stocked):
    (told,) = found("电池箱体", facets=("PA",)).facets["PA"]
    assert told.label == "(株)钱潮“乙”厂\\分部"
    assert told.value == told.label.casefold()
    assert found(f"PA=={quoted(told.value)}").total == 1


def test_a_facet_lists_the_most_frequent_first_and_no_more_than_asked(stocked):
    told = found("", facets=("CC",), facet_size=2).facets["CC"]
    assert [(v.value, v.count) for v in told] == [("CN", 7), ("EP", 1)]


# --- orders and pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", [sign + key for key in SORTS for sign in ("", "-")])
def test_orders_hold_and_the_unknown_come_last(stocked, sort):
    values = {
        "AD": lambda r: r.filing_date,
        "PD": lambda r: r.first_publication_date,
        "GD": lambda r: r.grant_date,
        "AY": lambda r: r.filing_date and r.filing_date.year,
        "PY": lambda r: r.first_publication_date and r.first_publication_date.year,
        "SD": lambda r: r.status_date,
        "SY": lambda r: r.status_date and r.status_date.year,
    }
    listed = [hit.patent_id for hit in found("", sort=sort, size=200).hits]
    records = api.get_many(listed)
    told = [values[sort.removeprefix("-")](records[one]) for one in listed]
    known = [one for one in told if one is not None]
    assert told[: len(known)] == sorted(known, reverse=sort.startswith("-"))
    assert set(told[len(known) :]) <= {None}


@pytest.mark.parametrize("sort", ["relevance", "-AD", "PD"])
@pytest.mark.parametrize("size", [1, 3, 10])
def test_cursor_pages_part_the_result_without_loss_or_repetition(stocked, sort, size):
    whole = [hit.patent_id for hit in found("", sort=sort, size=200).hits]
    paged, cursor = [], None
    while True:
        page = found("", sort=sort, size=size, cursor=cursor)
        assert page.total == 10
        paged += [hit.patent_id for hit in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(paged) == sorted(whole)
    assert len(set(paged)) == 10
    if sort != "relevance":
        assert paged == whole


def test_a_cursor_fits_no_other_query_or_order(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    cursor = found("", size=2).next
    for other in ({"query": "冷却"}, {"query": "", "sort": "-AD"}):
        with pytest.raises(Invalid, match=r"paging\.cursor"):
            found(**other, size=2, cursor=cursor)


def load_in_between(home):
    """A load as the worker makes it: through a register of its own, so that ours hears of it from the folder."""
    shelf.stock(
        home,
        shelf.File(
            "b",
            [
                shelf.seen(1, ("CN106000002", "A", "2017-01-04"), title="张冠李戴", filing_date=date(2031, 1, 1)),
                shelf.seen(2, ("CN107000009", "A", "2018-01-12"), title="泵", filing_date=date(2017, 3, 3)),
            ],
        ),
    )


@pytest.mark.feature("S3-24")
@pytest.mark.parametrize("sort", ["relevance", "-AD", "AD"])
def test_pages_go_on_with_the_snapshot_they_began_on_although_a_load_came_between(home, sort):
    shelf.stock(home, shelf.File("a", shelf.others()))
    whole = [hit.patent_id for hit in found("", sort=sort, size=200).hits]
    page = found("", sort=sort, size=3, facets=("CC",))
    began, counted = page.snapshot, page.facets
    paged = [hit.patent_id for hit in page.hits]
    load_in_between(home)
    assert found("", sort=sort).snapshot > began
    while page.next:
        page = found("", sort=sort, size=3, cursor=page.next, facets=("CC",))
        assert (page.snapshot, page.total, page.facets) == (began, len(whole), counted)
        paged += [hit.patent_id for hit in page.hits]
    assert sorted(paged) == sorted(whole)
    assert len(set(paged)) == len(paged)
    if sort != "relevance":
        assert paged == whole


@pytest.mark.feature("S3-24")
def test_where_the_older_state_is_gone_the_page_says_that_the_snapshot_moved(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    cursor = found("", size=2).next
    load_in_between(home)
    view._opened.cache_clear()  # another process, or this one after a new start
    with pytest.raises(Conflict, match=r"query\.snapshot_moved") as told:
        found("", size=2, cursor=cursor)
    assert dict(told.value.facts) == {"began": 1, "snapshot": 2}


def test_an_order_by_date_outlives_the_process_where_no_load_came_between(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    whole, cursor = found("", sort="AD", size=200), found("", sort="AD", size=2).next
    view._opened.cache_clear()
    advance_index(view.register(), rebuild=True)
    rest = found("", sort="AD", size=200, cursor=cursor)
    assert rest.hits == whole.hits[2:]


# --- the index is a cache of one snapshot ----------------------------------------------------------------------------


def test_an_empty_register_is_told_from_an_empty_result(home):
    with pytest.raises(NotFound, match=r"register\.empty"):
        found("电池")


def test_a_missing_index_is_told_and_never_taken_for_no_hits(home):
    shelf.stock(home, shelf.File("a", shelf.others()), index=False)
    with pytest.raises(Unavailable, match=r"search\.index_missing"):
        found("电池")
    advance_index(view.register())
    assert found("电池").total == 1


def test_an_index_behind_the_register_answers_for_its_own_snapshot_and_says_so(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    shelf.stock(home, shelf.File("b", [shelf.battery()]), index=False)
    told = found("电池")
    assert (told.total, told.snapshot, told.stale) == (1, 1, True)
    advance_index(view.register())
    told = found("电池")
    assert (told.total, told.snapshot, told.stale) == (2, 2, False)


def test_advancing_gives_what_building_afresh_gives(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    shelf.stock(home, *shelf.everything())
    queries = ["", "电池", "张冠李戴", "PN=CN106000002", "LS=lapsed_fee"]
    advanced = [ids(query) for query in queries]
    assert api.intake.advance_index(view.register(), rebuild=True) == 2
    assert [ids(query) for query in queries] == advanced
    assert [len(one) for one in advanced] == [10, 2, 1, 1, 1]


def test_an_index_of_another_making_is_not_read(home, monkeypatch):
    opened = shelf.stock(home, shelf.File("a", shelf.others()))
    monkeypatch.setattr(view, "INDEX", replace(INDEX, version=INDEX.version + 1))
    assert opened.search.state().stamp == 1
    with pytest.raises(Unavailable, match=r"search\.index_(stale|missing)"):
        found("电池")
    advance_index(view.register())
    assert found("电池").total == 1


def test_the_reference_can_list_the_fields():
    assert {"title", "applicant_whole", "filing_day"} <= set(index_fields())
