"""Google Patents: saved pages and citation texts. Stars, families, citing documents, machine translations."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("S3-08"), pytest.mark.feature("X-29")]

NUMBER = application(9_990_001)


def cited(name: str, number: str, star: str = "", day: str = "2010-01-02") -> str:
    return f"""<tr itemprop="{name}" itemscope repeat><td><a href="/patent/{number}/en"><span itemprop="publicationNumber">{number}</span>
      (<span itemprop="primaryLanguage">en</span>)</a>{f'<span itemprop="examinerCited">{star}</span>' if star else ""}</td>
      <td itemprop="priorityDate">2009-01-02</td><td itemprop="publicationDate">{day}</td>
      <td><span itemprop="assigneeOriginal">Made Up Ltd</span></td><td itemprop="title">A device for the test
      </td></tr>"""


ABSTRACT = '<div lang="ZH" load-source="patent-office"><div class="abstract">公开了一种装置。</div></div>'
CLAIMS = """<div class="claims" lang="ZH"><div class="claim"><div id="c1" num="0001" class="claim">
  <div class="claim-text">1.一种装置，包括：<div class="claim-text">壳体；以及</div><div class="claim-text">盖。</div></div></div></div>
  <div class="claim-dependent"><div num="0002" class="claim"><div class="claim-text"><claim-ref idref="c1"> </claim-ref></div>
  <div class="claim-text">2.根据权利要求1所述的装置。</div></div></div></div>"""
DESCRIPTION = """<div class="description" lang="ZH"><invention-title>一种虚构的装置</invention-title><heading>技术领域</heading>
  <div class="description-paragraph">属于虚构领域，<b>见图</b>1。</div><div class="description-line">第二段。</div></div>"""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta name="DC.type" content="patent"><script>steal()</script></head><body>
<search-app><article class="result" itemscope itemtype="http://schema.org/ScholarlyArticle">
<h1 itemprop="pageTitle">CN199990001B - 一种虚构的装置</h1><span itemprop="title">一种虚构的装置
   </span><dl><dd itemprop="publicationNumber">CN199990001B</dd><dd itemprop="countryCode">CN</dd>
<dd itemprop="legalStatusIfi" itemscope><span itemprop="status">Active</span></dd></dl>
<dd itemprop="applicationNumber">CN{number}A</dd>
<dd itemprop="inventor" repeat>王测试</dd><dd itemprop="inventor" repeat>李样例</dd>
<dd itemprop="assigneeCurrent" repeat> 样本乙机械厂有限公司 </dd><dd itemprop="assigneeOriginal" repeat>示例甲科技有限公司</dd>
<dd><time itemprop="priorityDate" datetime="2017-08-01">2017-08-01</time></dd>
<dd><time itemprop="filingDate" datetime="2018-08-01">2018-08-01</time></dd>
<dd><time itemprop="publicationDate" datetime="2020-08-01">2020-08-01</time></dd>
<ul><li itemprop="images" itemscope><meta itemprop="full" content="https://images.invalid/a/b/FIG1.png"></li></ul>
<section><ul><li><ul itemprop="classifications" itemscope repeat>
  <li itemprop="classifications" itemscope><span itemprop="Code">G</span><meta itemprop="IsCPC" content="true"></li>
  <li itemprop="classifications" itemscope><span itemprop="Code">G06F</span><meta itemprop="IsCPC" content="true"></li>
  <li itemprop="classifications" itemscope><span itemprop="Code">G06F17/10</span><meta itemprop="IsCPC" content="true">
  <meta itemprop="Leaf" content="true"></li></ul></li></ul></section>
<section itemprop="abstract" itemscope><h2>Abstract</h2><div itemprop="content" html>{abstract}</div></section>
<section itemprop="description" itemscope><h2>Description</h2><div itemprop="content" html>{description}</div></section>
<section itemprop="claims" itemscope><h2>Claims (<span itemprop="count">2</span>)</h2><div itemprop="content" html>{claims}</div></section>
<table><tr itemprop="appsClaimingPriority" itemscope repeat><td><span itemprop="applicationNumber">CN{number}A</span></td>
  <td itemprop="priorityDate"></td><td itemprop="filingDate">2018-08-01</td></tr>
  <tr itemprop="appsClaimingPriority" itemscope repeat><td><span itemprop="applicationNumber">US16/999,999</span></td>
  <td itemprop="priorityDate"></td><td itemprop="filingDate">2017-08-01</td></tr>
  <tr itemprop="appsClaimingPriority" itemscope repeat><td><span itemprop="applicationNumber">US16/999,999</span></td>
  <td itemprop="priorityDate">2017-08-01</td><td itemprop="filingDate">2017-08-01</td></tr></table>
<table><tr itemprop="pubs" itemscope repeat><td><span itemprop="publicationNumber">CN199990001A</span></td>
  <td itemprop="publicationDate">2019-07-12</td></tr><tr itemprop="pubs" itemscope repeat><td>
  <span itemprop="publicationNumber">CN199990001B</span></td><td itemprop="publicationDate">2020-08-01</td></tr></table>
<section itemprop="family" itemscope><h1>Family</h1><h2>ID=99999999</h2></section>
<table>{references}</table>
<table><tr itemprop="similarDocuments" itemscope repeat><td><span itemprop="publicationNumber">US7777777B2</span></td></tr></table>
<table><tr itemprop="legalEvents" itemscope repeat><td><time itemprop="date" datetime="2020-08-01">2020-08-01</time></td>
  <td itemprop="code">GR01</td><td itemprop="title">Patent grant</td><td></td></tr>
  <tr itemprop="legalEvents" itemscope repeat><td><time itemprop="date" datetime="2021-03-02">2021-03-02</time></td>
  <td itemprop="code">TR01</td><td itemprop="title">Transfer of patent right</td><td>
  <p itemprop="attributes" itemscope repeat><strong itemprop="label">Effective date of registration</strong>:
  <span itemprop="value">20210219</span></p><p itemprop="attributes" itemscope repeat><strong>Effective date</strong>:
  <span itemprop="value">20210218</span></p></td></tr></table>
</article></search-app></body></html>"""


def page(**changed: str) -> bytes:
    parts = {
        "number": f"{NUMBER[:12]}.{NUMBER[12]}",
        "abstract": ABSTRACT,
        "description": DESCRIPTION,
        "claims": CLAIMS,
        "references": "",
        **changed,
    }
    return PAGE.format(**parts).encode()


def only(content: bytes) -> dict:
    (said,), refused = read(content, "page.html")
    assert refused == []
    return said


def test_a_page_says_what_the_documents_say_and_not_what_it_assumes():
    said = only(page())
    assert said["keys"] == [f"a:CN{NUMBER[:12]}", "p:CN199990001"]
    assert said["publications"] == [
        {"number": "CN199990001", "kind": "B", "date": date(2020, 8, 1)},
        {"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)},
    ]
    assert (said["type"], said["filing_date"], said["as_of"]) == ("invention", date(2018, 8, 1), None)
    assert said["simple_family"] == "docdb:99999999"
    assert [(p["role"], p["name"]) for p in said["parties"]] == [
        ("applicant", "示例甲科技有限公司"),
        ("holder", "样本乙机械厂有限公司"),
        ("inventor", "王测试"),
        ("inventor", "李样例"),
    ]
    # the patent's own application stands in the table of priorities too
    assert said["priorities"] == [{"number": "US16/999,999", "country": "US", "date": date(2017, 8, 1)}]
    assert [(c["scheme"], c["symbol"]) for c in said["classifications"]] == [("cpc", "G06F17/10")]
    assert [(m["kind"], m["place"]) for m in said["media"]] == [("figure", "FIG1.png")]
    assert (said["citations"], said["notes"]) == ([], [])


def test_texts_keep_their_lines_and_claims_their_numbers():
    said = only(page())
    texts = {t["part"]: t["text"] for t in said["texts"]}
    assert texts == {
        "title": "一种虚构的装置",
        "abstract": "公开了一种装置。",
        "description": "技术领域\n属于虚构领域，见图1。\n第二段。",
        "claims": "1. 一种装置，包括：\n壳体；以及\n盖。\n2. 根据权利要求1所述的装置。",
    }
    assert {(t["language"], t["machine"]) for t in said["texts"]} == {("zh", False)}
    assert said["claim_count"] == 2


def test_a_translated_page_keeps_the_original_beside_the_machines_words():
    translated = """<div lang="EN" load-source="google"><div class="abstract"><span class="notranslate">
      <span class="google-src-text">公开了一种装置。</span>A device for the test is disclosed.</span></div></div>"""
    content = page(abstract=translated, description="", claims="").replace(
        "一种虚构的装置".encode(), b"A made up device"
    )
    texts = [(t["part"], t["language"], t["text"], t["machine"]) for t in only(content)["texts"]]
    assert texts == [
        ("title", "en", "A made up device", True),
        ("abstract", "en", "A device for the test is disclosed.", True),
        ("abstract", "zh", "公开了一种装置。", False),
    ]


def test_a_star_is_an_examiners_and_nothing_else_is_guessed():
    references = cited("backwardReferences", "US9999901B2", "*") + cited("backwardReferencesOrig", "CN199980002A")
    references += cited("backwardReferences", "nobody's number", day="1999-13-45")
    said = only(page(references=references))
    assert [(c["cited"], c["origin"], c["date"], c["text"]) for c in said["citations"]] == [
        ("US9999901", "examiner", date(2010, 1, 2), None),
        (None, None, None, "nobody's number"),
        ("CN199980002", None, date(2010, 1, 2), None),
    ]


def test_what_only_the_family_cites_is_not_said_of_this_document():
    references = cited("backwardReferencesFamily", "US9999901B2", "*") + cited("forwardReferencesFamily", "US9999902B2")
    said = only(page(references=references))
    assert (said["citations"], said["notes"]) == ([], ["family_citations_left_out"])


def test_a_document_which_cites_this_one_is_a_row_of_its_own():
    references = cited("forwardReferences", "US20200999901A1", "*") + cited(
        "forwardReferencesOrig", "US20200999901A1", "*"
    )
    references += cited("forwardReferences", "nobody's number")
    (_, citing), refused = read(page(references=references), "page.html")
    assert citing["row"] == 2
    assert citing["publications"] == [{"number": "US20200999901", "kind": "A1", "date": date(2010, 1, 2)}]
    assert [(c["cited"], c["origin"]) for c in citing["citations"]] == [("CN199990001", "examiner")]
    assert [(t["language"], t["text"]) for t in citing["texts"]] == [("en", "A device for the test")]
    assert [p["name"] for p in citing["parties"]] == ["Made Up Ltd"]
    assert [(told.row, told.code, told.raw) for told in refused] == [(3, "number_unrecognised", "nobody's number")]


def test_events_carry_the_gazettes_day_and_the_day_of_effect_apart():
    events = [(e["code"], e["date"], e["gazette_date"], e["text"]) for e in only(page())["events"]]
    assert events == [
        ("GR01", None, date(2020, 8, 1), "Patent grant"),
        (
            "TR01",
            date(2021, 2, 18),
            date(2021, 3, 2),
            "Transfer of patent right: Effective date of registration: 20210219; Effective date: 20210218",
        ),
    ]


def test_a_page_whose_own_number_is_not_usable_is_refused_whole():
    content = page(references=cited("forwardReferences", "US20200999901A1")).replace(
        b'<dd itemprop="publicationNumber">CN199990001B', b'<dd itemprop="publicationNumber">2.02E+12'
    )
    observed, refused = read(content, "page.html")
    assert (observed, [(told.row, told.code) for told in refused]) == ([], [(1, "number_damaged")])
    with pytest.raises(FileRefused, match="format_unknown"):
        read(b'<html><p itemprop="publicationNumber">CN199990001B</p></html>', "page.html")


# --- citation texts --------------------------------------------------------------------------------------------------

TEXT = """ID
    EP9999901A1
citation_exist
    Patent Citations (3)
citation_infor
6
    Publication number,Priority date,Publication date,Assignee,Title
    DE4199999A1                      *,2001-10-24,2003-04-29,Made Up Co., Ltd.,Device, and method
    US9999901B2,,2005-08-03,,Device
    Family To Family Citations,,,,
    CN199980002A                      *,2011-11-27,2017-05-31,Nobody,Device

citedBy_exist
    Cited By (2)
citedBy_infor
4
    Publication number,Priority date,Publication date,Assignee,Title
    US20200999901A1                      *,2019-03-30,2020-10-06,Made Up Co., Ltd.,Device
    Family To Family Citations,,,,

abstract
    Die Erfindung betrifft eine Vorrichtung für die Prüfung.
title
    Prüfvorrichtung
similar_document
2
    Publication,Publication Date,Title
    EP9999902A2,2013-11-06,Device
patent_application
    NoExist
classfication_items
8
    G
    G,0,6
    G,0,6,F
    G,0,6,F,1,7,/,0,0
    G,0,6,F,1,7,/,1,0
    Y
    Y,0,2
    Y,0,2,B,3,0,/,5,6

patent_application_claiming_priority
2
    Application,Filing date,Title
    US16/999,999,2017-08-01,

legal_event
2
    Date,Code,Title,Description
    2021-12-01,B565,Issuance of search results, under a rule,Effective date: 20210728
    2021-12-08,STAA,Information,Free format text
"""


def test_a_citation_text_says_the_same_in_its_own_form():
    (said, citing), refused = read(TEXT.encode(), "EP9999901A1.txt")
    assert refused == []
    assert said["publications"] == [{"number": "EP9999901", "kind": "A1", "date": None}]
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "de", "Prüfvorrichtung"),
        ("abstract", "de", "Die Erfindung betrifft eine Vorrichtung für die Prüfung."),
    ]
    assert [(c["cited"], c["origin"], c["date"]) for c in said["citations"]] == [
        ("DE4199999", "examiner", date(2003, 4, 29)),
        ("US9999901", None, date(2005, 8, 3)),
    ]
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/10", "Y02B30/56"]
    assert said["priorities"] == [{"number": "US16/999,999", "country": "US", "date": date(2017, 8, 1)}]
    assert [(e["code"], e["date"], e["gazette_date"]) for e in said["events"]] == [
        ("B565", date(2021, 7, 28), date(2021, 12, 1)),
        ("STAA", None, date(2021, 12, 8)),
    ]
    assert said["notes"] == ["family_citations_left_out"]
    assert citing["row"] == 2
    assert [(c["cited"], c["origin"]) for c in citing["citations"]] == [("EP9999901", "examiner")]
    # commas stand in names and titles as well as between them: neither is taken
    assert (citing["parties"], citing["texts"]) == ([], [])


def test_a_citation_text_without_a_usable_number_is_refused():
    observed, refused = read(TEXT.replace("EP9999901A1", "nobody").encode(), "x.txt")
    assert (observed, [told.code for told in refused]) == ([], ["number_unrecognised"])


def test_a_citation_text_with_damaged_characters_is_refused_as_a_file():
    with pytest.raises(FileRefused, match="encoding_damaged"):
        read((TEXT + "title\n    Prüfung\n    Prüfer\n").encode().replace("für".encode(), b"f\xff\xfer", 1), "x.txt")
