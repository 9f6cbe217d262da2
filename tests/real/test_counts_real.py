"""Counts that the description of the real files gives and that no reader's own test meets: offices, languages, places."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from datetime import date

from qiantang.commons.metrics import api as metrics
from qiantang.commons.refdata.api import regions
from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.types import FileRefused
from qiantang.corpus.places.api import resolve
from tools.build_figures import code_of

from .test_readers_real import DATA, observed, pytestmark  # noqa: F401 - the marks of a real test hold here too

HAN, KANA = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]")


def rows_of(name: str) -> list[dict]:
    """What is read of a file or folder; files that are refused whole are left out."""
    rows = []
    for source in sources(DATA / name):
        try:
            _, table, _ = observed(source)
        except FileRefused:
            continue
        rows += [{"file": source.name, **row} for row in table.to_pylist()]
    return rows


def test_a_vendors_export_holds_the_offices_and_years_it_is_said_to_hold():
    rows = rows_of("cn-patsnap-export")
    offices = Counter(row["office"] for row in rows)
    assert offices["CN"] == 1327
    assert {"RU", "FR", "JP", "KR", "DE", "BR", "IN"} < offices.keys()
    filed = [row["filing_date"] for row in rows if row["filing_date"]]
    assert (min(filed).year, max(filed).year) == (2013, 2022)
    filed = [row["filing_date"] for row in rows_of("cn-cnipr-export")]
    assert (min(filed).year, max(filed).year) == (2008, 2015)


def test_abstract_lines_of_a_patent_in_two_classes_and_of_a_japanese_one():
    """The description counts 6,701 abstracts as Chinese: those with a Chinese character. Kana make 410 of them Japanese."""
    rows = [row for row in rows_of("cn-google-abstracts") if "raw-layout" not in row["file"]]
    names = {f"{one['number']}{one['kind'] or ''}" for row in rows for one in row["publications"]}
    assert (len(rows), len(names), sum(name.startswith("CN") for name in names)) == (11_223, 11_101, 6_090)
    told = [(text["language"], text["text"]) for row in rows for text in row["texts"]]
    assert sum(HAN.search(text) is not None for _, text in told) == 6_701
    assert {language for language, text in told if HAN.search(text) and KANA.search(text)} == {"ja"}
    assert not [text for language, text in told if language == "zh" and KANA.search(text)]
    assert {"zh", "en", "ko", "de"} < {language for language, _ in told}


def test_documents_of_named_fields_are_of_four_offices_and_hold_all_that_was_judged():
    folder = "search-relevance-cs3245"
    whole = [row for row in rows_of(folder) if ".tar" in row["file"]]
    assert Counter(row["office"] for row in whole) == {"US": 2051, "EP": 97, "WO": 95, "GB": 1}
    held = {row["file"].rpartition("/")[2].removesuffix(".xml") for row in whole}
    judged = [(DATA / folder / f"q1-qrels{sign}ve.txt").read_text("utf-8").split() for sign in "+-"]
    assert [len(numbers) for numbers in judged] == [22, 25]
    assert held > {number for numbers in judged for number in numbers}


def test_a_crawls_addresses_that_name_the_city_are_in_it_but_for_what_only_sounds_like_it():
    """736 rows name the city; a street and a bay are called after it, and one row puts it into another province."""
    elsewhere, there = [], 0
    for row in rows_of("cn-wanfang-emerging/derived_zhejiang.csv.gz"):
        for party in [one for one in row["parties"] if one["role"] == "applicant"][:1]:
            if "杭州" in (party["address"] or ""):
                place = resolve(party["address"], party["postcode"], party["country"], row["filing_date"])
                there += place.city == "330100"
                elsewhere += [(party["address"], place.city)] if place.city != "330100" else []
    assert there + len(elsewhere) == 736
    assert Counter(city for _, city in elsewhere) == {"420200": 2, "330200": 2, "330400": 1, None: 1}
    assert all(re.search("杭州(?:西路|湾)|^江苏省", address) for address, _ in elsewhere)


def test_the_regions_of_references_are_read_over_and_noted():
    """195 references name the province, which is where the applicant lives or the office is: nobody can tell."""
    rows = rows_of("cn-cnki-citations")
    lists = [path.read_text("utf-8-sig") for path in (DATA / "cn-cnki-citations").rglob("*.txt")]
    assert (len(lists), len(rows)) == (21, 9_890)
    assert sum(len(re.findall(r"\[P\]\.\s*浙江：", text)) for text in lists) == 195
    assert sum("region_left_out" in row["notes"] for row in rows) >= 195
    assert not any(party["country"] or party["address"] for row in rows for party in row["parties"])


def test_years_of_the_republic_calendar_are_never_taken_for_ours():
    for folder in ("cn-gazette-html", "tw-tipo-xml", "cn-design-legal-events"):
        for row in rows_of(folder):
            assert date(1985, 4, 1) <= row["filing_date"] <= date(2026, 1, 1), row["file"]


def figures(name: str, key: str) -> dict[str, dict[str, int]]:
    with (DATA / "cn-stats" / name).open(encoding="utf-8-sig") as lines:
        return {row.pop(key): {column: int(value) for column, value in row.items()} for row in csv.DictReader(lines)}


def test_the_reconciliation_states_each_district_as_printed_and_no_sum_beside_its_parts(tmp_path, settings, db):
    """The row of the city proper is the sum of the ten districts: beside them every grant of theirs would count twice."""
    settings.QIANTANG_HOME = tmp_path
    table = figures("hangzhou_patent_grants_by_district_2023.csv", "district")
    own = table.pop("市本级")
    kinds = ("invention", "utility_model", "design", "total")
    stated = {
        (regions().name(cell.region, "zh"), cell.series.removeprefix("grants_")): cell.stated
        for cell in metrics.reconciling.reconciled("hangzhou-grants-2023")
    }
    assert stated == {(name, kind): row[kind] for name, row in table.items() for kind in kinds}
    districts = {name for name in table if name.endswith("区")}
    assert len(districts) == 10
    for kind in kinds:
        assert sum(stated[name, kind] for name in districts) == own[kind]


def test_applications_of_the_provinces_are_stated_as_printed_and_one_less_than_their_printed_sum(db):
    """2018 the parts make one less than what is printed for all; both stay as they are printed."""
    table = figures("pct_applications_received_by_region_2018_2022_2023.csv", "region")
    apart = {}
    for year in ("2018", "2022", "2023"):
        told = {
            one.region: one.value for one in metrics.figures.stated_figures("pct_applications") if one.period == year
        }
        whole = told.pop("100000")
        assert whole == table["国内小计"][f"y{year}"]
        parts = {code: value for code, value in told.items() if code.endswith("0000")}
        assert {code: table[name][f"y{year}"] for name in table if (code := code_of(name)) in parts} == parts
        apart[year] = whole - sum(parts.values())
    assert apart == {"2018": 1, "2022": 0, "2023": 0}


def test_judgments_are_refused_though_they_name_the_city():
    """294 rows name it, and persons: not one of them may come in."""
    dump = gzip.decompress((DATA / "cn-infringement-cases" / "judgment_titles.sql.gz").read_bytes()).decode()
    assert "杭州" in dump
    assert rows_of("cn-infringement-cases") == []
