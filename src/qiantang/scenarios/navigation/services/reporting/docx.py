"""A report as a word processor's file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qiantang.commons.documents.api import typesetting
from qiantang.scenarios.navigation.services.reporting.figures import figures_of
from qiantang.scenarios.navigation.types.report import Figure, Paragraph, Table

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.services.reporting.figures import Drawn
    from qiantang.scenarios.navigation.types.report import Cell, Report

_WIDTH_MM = 150
_FONT, _LINK = "Noto Sans SC", (0x0B, 0x57, 0xA4)
_LINK_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def report_docx(report: Report) -> bytes:
    """Title, facts, sections, data annex; numbers are links to their patents."""
    from docx import Document  # noqa: PLC0415 - a quarter of a second that only such a report needs
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415 - as above

    document = Document()
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Caption"):
        style = document.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(report.title, 0)
    document.add_paragraph(report.subtitle)
    if report.synthetic:
        document.add_paragraph().add_run(_("Demonstration data, all invented.")).bold = True
    facts = document.add_table(rows=0, cols=2)
    for name, value in report.facts:
        cells = facts.add_row().cells
        cells[0].text, cells[1].text = name, value
    drawn = figures_of(report)
    for section in report.sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                _paragraph(document, block)
            elif isinstance(block, Figure):
                _figure(document, drawn[block.number])
            elif isinstance(block, Table):
                _table(document, block)
    _annex(document, report)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    if block.author:
        paragraph.style = document.styles["Intense Quote"]
        paragraph.add_run(_("%(person)s writes: ") % {"person": block.author}).bold = True
    paragraph.add_run(block.text)
    for ref in block.refs:
        paragraph.add_run(" ")
        _link(paragraph, f"[{ref.text}]", ref.url)


def _figure(document: Any, drawn: Drawn) -> None:
    """The picture with its words for who does not see it; caption and citation are text, the address a link."""
    from docx.shared import Mm, Pt  # noqa: PLC0415 - as above

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    png = typesetting.picture_png(drawn.svg, width_mm=_WIDTH_MM)
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(_WIDTH_MM))
    shape._inline.docPr.set("descr", drawn.words)  # noqa: SLF001 - python-docx has no verb for alternative text
    shape._inline.docPr.set("title", drawn.caption)  # noqa: SLF001 - as above
    caption = document.add_paragraph(drawn.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    for told in (drawn.note, drawn.citation):
        if told:
            run = document.add_paragraph().add_run(told)
            run.font.size = Pt(8)


def _table(document: Any, block: Table) -> None:
    document.add_heading(block.title, 2)
    table = document.add_table(rows=1, cols=len(block.head))
    table.style = document.styles["Light Grid Accent 1"]
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = text
    for row in block.rows:
        for cell, told in zip(table.add_row().cells, row, strict=True):
            _fill(cell, told)


def _fill(cell: Any, told: Cell) -> None:
    paragraph = cell.paragraphs[0]
    if told.url:
        _link(paragraph, told.text, told.url)
    else:
        paragraph.add_run(told.text)


def _annex(document: Any, report: Report) -> None:
    document.add_heading(_("Data annex"), 1)
    document.add_paragraph(_("SHA-256 of all numbers of the edition: %(digest)s") % {"digest": report.digest})
    for one in report.annex:
        paragraph = document.add_paragraph()
        made = f" ← {', '.join(f'[{at}]' for at in one.made_of)}" if one.made_of else ""
        paragraph.add_run(f"[{one.number}] {one.node} {one.name}: ")
        _link(paragraph, one.value, one.url)
        paragraph.add_run(f" ({one.unit}; {one.counted}){made}")


def _link(paragraph: Any, text: str, url: str) -> None:
    """A run that leads somewhere; a plain one without an address."""
    if not url:
        paragraph.add_run(text)
        return
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 - as above
    from docx.shared import RGBColor  # noqa: PLC0415 - as above

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, _LINK_KIND, is_external=True))
    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor(*_LINK)
    link.append(run._r)  # noqa: SLF001 - the library has no public way to put a run into a link
    paragraph._p.append(link)  # noqa: SLF001 - python-docx has no verb for links
