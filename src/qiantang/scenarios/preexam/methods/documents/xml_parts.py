"""XML from outside, read so that it cannot reach for anything; and the parts of an application as e-filed with CNIPA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.documents.building import Line, completed
from qiantang.scenarios.preexam.methods.documents.tree import Draft, Figure, Paragraph, Section
from qiantang.scenarios.preexam.types import Part, Place

_ENTITY: Final = re.compile(rb"<!ENTITY\b")
_BREAK: Final = re.compile(r"[ \t]*[\r\n]+[ \t\r\n]*")
_CLAIM_NUMBER: Final = re.compile(r"\s*\d{1,4}\s*(?:[.．](?!\d)|、)").match
_FORMULAE: Final = frozenset({"maths", "math", "chemistry"})
_FIGURE: Final = re.compile(r"\D*(\d{1,3})\s*([a-zA-Z]?)\s*$").match


def parsed(content: bytes, name: str, member: str) -> etree._Element:
    """The document element.

    errors  ``Invalid`` preexam.entity: declares entities of its own; preexam.xml_broken, with line and column
    """
    if found := _ENTITY.search(content[:65_536]):
        raise Invalid("preexam.entity", name=name, member=member, line=content.count(b"\n", 0, found.start()) + 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        raise Invalid("preexam.xml_broken", name=name, member=member, line=line, column=column) from problem


def efiled_draft(content: bytes, name: str, member: str) -> Draft:
    """A part, or all parts, of an application as the e-filing client writes it (element ``cn-application-body``).

    errors  those of ``parsed``; ``Invalid`` preexam.xml_unknown
    """
    root = parsed(content, name, member)
    bodies = [one for one in (root, *root.iterdescendants()) if _local(one) == "cn-application-body"]
    if not bodies:
        raise Invalid("preexam.xml_unknown", name=name, member=member)
    sections: dict[Part, Section] = {}
    figures: list[Figure] = []
    for body in bodies:
        for child in body:
            part = _PARTS.get(_local(child))
            if part is Part.DRAWINGS:
                found = list(_figures(child, len(figures)))
                figures += found
                lines = [Line(one.name) for one in found]
            elif part is not None:
                lines = list(_READERS[part](child))
            else:
                continue
            sections[part] = Section(part, tuple(_numbered(lines)))
    kept = tuple(figures) if Part.DRAWINGS in sections else None
    return completed(Draft(sections, figures=kept, source_format="cnipa-xml"))


def _numbered(lines: list[Line]) -> Iterator[Paragraph]:
    told = [one for one in lines if one.text.strip() or one.pictures]
    for number, one in enumerate(told, 1):
        yield Paragraph(number, one.text, one.label, one.heading, one.pictures)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _prose(element: etree._Element) -> tuple[str, int]:
    """The text with its lines closed up, and how many pictures stand in it; formulae are left out and no pictures."""
    said: list[str] = []
    pictures = _say(element, said)
    return _BREAK.sub("", "".join(said)).strip(), pictures


def _say(element: etree._Element, said: list[str]) -> int:
    pictures = 0
    said.append(element.text or "")
    for child in element:
        name = _local(child)
        if name == "img":
            pictures += 1
        elif name not in _FORMULAE:
            pictures += _say(child, said)
        said.append(child.tail or "")
    return pictures


def _claims(element: etree._Element) -> Iterator[Line]:
    for place, claim in enumerate((one for one in element if _local(one) == "claim"), 1):
        number = claim.get("num") or str(place)
        texts = [one for one in claim if _local(one) == "claim-text"] or [claim]
        for index, one in enumerate(texts):
            text, pictures = _prose(one)
            printed = index or _CLAIM_NUMBER(text)
            yield Line(text if printed else f"{int(number) if number.isdecimal() else place}. {text}", pictures)


def _description(element: etree._Element) -> Iterator[Line]:
    for one in element:
        name = _local(one)
        text, pictures = _prose(one)
        if name == "invention-title":
            yield Line(text)
        elif name in {"heading", "p"}:
            yield Line(text, pictures, label=one.get("num") if name == "p" else None, heading=name == "heading")


def _abstract(element: etree._Element) -> Iterator[Line]:
    yield from (Line(*_prose(one)) for one in element if _local(one) in {"p", "heading"})


def _figures(element: etree._Element, before: int) -> Iterator[Figure]:
    for place, one in enumerate((one for one in element if _local(one) == "figure"), before + 1):
        labels = [
            one.get("figure-labels") or "",
            *(label.text or "" for label in one.iter() if _local(label) == "figure-label"),
        ]
        found = next((found for label in (*labels, one.get("num") or "") if (found := _FIGURE(label))), None)
        number = int(found[1]) if found else place
        yield Figure(f"图{number}{found[2].lower() if found else ''}", number, Place(place))


_PARTS: Final = {
    "cn-claims": Part.CLAIMS,
    "description": Part.DESCRIPTION,
    "cn-abstract": Part.ABSTRACT,
    "cn-drawings": Part.DRAWINGS,
}
_READERS: Final = {Part.CLAIMS: _claims, Part.DESCRIPTION: _description, Part.ABSTRACT: _abstract}
