"""Rows as lines of each format: nothing lost, nothing that a spreadsheet or TeX takes for a command."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.scenarios.query.methods.exporting import tables
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.asked import FileFormat
from qiantang.scenarios.query.methods.exporting.columns import BY_KEY, COLUMNS, PROPOSED
from qiantang.scenarios.query.methods.exporting.numbers import Spelling, number_line, spelled
from qiantang.scenarios.query.methods.exporting.references import bibtex_entry, bibtex_remarks, ris_entry, tex
from qiantang.scenarios.query.selectors import export_words as words
from qiantang.scenarios.query.services.exporting import workbook

pytestmark = pytest.mark.feature("S3-15")
ABOUT = About("电池@家", "TAC=电池", "-AD", 3, date(2026, 11, 26), 2, synthetic=True, place="https://ip.example")
ROW = {
    "patent_id": "CN201710601862",
    "office": "CN",
    "type": "invention",
    "application_number": "CN201710601862.3",
    "filing_date": date(2017, 7, 21),
    "grant_date": date(2020, 7, 10),
    "publications": [
        {"number": "CN107000001", "kind": "A", "date": date(2018, 1, 12)},
        {"number": "CN107000001", "kind": "B", "date": date(2020, 7, 10)},
    ],
    "texts": [
        {"part": "title", "language": "zh", "text": "机翻", "machine": True},
        {"part": "title", "language": "zh", "text": "一种电池_冷却 {装置} 100% & 好", "machine": False},
        {"part": "title", "language": "en", "text": "Cooling", "machine": True},
        {"part": "claims", "language": "zh", "text": "1. 一种。\n其特征。\n2. 如权利要求1。", "machine": False},
    ],
    "parties": [
        {"role": "applicant", "name": "钱潮甲厂", "address": "无名路7号"},
        {"role": "inventor", "name": "章湖墅", "address": "湖墅路1号"},
        {"role": "inventor", "name": "沈文晖", "address": None},
    ],
    "classifications": [
        {"scheme": "ipc", "symbol": "F28D15/02", "first": False},
        {"scheme": "ipc", "symbol": "H01M10/613", "first": True},
    ],
    "events": [{"code": "GR01", "date": date(2020, 7, 10), "gazette_date": None, "text": "地址变更：湖墅路"}],
    "citations": [{"cited": "CN106000002"}, {"cited": None}, {"cited": "CN106000002"}],
}


def plain(_vocabulary, code):
    return code


def taken(key, row=ROW):
    return BY_KEY[key].take(row)


# --- columns ---------------------------------------------------------------------------------------------------------


def test_columns_need_only_what_records_have_and_have_words_in_one_group():
    assert {name for one in COLUMNS for name in one.needs} <= set(RECORD_SCHEMA.names)
    assert set(words.COLUMN_WORDS) == set(BY_KEY)
    assert sorted(key for _, keys in words.COLUMN_GROUPS for key in keys) == sorted(BY_KEY)
    assert set(PROPOSED) <= set(BY_KEY)
    assert set(words.FORMAT_WORDS) == set(FileFormat)
    assert set(words.SPELLING_WORDS) == set(words.SPELLING_EXAMPLES) == set(Spelling)


def test_columns_take_the_right_values():
    assert taken("number") == "CN107000001B"
    assert (taken("title"), taken("title_en")) == ("一种电池_冷却 {装置} 100% & 好", "Cooling")
    assert taken("inventors") == ("章湖墅", "沈文晖")
    assert (taken("ipc"), taken("ipc_first")) == (("H01M10/613", "F28D15/02"), "H01M10/613")
    assert taken("first_claim") == "1. 一种。\n其特征。"
    assert taken("publications") == ("CN107000001A", "CN107000001B")
    assert taken("events") == ("2020-07-10 GR01",)
    assert taken("cited") == ("CN106000002",)


def test_unknown_is_none_and_an_empty_cell():
    nothing = dict.fromkeys(RECORD_SCHEMA.names) | {"patent_id": "X"}
    for one in COLUMNS:
        value = one.take(nothing)
        assert value in (None, ()) or one.key == "patent_id"
        assert tables.cell(one, value, plain) in (None, "X")


def test_no_column_tells_an_address():
    row = dict.fromkeys(RECORD_SCHEMA.names) | ROW
    told = str([one.take(row) for one in COLUMNS])
    assert "路" not in told
    assert "路" not in ris_entry(ROW, ABOUT, first=True) + bibtex_entry(ROW, ABOUT)


# --- CSV -------------------------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.lists(st.lists(st.text() | st.none() | st.integers(), min_size=2, max_size=4), max_size=5))
def test_csv_is_read_back_cell_by_cell_and_no_cell_begins_a_formula(rows):
    rows = [[one.replace("\r", "") if isinstance(one, str) else one for one in row] for row in rows]
    read = list(csv.reader(io.StringIO("".join(tables.csv_lines(rows)), newline="")))
    for row, found in zip(rows, read, strict=True):
        for value, cell in zip(row, found, strict=True):
            shown = "" if value is None else str(value)
            assert cell in (shown, f"'{shown}")
            assert isinstance(value, int) or cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_remarks_stay_one_line_and_one_cell_whatever_was_typed():
    (line,) = tables.remarks([("Query", 'a,b\n"=1+1"\r\n2')])
    assert next(csv.reader([line])) == ['# Query: a,b "=1+1" 2']


# --- references ------------------------------------------------------------------------------------------------------


def test_ris_has_each_tag_in_a_line_of_its_own():
    lines = ris_entry(ROW, ABOUT, first=True).split("\r\n")
    assert (lines[0], lines[-3], lines[-2:]) == ("TY  - PAT", "ER  - ", ["", ""])
    told = [line.split("  - ", 1) for line in lines if line]
    assert all(re.fullmatch("[A-Z][A-Z0-9]", tag) for tag, _ in told)
    assert [value for tag, value in told if tag == "AU"] == ["章湖墅", "沈文晖"]
    by_tag = dict(told)
    assert (by_tag["SN"], by_tag["IS"], by_tag["VL"], by_tag["PY"]) == ("CN107000001B", "CN201710601862.3", "B", "2020")
    assert by_tag["UR"] == "https://ip.example/patents/CN201710601862"
    assert "INVENTED" in by_tag["DB"]
    assert "TAC=电池" in by_tag["N1"]


def test_a_long_query_stands_whole_in_the_first_reference_only():
    long = replace(ABOUT, canonical="PN=1 OR " * 100)
    assert long.canonical.strip() in ris_entry(ROW, long, first=True)
    assert long.canonical.strip() not in ris_entry(ROW, long, first=False)


def test_bibtex_keeps_names_whole_and_tex_signs_harmless():
    entry = bibtex_entry(ROW, ABOUT)
    assert entry.startswith("@patent{CN201710601862,\n")
    assert "author = {{章湖墅} and {沈文晖}}," in entry
    assert r"title = {{一种电池\_冷却 \{装置\} 100\% \& 好}}," in entry
    assert "date = {2020-07-10}," in entry
    assert entry.count("{") == entry.count("}")


@given(st.text())
def test_tex_leaves_no_sign_bare(text):
    bare = re.sub(r"\\(?:[&%$#_{}]|text[a-z]+\{\})", "", tex(text))
    assert not re.search(r"[\\{}$&#_%~^]", bare)


def test_remarks_of_bibtex_begin_no_entry():
    told = bibtex_remarks([("Query", "@misc{x,\n@comment")])
    assert "@" not in told
    assert all(line.startswith("% ") or not line for line in told.split("\n"))


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_spellings():
    assert {one.value: spelled(ROW, one) for one in Spelling} == {
        "publication": "CN107000001B",
        "plain": "CN107000001",
        "application": "CN201710601862.3",
        "digits": "2017106018623",
        "patent": "ZL201710601862.3",
        "identity": "CN201710601862",
    }


def test_another_number_stands_in_and_is_counted():
    bare = ROW | {"application_number": None, "grant_date": None}
    assert number_line(bare, Spelling.APPLICATION) == ("CN107000001B", True)
    assert number_line(bare | {"publications": []}, Spelling.PATENT) == ("CN201710601862", True)
    assert number_line(ROW | {"office": "US"}, Spelling.PATENT) == ("CN107000001B", True)


# --- workbooks -------------------------------------------------------------------------------------------------------


def heads(count, day=date(2026, 11, 26)):
    return workbook.Heads([(f"c{n}", 10) for n in range(count)], "Patents", "About", [("Query", "=1+1")], "…", day)


def test_a_workbook_holds_every_cell_as_it_is(tmp_path):
    rows = [
        ["=1+1", "http://a.b", "007", "a\x00b\ud800", None, 7, ["2020-07-10"], ["1870-01-02"]],
        ["长" * 40_000, *[None] * 7],
    ]
    workbook.write_workbook(tmp_path / "a.xlsx", heads(8), rows)
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names == ["Patents", "About"]
    _, first, second = book.get_sheet_by_name("Patents").to_python()
    assert first == ["=1+1", "http://a.b", "007", "ab", "", 7, date(2020, 7, 10), "1870-01-02"]
    assert (len(second[0]), second[0][-1]) == (32_767, "…")
    assert book.get_sheet_by_name("About").to_python() == [["Query", "=1+1"]]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        parts = [file.read(name) for name in file.namelist()]
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts)


@pytest.mark.parametrize(("rows", "sheets"), [(0, 1), (1, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path, monkeypatch, rows, sheets):
    monkeypatch.setattr(workbook, "ROWS_A_SHEET", 5)
    monkeypatch.setattr(workbook, "_TELL_EVERY", 2)
    told = []
    workbook.write_workbook(tmp_path / "a.xlsx", heads(1), ([n] for n in range(rows)), told.append)
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert len(book.sheet_names) == sheets + 1
    parts = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[:-1]]
    assert [cell for part in parts for (cell,) in part[1:]] == list(range(rows))
    assert all(part[0] == ["c0"] for part in parts)
    assert told == sorted(told)
    assert not told or told[-1] <= rows
