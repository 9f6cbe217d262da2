"""The shipped mappings of international platforms, each on a small table made up here."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.readers.shipped import shipped
from qiantang.corpus.ingest.tests.exports import csv, documents, loaded, parties, symbols, texts
from qiantang.corpus.ingest.tests.readings import read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

GOOGLE = "id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link"


def test_google_patents_after_a_line_with_the_search():
    cells = ["US-19999999-B2", "Imaginary lamp ", "Made-up Lamps, Inc., Sample Co., Ltd.", "Jane Roe, John Doe"]
    cells += ["2017-03-08", "2018-03-08", "2022-06-07", "2022-06-07", "https://example.invalid/"]
    row = loaded(
        csv(["search URL:", "https://example.invalid/?q=x"], GOOGLE.split(","), cells), "g.csv", "google-patents-list"
    )
    assert row["row"] == 3
    assert documents(row) == [("US19999999", "B2", date(2022, 6, 7))]
    assert texts(row) == [("title", "en", "Imaginary lamp", False)]
    assert [name for _, name in parties(row)] == ["Made-up Lamps, Inc.", "Sample Co., Ltd.", "Jane Roe", "John Doe"]
    assert row["priorities"] == []


def test_google_patents_as_a_crawler_writes_it_with_a_line_cut_off():
    header = ["id", "title", "assignee", "author", "priorityDate", "filingDate", "publicationDate", "grant date", "url"]
    cells = ["CN-199990001-B", "一种虚构的装置 ", "甲公司, 乙公司", "王测试", "2022-05-09", "2022-05-09", "2022-10-14"]
    content = csv(header, [*cells, "2022-10-14", "https://example.invalid/"], ["CN-1999900"])
    observed, refused = read(content, "p.csv", recognise(content, "p.csv"))
    assert [(one.row, one.code) for one in refused] == [(3, "row_truncated")]
    assert documents(observed[0]) == [("CN199990001", "B", date(2022, 10, 14))]


def test_patentscope_with_carriage_returns_and_an_old_encoding():
    header = [
        "Publication Number",
        "Publication Date",
        "Title",
        "Priority Data",
        "IPC",
        "Applicants",
        "Inventors",
        "FP Image",
    ]
    priorities = "[200499936U 2004-10-01T23:59:59.000Z ES, 60/999,166 14.08.2000 US]"
    cells = [
        "EP1999902",
        "23.08.2007",
        "CRÊPE",
        priorities,
        "A21D 13/00;A21D 13/00;A23L 1/16",
        "NA",
        "DOE, JOHN;ROE, JANE",
        "NA",
    ]
    row = loaded(csv(header, cells, end="\r", encoding="mac_roman"), "list.csv", "patentscope-list")
    assert texts(row) == [("title", "en", "CRÊPE", False)]
    assert documents(row) == [("EP1999902", None, date(2007, 8, 23))]
    assert symbols(row) == [("A21D13/00", True), ("A23L1/16", False)]
    assert parties(row) == [("inventor", "DOE, JOHN"), ("inventor", "ROE, JANE")]
    assert [(p["number"], p["country"], p["date"]) for p in row["priorities"]] == [
        ("200499936U", "ES", date(2004, 10, 1)),
        ("60/999,166", "US", date(2000, 8, 14)),
    ]


def test_espacenet_with_countries_citations_and_two_numbers_in_a_cell():
    header = list(next(one for one in shipped() if one.name == "espacenet-list").mapping.columns)
    cells = dict.fromkeys(header, "") | {
        "Title": "IMAGINARY BOX",
        "Publication number": "KR20149905675 (U); KR200999295 (Y1)",
        "Publication date": "2014-11-05",
        "Inventor(s)": "ROE JANE\u2002[US];  DOE JOHN\u2002[US]",
        "Applicant(s)": "MADE-UP LLC\u2002[US]",
        "International classification": "B65D5/49; B65D5/64",
        "Cooperative Patent Classification": "B65D5/49",
        "Application number": "KR20139906425U",
        "Date of application": "20130801",
        "Priority number(s)": "KR20139906425U 20130801",
        "Patents cited in the search report": "US1999974 (A); ",
        "Patents cited during examination": "KR20119903040U (U)",
    }
    row = loaded(csv(header, list(cells.values())), "list.csv", "espacenet-list")
    assert documents(row) == [("KR2020149905675", "U", None), ("KR200999295", "Y1", None)]
    assert [(p["name"], p["country"]) for p in row["parties"]] == [
        ("MADE-UP LLC", "US"),
        ("ROE JANE", "US"),
        ("DOE JOHN", "US"),
    ]
    assert [(c["cited"], c["origin"]) for c in row["citations"]] == [
        ("US1999974", "examiner"),
        ("KR2020119903040", "examiner"),
    ]
    assert [c["scheme"] for c in row["classifications"]] == ["ipc", "ipc", "cpc"]


def test_lens_with_two_digit_years_of_two_centuries():
    header = list(next(one for one in shipped() if one.name == "lens-export").mapping.columns)
    cells = dict.fromkeys(header, "") | {
        "Kind": "A",
        "Publication Number": "US 1999963 A",
        "Publication Date": "30/04/35",
        "Publication Year": "1935",
        "Application Number": "",
        "Application Date": "24/08/31",
        "Priority Numbers": "US 99939471 A 19310824;;US 99988069 A 19310825",
        "Title": "Process for an imaginary pie",
        "Applicants": "MADE-UP FOODS CO;;ROE JANE",
        "CPC Classifications": "A21D13/007;;A21C9/04",
        "Non-Patent Citations": "None",
    }
    row = loaded(csv(header, list(cells.values()), end="\r"), "lens.csv", "lens-export")
    assert documents(row) == [("US1999963", "A", date(1935, 4, 30))]
    assert row["filing_date"] == date(1931, 8, 24)
    assert [(p["country"], p["date"]) for p in row["priorities"]] == [
        ("US", date(1931, 8, 24)),
        ("US", date(1931, 8, 25)),
    ]
    assert row["citations"] == []
    assert parties(row) == [("applicant", "MADE-UP FOODS CO"), ("applicant", "ROE JANE")]


def test_thomson_innovation_with_strokeless_symbols_and_a_kind_of_its_own():
    header = ["row no", *next(one for one in shipped() if one.name == "thomson-innovation-export").mapping.columns]
    cells = [
        "1",
        "WO2007999956",
        "A1",
        "Imaginary compound",
        "US20069999999",
        "2006-07-28T00:00:00Z",
        "2007-02-08T00:00:00Z",
    ]
    cells += ["MADE-UP LAB", "ROE JANE    US  | DOE JOHN    US", "C07D41700 | A61K031427"]
    header += ["family members", "family size", "family size"]
    row = loaded(csv(header, [*cells, "None", "1", "1"]), "thomson.csv", "thomson-innovation-export")
    assert documents(row) == [("WO2007999956", "A1", date(2007, 2, 8))]
    assert row["filing_date"] == date(2006, 7, 28)
    assert symbols(row) == [("C07D417/00", True), ("A61K31/427", False)]
    assert [(p["name"], p["country"]) for p in row["parties"] if p["role"] == "inventor"] == [
        ("ROE JANE", "US"),
        ("DOE JOHN", "US"),
    ]
