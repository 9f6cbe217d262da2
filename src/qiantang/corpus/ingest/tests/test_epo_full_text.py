"""European full texts: front page by INID codes, claims in three languages, and documents that are no XML."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.ingest.tests.readings import read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

PATENT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ep-patent-document SYSTEM "none-of-ours.dtd">
<ep-patent-document id="EP99999991B1" country="EP" doc-number="9999991" kind="B1" date-publ="20990630" lang="en">
<SDOBI lang="en">
<B100><B110>9999991</B110><B130>B1</B130><B140><date>20990630</date></B140><B190>EP</B190></B100>
<B200><B210>99999991.8</B210><B220><date>19990517</date></B220><B240><B241><date>20990121</date></B241></B240>\
<B260>en</B260></B200>
<B300><B310>299999</B310><B320><date>19980516</date></B320><B330><ctry>DE</ctry></B330>
<B310>1299999</B310><B320><date>19980616</date></B320><B330><ctry>FR</ctry></B330></B300>
<B500>{classes}<B540><B541>de</B541><B542>ERFUNDENE
VORRICHTUNG</B542><B541>en</B541><B542>MADE-UP DEVICE</B542></B540>
<B560><B561><text>WO-A-03/099991</text></B561><B561><text>US-A- 9 999 991</text></B561><B561><text>XX-A- 12</text></B561>
<B562><text>MUSTER A: "Of
nothing"</text></B562></B560></B500>
<B700><B720><B721><snm>MUSTER, Anna</snm><adr><str>Privatweg 1</str><city>50999 Musterstadt</city><ctry>DE</ctry></adr>\
</B721></B720>
<B730><B731><snm>Muster &amp; S\u00f6hne
GmbH</snm><adr><str>Werkstrasse 7</str><city>5499 Baden</city><ctry>CH</ctry></adr></B731></B730>
<B740><B741><snm>Beispiel Patentanw\u00e4lte</snm><adr><city>Baden</city><ctry>CH</ctry></adr></B741></B740></B700>
<B800><B840><ctry>AT</ctry><ctry>DE</ctry></B840><B844EP><B845EP><ctry>BA</ctry></B845EP></B844EP></B800></SDOBI>
<description id="desc" lang="en"><heading>FIELD</heading><p num="0001">It has x<sub>1</sub> parts.\
<maths><img file="m.tif"/></maths></p></description>
<claims lang="en"><claim num="0001"><claim-text>A device
 comprising:<claim-text>- a lid.</claim-text></claim-text></claim>
<claim num="0002"><claim-text>2. The device of claim 1.</claim-text></claim></claims>
<claims lang="de"><claim num="0001"><claim-text>Eine Vorrichtung.</claim-text></claim></claims>
<claims lang="en"><claim num="0001"><claim-text>A device for some states.</claim-text></claim></claims>
<drawings><figure><img file="imgf0001.tif"/></figure><figure><img file="imgf0002.tif"/></figure></drawings>
<ep-reference-list><p><ul><li><patcit dnum="EP9999992A1"><document-id><country>EP</country><doc-number>9999992</doc-number>\
<kind>A1</kind></document-id></patcit></li></ul></p></ep-reference-list>
</ep-patent-document>"""
PRESENT = (
    "<B510EP><classification-ipcr sequence='1'><text>H01F  27/14        20060101AFI20171122BHEP</text></classification-ipcr>"
    "</B510EP><B520EP><classifications-cpc><classification-cpc sequence='1'><text>F25B2313/0233 20130101 LA20200715BHEP</text>"
    "</classification-cpc></classifications-cpc></B520EP>"
)
OLD = "<B510><B516>7</B516><B511>7C 07C  29/44   A</B511><B512>7C 07C  31/38   B</B512><B517EP>// A01N43/08</B517EP></B510>"


def patent(classes: str = PRESENT) -> str:
    return PATENT.replace("{classes}", classes)


def only(text: str) -> dict:
    (said,), refused = read(text.encode(), "EP.xml")
    assert refused == []
    return said


def test_front_page():
    said = only(patent())
    assert said["publications"] == [{"number": "EP9999991", "kind": "B1", "date": date(2099, 6, 30)}]
    assert (said["application_number"], said["filing_date"]) == ("EP99999991.8", date(1999, 5, 17))
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("299999", "DE", date(1998, 5, 16)),
        ("1299999", "FR", date(1998, 6, 16)),
    ]
    assert [(t["language"], t["text"]) for t in said["texts"] if t["part"] == "title"] == [
        ("en", "MADE-UP DEVICE"),  # the language of the proceedings comes first
        ("de", "ERFUNDENE VORRICHTUNG"),
    ]


def test_an_inventors_street_is_not_taken():
    parties = {p["role"]: (p["name"], p["country"], p["address"]) for p in only(patent())["parties"]}
    assert parties == {
        "holder": ("Muster & S\u00f6hne GmbH", "CH", "Werkstrasse 7, 5499 Baden"),
        "inventor": ("MUSTER, Anna", "DE", None),
        "agency": ("Beispiel Patentanw\u00e4lte", "CH", "Baden"),
    }


@pytest.mark.feature("S3-08")
def test_citations_as_printed_and_those_of_the_description():
    cited = only(patent())["citations"]
    assert [(c["cited"], c["origin"], c["text"]) for c in cited] == [
        ("WO2003099991", "examiner", None),
        ("US9999991", "examiner", None),
        (None, "examiner", "XX-A- 12"),
        (None, "examiner", 'MUSTER A: "Of nothing"'),
        ("EP9999992", "applicant", None),
    ]


def test_classes_of_both_ages():
    found = only(patent())["classifications"]
    assert [(c["scheme"], c["symbol"], c["edition"]) for c in found] == [
        ("ipc", "H01F27/14", "2006.01"),
        ("cpc", "F25B2313/0233", "2013.01"),
    ]
    old = only(patent(OLD))["classifications"]
    assert [(c["symbol"], c["edition"], c["first"]) for c in old] == [
        ("C07C29/44", "7", True),
        ("C07C31/38", "7", False),
    ]


def test_claims_of_each_language_and_the_count_of_the_proceedings():
    said = only(patent())
    claims = {t["language"]: t["text"] for t in said["texts"] if t["part"] == "claims"}
    assert claims == {
        "en": "1. A device comprising:\n- a lid.\n2. The device of claim 1.",
        "de": "1. Eine Vorrichtung.",
    }
    assert said["claim_count"] == 2
    assert set(said["notes"]) == {"claims_of_some_states_left_out", "formula_left_out"}


def test_description_figures_and_states():
    said = only(patent())
    assert next(t["text"] for t in said["texts"] if t["part"] == "description") == "FIELD\nIt has x1 parts."
    assert [(m["kind"], m["position"], m["place"]) for m in said["media"]] == [
        ("figure", 1, "imgf0001.tif"),
        ("figure", 2, "imgf0002.tif"),
    ]
    assert [(e["code"], e["date"], e["gazette_date"]) for e in said["events"]] == [
        ("request-for-examination", date(2099, 1, 21), None),
        ("AK", None, date(2099, 6, 30)),
        ("AX", None, date(2099, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("right", "broken"),
    [("Muster &amp; S", "Muster & S"), ("<heading>FIELD", "<heading><First FIELD")],
    ids=["a bare ampersand", "an attribute without a value"],
)
def test_a_document_that_is_no_xml_is_refused_at_its_place(right: str, broken: str):
    text = patent().replace(right, broken)
    observed, (told,) = read((text + patent()).encode(), "EP.xml")
    assert [o["row"] for o in observed] == [2]
    assert (told.row, told.code) == (1, "xml_not_well_formed")
    line = next(n for n, line in enumerate(text.split("\n"), 1) if broken in line)
    assert told.facts["line"] == line
    assert told.facts["column"] > 1


NATIONAL = """<?xml version="1.0" encoding="UTF-8"?>
<fulltext-document source="ST36WOCR" dtd-version="1.2.3"><bibliographic-data>
<publication-reference><document-id><country>ES</country><doc-number>2999999</doc-number><kind>T1</kind><date>20991227</date>\
</document-id></publication-reference>
<application-reference><document-id><country>ES</country><doc-number>20999999</doc-number><kind>T</kind><date>20200205</date>\
</document-id></application-reference></bibliographic-data>
<description lang="ES"><p num="0001">Un dispositivo inventado. <img file="imgf1.tif"/></p></description>
<claims lang="ES"><claim num="0001"><claim-text>REIVINDICACIONES</claim-text><claim-text>1. Un dispositivo.</claim-text>\
<claim-text>2. El dispositivo de la 1.</claim-text></claim></claims></fulltext-document>"""


def test_a_national_full_text_in_a_zip_in_a_zip(tmp_path: Path):
    inner, outer = io.BytesIO(), tmp_path / "Full_Text_ES.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("EST1/ES2999999T1/ES2999999T1.xml", NATIONAL)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("ROOT/CONTENTS", "What the element <fulltext-document> means.")
        archive.writestr("ROOT/DOC/FTM.zip", inner.getvalue())
    found = {}
    for source in sources(outer):
        head, stream = read_head(source.open())
        if source.name.endswith(".xml"):
            assert recognise(head, source.name).name == "epo-full-text-xml"
            (found[source.name],), _ = read(stream.read(), source.name)
    (said,) = found.values()
    assert said["keys"] == ["a:ES20999999T", "p:ES2999999"]
    assert said["claim_count"] == 2
    claims = next(t for t in said["texts"] if t["part"] == "claims")
    assert (claims["language"], claims["text"]) == ("es", "1. Un dispositivo.\n2. El dispositivo de la 1.")
