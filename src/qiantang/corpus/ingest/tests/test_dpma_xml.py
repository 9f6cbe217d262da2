"""Answers of DPMAconnectPlus: patents, utility models, designs, hits; a trade mark is none of these."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.methods.readers.dpma.addresses import parted
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

PATENT = """<?xml version="1.0" encoding="UTF-8"?>
<dpma-patent-document schema-version="0.10"><bibliographic-data>
<publication-references><publication-reference sequence="1"><document-id><country>DE</country>\
<doc-number>000019999999</doc-number><kind>A1</kind></document-id></publication-reference></publication-references>
<application-reference><document-id><country>DE</country><doc-number>19999999.2</doc-number><date>1999-06-02</date>\
</document-id></application-reference>
<invention-title lang="DE">Erfundene Vorrichtung</invention-title>
<classifications-ipcr><classification-ipcr sequence="1"><text>H02K0016000000</text>\
<ipc-version-indicator>2006.01</ipc-version-indicator></classification-ipcr></classifications-ipcr>
<parties><applicants><applicant sequence="1"><addressbook><text>MUSTER CORP, Kariya, Aichi, JP</text>\
<name>MUSTER CORP, Kariya</name><address><address-1>Aichi</address-1><country>JP</country></address></addressbook>\
</applicant></applicants>
<inventors><inventor sequence="1"><addressbook><name>Muster, Anna</name><address><address-1>80999 M\u00fcnchen</address-1>\
<country>DE</country></address></addressbook></inventor></inventors>
<agents><agent sequence="1"><addressbook><text>BEISPIEL &amp; PARTNER, 85399 Freising, DE</text></addressbook></agent></agents>
</parties>
<priority-claims><priority-claim sequence="1"><country>JP</country><date>1998-06-04</date><doc-number>10999999</doc-number>\
</priority-claim></priority-claims>
<office-specific-bib-data><type-of-ip-right>patent</type-of-ip-right><status>nicht-anhaengig-erloschen</status>\
<date-of-first-publication>2099-12-07</date-of-first-publication><abstract>Eine Zusammenfassung.</abstract>\
<date-last-register-update>2099-12-21</date-last-register-update></office-specific-bib-data></bibliographic-data>
<events><event-data><type-of-procedure>verwaltungsverfahren</type-of-procedure><procedural-status>R119</procedural-status>\
<date-of-procedural-status>2099-01-03</date-of-procedural-status><publication-info>\
<publication-date>2099-04-19</publication-date></publication-info></event-data></events></dpma-patent-document>"""


def only(text: str) -> dict:
    (said,), refused = read(text.encode(), "answer.xml")
    assert refused == []
    return said


def test_a_patent_of_the_register():
    said = only(PATENT)
    assert said["keys"] == ["a:DE19999999", "p:DE19999999"]
    assert (said["type"], said["filing_date"], said["as_of"]) == ("invention", date(1999, 6, 2), date(2099, 12, 21))
    assert said["publications"] == [{"number": "DE19999999", "kind": "A1", "date": date(2099, 12, 7)}]
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "de", "Erfundene Vorrichtung"),
        ("abstract", "de", "Eine Zusammenfassung."),
    ]
    assert [(c["symbol"], c["edition"]) for c in said["classifications"]] == [("H02K16/00", "2006.01")]
    assert said["priorities"] == [{"number": "10999999", "country": "JP", "date": date(1998, 6, 4)}]


def test_a_name_abroad_that_holds_its_town_is_noted():
    said = only(PATENT)
    assert [(p["role"], p["name"], p["address"], p["postcode"]) for p in said["parties"]] == [
        ("applicant", "MUSTER CORP, Kariya", "Aichi", None),
        ("inventor", "Muster, Anna", None, None),
        ("agency", "BEISPIEL & PARTNER", "Freising", "85399"),
    ]
    assert said["notes"] == ["party_name_with_place"]


def test_what_the_register_sums_up_has_no_day():
    events = only(PATENT)["events"]
    assert [(e["code"], e["date"], e["gazette_date"]) for e in events] == [
        ("R119", date(2099, 1, 3), date(2099, 4, 19)),
        ("nicht-anhaengig-erloschen", None, None),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Muster Co., Ltd., Suwon-si Gyeonggi-do, KR", ("Muster Co., Ltd.", "Suwon-si Gyeonggi-do", "KR")),
        ("Muster GmbH, DE", ("Muster GmbH", None, "DE")),
        ("Muster, Anna, Dr.", ("Muster, Anna, Dr.", None, None)),
        ("Muster", ("Muster", None, None)),
    ],
)
def test_a_line_is_parted_from_its_end(line: str, expected: tuple[str, str | None, str | None]):
    assert parted(line) == expected


HIT = """<?xml version="1.0"?><PatentHitList HitCount="1"><Counter><DocumentHits>1</DocumentHits></Counter><PatentHitListRecord>
<registered-number>{number}</registered-number><type>Utility model</type><legalstatus>Not pending/lapsed</legalstatus>
<invention-title>Erfundenes Fahrzeug</invention-title><main-classification><edition>1985.01</edition>
<classification>B60K 1/00</classification></main-classification><applicationDate>1982-12-01</applicationDate>
<registrationDate>1983-02-24</registrationDate><applicants><applicant>Muster KG, 75399 Unterreichenbach, DE</applicant>
</applicants><agent>Beispiel, Hans, 76199 Karlsruhe, DE</agent></PatentHitListRecord></PatentHitList>"""


def test_a_hit_with_the_number_of_an_old_utility_model():
    said = only(HIT.replace("{number}", "G 82 99 999.4"))
    assert (said["application_number"], said["keys"], said["type"]) == (
        "DEG8299999",
        ["a:DE8299999/U"],
        "utility_model",
    )
    assert [(p["role"], p["name"], p["postcode"]) for p in said["parties"]] == [
        ("applicant", "Muster KG", "75399"),
        ("agency", "Beispiel, Hans", "76199"),
    ]


def test_a_hit_without_a_number_is_refused():
    observed, (told,) = read(HIT.replace("{number}", "").encode(), "answer.xml")
    assert (observed, told.code, told.column) == ([], "number_missing", "registered-number")


DESIGN = """<?xml version="1.0"?><Transaction xmlns="http://www.wipo.int/standards/XMLSchema/designs"><DesignTransactionBody>
<TransactionContentDetails><TransactionData><DesignApplicationDetails><DesignApplication>
<DesignApplicationNumber>M8899999.1</DesignApplicationNumber><DesignApplicationDate>1988-07-07</DesignApplicationDate>
<DesignDetails>{designs}</DesignDetails></DesignApplication></DesignApplicationDetails></TransactionData>
</TransactionContentDetails></DesignTransactionBody></Transaction>"""
ONE_DESIGN = """<Design><DesignIdentifier>M8899999-000{n}</DesignIdentifier><RegistrationDate>1988-09-15</RegistrationDate>
<DesignTitle>Stuhl</DesignTitle><DE_ST86Extension><DesignStatus>Paper File Destroyed</DesignStatus>
<CancellationDate>1994-02-01</CancellationDate></DE_ST86Extension><DesignRepresentationSheetDetails>
<DesignRepresentationSheet><ViewDetails><View><ViewFilename>/bild/{n}.jpg</ViewFilename></View></ViewDetails>
</DesignRepresentationSheet></DesignRepresentationSheetDetails><IndicationProductDetails><IndicationProduct>
<ClassificationVersion>5</ClassificationVersion><ClassDescriptionDetails><ClassDescription><ClassNumber>06 - 01</ClassNumber>
</ClassDescription></ClassDescriptionDetails></IndicationProduct></IndicationProductDetails><ApplicantDetails><Applicant>
<ApplicantAddressBook><FormattedNameAddress><Name><FormattedName><OrganizationName>Sample Designs</OrganizationName>
</FormattedName></Name><Address><FormattedAddress><AddressCity>Nowhere</AddressCity><AddressState>US</AddressState>
</FormattedAddress></Address></FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails></Design>"""


def test_designs_of_one_registration_share_its_number():
    both = DESIGN.replace("{designs}", ONE_DESIGN.replace("{n}", "1") + ONE_DESIGN.replace("{n}", "2"))
    observed, refused = read(both.encode(), "design.xml")
    assert refused == []
    assert [(o["row"], o["keys"], o["type"]) for o in observed] == [
        (1, ["a:DE8899999/S"], "design"),
        (2, ["a:DE8899999/S"], "design"),
    ]
    assert [m["position"] for o in observed for m in o["media"]] == [1, 2]
    assert [(c["scheme"], c["symbol"], c["edition"]) for c in observed[0]["classifications"]] == [
        ("locarno", "06-01", "5")
    ]
    assert [(p["name"], p["country"], p["address"]) for p in observed[0]["parties"]] == [
        ("Sample Designs", "US", "Nowhere")
    ]
    assert [(e["code"], e["date"]) for e in observed[0]["events"]] == [
        ("RegistrationDate", date(1988, 9, 15)),
        ("CancellationDate", date(1994, 2, 1)),
        ("Paper File Destroyed", None),
    ]


def test_a_design_hit():
    said = only(
        '<?xml version="1.0"?><DesignHitList HitCount="1"><DesignHitListRecord><DesignIdentifier>M9099999-0002</DesignIdentifier>'
        "<DesignApplicationNumber>M9099999.8</DesignApplicationNumber><ClassNumber>14</ClassNumber>"
        "<FirstRepresentationSheetFilename>/bild/x.jpg;</FirstRepresentationSheetFilename>"
        "<ProductDescription>Tragbares Ger\u00e4t</ProductDescription><DesignApplicationDate>1990-01-25</DesignApplicationDate>"
        "</DesignHitListRecord></DesignHitList>"
    )
    assert (said["application_number"], said["filing_date"]) == ("DEM9099999", date(1990, 1, 25))
    assert [(m["position"], m["place"]) for m in said["media"]] == [(2, "/bild/x.jpg")]
    assert [c["symbol"] for c in said["classifications"]] == ["14"]


def test_a_trade_mark_is_no_patent():
    content = (
        b'<?xml version="1.0"?><Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">'
        b"<TradeMarkTransactionBody/></Transaction>"
    )
    with pytest.raises(FileRefused) as told:
        read(content, "mark.xml")
    assert (told.value.refusal.code, told.value.refusal.facts["holds"]) == ("no_patents", "trade_mark")
