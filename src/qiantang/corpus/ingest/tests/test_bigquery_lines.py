"""Rows of Google Patents Public Data as BigQuery exports them: made up, in the shape of the table's own description."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

FILED = application(9_990_001)[:12]
ROW = {
    "publication_number": "CN-199990001-A",
    "application_number": f"CN-{FILED}-A",
    "country_code": "CN",
    "kind_code": "A",
    "application_kind": "A",
    "application_number_formatted": f"CN{FILED}A",
    "family_id": "99990001",
    "title_localized": [
        {"text": "一种虚构的装置", "language": "zh", "truncated": False},
        {"text": "An invented device", "language": "en", "truncated": False},
    ],
    "abstract_localized": [{"text": "An invented  abstract.", "language": "en", "truncated": False}],
    "claims_localized": [
        {
            "text": "What is claimed is:\n  1. A device with:\n     a bow.\n\n  2. The device of claim 1.",
            "language": "en",
            "truncated": False,
        }
    ],
    "description_localized": [{"text": "Field.\n\nBody.", "language": "en", "truncated": False}],
    "publication_date": "20190712",
    "filing_date": "20180801",
    "grant_date": "0",
    "priority_date": "20170801",
    "priority_claim": [
        {"application_number": f"CN-{FILED}-A", "filing_date": "20180801"},
        {"application_number": "US-201762999999-P", "filing_date": "20170801"},
    ],
    "inventor": ["王测试", "李样例"],
    "inventor_harmonized": [{"name": "WANG CESHI", "country_code": "CN"}, {"name": "LI YANGLI", "country_code": "CN"}],
    "assignee": ["示例甲科技有限公司", "Example Co"],
    "assignee_harmonized": [{"name": "EXAMPLE A", "country_code": "CN"}, {"name": "EXAMPLE", "country_code": "US"}],
    "ipc": [{"code": "H04L27/26", "first": False}, {"code": "G06F17/00", "first": True}],
    "cpc": [{"code": "H04L27/2647", "inventive": True, "first": True, "tree": []}],
    "citation": [
        {"publication_number": "CN-199980002-A", "category": "SEA", "type": "XY", "npl_text": ""},
        {"publication_number": "US-9999001-B2", "category": "APP", "type": ""},
        {"publication_number": "", "category": "EXA", "type": "A", "npl_text": "Somebody, Nothing, 1999"},
        {"publication_number": "XX-77", "category": "115"},
    ],
}


def lines(*rows: dict, **changed: object) -> bytes:
    return "".join(json.dumps({**row, **changed}, ensure_ascii=False) + "\n" for row in rows or (ROW,)).encode()


def test_every_column_the_register_has_a_field_for():
    (said,), refused = read(lines())
    assert refused == []
    assert (said["office"], said["type"]) == ("CN", "invention")
    assert said["application_number"].startswith(f"CN{FILED}")
    assert (said["filing_date"], said["simple_family"]) == (date(2018, 8, 1), "docdb:99990001")
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "zh", "一种虚构的装置"),
        ("title", "en", "An invented device"),
        ("abstract", "en", "An invented abstract."),
        ("description", "en", "Field.\nBody."),
        ("claims", "en", "1. A device with:\na bow.\n2. The device of claim 1."),
    ]
    assert said["claim_count"] == 2
    assert [(c["scheme"], c["symbol"], c["first"]) for c in said["classifications"]] == [
        ("ipc", "G06F17/00", True),
        ("ipc", "H04L27/26", False),
        ("cpc", "H04L27/2647", True),
    ]
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("US-201762999999-P", "US", date(2017, 8, 1))
    ]
    assert said["notes"] == []


def test_names_as_filed_come_first_and_a_country_only_where_all_share_it():
    (said,), _ = read(lines())
    assert [(p["role"], p["name"], p["country"]) for p in said["parties"]] == [
        ("applicant", "示例甲科技有限公司", None),
        ("applicant", "Example Co", None),
        ("inventor", "王测试", "CN"),
        ("inventor", "李样例", "CN"),
    ]
    (said,), _ = read(lines(assignee=[], inventor=None, inventor_harmonized=None))
    assert [(p["name"], p["country"]) for p in said["parties"]] == [("EXAMPLE A", "CN"), ("EXAMPLE", "US")]


def test_citations_keep_phase_and_category_and_what_is_no_number_stays_text():
    (said,), _ = read(lines())
    assert [(c["cited"], c["origin"], c["category"], c["text"]) for c in said["citations"]] == [
        ("CN199980002", "examiner", "XY", None),
        ("US9999001", "applicant", None, None),
        (None, "examiner", "A", "Somebody, Nothing, 1999"),
        (None, "other", None, "XX-77"),
    ]


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"filing_date": 20180801}, "filing_date", date(2018, 8, 1)),
        ({"filing_date": "0"}, "filing_date", None),
        ({"filing_date": None}, "filing_date", None),
        ({"family_id": "-1"}, "simple_family", None),
        ({"application_number": "", "application_number_formatted": ""}, "application_number", None),
        (
            {
                "application_number": "",
                "application_number_formatted": "15/999,001",
                "publication_number": "US-9999001-B2",
            },
            "application_number",
            "US15/999001",
        ),
        ({"application_number": "CN-201830999001-F", "publication_number": "CN-309999001-S"}, "type", "design"),
        ({"claims_localized": [{"text": "1. Cut", "language": "en", "truncated": True}]}, "claim_count", None),
        ({"claims_localized": [{"text": "1. Cut", "language": "en", "truncated": True}]}, "notes", ["text_truncated"]),
        ({"citation": "none", "ipc": [None, "x"], "cpc": {}}, "citations", []),
    ],
)
def test_what_stands_for_nothing_is_nothing(changed: dict, field: str, value: object):
    (said,), refused = read(lines(**changed))
    assert refused == []
    assert said[field] == value


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"publication_number": "CN-1999', "json_damaged"),
        (b'["CN-199990001-A"]', "number_missing"),
        (lines(publication_number=""), "number_missing"),
        (lines(publication_number="CN-2.02E+12-A"), "number_unrecognised"),
        (lines(filing_date="20181345"), "date_impossible"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_the_others_are_read(line: bytes, code: str):
    observed, (told,) = read(lines() + line.strip() + b"\n\n" + lines(publication_number="CN-199990009-A"))
    assert [row["row"] for row in observed] == [1, 3]
    assert (told.row, told.code) == (2, code)
    assert told.facts.get("line", 2) == 2


def test_a_list_as_the_console_saves_it_is_the_same():
    listed = json.dumps([ROW, {**ROW, "publication_number": "CN-199990002-A"}]).encode()
    observed, refused = read(listed)
    assert (len(observed), refused) == (2, [])
    assert {**observed[0], "row": 0} == {**read(lines())[0][0], "row": 0}
    with pytest.raises(FileRefused) as told:
        read(listed[:-9])
    assert told.value.refusal.code == "json_damaged"


def test_a_description_of_many_megabytes_is_one_line(monkeypatch):
    long = [{"text": "body " * 400_000, "language": "en"}]  # two megabytes: longer than a line of other formats
    observed, refused = read(lines(description_localized=long) + lines(publication_number="CN-199990002-A"))
    assert (len(observed), refused) == (2, [])
    monkeypatch.setattr("qiantang.corpus.ingest.methods.readers.bigquery_lines._LINE_BYTES", 2**20)
    observed, (told,) = read(lines(description_localized=long) + lines(publication_number="CN-199990002-A"))
    assert ([row["row"] for row in observed], told.row, told.code) == ([2], 1, "line_too_long")


def test_other_json_is_not_taken_for_it():
    for other in (
        b'{"publication_number": "CN199990001A", "country_code": "CN"}',
        b'{"patents": [], "country_code": 1}',
    ):
        with pytest.raises(FileRefused):
            recognise(other, "x.json", lambda: io.BytesIO(other))  # noqa: B023 - called at once
