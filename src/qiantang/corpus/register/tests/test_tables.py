"""What the pages show: the status timeline, provenance with what was not taken, claims as a tree, coverage as tables."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from qiantang.commons.ui.api import Tone
from qiantang.corpus.register import api, tables
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.corpus.register.types import Event, SearchRequest

from . import shelf

BATTERY = "CN201710601862"


def timeline(number, language="en"):
    return tables.timeline(api.get(number), sources_now()[1], language)


# --- the status timeline ---------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-07")
def test_the_timeline_has_raw_event_state_source_and_as_of_day(stocked):
    told = [(one.date, one.title, one.raw, one.status, one.source) for one in timeline(BATTERY)]
    gazette = "gazette.csv (2020-07-10)"
    assert told == [
        (
            date(2024, 7, 21),
            "Lapse for unpaid annuity",
            "CF01 未缴年费专利权终止 2025-03-04",
            "lapsed_fee",
            gazette,
        ),
        (date(2020, 7, 10), "Grant", "GR01 授权 2020-07-10", "granted", gazette),
        (
            date(2018, 2, 6),
            "Entry into substantive examination",
            "SE01 实质审查的生效 2018-02-06",
            "in_examination",
            gazette,
        ),
        # both files print the publication; no event of its own tells of it
        (date(2018, 1, 12), "Publication", "A 2018-01-12", "published", "crawl.csv (2021-01-01); " + gazette),
    ]
    assert [one.tone for one in timeline(BATTERY)] == [Tone.HARM, Tone.GOOD, Tone.PLAIN, Tone.PLAIN]
    assert timeline(BATTERY, "zh-hans")[1].title == "授权"


@pytest.mark.feature("S3-07")
def test_unknown_is_a_state_and_no_timeline_is_made_up(stocked):
    record = api.get("95115608.X")
    assert record.status == "unknown"
    assert (record.status_date, record.expiry_date) == (None, None)
    assert timeline("95115608.X") == []


def test_an_event_without_any_date_is_shown_without_a_state(home):
    one = shelf.battery()
    one.events = [Event("TR01", None, None, "专利权的转移"), Event("ZZ99", date(2021, 3, 5), None, "未知代码")]
    shelf.stock(home, shelf.File("a", [one]))
    undated, unknown = timeline(BATTERY)[-1], timeline(BATTERY)[0]
    assert (undated.date, undated.raw, undated.status, undated.source) == (
        None,
        "TR01 专利权的转移",
        None,
        "a (2020-07-10)",
    )
    assert (unknown.title, unknown.raw, unknown.status) == ("Other event", "ZZ99 未知代码", "granted")


def test_events_of_another_office_are_named(home):
    european = shelf.seen(1, ("EP1000000", "A1", "2000-05-17"), office="EP", title="Device")
    european.events = [Event("PG25 NL", date(2006, 6, 1), None, "LAPSED IN A CONTRACTING STATE")]
    shelf.stock(home, shelf.File("a", [european]))
    assert timeline("EP1000000")[0].title == "Lapsed in a contracting state (NL)"
    assert timeline("EP1000000", "zh-hans")[0].title == "在缔约国终止（NL）"


def test_an_event_is_credited_to_the_file_that_tells_it_and_to_no_other(home):
    """The gazette prints a publication on the day on which the service tells an event: it does not tell that event."""
    printed = shelf.seen(1, ("CN107000001", "A", "2018-01-12"), title="一种装置")
    told = shelf.seen(1, ("CN107000001", "A", "2018-01-12"), title="一种装置", as_of=date(2021, 5, 1))
    told.events.append(Event("SE01", date(2018, 1, 12), date(2018, 1, 12), "实质审查的生效"))
    shelf.stock(home, shelf.File("gazette", [printed]), shelf.File("service", [told], rank=3))
    sources = {one.raw.split()[0]: one.source for one in timeline("CN107000001A")}
    assert sources == {"SE01": "service (2021-05-01)", "A": "gazette (2020-07-10); service (2021-05-01)"}


def test_a_source_no_longer_listed_is_named_by_its_digest(stocked):
    entry = tables.timeline(api.get("CN208000006U"), {}, "en")[0]
    assert entry.source == "digest of ga (2020-07-10)"


# --- provenance ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-20")
def test_every_value_has_its_source_row_format_rank_and_day(stocked):
    rows = tables.provenance(api.get("US10123456B2"), sources_now()[1])
    told = {(one.field, one.value) for one in rows}
    assert {
        ("office", "US"),
        ("filing_date", "2017-08-01"),
        ("title", "Battery cooling"),
        ("applicant", "Qianchao Works"),
    } <= told
    assert ("publications", "US10123456 B2 2018-11-13") in told
    assert {(one.source, one.row, one.format, one.rank, one.as_of) for one in rows} == {
        ("gazette.csv", 7, "test", 2, date(2020, 7, 10))
    }
    assert all(one.others == [] for one in rows)


def test_what_was_not_taken_stands_beside_the_value_it_disputes(stocked):
    rows = tables.provenance(api.get(BATTERY), sources_now()[1])
    others = {
        one.value: [(other.value, other.source, other.rank) for other in one.others] for one in rows if one.others
    }
    assert others == {
        "一种电池冷却装置": [("电池冷却裝置（机翻）", "crawl.csv", 5)],
        "Battery cooling device": [("Accumulator chiller", "crawl.csv", 5)],
        "钱潮甲厂; 西溪理工大学": [("钱潮甲厂有限责任公司", "crawl.csv", 5)],
    }


def test_a_publication_of_another_patent_is_shown_as_not_taken(stocked):
    rows = tables.provenance(api.get("201911032622.1"), sources_now()[1])
    (row,) = [one for one in rows if one.field == "publications"]
    assert row.value == "—"
    assert [(other.value, other.source) for other in row.others] == [("CN106000002 A 2017-01-04", "crawl.csv")]


def test_a_long_text_is_cut_in_the_table(home):
    one = shelf.seen(1, ("CN107000001", "A", "2018-01-12"), title="长" * 1_000)
    shelf.stock(home, shelf.File("a", [one]))
    (row,) = [one for one in tables.provenance(api.get("CN107000001A"), sources_now()[1]) if one.field == "title"]
    assert row.value == "长" * 300 + "…"


# --- claims ----------------------------------------------------------------------------------------------------------


def test_claims_hang_below_those_they_refer_to():
    text = (
        "1. 一种装置。\n2. 根据权利要求1所述的装置。\n3. 根据权利要求2所述的装置。\n"
        "4. 根据权利要求1至3任一项所述的装置。\n5. 一种方法。"
    )
    told = [(one.number, one.depth, one.parents) for one in tables.claim_rows(text)]
    assert told == [(1, 0, ()), (2, 1, (1,)), (3, 2, (2,)), (4, 1, (1, 2, 3)), (5, 0, ())]


def test_a_claim_that_refers_to_nothing_there_is_stands_at_the_edge():
    told = [(one.number, one.depth, one.parents) for one in tables.claim_rows("2. 根据权利要求9所述的装置。")]
    assert told == [(2, 0, ())]


# --- coverage --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-16")
def test_coverage_tables_add_up_and_lead_to_searches_with_the_same_totals(stocked):
    told = api.coverage()
    types = tables.coverage_types(told)
    assert types == ["invention", "utility_model", "design"]
    blocks = tables.office_blocks(told)
    assert [(block.office, block.total) for block in blocks] == [("CN", 7), ("EP", 1), ("US", 1), ("WO", 1)]
    assert sum(block.total for block in blocks) == told.patents
    for block in blocks:
        assert sum(block.totals) == block.total == sum(year.total for year in block.years)
        assert api.search(query_of(block.url)).total == block.total
        for year in block.years:
            assert sum(year.counts) == year.total
            assert 0 < year.share <= 100
            assert (year.url is None) == (year.year is None)
            if year.url:
                assert api.search(query_of(year.url)).total == year.total
    known = [year.year for year in blocks[0].years]
    assert known == [2020, 2019, 2018, 2017, 2016, None]


def query_of(url):
    split = urlsplit(url)
    assert split.path == "/search"
    return SearchRequest(query=parse_qs(split.query)["q"][0])


def test_offices_are_ranked_as_bars(stocked):
    with translation.override("en"):
        bars = tables.office_bars(api.coverage())
    assert [(bar.value, bar.share) for bar in bars] == [(7, 100.0), (1, 14.29), (1, 14.29), (1, 14.29)]
