"""Every number in the body of a report stands in its data annex, as it is printed, in every form of the report."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from django.utils import translation
from docx import Document
from lxml import html

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.scenarios.navigation.models import Edition, Sample
from qiantang.scenarios.navigation.selectors import editions as reads
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.services import editions, marks, projects, sampling
from qiantang.scenarios.navigation.types import Duty, MarkKind, SampleKind, Verdict, View

from .land import number, patent, settle
from .test_editions import compute, project  # noqa: F401 a project of the same shape

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S4-16")]
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SNAPSHOT = re.compile(r"(?:snapshot|快照)\s*\d+")


def _measure(lin, shen, key):
    """A sample of precision that a reviewer looked at again, and one of recall."""
    projects.name_member(actor=lin, key=key, username="shen", duty=Duty.REVIEWER)
    for kind, query in ((SampleKind.PRECISION, ""), (SampleKind.RECALL, "PA=钱潮药业")):
        made = sampling.draw_sample(actor=lin, key=key, node="1.1.1", kind=kind, size=6, query=query, seed="s")
        ids = list(Sample.objects.get(pk=made).items.values_list("patent_id", flat=True))
        said = dict.fromkeys(ids, Verdict.RELEVANT) | {ids[0]: Verdict.FOREIGN}
        sampling.label(actor=lin, sample=made, verdicts=said)
        if kind is SampleKind.PRECISION:
            sampling.begin_review(actor=shen, sample=made)
            sampling.label_again(actor=shen, sample=made, verdicts=dict.fromkeys(ids, Verdict.RELEVANT))


@pytest.fixture
def second(lin, shen, project, land):  # noqa: F811 the fixture of the other file
    """The second edition of a project, with samples, a list of standards and something that changed."""
    marks.bring_marks(actor=lin, kind=MarkKind.STANDARD, text=f"{number(12)}A, YD/T 3627-2019", source="list")
    first = compute(lin, project)
    editions.publish_edition(actor=lin, key=first.pk)
    settle(land, "second", [patent(50, year=2020), patent(55, year=2021)])
    _measure(lin, shen, project)
    row = compute(lin, project)
    editions.publish_edition(actor=lin, key=row.pk)
    return Edition.objects.get(pk=row.pk)


def _read(page):
    """The sections of a page, and its annex: place -> value as printed."""
    root = html.fromstring(page)
    annex = {one.get("id").removeprefix("annex-"): one.find("b").text_content() for one in root.xpath("//li[@id]")}
    return root.xpath("//section[starts-with(@aria-labelledby, 'section-')]"), annex


def _plain(text):
    """A number by its value: 1.00 is 1."""
    return float(text.rstrip("%").replace(",", "")), text.endswith("%")


def _untold(paragraph, annex):
    """Numbers of a sentence that are not among the values it refers to."""
    refs = [one.text_content().strip("[]") for one in paragraph.xpath(".//a[starts-with(@href, '#annex-')]")]
    text = _DATE.sub("", _SNAPSHOT.sub("", paragraph.text or ""))
    values = {_plain(annex[at]) for at in refs if _NUMBER.fullmatch(annex[at])}
    return [one for one in _NUMBER.findall(text) if _plain(one) not in values]


def _unreferred(cell, annex):
    """What is left of a cell without the numbers that stand in the annex as they are printed here."""
    text = " ".join(cell.text_content().split())
    whole = re.fullmatch(r"([^\[\]]*) \[(\d+)\]", text)
    if whole:
        return [] if annex.get(whole[2]) == whole[1] else [text]
    for told in re.findall(r"(\S+) \[(\d+)\]", text):
        value = told[0].lstrip("(")
        if annex.get(told[1]) != value:
            return [text]
        text = text.replace(f"{value} [{told[1]}]", "", 1)
    return re.findall(r"\d+", _DATE.sub("", text))


def _is_name(cell, strategies):
    """A cell that holds no number: the head of its row, a query, or a patent by its number and title."""
    patents = cell.xpath("./a[starts-with(@href, '/patents/') and not(contains(@href, '#'))]")
    return cell.tag == "th" or bool(patents) or cell.text in strategies


def _astray(page, row):
    """Every number of the body that has no place in the annex, or another value there."""
    sections, annex = _read(page)
    with translation.override("zh-hans"):
        sources = {*reads.chain_of(row).sources, *words.sources_of(reads.chain_of(row))}
    strategies = {one.strategy for one in reads.node_rows(row).values()}
    assert len(sections) > 4
    found = []
    for section in sections:
        for paragraph in section.xpath("./p"):
            if paragraph.text not in sources:
                found += [(paragraph.text, one) for one in _untold(paragraph, annex)]
        for table in section.xpath(".//table"):
            cells = [one for one in table.xpath("./tbody/tr/*") if not _is_name(one, strategies)]
            told = table.find("caption").text
            found += [(told, one) for cell in cells for one in _unreferred(cell, annex)]
    return found


def _get(client, row, end, language):
    answer = client.get(f"/navigation/editions/{row.pk}/{end}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content


def _annexed(client, row, language="en"):
    """The annex as CSV: key with its node -> the line."""
    text = _get(client, row, "annex.csv", language).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))[:-1]
    return {(one["Node"], one["Key"]): one for one in lines} if language == "en" else lines


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_number_in_the_body_stands_in_the_annex_as_it_is_printed(second, client, language):
    for view in View:
        page = _get(client, second, f"report?view={view}", language).decode()
        assert _astray(page, second) == []
    for wrong in (
        ("<b>", "<b>9"),
        ("\N{NO-BREAK SPACE}[", "\N{NO-BREAK SPACE}[9"),
    ):  # the check itself: another value, another place
        assert _astray(page.replace(*wrong), second)
    bare = {told for told, _number in _astray(re.sub(r"\s\[\d+\]", "", page), second)}
    tables = {one.text for one in html.fromstring(page).xpath("//section//caption")}
    assert len(tables) > 8
    assert tables <= bare  # no table goes unread


def test_samples_changes_strategies_and_key_patents_have_their_lines(second, client):
    told = _annexed(client, second)
    book = reads.book(second, "")
    for one in book.rows("key_patents")[:30]:
        for key, anchor in (("cited", "cited-by"), ("family", "family")):
            line = told["", f"{key}.{one['id']}"]
            assert line["Value"] == str(one[key])
            assert line["Patents"].endswith(f"/patents/{one['id']}#{anchor}")
    assert {key for code, key in told if code == "1.1.1"} >= {"total", "edition.1.total", "edition.1.came"}
    for code, node in reads.node_rows(second).items():
        assert told[code, "total"]["Value"] == f"{node.patents:,}"
    for end, value in (("came", "2"), ("went", "0")):
        line = told["", f"edition.1.{end}"]
        (query,) = parse_qs(urlsplit(line["Patents"]).query)["q"]
        assert line["Value"] == value == str(register.search(SearchRequest(query, size=5)).total)
    sampled = {key.split(".", 2)[2]: one["Value"] for (_code, key), one in told.items() if key.startswith("sample.")}
    assert sampled.keys() == {"share", "low", "high", "hits", "sample", "looked_at", "agreement"}
    assert (sampled["looked_at"], sampled["agreement"]) == ("6", "83%")
    assert all(one["Unit"] and one["How it is counted"] for one in told.values())
    for url in {one["Patents"] for (_code, key), one in told.items() if key.startswith(("sample.", "edition."))}:
        parts = urlsplit(url)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200, url


def test_the_three_forms_have_the_same_lines(second, client):
    lines = _annexed(client, second, "zh-hans")
    page, annex = _read(_get(client, second, "report", "zh-hans").decode())
    spoken = [one.text for one in Document(io.BytesIO(_get(client, second, "report.docx", "zh-hans"))).paragraphs]
    pages = pypdf.PdfReader(io.BytesIO(_get(client, second, "report.pdf", "zh-hans"))).pages
    paper = "".join("".join(one.extract_text() for one in pages).split())
    assert len(page) > 4
    assert len(lines) == len(annex) > 300
    for one in lines:
        at, node, _key, name, value, unit, how, *_rest = one.values()
        assert annex[at] == value
        assert any(text.startswith(f"[{at}] {node} {name}: {value} ({unit}; {how})") for text in spoken), at
        assert f"[{at}]" in paper
    assert "威尔逊" in paper
