"""Recorded assignments: an event of each property and, where title passes, its holder."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import read

pytestmark = pytest.mark.feature("S3-20")

CONVEYED = {
    "id": "99-1",
    "reelNo": "18247",
    "frameNo": "405",
    "recordedDate": "2036-09-14T04:00:00Z",
    "conveyanceText": "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).",
    "assignors": [
        {"patAssignorName": "SAMPLE, ANN", "patAssignorExDate": "2036-09-01T04:00:00Z"},
        {"patAssignorName": "PATTERN, MAX", "patAssignorExDate": "2036-09-03T04:00:00Z"},
    ],
    "assignees": [{"patAssigneeName": "EXAMPLE HOOKS LTD.", "patAssigneeAddress": "1 MADE-UP LANE\nNOWHERE"}],
    "properties": [
        {"inventionTitle": "HOOK", "applNum": "10999795", "filingDate": "2033-07-28T04:00:00Z", "patNum": "9999913",
         "issueDate": "2035-10-31T04:00:00Z", "publNum": None, "publDate": "0001-01-01T00:00:00Z"},
        {"inventionTitle": "BOW", "applNum": None, "patNum": None, "publNum": None},
        {"inventionTitle": "EYE", "applNum": "11999674", "publNum": "20360999687", "publDate": "2036-08-17T04:00:00Z"},
    ],
}  # fmt: skip


def arr(name: str, *values: str, kind: str = "str") -> str:
    return f'<arr name="{name}">' + "".join(f"<{kind}>{value}</{kind}>" for value in values) + "</arr>"


CONVEYED_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<response>\n<result name="response" numFound="1" start="0"><doc>\n'
    '<str name="reelNo">18247</str><str name="frameNo">405</str><date name="recordedDate">2036-09-14T04:00:00Z</date>'
    '<str name="conveyanceText">ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).</str>'
    + arr("patAssignorName", "SAMPLE, ANN", "PATTERN, MAX")
    + arr("patAssignorExDate", "2036-09-01T04:00:00Z", "2036-09-03T04:00:00Z", kind="date")
    + arr("patAssigneeName", "EXAMPLE HOOKS LTD.")
    + arr("patAssigneeAddress1", "1 MADE-UP LANE")
    + arr("patAssigneeAddress2", "NULL")
    + arr("patAssigneeCity", "NOWHERE")
    + arr("inventionTitle", "HOOK", "BOW", "EYE")
    + arr("applNum", "10999795", "NULL", "11999674")
    + arr("filingDate", "2033-07-28T04:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", kind="date")
    + arr("issueDate", "2035-10-31T04:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", kind="date")
    + arr("patNum", "9999913", "NULL", "NULL")
    + arr("publDate", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2036-08-17T04:00:00Z", kind="date")
    + arr("publNum", "NULL", "NULL", "20360999687")
    + '</doc></result><lst name="facet_counts"><int name="x">1</int></lst></response>'
)


@pytest.mark.parametrize(
    "content", [json.dumps({"numFound": 1, "docs": [CONVEYED]}), CONVEYED_XML], ids=["json", "xml"]
)
def test_a_conveyance_is_an_event_of_each_of_its_properties(content: str):
    (first, third), (told,) = read(content.encode())
    assert (told.row, told.code) == (2, "number_missing")
    assert [first["row"], third["row"]] == [1, 3]
    assert (first["application_number"], first["filing_date"]) == ("US10/999795", date(2033, 7, 28))
    assert first["publications"] == [{"number": "US9999913", "kind": None, "date": date(2035, 10, 31)}]
    assert third["publications"] == [{"number": "US20360999687", "kind": None, "date": date(2036, 8, 17)}]
    assert first["events"] == third["events"] == [{
        "code": "ASSIGNMENT OF ASSIGNORS INTEREST",
        "date": date(2036, 9, 3),
        "gazette_date": date(2036, 9, 14),
        "text": "reel 018247, frame 0405: SAMPLE, ANN; PATTERN, MAX -> EXAMPLE HOOKS LTD.",
    }]  # fmt: skip
    assert [(p["role"], p["name"], p["address"]) for p in first["parties"]] == [
        ("holder", "EXAMPLE HOOKS LTD.", "1 MADE-UP LANE, NOWHERE")
    ]
    assert first["as_of"] == date(2036, 9, 14)


@pytest.mark.parametrize(("conveyance", "passes"), [
    ("MERGER (SEE DOCUMENT FOR DETAILS).", True),
    ("CHANGE OF NAME", True),
    ("NUNC PRO TUNC ASSIGNMENT", True),
    ("SECURITY INTEREST", False),
    ("ASSIGNMENT OF SECURITY INTEREST", False),
    ("RELEASE BY SECURED PARTY", False),
    ("LICENSE", False),
    ("CONDITIONAL ASSIGNMENT", False),
])  # fmt: skip
def test_only_a_conveyance_that_passes_title_names_a_holder(conveyance: str, passes: bool):
    observed, _ = read(json.dumps({"docs": [{**CONVEYED, "conveyanceText": conveyance}]}).encode())
    assert bool(observed[0]["parties"]) is passes
    assert len(observed[0]["events"]) == 1
