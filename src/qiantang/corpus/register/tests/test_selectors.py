"""Reading the register: a patent by any number, what cites it, its family, who said what, what is loaded."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from qiantang.corpus.register import api
from qiantang.corpus.register.selectors import coverage, records, relations
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.selectors.manifests import RegisterPlace
from qiantang.corpus.register.services import coverage as kept
from qiantang.corpus.register.types import SCHEMA_VERSION, Part, Role
from qiantang.kernel.errors import Invalid, NotFound, Unavailable

from . import shelf

BATTERY = "CN201710601862"


# --- by number -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize(
    "spelled",
    [
        BATTERY,
        "201710601862.3",
        "2017106018623",
        "ZL201710601862.3",
        "ZL 2017 1 0601862.3",
        "CN 201710601862",
        "CN201710601862A",
        "专利号：ZL201710601862.3",
        "２０１７１０６０１８６２．３",
        "CN107000001",
        "CN107000001A",
        "CN107000001B",
        "CN 107000001 A",
        "CN.107000001.A",
        " cn107000001a ",
    ],
)
def test_every_style_of_a_number_finds_the_one_record(stocked, spelled):
    assert api.get(spelled).patent_id == BATTERY


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize(
    ("spelled", "patent_id"),
    [
        ("95115608.X", "CN95115608"),
        ("ZL95115608", "CN95115608"),
        ("US10123456B2", "US-P10123456"),
        ("US 10,123,456 B2", "US-P10123456"),
        ("10,123,456", "US-P10123456"),
        ("EP1234567", "EP-P1234567"),
        ("EP 1 234 567 B1", "EP-P1234567"),
        ("WO2019/123456A1", "WOCN2018071234"),
        ("WO 2019123456", "WOCN2018071234"),
        ("PCT/CN2018/071234", "WOCN2018071234"),
        ("US-P10123456", "US-P10123456"),
    ],
)
def test_numbers_of_other_offices_and_times(stocked, spelled, patent_id):
    assert api.get(spelled).patent_id == patent_id


@pytest.mark.feature("S3-01")
def test_a_wrong_check_digit_is_named_with_the_right_one(stocked):
    with pytest.raises(Invalid) as told:
        api.get("201710601862.5")
    assert told.value.code == "number.check_digit"
    assert told.value.facts == {
        "given": "5",
        "expected": "3",
        "number": "CN201710601862.5",
        "stem": "CN201710601862",
    }


@pytest.mark.parametrize("spelled", ["CN108123456A", "202210600000.X", "CN-P108123456"])
def test_a_sound_number_that_is_not_loaded_is_unknown(stocked, spelled):
    with pytest.raises(NotFound) as told:
        api.get(spelled)
    assert told.value.code == "register.number_unknown"
    assert told.value.facts["given"] == spelled


def test_what_is_no_number_says_so(stocked):
    for text in ("电池", "", "CN", "x" * 500, "2.02E+12"):
        with pytest.raises(Invalid, match=r"^number\."):
            api.get(text)


def test_an_empty_register_says_that_it_is_empty(home):
    for ask in (lambda: api.get("CN107000001A"), lambda: api.get_many(["CN1"]), api.coverage, digest, sources_now):
        with pytest.raises(NotFound, match=r"register\.empty"):
            ask()
    assert api.snapshots() == ()
    assert api.current_snapshot() is None


def test_many_patents_by_id_without_the_unknown_ones(stocked):
    found = api.get_many([BATTERY, "CN95115608", "CN-P999999999"])
    assert {one: record.patent_id for one, record in found.items()} == {BATTERY: BATTERY, "CN95115608": "CN95115608"}
    assert api.get_many([]) == {}


def test_a_record_is_whole(stocked):
    record = api.get(BATTERY)
    assert record.title == "一种电池冷却装置"
    assert record.text(Part.TITLE, "en").text == "Battery cooling device"
    assert record.names(Role.INVENTOR) == ("章湖墅", "沈文晖")
    assert [c.symbol for c in record.classifications] == ["H01M10/613", "F28D15/02"]
    assert (record.filing_date, record.grant_date) == (date(2017, 7, 21), date(2020, 7, 10))
    assert (record.region_code, record.region_today, record.region_rule) == ("330106", "330106", "district")
    assert record.claim_count == 3
    assert record.page_count is None


def test_the_number_people_quote_is_the_newest_publication(stocked):
    assert api.get(BATTERY).number_shown == "CN107000001B"
    assert api.get("95115608.X").number_shown == "CN95115608.X"


# --- citations and families ------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-08")
def test_citations_are_the_same_in_both_directions(stocked):
    found = Counter()
    ids = ["CN201710601862", "CN202210851408", "CN-P110000004", "CN-P111000005"]
    for one in ids:
        record = api.get(one)
        found.update((one, link.patent_id) for link in api.citations(record, "backward") if link.patent_id)
        found.subtract((link.patent_id, one) for link in api.citations(record, "forward"))
    assert len(found) == 4
    assert set(found.values()) == {0}


def test_backward_links_keep_what_is_not_loaded_and_literature(stocked):
    cited = api.citations(api.get(BATTERY), "backward")
    assert [(one.number, one.patent_id, one.title, one.origin, one.category) for one in cited] == [
        ("CN106000002", "CN202210851408", "一种液冷板", "examiner", "X"),
        ("CN101999999", None, None, "applicant", None),
        (None, None, None, "examiner", "A"),
    ]
    assert cited[2].text == "电池热管理综述，2015"


def test_forward_links_are_the_newest_first_dated_by_the_one_that_cites(stocked):
    citing = api.citations(api.get(BATTERY), "forward")
    assert [(one.number, one.title, one.date, one.category) for one in citing] == [
        ("CN111000005A", "冷却液", date(2020, 5, 15), None),
        ("CN110000004A", "电池箱体及汽车", date(2019, 7, 12), "Y"),
    ]


def test_of_very_many_that_cite_the_newest_are_listed(stocked, monkeypatch):
    monkeypatch.setattr(relations, "MOST_LINKS", 1)
    assert [one.number for one in api.citations(api.get(BATTERY), "forward")] == ["CN111000005A"]


def test_a_patent_without_publications_is_cited_by_nobody(stocked):
    record = api.get("95115608.X")
    assert api.citations(record, "forward") == api.citations(record, "backward") == ()


@pytest.mark.feature("S3-06")
def test_simple_and_extended_families_are_kept_apart(stocked):
    record = api.get(BATTERY)
    simple, extended = api.family(record), api.family(record, "extended")
    assert [(one.patent_id, one.number, one.office, one.status) for one in simple] == [
        (BATTERY, "CN107000001B", "CN", "lapsed_fee"),
        ("US-P10123456", "US10123456B2", "US", "granted"),
    ]
    assert {one.patent_id for one in extended} == {BATTERY, "US-P10123456", "EP-P1234567"}
    assert extended[-1].filing_date is None  # the unknown date comes last
    assert api.family(api.get("CN208000006U")) == ()


# --- who said what ---------------------------------------------------------------------------------------------------


def test_disagreements_name_both_values_and_their_sources(stocked):
    record = api.get(BATTERY)
    assert record.disputed == ("applicant", "title")
    told = [(one.field, one.value, one.source.source, one.held) for one in records.disagreements_on(record)]
    assert sorted(told) == sorted(
        [
            ("title", "一种电池冷却装置", "digest of gazette.csv", True),
            ("title", "电池冷却裝置（机翻）", "digest of crawl.csv", False),
            ("title", "Battery cooling device", "digest of gazette.csv", True),
            ("title", "Accumulator chiller", "digest of crawl.csv", False),
            ("applicant", "钱潮甲厂; 西溪理工大学", "digest of gazette.csv", True),
            ("applicant", "钱潮甲厂有限责任公司", "digest of crawl.csv", False),
        ]
    )


def test_a_publication_that_belongs_to_another_patent_is_said_but_not_held(stocked):
    record = api.get("201911032622.1")
    assert record.publications == ()
    assert record.disputed == ("publications",)
    assert [(one.field, one.value, one.held) for one in records.disagreements_on(record)] == [
        ("publications", "CN106000002 A 2017-01-04", False)
    ]
    assert "publications" not in {name for name, _, _ in records.shown(record)}


def test_a_single_source_disagrees_with_nobody(stocked):
    record = api.get("US10123456B2")
    assert records.disagreements_on(record) == ()
    assert {s.source for _, _, one in records.shown(record) for s in one.sources} == {"digest of gazette.csv"}


@pytest.mark.feature("S3-07")
def test_the_status_of_any_day_follows_from_the_events(stocked):
    record = api.get(BATTERY)
    days = {
        date(2017, 1, 1): "unknown",
        date(2018, 1, 12): "published",
        date(2018, 2, 6): "in_examination",
        date(2020, 7, 9): "in_examination",
        date(2020, 7, 10): "granted",
        date(2024, 7, 20): "granted",
        date(2024, 7, 21): "lapsed_fee",
    }
    assert {day: api.telling.status(record, day)["value"] for day in days} == days
    assert (record.status, record.status_as_of) == ("lapsed_fee", shelf.DAY)


# --- what is loaded --------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-16")
def test_coverage_counts_the_records_and_nothing_else(stocked):
    told = api.coverage()
    ids = [
        BATTERY,
        "CN202210851408",
        "CN-P110000004",
        "CN-P111000005",
        "CN-P208000006",
        "CN95115608",
        "US-P10123456",
        "EP-P1234567",
        "WOCN2018071234",
        "CN201911032622",
    ]
    found = list(api.get_many(ids).values())
    assert told.patents == len(found) == len(ids)
    counted = Counter(
        (one.office, one.type or "unknown", one.filing_date.year if one.filing_date else None) for one in found
    )
    assert {(cell.office, cell.type, cell.year): cell.patents for cell in told.cells} == counted
    assert told.filled == {name: sum(getattr(one, name) not in (None, ()) for one in found) for name in told.filled}


@pytest.mark.feature("S3-16")
@pytest.mark.feature("S3-16")
def test_the_fields_of_a_snapshot_are_counted_once(home, monkeypatch):
    """By a job that keeps the counts beside the snapshot, else by the first who asks."""
    counted = []
    count = coverage.count_filled
    for module in (coverage, kept):
        monkeypatch.setattr(module, "count_filled", lambda snapshot: counted.append(snapshot) or count(snapshot))
    opened = shelf.stock(home, shelf.File("a", shelf.others()))
    first = api.coverage().filled
    assert api.coverage().filled == first
    assert counted == [1]
    assert kept.remember_coverage(api.register())
    assert not kept.remember_coverage(api.register())
    coverage._filled.cache_clear()  # another process
    assert api.coverage().filled == first
    assert counted == [1, 1]
    shelf.stock(home, shelf.File("b", [shelf.battery()]))
    assert api.coverage().filled["events"] == 1
    api.upkeep.remember_coverage(api.register())
    api.upkeep.compact(api.register(), everything=True)
    coverage._filled.cache_clear()
    assert api.coverage().filled["events"] == 1  # of other layers now: counted again
    assert counted == [1, 1, 2, 2, 2]
    api.upkeep.prune(api.register(), keep=1)
    assert [one.name for one in (home / "register").glob("filled-*")] == ["filled-000002.json"]
    (home / "register" / "filled-000002.json").write_text("{")
    coverage._filled.cache_clear()
    assert (
        api.coverage().filled["filing_date"]
        == opened.open_snapshot(2).filled("records", ["filing_date"])["filing_date"]
    )


def test_coverage_tells_each_file_with_rows_that_add_up(stocked):
    told = api.coverage()
    gazette, crawl = told.sources
    assert (gazette.name, gazette.read, gazette.kept, gazette.merged, gazette.refused) == ("gazette.csv", 11, 9, 0, 2)
    assert (crawl.name, crawl.read, crawl.refused) == ("crawl.csv", 2, 0)
    assert all(s.read == s.kept + s.merged + s.refused for s in told.sources)
    assert gazette.reasons == {"date_impossible": 2}
    assert told.last_load_at == api.current_snapshot().published_at


def test_snapshots_form_a_chain(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    shelf.stock(home, shelf.File("b", [shelf.battery()]))
    told = api.snapshots()
    assert [(one.number, one.parent, one.patents, one.touched) for one in told] == [(1, None, 8, 8), (2, 1, 9, 1)]
    assert api.current_snapshot() == told[-1]
    number, sources = sources_now()
    assert (number, sorted(source.name for source in sources.values())) == (2, ["a", "b"])
    assert not any(one.synthetic for one in told)


def test_an_open_register_follows_a_load_by_somebody_else(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    with pytest.raises(NotFound):
        api.get(BATTERY)
    shelf.stock(home, shelf.File("b", [shelf.battery()]))
    assert api.get(BATTERY).title == "一种电池冷却装置"


def test_a_view_stays_good_while_two_more_snapshots_are_published(home):
    shelf.stock(home, shelf.File("a", shelf.others()))
    _, first = api.register().current()
    shelf.stock(home, shelf.File("b", [shelf.battery()]))
    api.register().current()
    assert first.count("patents") == 8


def test_equal_registers_have_equal_digests_whatever_the_day(home, tmp_path_factory, settings):
    shelf.stock(home, *shelf.everything())
    here = digest()
    other = tmp_path_factory.mktemp("other")
    settings.QIANTANG_HOME = other
    for file in reversed(shelf.everything()):
        shelf.stock(other, file, index=False)
    assert digest() == here
    shelf.stock(
        other, shelf.File("more", [shelf.seen(1, ("CN112000001", "A", "2020-09-01"), title="新的")]), index=False
    )
    assert digest() != here


def test_a_manifest_that_cannot_be_read_is_not_an_empty_register(home):
    shelf.stock(home, shelf.File("a", shelf.others()), index=False)
    place = RegisterPlace(home)
    place.manifest_path(1).write_text('{"snapshot": 1')
    with pytest.raises(Unavailable, match=r"register\.manifest_unreadable"):
        api.get(BATTERY)
    with pytest.raises(NotFound, match=r"register\.snapshot_unknown"):
        place.manifest(7)


def test_a_register_of_another_form_says_so_and_what_to_do(home):
    shelf.stock(home, shelf.File("a", shelf.others()), index=False)
    path = RegisterPlace(home).manifest_path(1)
    path.write_text(path.read_text().replace(f'"schema_version": {SCHEMA_VERSION}', '"schema_version": 1'))
    with pytest.raises(Unavailable, match=r"register\.schema_other") as told:
        api.get(BATTERY)
    assert told.value.facts == {"snapshot": 1, "given": 1, "expected": SCHEMA_VERSION}
    with pytest.raises(Unavailable, match=r"register\.schema_other"):
        shelf.stock(home, shelf.File("b", shelf.others()), index=False)
