"""Answers of Open Patent Services, each kind on a small answer of our own."""

from __future__ import annotations

from datetime import date

import orjson
import pytest

from qiantang.corpus.ingest.tests.exchanged import document, ops, reference
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]


def said(answer: str) -> list[dict]:
    observed, refused = read(ops(answer), "answer.xml")
    assert refused == []
    return observed


def exchanged(number: str, attributes: str = "") -> str:
    """An exchange document in the dialect of the service: one reference with the forms inside, names with ``[FI]``."""
    return f"""<exchange-document system="ops.epo.org" family-id="99000002" country="EP" doc-number="{number}" kind="A1"{attributes}>
<bibliographic-data>{reference("EP", number, "A1", "20991231")}
<classifications-ipcr><classification-ipcr sequence="1"><text>H04W  84/    20            A I          </text>\
</classification-ipcr></classifications-ipcr>
<patent-classifications><patent-classification sequence="1"><classification-scheme office="EP" scheme="CPCI"/>\
<section>H</section><class>04</class><subclass>W</subclass><main-group>84</main-group><subgroup>20</subgroup>\
</patent-classification></patent-classifications>
<application-reference><document-id document-id-type="docdb"><country>EP</country><doc-number>99999991</doc-number>\
<kind>A</kind></document-id><document-id document-id-type="epodoc"><doc-number>EP19990999991</doc-number>\
<date>19990601</date></document-id></application-reference>
<priority-claims><priority-claim sequence="1" kind="national"><document-id document-id-type="epodoc">\
<doc-number>US201899999901</doc-number><date>20180601</date></document-id><document-id document-id-type="original">\
<doc-number>99/999,901</doc-number></document-id></priority-claim></priority-claims>
<parties><applicants>
<applicant sequence="1" data-format="epodoc"><applicant-name><name>SAMPLE SOLUTIONS OY [FI]</name></applicant-name></applicant>
<applicant sequence="1" data-format="original"><applicant-name><name>SAMPLE SOLUTIONS OY, </name></applicant-name></applicant>
<applicant sequence="2" data-format="original"><applicant-name><name>Sample Solutions Oy</name></applicant-name></applicant>
</applicants></parties>
<invention-title lang="en">MADE-UP NETWORK</invention-title>
<references-cited><citation cited-phase="national-search-report" cited-by="examiner" sequence="1">
<patcit dnum-type="publication number" num="1"><document-id document-id-type="epodoc"><doc-number>WO9999991</doc-number>\
</document-id><document-id document-id-type="docdb"><country>WO</country><doc-number>9999991</doc-number><kind>A2</kind>\
<date>19990711</date></document-id></patcit><category>A</category><category>A</category></citation></references-cited>
</bibliographic-data></exchange-document>"""


def test_exchange_documents_in_the_dialect_of_the_service():
    first, second = said(f"<exchange-documents>{exchanged('9999991')}{exchanged('9999992')}</exchange-documents>")
    assert (first["row"], second["row"]) == (1, 2)
    assert first["publications"] == [{"number": "EP9999991", "kind": "A1", "date": date(2099, 12, 31)}]
    assert first["application_number"].startswith("EP99999991.")
    assert first["filing_date"] == date(1999, 6, 1)
    assert first["simple_family"] == "docdb:99000002"
    assert [(c["scheme"], c["symbol"]) for c in first["classifications"]] == [
        ("ipc", "H04W84/20"),
        ("cpc", "H04W84/20"),
    ]
    assert first["priorities"] == [{"number": "99/999,901", "country": "US", "date": date(2018, 6, 1)}]
    assert [(c["cited"], c["origin"], c["category"]) for c in first["citations"]] == [("WO1999099991", "examiner", "A")]


def test_one_applicant_in_two_spellings_is_one():
    (one,) = said(f"<exchange-documents>{exchanged('9999991')}</exchange-documents>")
    assert [(p["name"], p["country"]) for p in one["parties"]] == [("SAMPLE SOLUTIONS OY", "FI")]


def test_a_document_the_service_did_not_find_is_refused():
    content = ops(f"""<exchange-documents>{exchanged("9999991", ' status="not found"')}</exchange-documents>""")
    observed, (told,) = read(content, "answer.xml")
    assert (observed, told.code) == ([], "document_not_found")


EVENT = """<ops:legal code="{code}" desc="{title}" infl="+"><ops:pre line="00001">EP raw</ops:pre>
<ops:L001EP desc="Country Code">EP</ops:L001EP><ops:L007EP desc="Gazette DATE">{gazette}</ops:L007EP>
<ops:L008EP desc="Legal Event Code 1">{code}</ops:L008EP><ops:L018EP desc="DATE last exchanged">{exchanged}</ops:L018EP>
<ops:L500EP>{detail}</ops:L500EP></ops:legal>"""


def event(code: str, title: str, gazette: str, detail: str = "", exchanged_on: str = "2099-03-01") -> str:
    return (
        EVENT.replace("{code}", code)
        .replace("{title}", title)
        .replace("{gazette}", gazette)
        .replace("{exchanged}", exchanged_on)
        .replace("{detail}", detail)
    )


def state(country: str) -> str:
    return f'<ops:L501EP desc="Ref Country Code">{country}</ops:L501EP>'


FAMILY = f"""<ops:patent-family legal="true" total-result-count="2">
<ops:publication-reference><document-id document-id-type="docdb"><country>EP</country><doc-number>9999991</doc-number>
</document-id></ops:publication-reference>
<ops:family-member family-id="99000003">{reference("EP", "9999991", "A1")}{reference("EP", "9999991", "B1", "20990601")}
{reference("EP", "99999991", "A", "19990601", "application-reference")}
<priority-claim sequence="1"><document-id document-id-type="docdb"><country>CN</country>
<doc-number>201899999901</doc-number><kind>A</kind><date>20180601</date></document-id>
<priority-active-indicator>NO</priority-active-indicator></priority-claim>
{event("17Q ", "FIRST EXAMINATION REPORT", "2099-02-01", '<ops:L525EP desc="Effective DATE">20990115</ops:L525EP>')}
{event("PG25", "LAPSED IN A CONTRACTING STATE", "2099-02-02", state("NL") + '<ops:L510EP desc="Free Format Text">FEES</ops:L510EP>')}
{event("PG25", "LAPSED IN A CONTRACTING STATE", "2099-02-02", state("FI"))}
{event("REG ", "NATIONAL CODE", "2099-02-02", state("DE") + '<ops:L502EP desc="Ref Legal Event Code" descData="GRANT SEEN">R096</ops:L502EP>')}
{event("RAP1", "PARTY DATA CHANGED", "2099-01-01", '<ops:L509EP desc="OWNER">FIRST OY</ops:L509EP>')}
{event("RAP2", "PARTY DATA CHANGED", "2099-01-09", '<ops:L509EP desc="OWNER">SECOND OY</ops:L509EP>', "0001-01-01")}
</ops:family-member>
<ops:family-member family-id="99000004">{reference("AT", "999991", "T")}
{reference("AT", "99999991", "T", "19990601", "application-reference")}</ops:family-member></ops:patent-family>"""


@pytest.mark.feature("S3-06")
def test_each_member_of_a_family_is_a_row():
    first, second = said(FAMILY)
    assert [p["kind"] for p in first["publications"]] == ["A1", "B1"]
    assert (first["simple_family"], second["simple_family"]) == ("docdb:99000003", "docdb:99000004")
    assert (second["office"], second["application_number"]) == ("AT", "AT99999991T")
    assert first["priorities"] == [{"number": "201899999901", "country": "CN", "date": date(2018, 6, 1)}]
    assert first["notes"] == ["priority_inactive"]


def test_legal_events_keep_the_state_they_happened_in():
    first, _ = said(FAMILY)
    told = {e["code"]: e for e in first["events"]}
    assert list(told) == ["17Q", "PG25 NL", "PG25 FI", "REG DE R096", "RAP1", "RAP2"]
    assert (told["17Q"]["date"], told["17Q"]["gazette_date"]) == (date(2099, 1, 15), date(2099, 2, 1))
    assert told["PG25 NL"]["text"] == "LAPSED IN A CONTRACTING STATE; Free Format Text: FEES"
    assert told["REG DE R096"]["text"] == "NATIONAL CODE; GRANT SEEN"
    assert first["as_of"] == date(2099, 3, 1)  # the first day of the calendar stands for none


def test_two_events_of_one_code_and_day_are_one_that_says_both():
    twice = [
        event("RIC1", "IPC CODE", "2099-02-02", f'<ops:L516EP desc="IPC">{one}</ops:L516EP>') for one in ("A", "B", "A")
    ]
    answer = f"""<ops:patent-family><ops:family-member>{reference("EP", "9999991", "A1")}{"".join(twice)}
</ops:family-member></ops:patent-family>"""
    assert [e["text"] for e in said(answer)[0]["events"]] == ["IPC CODE; IPC: A | IPC CODE; IPC: B"]


def test_the_last_change_of_party_data_names_the_holder():
    first, _ = said(FAMILY)
    assert [(p["role"], p["name"]) for p in first["parties"]] == [("holder", "SECOND OY")]


def test_a_member_with_a_whole_document():
    whole = f"""<ops:patent-family><ops:family-member family-id="99000002">{reference("EP", "9999991", "A1")}
{exchanged("9999991")}</ops:family-member></ops:patent-family>"""
    (one,) = said(whole)
    assert [t["text"] for t in one["texts"]] == ["MADE-UP NETWORK"]


def test_hits_with_and_without_documents():
    bare = f"""<ops:biblio-search><ops:search-result>
<ops:publication-reference family-id="99000005">{reference("HR", "P20999991", "T1")[len("<publication-reference>") : -len("</publication-reference>")]}
</ops:publication-reference></ops:search-result></ops:biblio-search>"""
    (one,) = said(bare)
    assert (one["office"], one["simple_family"]) == ("HR", "docdb:99000005")
    assert one["publications"] == [{"number": "HRP20999991", "kind": "T1", "date": date(2099, 1, 1)}]
    full = f"""<ops:biblio-search><ops:search-result><exchange-documents>{exchanged("9999991")}</exchange-documents>
</ops:search-result></ops:biblio-search>"""
    assert said(full)[0]["publications"][0]["number"] == "EP9999991"


def test_claims_are_parted_by_their_numbers():
    (one,) = (
        said(f"""<ftxt:fulltext-documents><ftxt:fulltext-document><bibliographic-data>{reference("EP", "9999991", "A1")}
</bibliographic-data><claims lang="EN"><claim><claim-text>1. A device, comprising:</claim-text>
<claim-text>a lid.</claim-text><claim-text>2. The device of
 claim 1.</claim-text></claim></claims></ftxt:fulltext-document></ftxt:fulltext-documents>""")
    )
    assert one["claim_count"] == 2
    assert [(t["part"], t["language"], t["text"]) for t in one["texts"]] == [
        ("claims", "en", "1. A device, comprising:\na lid.\n2. The device of claim 1.")
    ]


def test_a_description():
    (one,) = (
        said(f"""<ftxt:fulltext-documents><ftxt:fulltext-document><bibliographic-data>{reference("EP", "9999991", "A1")}
</bibliographic-data><description lang="DE"><p>[0001] Erstens.</p><p>Zweitens.</p></description>
</ftxt:fulltext-document></ftxt:fulltext-documents>""")
    )
    assert one["texts"][0]["text"] == "[0001] Erstens.\nZweitens."
    assert one["texts"][0]["language"] == "de"


def test_images_give_pages_and_places():
    (one,) = said(f"""<ops:document-inquiry>{reference("EP", "9999991", "A1")}<ops:inquiry-result>
{reference("EP", "9999991", "A1")}
<ops:document-instance number-of-pages="12" desc="FullDocument" link="images/EP/9999991/A1/fullimage"/>
<ops:document-instance number-of-pages="3" desc="Drawing" link="images/EP/9999991/A1/thumbnail"/>
</ops:inquiry-result></ops:document-inquiry>""")
    assert one["page_count"] == 12
    assert [(m["kind"], m["position"], m["place"]) for m in one["media"]] == [
        ("document", 1, "images/EP/9999991/A1/fullimage"),
        ("drawings", 1, "images/EP/9999991/A1/thumbnail"),
    ]


REGISTER = """<ops:register-search><ops:query syntax="CQL">publication=EP9999991</ops:query>
<reg:register-documents><reg:register-document date-produced="20990630">
<reg:ep-patent-statuses><reg:ep-patent-status change-date="20990601" status-code="8">The patent has been granted\
</reg:ep-patent-status></reg:ep-patent-statuses>{parts}</reg:register-document></reg:register-documents></ops:register-search>"""
FRONT = """<reg:bibliographic-data id="EP99999991P">
<reg:publication-reference><reg:document-id><reg:country>EP</reg:country><reg:doc-number>9999991</reg:doc-number>\
<reg:kind>A1</reg:kind><reg:date>20990101</reg:date></reg:document-id></reg:publication-reference>
<reg:application-reference><reg:document-id><reg:country>EP</reg:country><reg:doc-number>99999991</reg:doc-number>\
<reg:date>19990601</reg:date></reg:document-id></reg:application-reference>
<reg:classifications-ipcr change-date="20990101"><reg:classification-ipcr><reg:text>H04W84/20,  // H04W88/04</reg:text>\
</reg:classification-ipcr></reg:classifications-ipcr>
<reg:parties><reg:applicants change-date="20990501"><reg:applicant sequence="1"><reg:addressbook><reg:name>New Sample Oy</reg:name>\
<reg:address><reg:address-1>Samplestreet 2</reg:address-1><reg:address-2>90590 Oulu</reg:address-2><reg:country>FI</reg:country>\
</reg:address></reg:addressbook></reg:applicant></reg:applicants>
<reg:applicants change-date="20990101"><reg:applicant sequence="1"><reg:addressbook><reg:name>Old Sample Oy</reg:name>\
</reg:addressbook></reg:applicant></reg:applicants>
<reg:inventors change-date="20990101"><reg:inventor sequence="01"><reg:addressbook><reg:name>Muster, Anna</reg:name>\
<reg:address><reg:address-1>Privatstreet 1</reg:address-1><reg:country>FI</reg:country></reg:address></reg:addressbook>\
</reg:inventor></reg:inventors></reg:parties>
<reg:invention-title lang="en" change-date="20990101">OLD TITLE</reg:invention-title>
<reg:invention-title lang="en" change-date="20990301">NEW TITLE</reg:invention-title>
<reg:term-of-grant change-date="20990601"><reg:lapsed-in-country><reg:country>HU</reg:country><reg:date>20990602</reg:date>\
</reg:lapsed-in-country></reg:term-of-grant>
<reg:references-cited><reg:citation cited-phase="search"><reg:patcit><reg:document-id><reg:country>WO</reg:country>\
<reg:doc-number>9999991</reg:doc-number></reg:document-id><reg:text>(SAMPLE [US]) [A] 1-15</reg:text></reg:patcit>\
<reg:category>A</reg:category></reg:citation></reg:references-cited></reg:bibliographic-data>"""
EVENTS = """<reg:events-data><reg:dossier-event><reg:event-date><reg:date>20990601</reg:date></reg:event-date>\
<reg:event-code>0009210</reg:event-code><reg:event-text>(Expected) grant</reg:event-text>\
<reg:gazette-reference><reg:date>20990610</reg:date></reg:gazette-reference></reg:dossier-event></reg:events-data>"""


def test_of_the_register_the_last_change_counts():
    (one,) = said(REGISTER.replace("{parts}", FRONT))
    assert one["as_of"] == date(2099, 6, 30)
    assert one["keys"] == ["a:EP99999991", "p:EP9999991"]
    assert [(p["role"], p["name"], p["address"]) for p in one["parties"]] == [
        ("applicant", "New Sample Oy", "Samplestreet 2, 90590 Oulu"),
        ("inventor", "Muster, Anna", None),
    ]
    assert [t["text"] for t in one["texts"]] == ["NEW TITLE"]
    assert [c["symbol"] for c in one["classifications"]] == ["H04W84/20", "H04W88/04"]
    assert [(c["cited"], c["category"]) for c in one["citations"]] == [("WO1999099991", "A")]
    assert [(e["code"], e["date"]) for e in one["events"]] == [
        ("status 8", date(2099, 6, 1)),
        ("lapsed HU", date(2099, 6, 2)),
    ]


def test_events_of_the_register_alone_take_the_number_that_was_asked_for():
    (one,) = said(REGISTER.replace("{parts}", EVENTS))
    assert one["publications"] == [{"number": "EP9999991", "kind": None, "date": None}]
    assert one["notes"] == ["number_of_query"]
    grant = one["events"][1]
    assert (grant["code"], grant["date"], grant["gazette_date"]) == ("0009210", date(2099, 6, 1), date(2099, 6, 10))
    observed, (told,) = read(
        ops(REGISTER.replace("{parts}", EVENTS).replace("publication=EP9999991", "pa=sample")), "a.xml"
    )
    assert (observed, told.code) == ([], "number_missing")


@pytest.mark.parametrize("element", ["equivalents-inquiry", "fulltext-inquiry"])
def test_numbers_alone(element: str):
    (one,) = said(
        f"<ops:{element}>{reference('EP', '9999999', 'A1')}<ops:inquiry-result>{reference('EP', '9999991', 'A1')}"
        f"</ops:inquiry-result></ops:{element}>"
    )
    assert one["publications"][0]["number"] == "EP9999991"


def test_a_converted_application_number():
    (one,) = said(
        f"<ops:standardization><ops:output>{reference('EP', '99999991', 'A', '19990601', 'ops:application-reference')}"
        "</ops:output></ops:standardization>"
    )
    assert (one["application_number"][:10], one["filing_date"]) == ("EP99999991", date(1999, 6, 1))


@pytest.mark.parametrize(
    ("content", "code", "holds"),
    [
        (ops("<ops:classification-scheme/>"), "no_patents", "classification_scheme"),
        (ops("<ops:classification-search/>"), "no_patents", "classification_statistics"),
        (
            b'<fault xmlns="http://ops.epo.org"><code>404</code><message>Not found</message></fault>',
            "service_fault",
            None,
        ),
    ],
)
def test_answers_without_patents_are_refused_as_files(content: bytes, code: str, holds: str | None):
    with pytest.raises(FileRefused) as told:
        read(content, "answer.xml")
    assert (told.value.refusal.code, told.value.refusal.facts.get("holds")) == (code, holds)


def test_the_list_of_event_codes_is_reference():
    import io

    import xlsxwriter

    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("Feuil1")
        sheet.write_row(0, 0, ["Authority", "Event-code", "Date Created", "Influence", "Description ENG"])
        sheet.write_row(1, 0, ["XX", "Z9", "20990101", "-", "MADE UP"])
    with pytest.raises(FileRefused) as told:
        read(book.getvalue(), "legal_code_descriptions_209901.xlsx")
    assert told.value.refusal.facts["holds"] == "event_codes"


def _badgerfish(element) -> object:
    """An lxml element as the service would write it in JSON."""
    from lxml import etree

    prefix = f"{element.prefix}:" if element.prefix else ""
    members: dict[str, object] = {f"@{etree.QName(k).localname}": v for k, v in element.attrib.items()}
    if element.text and element.text.strip():
        members["$"] = element.text
    for child in element:
        ((name, value),) = _badgerfish(child).items()  # type: ignore[attr-defined]  # always a mapping here
        known = members.get(name)
        if known is None:
            members[name] = value
        else:
            members[name] = [*known, value] if isinstance(known, list) else [known, value]
    return {f"{prefix}{etree.QName(element).localname}": members}


@pytest.mark.parametrize(
    "answer",
    [FAMILY, REGISTER.replace("{parts}", FRONT), f"<exchange-documents>{exchanged('9999991')}</exchange-documents>"],
)
def test_the_json_form_says_the_same_as_the_xml(answer: str):
    from lxml import etree

    as_json = orjson.dumps(_badgerfish(etree.fromstring(ops(answer))))
    observed, refused = read(as_json, "answer.json")
    assert refused == []
    assert [o["digest"] for o in observed] == [o["digest"] for o in said(answer)]


def test_json_that_is_none_is_refused_with_its_place():
    with pytest.raises(FileRefused) as told:
        read(b'{"ops:world-patent-data": {"@a": ', "answer.json")
    assert told.value.refusal.code == "json_damaged"
    assert told.value.refusal.facts["line"] == 1


def test_a_docdb_file_is_not_taken_for_an_answer():
    from qiantang.corpus.ingest.methods.readers import recognise
    from qiantang.corpus.ingest.tests.exchanged import docdb

    assert recognise(docdb(document()), "x.xml").name == "epo-docdb-xml"
    assert recognise(ops(f"<exchange-documents>{exchanged('9999991')}</exchange-documents>"), "x.xml").name == "epo-ops"
