"""The office's other formats: papers of file wrappers, search exports, open data, prosecution lines."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = pytest.mark.feature("S3-20")

PAPER = """<?xml version="1.0" encoding="UTF-8"?>
<pat:{root} xmlns:pat="urn:us:gov:doc:uspto:patent" xmlns="urn:us:gov:doc:uspto:patent">
<pat:DocumentCode>{code}</pat:DocumentCode><pat:DocumentHeaderDetails pat:id="ID-1"><pat:ApplicationHeaderDetails>\
<pat:ApplicationNumber>{number}</pat:ApplicationNumber></pat:ApplicationHeaderDetails></pat:DocumentHeaderDetails>
<pat:MailRoomDate>2033-08-08</pat:MailRoomDate>
{body}
</pat:{root}>
"""
CLAIMS = """<pat:ClaimSet><pat:ClaimList><?PageStart number="1"?><pat:BoundaryData><pat:HeaderText>9</pat:HeaderText></pat:BoundaryData>
<pat:Claim><pat:ClaimNumber>1</pat:ClaimNumber><pat:ClaimText><pat:ClaimLabelText>1. </pat:ClaimLabelText>A hook with: </pat:ClaimText>
<pat:ClaimText><pat:OCRConfidenceData pat:levelNumber="8">a</pat:OCRConfidenceData> bow.</pat:ClaimText></pat:Claim>
<pat:Claim><pat:ClaimText>2. The hook of claim 1.</pat:ClaimText></pat:Claim></pat:ClaimList></pat:ClaimSet>"""
PROSE = """<pat:Specification><pat:Heading>{heading}</pat:Heading><pat:P>A hook <pat:BoundaryData><pat:LineNumber>5</pat:LineNumber>\
</pat:BoundaryData>holds.</pat:P><pat:P>{more}</pat:P></pat:Specification>"""


def paper(code: str, body: str, root: str = "SpecificationDocument", number: str = "97999001") -> bytes:
    return PAPER.format(root=root, code=code, body=body, number=number).encode()


@pytest.mark.parametrize(("content", "part", "text", "claims"), [
    (paper("CLM", CLAIMS, "ClaimsDocument"), "claims", "1. A hook with:\na bow.\n2. The hook of claim 1.", 2),
    (paper("ABST", PROSE.format(heading="ABSTRACT", more="")), "abstract", "A hook holds.", None),
    (paper("SPEC", PROSE.format(heading="FIELD", more="More.")), "description", "FIELD\nA hook holds.\nMore.", None),
])  # fmt: skip
def test_a_paper_of_a_file_wrapper_is_one_part_as_filed(content: bytes, part: str, text: str, claims: int | None):
    (said,), refused = read(content)
    assert refused == []
    assert [(t["part"], t["text"]) for t in said["texts"]] == [(part, text)]
    assert (said["application_number"], said["as_of"], said["claim_count"]) == ("US97/999001", date(2033, 8, 8), claims)
    assert said["publications"] == []


@pytest.mark.parametrize(("content", "code"), [
    (paper("SPEC", PROSE.format(heading="Amendments to the Specification:", more="See the copy.")), "amendment_only"),
    (paper("IDS", PROSE.format(heading="x", more="")), "document_kind_unknown"),
    (paper("SPEC", "<pat:Specification/>"), "text_missing"),
    (paper("SPEC", PROSE.format(heading="x", more=""), number=""), "number_missing"),
    (paper("SPEC", PROSE)[:-60], "document_truncated"),
])  # fmt: skip
def test_what_is_no_part_of_a_patent_is_refused(content: bytes, code: str):
    observed, (told,) = read(content)
    assert (observed, told.row, told.code) == ([], 1, code)


EXPORT = """09999001	B2	20380105	13999078	99
Invented hook
*** BRS DOCUMENT BOUNDARY ***
WKU 09999001
APT B2
GISD 20380105
AFD 20361114
APP 13/999078
IPCG 20060101 A H05K H05K9/00 F I B US H 20380105
IPCP H05K9/00 20060101 H05K009/00
IPCS H01Q15/00 20060101 H01Q015/00
CPOI H05K9/0066 20130101
CPOA Y10T29/49121 20150115
TTL Invented hook,
      and a bow
URPN 2003/0999838
URGP US 2003/0999838 A1 20030900 Nobody et al. 375/376 cited by examiner
FRGP JP 209945940 20100200 cited by applicant
ORPL "Nobody's report" of
      2033. cited by applicant
NCL 2
COND continuation parent-doc US 12999413 20330816 US 8999495 20341204
PDID  US 20370999958 A1
PPPD 20370516
PRCO KR
PRAN 10-2035-0999402
PRAD 20350609
AANM Example Hooks Ltd.
AACI Nowhere
AAST N/A
AAZP N/A
AACO DE
INNM Sample; Ann B.
INSA N/A
INCI Hangzhou
INST N/A
INZP N/A
INCO CN
ASNM Example Holding Inc.
ASCI Nowhere
ASST ZZ
ASZP N/A
ASCO N/A
LRFW Pattern; Max
LRFM Specimen LLP
ABPR  A hook holds
      a load.
BSTX  Hooks are old.
DETX  FIG. 1 is a hook.
CLPR  1. A hook with
      a bow.
CLPR  2. The hook of claim 1.
*** BRS DOCUMENT BOUNDARY ***
APT B2
GISD 20380105
"""


def test_an_export_of_the_search_system():
    (said,), (told,) = read(EXPORT.encode())
    assert (said["application_number"], said["filing_date"], said["claim_count"]) == (
        "US13/999078",
        date(2036, 11, 14),
        2,
    )
    assert [(p["number"], p["kind"], p["date"]) for p in said["publications"]] == [
        ("US9999001", "B2", date(2038, 1, 5)),
        ("US20370999958", "A1", date(2037, 5, 16)),
    ]
    assert {t["part"]: t["text"] for t in said["texts"]} == {
        "title": "Invented hook, and a bow",
        "abstract": "A hook holds a load.",
        "claims": "1. A hook with a bow.\n2. The hook of claim 1.",
        "description": "Hooks are old.\nFIG. 1 is a hook.",
    }
    assert [(c["scheme"], c["symbol"], c["first"]) for c in said["classifications"]] == [
        ("ipc", "H05K9/00", True),
        ("ipc", "H01Q15/00", False),
        ("cpc", "H05K9/0066", True),
        ("cpc", "Y10T29/49121", False),
    ]
    assert [(p["role"], p["name"], p["country"], p["address"]) for p in said["parties"]] == [
        ("applicant", "Example Hooks Ltd.", "DE", "Nowhere"),
        ("holder", "Example Holding Inc.", "US", "Nowhere, ZZ"),
        ("inventor", "Ann B. Sample", "CN", "Hangzhou"),
        ("agency", "Specimen LLP", None, None),
        ("agent", "Max Pattern", None, None),
    ]
    assert [(p["number"], p["country"]) for p in said["priorities"]] == [("10-2035-0999402", "KR"), ("12999413", "US")]
    assert [(c["cited"], c["origin"], c["text"]) for c in said["citations"]] == [
        ("US20030999838", "examiner", None),
        (None, "applicant", "JP 209945940"),
        (None, "applicant", '"Nobody\'s report" of 2033.'),
    ]
    assert (told.row, told.code, told.facts["line"]) == (2, "number_missing", 53)


def answer(**content: object) -> bytes:
    return json.dumps({"count": 1, **content}).encode()


WRAPPER = {
    "applicationNumberText": "97999001",
    "lastIngestionDateTime": "2038-05-02T13:00:02",
    "applicationMetaData": {
        "applicationTypeCode": "UTL",
        "filingDate": "2036-01-05",
        "grantDate": "2038-01-05",
        "patentNumber": "9999913",
        "earliestPublicationNumber": "US20370999819A1",
        "earliestPublicationDate": "2037-07-08",
        "inventionTitle": "HOOK",
        "cpcClassificationBag": ["B66C   1/10", "B66C   1/12"],
        "applicantBag": [{"applicantNameText": "Example Hooks  Ltd.", "correspondenceAddressBag": [
            {"cityName": "Nowhere", "geographicRegionCode": "ZZ", "countryCode": "US"}]}],
        "inventorBag": [{"inventorNameText": "Ann Sample", "correspondenceAddressBag": []}],
    },
    "eventDataBag": [{"eventCode": "CTNF", "eventDate": "2037-01-02", "eventDescriptionText": "Non-Final Rejection"}],
    "foreignPriorityBag": [{"applicationNumberText": "2035104999449", "filingDate": "2035-04-25", "ipOfficeName": "CHINA"}],
    "parentContinuityBag": [{"parentApplicationNumberText": "96999054", "parentApplicationFilingDate": "2034-11-25"}],
    "patentTermAdjustmentData": {"adjustmentTotalQuantity": 304},
    "assignmentBag": [{"conveyanceText": "ASSIGNMENT OF ASSIGNOR'S INTEREST", "reelAndFrameNumber": "99/1",
        "assignmentRecordedDate": "2036-02-01", "assignorBag": [{"assignorName": "SAMPLE, ANN", "executionDate": "2036-01-20"}],
        "assigneeBag": [{"assigneeNameText": "EXAMPLE HOOKS LTD.", "assigneeAddress": {"cityName": "HANGZHOU",
            "ictCountryCode": "CN"}}]}],
}  # fmt: skip


def test_a_file_wrapper():
    (said,), _ = read(answer(patentFileWrapperDataBag=[WRAPPER]))
    assert (said["application_number"], said["type"], said["as_of"]) == ("US97/999001", "invention", date(2038, 5, 2))
    assert [(p["number"], p["kind"], p["date"]) for p in said["publications"]] == [
        ("US9999913", None, date(2038, 1, 5)),
        ("US20370999819", "A1", date(2037, 7, 8)),
    ]
    assert [(c["scheme"], c["symbol"]) for c in said["classifications"]] == [("cpc", "B66C1/10"), ("cpc", "B66C1/12")]
    assert [(p["role"], p["name"], p["country"], p["address"]) for p in said["parties"]] == [
        ("applicant", "Example Hooks Ltd.", "US", "Nowhere, ZZ"),
        ("inventor", "Ann Sample", None, None),
        ("holder", "EXAMPLE HOOKS LTD.", "CN", "HANGZHOU"),
    ]
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("2035104999449", "CN", date(2035, 4, 25)),
        ("96999054", "US", date(2034, 11, 25)),
    ]
    assert [(e["code"], e["date"], e["gazette_date"]) for e in said["events"]] == [
        ("CTNF", date(2037, 1, 2), None),
        ("PTA", None, None),
        ("ASSIGNMENT OF ASSIGNOR'S INTEREST", date(2036, 1, 20), date(2036, 2, 1)),
    ]


OWNER = {"applicationNumberText": "97999001", "patentNumber": "9999913", "grantDate": "2038-01-05"}


@pytest.mark.parametrize(("content", "code", "day", "text"), [
    ({"documentBag": [{"applicationNumberText": "97999001", "documentCode": "PETDEC",
        "documentCodeDescriptionText": "Petition Decision", "officialDate": "2038-10-03T09:18:25.000-0400"}]},
     "PETDEC", date(2038, 10, 3), "Petition Decision"),
    ({"patentTrialDocumentDataBag": [{"trialNumber": "IPR2038-99001", "patentOwnerData": OWNER,
        "trialMetaData": {"trialTypeCode": "IPR", "petitionFilingDate": "2038-02-01"},
        "decisionData": {"decisionIssueDate": "2038-06-05", "decisionTypeCategory": "Decision",
                         "trialOutcomeCategory": "Affirmed"}}]},
     "IPR Decision", date(2038, 6, 5), "IPR2038-99001: Affirmed"),
    ({"patentTrialDocumentDataBag": [{"trialNumber": "PGR2038-99001", "patentOwnerData": OWNER,
        "trialMetaData": {"trialTypeCode": "PGR", "petitionFilingDate": "2038-02-01"}}]},
     "PGR", date(2038, 2, 1), "PGR2038-99001"),
    ({"patentAppealDataBag": [{"appealNumber": "2038999845", "appellantData": OWNER,
        "decisionData": {"appealOutcomeCategory": "Affirmed", "decisionIssueDate": "2038-05-22"}}]},
     "Appeal decision", date(2038, 5, 22), "2038999845: Affirmed"),
    ({"petitionDecisionDataBag": [{"applicationNumberText": "97999001", "decisionDate": "2038-03-26",
        "decisionPetitionTypeCode": 525, "decisionTypeCode": "C",
        "petitionIssueConsideredTextBag": ["Withdrawal of abandonment"]}]},
     "Petition 525 C", date(2038, 3, 26), "Withdrawal of abandonment"),
    ({"patentInterferenceDataBag": [{"interferenceNumber": "999130", "juniorPartyData": OWNER,
        "documentData": {"decisionIssueDate": "2038-01-28", "interferenceOutcomeCategory": "Judgment"}}]},
     "Interference decision", date(2038, 1, 28), "999130: Judgment"),
    ({"response": {"docs": [{"patentApplicationNumber": "97999001", "legacyDocumentCodeIdentifier": "CTNF",
        "submissionDate": "2037-10-19T00:00:00", "legalSectionCode": "112"}]}},
     "CTNF", date(2037, 10, 19), "Rejected under 112"),
    ({"response": {"docs": [{"patentApplicationNumber": ["97999001"], "legacyDocumentCodeIdentifier": ["PETDEC"],
        "patentNumber": [" "], "submissionDate": "2038-10-03T00:00:00"}]}},
     "PETDEC", date(2038, 10, 3), None),
])  # fmt: skip
def test_what_happens_to_an_application_is_an_event(content: dict, code: str, day: date, text: str | None):
    (said,), refused = read(answer(**content))
    assert refused == []
    assert said["application_number"] == "US97/999001"
    assert [(e["code"], e["date"], e["text"]) for e in said["events"]] == [(code, day, text)]


def test_each_party_of_an_interference_has_the_event():
    bag = [{"juniorPartyData": OWNER, "seniorPartyData": {"applicationNumberText": "97999002"}, "documentData": {},
            "additionalPartyDataBag": [{"applicationNumberText": "97999003", "patentNumber": ""}]}]  # fmt: skip
    observed, _ = read(answer(patentInterferenceDataBag=bag))
    assert [o["application_number"] for o in observed] == ["US97/999001", "US97/999002", "US97/999003"]


def test_citations_of_office_actions():
    docs = [
        {"patentApplicationNumber": "97999001", "citedDocumentIdentifier": "US 2033/0999529 A1", "countryCode": "US",
         "publicationNumber": "20330999529", "kindCode": "A1", "citationCategoryCode": "Y", "nplIndicator": False,
         "examinerCitedReferenceIndicator": True},
        {"patentApplicationNumber": "97999001", "parsedReferenceIdentifier": "9999688", "citationCategoryCode": "??",
         "applicantCitedExaminerReferenceIndicator": True},
        {"patentApplicationNumber": "97999001", "citedDocumentIdentifier": "Nobody, On hooks", "nplIndicator": True},
        {"patentApplicationNumber": "97999001", "parsedReferenceIdentifier": ""},
    ]  # fmt: skip
    observed, (told,) = read(json.dumps({"response": {"numFound": 4, "docs": docs}}).encode())
    assert [(c["cited"], c["origin"], c["category"], c["text"]) for o in observed for c in o["citations"]] == [
        ("US20330999529", "examiner", "Y", None),
        ("US9999688", "applicant", None, None),
        (None, None, None, "Nobody, On hooks"),
    ]
    assert (told.row, told.code) == (4, "citation_missing")


def test_an_element_without_a_number_is_refused():
    observed, (told,) = read(answer(patentAppealDataBag=[{"appealNumber": "1", "appellantData": {}}]))
    assert (observed, told.row, told.code) == ([], 1, "number_missing")


def test_damaged_json_is_refused_with_its_place():
    with pytest.raises(FileRefused) as told:
        read(b'{"count": 1,\n"documentBag": [}')
    assert (told.value.refusal.code, told.value.refusal.facts["line"]) == ("json_damaged", 2)


def test_prosecution_lines():
    lines = [
        {"application_number": "98999000", "patent_title": "HOOK", "filing_date": "2033-01-23", "patent_number": "9999454",
         "prosecution_events": [{"code": "CTFR", "description": "Final Rejection", "date": "2034-04-01"}],
         "pulled_at": "2036-03-20T23:43:13.467Z"},
        {"application_number": "98999001", "title": "BOW", "abstract": "A bow.", "description_paragraphs": ["FIELD", "Bows."],
         "claims": ["What is claimed is: 1 . A bow, comprising:", "an eye.", "2 - 5. (canceled)", "6. (canceled)",
                    "7 . The bow of claim 1."]},
    ]  # fmt: skip
    content = "\n".join(map(json.dumps, lines)) + '\n{"application_number": \n'
    (first, second), (told,) = read(content.encode(), "lines.jsonl")
    assert (first["application_number"], first["filing_date"], first["as_of"]) == (
        "US98/999000",
        date(2033, 1, 23),
        date(2036, 3, 20),
    )
    assert [(e["code"], e["date"], e["text"]) for e in first["events"]] == [
        ("CTFR", date(2034, 4, 1), "Final Rejection")
    ]
    assert [p["number"] for p in first["publications"]] == ["US9999454"]
    assert {t["part"]: t["text"] for t in second["texts"]} == {
        "title": "BOW",
        "abstract": "A bow.",
        "description": "FIELD\nBows.",
        "claims": "1. A bow, comprising:\nan eye.\n7. The bow of claim 1.",
    }
    assert second["claim_count"] == 2
    assert (told.row, told.code, told.facts["line"]) == (3, "json_damaged", 3)
    assert told.raw == '{"application_number": \n'


@pytest.mark.parametrize(("content", "code"), [
    (b'<?xml version="1.0"?>\n<class-scheme scheme-type="cpc"><x/></class-scheme>', "classification_no_records"),
    (b'<?xml version="1.0" ?>\n<u:CPCMasterClassificationFile xmlns:u="u:v"/>', "classification_no_records"),
    (b'{"count": 2, "requestIdentifier": "9", "statusCodeBag": [{"applicationStatusCode": 1}]}', "dictionary_no_records"),
    (b"data_type,file_name,zip_name,download_date\n", "dictionary_no_records"),
    (b"mention_id\tname_full\tinventor_id\n", "mentions_no_records"),
    (b"mention_id,unique_id\n", "mentions_no_records"),
])  # fmt: skip
def test_files_without_patents_are_refused_with_the_reason(content: bytes, code: str):
    with pytest.raises(FileRefused) as told:
        list(recognise(content, "file").read(io.BytesIO(content), "file"))
    assert told.value.refusal.code == code
