"""DOCDB exchange documents: what they say of a patent, and how those that cannot be trusted are refused."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.tests.exchanged import docdb, document
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]


def only(content: bytes) -> dict:
    (said,), refused = read(content, "docdb.xml")
    assert refused == []
    return said


def test_numbers_family_and_dates():
    said = only(docdb(document()))
    assert (said["office"], said["application_number"]) == ("WO", "PCT/CN2028/999901")
    assert said["publications"] == [{"number": "WO2029999901", "kind": "A1", "date": date(2099, 1, 15)}]
    assert said["keys"] == ["a:WOCN2028999901", "p:WO2029999901"]
    assert (said["filing_date"], said["as_of"]) == (date(2028, 6, 1), date(2099, 2, 20))


@pytest.mark.feature("S3-06")
def test_the_docdb_family_and_priorities():
    """The form as printed stands in a claim beside, counted by itself: here it belongs to the other priority."""
    said = only(docdb(document()))
    assert said["simple_family"] == "docdb:99000001"
    assert said["extended_family"] is None
    assert [(p["country"], p["number"], p["date"]) for p in said["priorities"]] == [
        ("CN", "202799999901", date(2027, 6, 1)),
        ("US", "202799999902", date(2027, 7, 1)),
    ]
    assert said["notes"].count("priority_inactive") == 1


@pytest.mark.feature("S3-08")
def test_citations_with_phase_and_category():
    cited = only(docdb(document()))["citations"]
    assert [(c["cited"], c["origin"], c["category"], c["text"]) for c in cited] == [
        ("FR9999991", "examiner", "XY", None),
        (None, "applicant", None, 'MUSTER A: "Of nothing", JOURNAL OF SAMPLES'),
        (None, "other", None, "XX12"),
    ]
    assert cited[0]["date"] == date(2001, 2, 3)


def test_classes_keep_edition_and_say_which_is_first():
    found = only(docdb(document()))["classifications"]
    assert [(c["scheme"], c["symbol"], c["edition"], c["first"]) for c in found] == [
        ("ipc", "G06F16/00", "2019.01", False),
        ("ipc", "H04L9/32", "2006.01", True),
        ("cpc", "H04L9/3239", "2013.01", False),
        ("cpc", "G06F16/27", "2013.01", True),
    ]


def test_parties_as_filed_with_the_country_of_the_normalised_form():
    said = only(docdb(document()))
    assert [(p["role"], p["name"], p["country"]) for p in said["parties"]] == [
        ("applicant", "Sample Solutions Oy", "FI"),
        ("inventor", "MUSTER ANNA", None),
    ]
    assert "party_normalised_only" in said["notes"]


def test_texts_in_their_languages():
    texts = [(t["part"], t["language"], t["text"]) for t in only(docdb(document()))["texts"]]
    assert texts == [
        ("title", "en", "MADE-UP DEVICE"),
        ("abstract", "en", "First & last."),
        ("title", "fr", "DISPOSITIF INVENT\u00c9"),
    ]  # the language of the second abstract is "other", so that it would stand in for the first


def test_the_title_in_the_language_of_publication_comes_first():
    french = document().replace('<document-id lang="en">', '<document-id lang="fr">')
    texts = [(t["part"], t["language"]) for t in only(docdb(french))["texts"]]
    assert texts[:2] == [("title", "fr"), ("abstract", "fr")]  # the abstract in "other" is in that language too
    assert ("title", "en") in texts


def test_states_designated_are_events():
    events = only(docdb(document()))["events"]
    assert [(e["code"], e["date"], e["gazette_date"], e["text"]) for e in events] == [
        ("AK", None, date(2099, 1, 15), "Designated states: CN JP"),
        ("AL", None, date(2099, 1, 15), "Regional patents: EP AT"),
    ]


def test_an_american_number_without_series_is_not_guessed():
    """DOCDB writes 09/999,902 of 1999 as 99990299: without the office's own form nobody knows the series."""
    american = document().replace(
        "<country>CN</country><doc-number>2028999901</doc-number><kind>W</kind>",
        "<country>US</country><doc-number>99990299</doc-number><kind>A</kind>",
    )
    said = only(docdb(american))
    assert said["application_number"] is None
    assert "application_number_unrecognised" in said["notes"]
    own = (
        '<exch:application-reference data-format="original"><document-id><doc-number>09/999,902</doc-number>'
        "</document-id></exch:application-reference><exch:priority-claims>"
    )
    assert only(docdb(american.replace("<exch:priority-claims>", own)))["application_number"] == "US09/999902"


def test_the_ipc_of_the_seventh_edition_where_there_is_no_other():
    start, rest = document().split("<exch:classifications-ipcr>")
    _, end = rest.split("</exch:classifications-ipcr>")
    old = (
        "<exch:classification-ipc><edition>7</edition><main-classification> 7A 61K   9/16   A</main-classification>"
        "</exch:classification-ipc>"
    )
    found = only(docdb(start + old + end))["classifications"]
    assert [(c["symbol"], c["edition"]) for c in found if c["scheme"] == "ipc"] == [("A61K9/16", "7")]


def test_an_element_cut_out_without_its_name_spaces_is_refused():
    observed, (told,) = read(document().strip().encode(), "cut.xml")
    assert observed == []
    assert (told.row, told.code, told.facts["line"]) == (1, "xml_namespace_undeclared", 1)
    assert told.raw.startswith("<exch:exchange-document")


def test_a_document_without_a_usable_number_costs_itself_only():
    nameless = (
        document().replace("<doc-number>{number}</doc-number>", "").replace("<doc-number>2029999901</doc-number>", "")
    )
    observed, (told,) = read(docdb(document("2029999902"), nameless, document("2029999903")), "docdb.xml")
    assert [o["row"] for o in observed] == [1, 3]
    assert (told.row, told.code, told.column) == (2, "number_missing", "publication-reference")


def test_a_number_no_office_knows_is_refused_with_its_line():
    strange = document().replace(
        "<country>WO</country><doc-number>2029999901</doc-number>", "<country>XX</country><doc-number>1</doc-number>"
    )
    _, (told,) = read(docdb(strange), "docdb.xml")
    assert (told.code, told.facts["value"]) == ("number_unrecognised", "XX1A1")
    assert "line" in told.facts


def test_the_statistics_of_a_delivery_hold_no_patents():
    content = b"DOCA999,209901,DOCDB-209901,1,1Status,NrOfPNStatus\rA,1,AP,A,36,1,19881206,20170316,2\r"
    with pytest.raises(FileRefused) as told:
        read(content, "statistics.csv")
    assert (told.value.refusal.code, told.value.refusal.facts["holds"]) == ("no_patents", "delivery_statistics")


def test_a_text_that_only_speaks_of_the_element_is_not_recognised():
    with pytest.raises(FileRefused, match="format_unknown"):
        recognise(b"See the element <exchange-document > in the manual.", "CONTENTS")
