"""Figures of a report: in every form, with the numbers of the table below, readable by who does not see them."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from django.utils import translation
from docx import Document
from lxml import etree, html

from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Unavailable
from qiantang.scenarios.navigation.models import Edition
from qiantang.scenarios.navigation.selectors import reporting
from qiantang.scenarios.navigation.services import editions
from qiantang.scenarios.navigation.services.reporting import figures as pictures
from qiantang.scenarios.navigation.services.reporting import report_pdf
from qiantang.scenarios.navigation.types import View
from qiantang.scenarios.navigation.types.report import Figure, Table

from .test_editions import compute, project  # noqa: F401 a project of the same shape

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S4-16"), pytest.mark.feature("S4-19")]
_IMAGE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@pytest.fixture
def edition(lin, project, land):  # noqa: F811 the fixture of the other file
    row = compute(lin, project)
    editions.publish_edition(actor=lin, key=row.pk)
    return Edition.objects.get(pk=row.pk)


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):  # whatever page a test before this one has read
        yield


def _report(row, view=View.PUBLIC):
    return reporting.report(Actor.public(), row, view, "https://ip.example")


def _pairs(report):
    """Each figure with the table that follows it."""
    for section in report.sections:
        for at, one in enumerate(section.blocks):
            if isinstance(one, Figure):
                assert isinstance(section.blocks[at + 1], Table)
                yield one, section.blocks[at + 1]


def _numbers(cells):
    """The values of cells as they are printed, without their places in the annex; what is no number is left out."""
    found = []
    for cell in cells:
        value = cell.text.partition("\N{NO-BREAK SPACE}[")[0].replace(",", "")
        with_percent = value.endswith("%")
        if re.fullmatch(r"-?\d+(\.\d+)?%?", value):
            found.append(float(value.rstrip("%")) / (100 if with_percent else 1))
    return found


def _texts(svg):
    return ["".join(one.itertext()) for one in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")]


def test_each_figure_shows_numbers_of_the_table_below_it(edition, settings):
    report = _report(edition)
    keys = [figure.chart.key for figure, _table in _pairs(report)]
    assert {
        "trend",
        "branches",
        "curve",
        "topics",
        "matrix",
        "main-path",
        "applicants",
        "layout",
        "standing",
        "network-owners",
    } <= set(keys)
    assert [one.number for one in report.figures()] == list(range(1, len(keys) + 1))
    for figure, table in _pairs(report):
        chart = figure.chart
        told = _numbers([cell for row in table.rows for cell in row[1:]])
        drawn = [mark.value for one in chart.series for mark in one.marks]
        drawn += [value for point in chart.points for value in (point.y, point.size)]
        drawn += [link.value for link in chart.links if link.strong or chart.key in {"layout", "network-owners"}]
        drawn = [one for one in drawn if one is not None]
        assert drawn, chart.key
        for value in drawn:
            assert any(abs(value - one) < 0.051 for one in told), (chart.key, value)  # a curve is drawn to one place


def test_the_picture_bears_the_numbers_and_the_font_has_its_letters(edition):
    report = _report(edition)
    drawn = pictures.figures_of(report)
    for figure in report.figures():
        one, chart = drawn[figure.number], figure.chart
        assert one.caption.startswith(f"图 {figure.number}")
        assert f"https://ip.example/navigation/editions/{edition.pk}" in one.citation
        assert chart.title in one.words
        texts = _texts(one.svg)
        if chart.key in {"trend", "branches", "topics", "applicants"}:
            values = [f"{mark.value:,.0f}" for mark in chart.series[0].marks]
            assert values, chart.key
            assert [one for one in values if one not in texts] == []
            assert all(f", {value}" in one.words for value in values)
        if chart.key == "trend":
            assert [label for label in chart.labels if label not in texts] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_docx_and_pdf_have_every_figure_with_caption_citation_and_words(edition, client, language):
    answers = {
        end: client.get(f"/navigation/editions/{edition.pk}/{end}", headers={"accept-language": language}).content
        for end in ("report", "report.docx", "report.pdf")
    }
    charts = html.fromstring(answers["report"].decode()).xpath("//figure[@data-chart]")
    assert len(charts) >= 8
    word = "图" if language == "zh-hans" else "Figure"
    document = Document(io.BytesIO(answers["report.docx"]))
    body = document.element.body
    shown = [document.part.related_parts[one.get(_EMBED)].blob for one in body.iter(_IMAGE)]
    assert len(shown) == len(charts)
    assert len({bytes(one) for one in shown}) == len(shown)
    assert all(one.startswith(b"\x89PNG") and len(one) > 4000 for one in shown)
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption"]
    for at, one in enumerate(body.iter(_PROPERTIES), 1):
        title = charts[at - 1].xpath(".//*[contains(@class, 'qt-chart-title')]")[0].text
        assert captions[at - 1].startswith(f"{word} {at}")
        assert title in captions[at - 1]
        assert one.get("descr").startswith(title)
        assert re.search(r"\d", one.get("descr"))
    reader = pypdf.PdfReader(io.BytesIO(answers["report.pdf"]))
    paper = "".join("".join(one.extract_text() for one in reader.pages).split())
    for caption in captions:
        assert "".join(caption.split()) in paper
    assert answers["report.pdf"].count(b"/Alt") >= len(charts) or _alternatives(reader) >= len(charts)


def _alternatives(reader):
    """How many elements of the file's structure say what is seen."""
    return sum(
        "/Alt" in one for at in range(1, len(reader.xref[0]) + 1) if isinstance(one := _object(reader, at), dict)
    )


def _object(reader, at):
    return reader.get_object(at) if at in reader.xref[0] or at in reader.xref_objStm else None


def test_a_report_whose_pictures_cannot_be_drawn_is_refused_and_not_handed_out_without(edition, monkeypatch):
    report = _report(edition)
    monkeypatch.setattr("qiantang.commons.ui.services.drawing._node", lambda: "/nowhere/node")
    with pytest.raises(Unavailable, match=r"navigation\.report_failed"):
        report_pdf(report)
