"""What a results desk asks: every figure is the total of a query, every family stands once, a replay is what was."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from qiantang.corpus.register import api
from qiantang.corpus.register.api import desk
from qiantang.corpus.register.search import FACETS
from qiantang.corpus.register.selectors.desk import ranking, replaying
from qiantang.corpus.register.selectors.relations import citation_counts
from qiantang.corpus.register.selectors.searching import search
from qiantang.corpus.register.services import upkeep
from qiantang.corpus.register.types import Scheme, SearchRequest
from qiantang.kernel.errors import Conflict, Invalid, Limited

from .shelf import File, battery, everything, others, seen, stock

QUERIES = ["", "冷却 OR cooling", "CC=CN", "AY>=2018", "甲乙丙丁"]


def total(query):
    return search(SearchRequest(query, size=1)).total


def ids(query):
    return sorted(hit.patent_id for hit in search(SearchRequest(query, size=200)).hits)


def said(key, value):
    escaped = value.replace("\\", "\\\\")
    return f'{key}=="{escaped}"'


def both(query, more):
    return f"({query}) AND {more}" if query else more


# --- families --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-06")
@pytest.mark.parametrize("sort", ["relevance", "-AD", "GD"])
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("query", QUERIES)
def test_every_family_of_a_result_stands_once_and_its_counts_are_those_of_queries(stocked, query, scheme, sort):
    field = "SF" if scheme is Scheme.SIMPLE else "EF"
    families, cursor = [], None
    while True:
        page = desk.by_family(SearchRequest(query, sort=sort, size=2, cursor=cursor), scheme)
        families += page.hits
        assert page.patents == total(query)
        cursor = page.next
        if cursor is None:
            break
    assert len(families) == page.families
    assert sum(one.found for one in families) == page.patents
    told = []
    for one in families:
        record = api.get(one.first.patent_id)
        assert one.family_id == getattr(record, f"{scheme}_family_id")
        assert [each.member for each in one.members] == list(api.family(record, scheme))
        if one.family_id is None:
            told.append(one.first.patent_id)
            continue
        found = sorted(each.member.patent_id for each in one.members if each.found)
        assert found == ids(both(query, f'{field}=="{one.family_id}"'))
        assert len(found) == one.found
        assert len(one.members) == total(f'{field}=="{one.family_id}"')
        told += found
    assert sorted(told) == ids(query)


@pytest.mark.feature("S3-06")
def test_a_family_that_gets_another_name_is_found_by_it(home):
    """A later load joins two patents: the index hears of the old one too."""
    stock(home, File("a", [seen(1, ("CN107000001", "A", "2018-01-12"), title="泵", simple_family="F1")]))
    assert total('SF=="F1"') == 1
    stock(home, File("b", [seen(1, ("US10123456", "B2", "2018-11-13"), office="US", title="Pump", simple_family="F1")]))
    (one,) = desk.by_family(SearchRequest(""), Scheme.SIMPLE).hits
    assert (one.family_id, one.found, len(one.members)) == ("F1", 2, 2)
    assert total("SF:*") == 2
    assert total("NOT EF:*") == total("") - total("EF:*")


def test_a_page_of_families_goes_on_with_its_edition_and_fits_no_list_of_hits(home):
    stock(home, File("a", others()))
    page = desk.by_family(SearchRequest("", size=2), Scheme.SIMPLE)
    for ask in (
        lambda: search(SearchRequest("", cursor=page.next)),
        lambda: desk.by_family(SearchRequest("", cursor=page.next), Scheme.EXTENDED),
    ):
        with pytest.raises(Invalid, match=r"paging\.cursor"):
            ask()
    stock(home, File("b", [battery()]))
    rest = desk.by_family(SearchRequest("", size=200, cursor=page.next), Scheme.SIMPLE)
    assert (rest.patents, rest.families, rest.snapshot) == (page.patents, page.families, page.snapshot)
    assert len(page.hits) + len(rest.hits) == page.families
    api.register().search._before = ()
    with pytest.raises(Conflict, match=r"query\.snapshot_moved"):
        desk.by_family(SearchRequest("", size=200, cursor=page.next), Scheme.SIMPLE)


# --- values and figures ----------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-05")
@pytest.mark.parametrize(
    ("key", "letters", "labels"),
    [
        ("PA", "钱潮", ["钱潮甲厂", "(株)钱潮“乙”厂\\分部", "钱潮甲厂有限责任公司"]),
        ("PA", "錢潮甲", ["钱潮甲厂", "钱潮甲厂有限责任公司"]),
        ("PA", "QIANCHAO", ["Qianchao Works"]),
        ("IN", "章湖", ["章湖墅"]),
        ("IC", "h01", ["H01M"]),
        ("PA", "没有", []),
    ],
)
def test_a_facet_is_looked_into_and_what_is_found_there_leads_to_as_many(stocked, key, letters, labels):
    found = desk.facet_values("", key, contains=letters)
    assert {one.label for one in found.values} <= set(labels)
    assert bool(found.values) == bool(labels)
    for one in found.values:
        assert total(said(key, one.label)) == one.count
    assert not found.more


@pytest.mark.feature("S3-05")
def test_more_values_are_said_to_be_there(stocked):
    whole = desk.facet_values("", "PA", size=100)
    assert not whole.more
    few = desk.facet_values("", "PA", size=2)
    assert (few.values, few.more) == (whole.values[:2], True)
    with pytest.raises(Invalid, match=r"query\.facet_unknown"):
        desk.facet_values("", "XX")


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("query", QUERIES)
def test_every_figure_is_the_total_of_a_query_and_none_is_missing(stocked, query):
    told = desk.statistics(query, tuple(FACETS), size=100)
    assert told.total == total(query)
    for tally in told.tallies:
        for one in tally.values:
            word = one.value if tally.key == "CI" else one.label  # two cities have a district of one name
            assert total(both(query, said(tally.key, word))) == one.count, (tally.key, one)
        if tally.key not in ("LS", "CI"):
            assert total(both(query, f"NOT {tally.key}:*")) == tally.unknown
        known = sum(one.count for one in tally.values) + tally.unknown
        assert known >= told.total if tally.several else known == told.total


@pytest.mark.feature("S3-18")
def test_years_come_in_their_order_and_names_as_they_are_written(stocked):
    years, names = desk.statistics("", ("AY", "IN"), size=2).tallies
    assert [one.value for one in years.values] == sorted(one.value for one in years.values)
    assert {one.label for one in names.values} == {"沈文晖", "章湖墅"}
    assert desk.statistics("", ("PA",), size=1).tallies[0].more


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize(("rows", "columns"), [("PA", "AY"), ("AY", "PA"), ("IC", "LS"), ("TY", "CC")])
def test_every_cell_of_a_table_of_two_fields_is_the_total_of_a_query(stocked, rows, columns):
    table = desk.cross_table("", rows, columns, size=3)
    assert len(table.cells) == len(table.rows.values)
    for row, cells in zip(table.rows.values, table.cells, strict=True):
        assert len(cells) == len(table.columns.values)
        for column, count in zip(table.columns.values, cells, strict=True):
            assert total(both(said(rows, row.label), said(columns, column.label))) == count
    assert sum(map(sum, table.cells)) > 0


def test_a_table_of_one_field_twice_is_refused(stocked):
    with pytest.raises(Invalid, match=r"query\.same_field"):
        desk.cross_table("", "AY", "AY")
    assert desk.cross_table("甲乙丙丁", "PA", "AY").cells == ()


# --- a page and its reading ------------------------------------------------------------------------------------------


def test_facts_of_a_page_are_those_of_the_records(stocked):
    asked = ("office", "region_code", "inventors", "grant_date", "claim_count", "cited_by", "family_size")
    whole = ids("")
    told = desk.page_facts(whole, asked)
    assert sorted(told) == whole
    for patent_id, facts in told.items():
        record = api.get(patent_id)
        assert (facts.office, facts.region_code, facts.grant_date, facts.claim_count) == (
            record.office,
            record.region_code,
            record.grant_date,
            record.claim_count,
        )
        assert facts.cited_by == citation_counts(record).forward
        assert facts.family_size == max(1, len(api.family(record)))
        assert facts.expiry_date is None
    assert told["CN201710601862"].inventors == ("章湖墅", "沈文晖")
    assert told["CN201710601862"].cited_by == 2
    assert desk.page_facts(whole, ()) == desk.page_facts((), asked) == {}


@pytest.mark.feature("S3-12")
@pytest.mark.parametrize("sort", ["relevance", "-AD"])
def test_each_patent_knows_its_neighbours_in_the_list(stocked, sort):
    request = SearchRequest("CC=CN", sort=sort, size=200)
    whole = [hit.patent_id for hit in search(request).hits]
    for place, patent_id in enumerate(whole):
        found = desk.neighbours(request, patent_id, max(0, place - 1))  # it moved by one since
        assert (found.total, found.place) == (len(whole), place)
        assert found.before == (whole[place - 1] if place else None)
        assert found.after == (whole[place + 1] if place + 1 < len(whole) else None)
    assert desk.neighbours(request, "US10123456", 0) is None
    assert desk.neighbours(request, whole[0], 10**9) is None
    assert desk.terms_of("TI=电池 AND NOT 泵 AND PA=厂") == ("电池",)


@pytest.mark.parametrize("by", ["cited_by", "family_size"])
@pytest.mark.parametrize("query", QUERIES)
def test_hits_come_in_the_order_of_a_figure_that_is_looked_up(stocked, query, by):
    figures = {one: getattr(facts, by) for one, facts in desk.page_facts(ids(query), (by,)).items()}
    found, cursor = [], None
    while True:
        page = desk.ranked(SearchRequest(query, size=3, cursor=cursor), by)
        assert (page.total, page.offset) == (len(figures), len(found))
        found += [hit.patent_id for hit in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert found == sorted(figures, key=lambda one: (-figures[one], one))


def test_too_many_hits_for_a_figure_are_refused(stocked, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_RANKED", 3)
    with pytest.raises(Limited, match=r"query\.too_many_to_rank"):
        desk.ranked(SearchRequest(""), "cited_by")


# --- replays ---------------------------------------------------------------------------------------------------------


def later():
    """A load that changes a hit into none, none into a hit, and brings a new one."""
    return File(
        "later",
        [
            seen(2, ("CN106000002", "A", "2017-01-04"), title="一种散热板", filing_date=date(2016, 6, 1)),
            seen(4, ("CN111000005", "A", "2020-05-15"), title="冷却液与液冷板", filing_date=date(2020, 1, 6)),
            seen(9, ("CN112000009", "A", "2021-05-15"), title="液冷板", filing_date=date(2020, 9, 9)),
        ],
        rank=1,
    )


@pytest.mark.feature("S3-17")
@pytest.mark.parametrize("query", ["液冷板", "冷却", "NOT 冷却", "", "PA=钱潮甲厂 AND AY>=2016", "甲乙丙丁"])
def test_a_replay_is_what_was_and_names_what_is_new_and_what_is_gone(home, query):
    stock(home, *everything())
    began, before = desk.attest(query), set(ids(query))
    assert (began.snapshot, began.total) == (1, len(before))
    assert began.sha256 == sha256("".join(f"{one}\n" for one in sorted(before)).encode()).hexdigest()
    assert desk.result_ids(query) == (1, tuple(sorted(before)))
    stock(home, later())
    after = set(ids(query))
    told = desk.replay(query, 1)
    assert told.then == began
    assert (told.now.snapshot, told.now.total) == (2, len(after))
    assert (set(told.new), set(told.gone)) == (after - before, before - after)
    if query == "液冷板":
        assert (len(told.new), len(told.gone)) == (2, 1)


@pytest.mark.feature("S3-17")
def test_what_can_no_longer_be_replayed_is_not_guessed(home, monkeypatch):
    stock(home, *everything())
    stock(home, later())
    assert desk.replay("冷却", 2).changed == 0
    monkeypatch.setattr(replaying, "MOST_REPLAYED", 1)
    many = desk.replay("冷却", 1)
    assert (many.then, many.new, many.gone) == (None, None, None)
    assert many.changed >= 3
    upkeep.prune(api.register(), keep=1)
    assert desk.replay("冷却", 1).then is None
    assert desk.replay("冷却", 7).then is None  # a snapshot that is still to come
    monkeypatch.setattr(replaying, "MOST_ATTESTED", 1)
    with pytest.raises(Limited, match=r"query\.too_many_to_attest"):
        desk.attest("")
