"""A document as a word processor's file: the same blocks as on paper, and the same bytes for the same input."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from qiantang.commons.documents.services.typesetting import qr_png

if TYPE_CHECKING:
    from collections.abc import Mapping

_FONT, _QUIET = "Noto Sans SC", RGBColor(0x5B, 0x6B, 0x7B)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the oldest a zip can tell


def word_file(told: Mapping[str, Any], *, moment: datetime) -> bytes:
    """A DOCX from what ``composing.composed`` gives."""
    document = Document()
    _styled(document, told, moment)
    document.add_picture(io.BytesIO(qr_png(told["address"])), width=Mm(24))
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _quiet(document, told["city"])
    document.add_heading(told["title"], 0)
    document.add_paragraph(told["number"])
    if told["demo"]:
        document.add_paragraph().add_run(told["demo"]).bold = True
    for block in told["blocks"]:
        _BLOCKS[block["kind"]](document, block)
    document.add_heading(told["scope_title"], 2)
    document.add_paragraph(told["scope"])
    document.add_heading(told["how_title"], 2)
    document.add_paragraph(told["how"])
    _quiet(document, told["address"])
    _footed(document, told)
    made = io.BytesIO()
    document.save(made)
    return stable_zip(made.getvalue())


def stable_zip(content: bytes) -> bytes:
    """The same entries in the same order, without the time at which they were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            made.writestr(entry, given.read(name), compresslevel=6)
    return out.getvalue()


def _styled(document: Any, told: Mapping[str, Any], moment: datetime) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "List Number"):
        style = document.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Title"].font.size = Pt(20)
    of = document.core_properties
    of.title, of.author, of.comments = f"{told['title']} {told['number']}", told["city"], ""
    of.last_modified_by, of.revision = told["city"], 1
    of.created = of.modified = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)


def _quiet(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).font.color.rgb = _QUIET


def _footed(document: Any, told: Mapping[str, Any]) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{told['number']} · {told['version']} · ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        else:
            piece = OxmlElement("w:instrText")
            piece.text = text
        run._r.append(piece)  # noqa: SLF001 - the library has no call for a page number


def _heading(document: Any, block: Mapping[str, Any]) -> None:
    document.add_heading(block["text"], 1)


def _paragraph(document: Any, block: Mapping[str, Any]) -> None:
    document.add_paragraph(block["text"])


def _facts(document: Any, block: Mapping[str, Any]) -> None:
    table = document.add_table(rows=0, cols=2)
    for label, value in block["rows"]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].paragraphs[0].runs[0].font.color.rgb = _QUIET


def _list(document: Any, block: Mapping[str, Any]) -> None:
    for number, line in enumerate(block["lines"], 1):
        document.add_paragraph(f"{number}. {line}")


def _table(document: Any, block: Mapping[str, Any]) -> None:
    table = document.add_table(rows=1, cols=len(block["heads"]))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, block["heads"], strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in block["rows"]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


_BLOCKS = {"heading": _heading, "paragraph": _paragraph, "facts": _facts, "list": _list, "table": _table}
