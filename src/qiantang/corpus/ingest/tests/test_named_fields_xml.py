"""XML of named fields: lists, leading tabs, citations, and what is left out and said so."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers.named_fields_xml import NamedFieldsReader
from qiantang.corpus.ingest.tests.readings import read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("S3-08"), pytest.mark.feature("X-29")]

FIELDS = {
    "Patent Number": "US9999901",
    "Application Number": "US16999999",
    "Kind Code": "B2",
    "Title": "A device for\n\t\tthe test",
    "Abstract": "A device with a housing &amp; a lid is disclosed.",
    "Application Date": "2018-08-01",
    "Publication Date": "2020-08-01",
    "All IPC": "G06F17/10 | H04L12/00",
    "All UPC": "358/465",
    "Family Members": "US9999901 | JP2019999999A",
    "Cited By": "US9999909",
    "Cites": "US9999801 | JP2009999801A | USR36000 | nobody | US9999801",
    "Other References": "Made Up, &quot;A Text &amp;amp; More&quot;, 1999 | See elsewhere",
    "Priority Country": "JP | US",
    "Priority Number": "2017999999 | 62/999,999",
    "Priority Date": "2017-08-01 | 2017-09-01",
    "Assignee(s)": "MADE UP COMPANY, LTD. | * OTHER LTD",
    "Assignee(s) Address": "Nowhere, JP | GB",
    "Inventor(s)": "DOE, JANE | ROE, RICHARD",
    "Inventor(s) Address": "1 Private Street, Nowhere, JP | Somewhere, US",
    "Agent/Attorney": "NOBODY &amp; PARTNERS",
    "Cited By Count": "1",
}


def document(**changed: str) -> bytes:
    fields = {**FIELDS, **{name.replace("_", " "): text for name, text in changed.items()}}
    lines = [f'\t<str name="{name}">\n\t\t{text}\n\t</str>' for name, text in fields.items() if text]
    return (
        '<?xml version="1.0" ?>\n<doc>\n' + "\n".join(lines) + '\n\t<str name="1st Assignee Address"/>\n</doc>\n'
    ).encode()


@pytest.mark.parametrize("parse", [trees.read, trees.read_strictly])
def test_the_fields_are_put_in_their_places(parse):
    (said,), refused = read(document(), "US9999901.xml", NamedFieldsReader(parse))
    assert refused == []
    assert said["keys"] == ["a:US16999999", "p:US9999901"]
    assert said["publications"] == [{"number": "US9999901", "kind": "B2", "date": date(2020, 8, 1)}]
    assert (said["office"], said["type"], said["filing_date"]) == ("US", "invention", date(2018, 8, 1))
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "en", "A device for the test"),
        ("abstract", "en", "A device with a housing & a lid is disclosed."),
    ]
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/10", "H04L12/00"]
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("2017999999", "JP", date(2017, 8, 1)),
        ("62/999,999", "US", date(2017, 9, 1)),
    ]
    assert [(c["cited"], c["origin"], c["text"]) for c in said["citations"]] == [
        ("US9999801", None, None),
        ("JP2009999801", None, None),
        ("USRE36000", None, None),
        (None, None, "nobody"),
        (None, None, 'Made Up, "A Text & More", 1999'),
        (None, None, "See elsewhere"),
    ]
    assert set(said["notes"]) == {"national_class_left_out", "cited_by_left_out", "family_list_left_out"}


def test_people_have_their_country_and_private_persons_no_address():
    (said,), _ = read(document(), "US9999901.xml")
    assert [(p["role"], p["name"], p["country"], p["address"]) for p in said["parties"]] == [
        ("applicant", "MADE UP COMPANY, LTD.", "JP", "Nowhere, JP"),
        ("applicant", "OTHER LTD", "GB", None),
        ("inventor", "DOE, JANE", "JP", None),
        ("inventor", "ROE, RICHARD", "US", None),
        ("agent", "NOBODY & PARTNERS", None, None),
    ]


def test_an_assignee_may_carry_a_register_number_and_an_address():
    changed = {"Assignee(s)": "MADE UP CORP [IID: 00999999], 1 SOME ROAD, NOWHERE, US", "Assignee(s) Address": ""}
    (said,), _ = read(document(**changed), "x.xml")
    party = said["parties"][0]
    assert (party["name"], party["country"], party["address"]) == ("MADE UP CORP", "US", "1 SOME ROAD, NOWHERE, US")


def test_lists_of_unequal_length_are_not_paired():
    (said,), _ = read(document(Priority_Date="2017-08-01", **{"Assignee(s) Address": "Nowhere, JP"}), "x.xml")
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("2017999999", "JP", None),
        ("62/999,999", "US", None),
    ]
    assert [p["address"] for p in said["parties"] if p["role"] == "applicant"] == [None, None]


def test_numbers_of_other_offices_and_of_international_applications():
    changed = {"Patent_Number": "EP9999901A2", "Kind_Code": "A2", "Application_Number": "EP1999304493"}
    (said,), _ = read(document(**changed), "x.xml")
    assert (said["application_number"][:10], said["publications"][0]["kind"]) == ("EP99304493", "A2")
    (said,), _ = read(document(Application_Number="PCT/JP2018/099999"), "x.xml")
    assert said["application_number"] is None
    assert "international_application_left_out" in said["notes"]


def test_a_document_without_a_usable_number_is_refused():
    for changed, code in (
        ({"Patent_Number": "US"}, "number_unrecognised"),
        ({"Publication_Date": "2020-13-01"}, "date_impossible"),
    ):
        observed, refused = read(document(**changed), "x.xml")
        assert (observed, [told.code for told in refused]) == ([], [code])
    observed, refused = read(document(Patent_Number="").replace(b"<doc>", b'<doc><str name="Patent Number"/>'), "x.xml")
    assert (observed, [told.code for told in refused]) == ([], ["number_missing"])
