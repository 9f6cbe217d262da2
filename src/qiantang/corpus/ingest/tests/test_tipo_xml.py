"""Gazette documents of the Taiwan office: the Republic calendar, two publications, traditional Chinese."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.readers.tipo_xml import republic_day
from qiantang.corpus.ingest.tests.readings import read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

GRANT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tw-patent-grant SYSTEM "none-of-ours.dtd">
<tw-patent-grant dtd-version="A103.1.0"><tw-bibliographic-data-grant><volno>49</volno><kindcode>B</kindcode>
<publication-reference><document-id><doc-number>I999999</doc-number><date>{day}</date></document-id></publication-reference>
<application-reference appl-type="invention"><document-id><doc-number>104199999</doc-number><date>104/07/09</date></document-id>
</application-reference>
<classification-ipc><main-classification edition="201201120220823V">G06Q10/06</main-classification>
<further-classification edition="200601120220823V">G06F17/00</further-classification></classification-ipc>
<parties><applicants><applicant sequence="1"><addressbook><chinese-name><last-name>虛構電子股份有限公司</last-name><first-name/>
</chinese-name><english-name><last-name>SAMPLE CO</last-name></english-name><address>新竹市</address>
<english-country>TW</english-country></addressbook></applicant></applicants>
<inventors><inventor sequence="1"><addressbook><chinese-name><last-name>測樣本</last-name></chinese-name>
<address>虛構路1號</address><english-country>TW</english-country></addressbook></inventor></inventors>
<agents><agent><addressbook><chinese-name><last-name>試代理</last-name></chinese-name></addressbook></agent></agents></parties>
<priority-claims><priority-claim><country>歐洲專利局</country><doc-number>14999999.9</doc-number><date>20140711</date>
</priority-claim><priority-claim><country>虛構國</country><doc-number>77</doc-number></priority-claim></priority-claims>
<invention-title><chinese-title>一種虛構之裝置</chinese-title><english-title>MADE-UP DEVICE</english-title></invention-title>
<refs><ref><country>TW</country><doc-number>I999998</doc-number><kind>B</kind></ref>
<ref><country>US</country><doc-number>2012/0999998</doc-number><kind>A1</kind></ref>
<ref><country>XX</country><doc-number>1</doc-number></ref></refs>
<application-publication-reference><document-id><doc-number>201699999</doc-number><date>105/03/16</date></document-id>
</application-publication-reference></tw-bibliographic-data-grant>
<drawings><figure><img file="ed10001.JPG"/></figure></drawings>
<claims><claim num="1"><p type="claim">一種裝置，
包括蓋。</p></claim><claim num="2"><p type="claim">如請求項1之裝置。</p></claim></claims></tw-patent-grant>"""


def grant(day: str = "111/12/21") -> bytes:
    return GRANT.replace("{day}", day).encode()


def only() -> dict:
    (said,), refused = read(grant(), "grant.xml")
    assert refused == []
    return said


def test_the_grant_and_the_application_laid_open():
    said = only()
    assert said["publications"] == [
        {"number": "TWI999999", "kind": "B", "date": date(2022, 12, 21)},
        {"number": "TW201699999", "kind": "A", "date": date(2016, 3, 16)},
    ]
    assert said["keys"] == ["a:TW104199999", "p:TWI999999", "p:TW201699999"]
    assert (said["type"], said["filing_date"], said["as_of"]) == ("invention", date(2015, 7, 9), date(2022, 12, 21))


def test_texts_and_claims_in_traditional_chinese():
    said = only()
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "zh", "一種虛構之裝置"),
        ("title", "en", "MADE-UP DEVICE"),
        ("claims", "zh", "1. 一種裝置， 包括蓋。\n2. 如請求項1之裝置。"),
    ]
    assert said["claim_count"] == 2


def test_people_priorities_classes_citations_figures():
    said = only()
    assert [(p["role"], p["name"], p["country"], p["address"]) for p in said["parties"]] == [
        ("applicant", "虛構電子股份有限公司", "TW", "新竹市"),
        ("inventor", "測樣本", "TW", None),
        ("agent", "試代理", None, None),
    ]
    assert said["priorities"] == [
        {"number": "14999999.9", "country": "EP", "date": date(2014, 7, 11)},
        {"number": "77", "country": None, "date": None},
    ]
    assert said["notes"] == ["priority_country_unrecognised"]
    assert [(c["symbol"], c["edition"], c["first"]) for c in said["classifications"]] == [
        ("G06Q10/06", "2012.01", True),
        ("G06F17/00", "2006.01", False),
    ]
    assert [(c["cited"], c["origin"], c["text"]) for c in said["citations"]] == [
        ("TWI999998", "examiner", None),
        ("US20120999998", "examiner", None),
        (None, "examiner", "XX1"),
    ]
    assert [(m["kind"], m["place"]) for m in said["media"]] == [("figure", "ed10001.JPG")]


@pytest.mark.parametrize(("day", "code"), [("111/13/21", "date_impossible"), ("2022-12-21", "date_unrecognised")])
def test_a_day_that_is_none_refuses_the_document(day: str, code: str):
    observed, (told,) = read(grant(day), "grant.xml")
    assert (observed, told.code, told.column) == ([], code, "publication-reference/date")


@given(st.dates(date(1922, 1, 1), date(2910, 12, 31)))
def test_the_republic_counts_from_1912(day: date):
    assert republic_day(f"{day.year - 1911}/{day.month:02}/{day.day:02}", "x") == day


def test_the_year_is_never_taken_for_one_of_our_era():
    with pytest.raises(CellRefused):
        republic_day("2022/12/21", "x")
