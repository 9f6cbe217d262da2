"""Word documents (ECMA-376 part 1): text, numbers that Word prints, pictures, tracked changes.

The text is read as if all tracked changes were accepted; how many characters are under one is told with the paragraph.
Drawings themselves are not looked into.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from qiantang.commons.files.methods.archives import opened_member
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.documents.building import Line
from qiantang.scenarios.preexam.methods.documents.numbering import Numbering, W, numbering_of
from qiantang.scenarios.preexam.methods.documents.xml_parts import parsed

if TYPE_CHECKING:
    from zipfile import ZipFile

    from qiantang.commons.files.types import Limits

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_MAIN: Final = "word/document.xml"
_PART_BYTES: Final = 128 * 2**20


def docx_lines(archive: ZipFile, limits: Limits, name: str) -> list[Line]:
    """The paragraphs of a document in their order, rows of tables among them.

    errors  ``Invalid`` preexam.docx_broken, preexam.xml_broken, preexam.entity; ``ArchiveRefused`` while reading
    """
    body = _part(archive, _MAIN, limits, name)
    if body is None:
        raise Invalid("preexam.docx_broken", name=name, member=_MAIN)
    numbering = numbering_of(
        _part(archive, "word/numbering.xml", limits, name), _part(archive, "word/styles.xml", limits, name)
    )
    return [
        line for paragraph in body.iter(f"{W}p") if not _is_inside(paragraph) for line in _lines(paragraph, numbering)
    ]


def _part(archive: ZipFile, member: str, limits: Limits, name: str) -> etree._Element | None:
    try:
        entry = archive.getinfo(member)
    except KeyError:
        return None
    with opened_member(archive, entry, limits) as stream:
        return parsed(stream.read(_PART_BYTES), name, member)


def _is_inside(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in a text box: it is part of a drawing."""
    return next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None


class _Told:
    __slots__ = ("deleted", "inserted", "pictures", "said")

    def __init__(self) -> None:
        self.said: list[str] = []
        self.pictures = self.deleted = self.inserted = 0


def _lines(paragraph: etree._Element, numbering: Numbering) -> Iterator[Line]:
    told = _Told()
    _tell(paragraph, told, inserted=False)
    text = _number(paragraph, numbering) + "".join(told.said)
    first, *others = text.split("\n")
    yield Line(first, told.pictures, told.deleted, told.inserted)
    yield from (Line(one) for one in others)


def _number(paragraph: etree._Element, numbering: Numbering) -> str:
    if not numbering.levels:
        return ""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return ""
    reference = properties.find(f"{W}numPr")
    if reference is not None:
        number_id, level = (reference.find(f"{W}{part}") for part in ("numId", "ilvl"))
        if number_id is not None:
            depth = level.get(f"{W}val", "0") if level is not None else "0"
            return numbering.printed(number_id.get(f"{W}val", ""), int(depth))
    style = properties.find(f"{W}pStyle")
    of_style = numbering.styles.get(style.get(f"{W}val", "")) if style is not None else None
    return numbering.printed(*of_style) if of_style else ""


_PICTURES: Final = frozenset({f"{W}drawing", f"{W}pict"})
_TEXTS: Final = frozenset({f"{W}t", f"{_MATH}t"})
_BREAKS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED: Final = frozenset({f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{_COMPATIBLE}Fallback"})


def _tell(element: etree._Element, told: _Told, *, inserted: bool) -> None:
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            text = child.text or ""
            told.said.append(text)
            told.inserted += len(text) if inserted else 0
        elif tag in _BREAKS:
            told.said.append(_BREAKS[tag])
        elif tag in {f"{W}del", f"{W}moveFrom"}:
            told.deleted += sum(len(one.text or "") for one in child.iter(f"{W}delText", f"{W}t"))
        elif tag in _PICTURES:
            told.pictures += 1
        elif tag == f"{W}object":
            told.pictures += not _is_equation(child)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            _tell(child, told, inserted=inserted or tag in {f"{W}ins", f"{W}moveTo"})


def _is_equation(item: etree._Element) -> bool:
    return any((one.get("ProgID") or "").startswith("Equation") for one in item.iter(f"{_OFFICE}OLEObject"))
