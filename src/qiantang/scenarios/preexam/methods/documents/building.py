"""Lines of any file become a draft: parts by their own lines, paragraphs, headings, figures, views.

A part begins with a line that is its name (权利要求书 …), with or without blanks between the characters and the count of
pages that a form prints beside it. Interfaces: the plain text form of ``qiantang check``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qiantang.scenarios.preexam.methods.documents.tree import Draft, Figure, Paragraph, Section, View
from qiantang.scenarios.preexam.types import DraftType, Part, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as a reader found it. ``label`` is a printed number that the file keeps apart from the text."""

    text: str
    pictures: int = 0
    deleted: int = 0
    inserted: int = 0
    label: str | None = None
    heading: bool = False


PARTS: Final = {
    "请求书": Part.REQUEST,
    "发明专利请求书": Part.REQUEST,
    "实用新型专利请求书": Part.REQUEST,
    "外观设计专利请求书": Part.REQUEST,
    "权利要求书": Part.CLAIMS,
    "权利要求": Part.CLAIMS,
    "说明书": Part.DESCRIPTION,
    "说明书摘要": Part.ABSTRACT,
    "摘要": Part.ABSTRACT,
    "说明书附图": Part.DRAWINGS,
    "简要说明": Part.DESIGN,
    "外观设计简要说明": Part.DESIGN,
    "外观设计图片": Part.DESIGN,
    "外观设计图片或照片": Part.DESIGN,
}
_LEFT_OUT: Final = frozenset({"摘要附图"})
HEADINGS: Final = ("技术领域", "背景技术", "发明内容", "实用新型内容", "附图说明", "具体实施方式")
_PAGES: Final = re.compile(r"(?:第?\d+[/／]?\d*页?(?:共\d+页)?)?[:：]?$")
_LABEL: Final = re.compile(r"\s*[\[［【]\s*(\d{4,5})\s*[\]］】]").match
_HEADING: Final = re.compile(
    r"\s*(?:[\[［【]\s*\d{4,5}\s*[\]］】]\s*)?(?:[一二三四五六七八九十\d]+\s*[、.．]\s*)?(\S{2,8}?)\s*[:：]?\s*$"
).match
_FIGURE: Final = re.compile(r"\s*图\s*(\d{1,3})\s*([a-zA-Z]?)\s*(?:[:：]\s*(.*))?\s*$").match
_SIGN_JOINT: Final = re.compile(r"[、,，;；\s]+").split
VIEW_LINE: Final = re.compile(
    r"\s*(?:(?:套件|设计)\s*(\d+|[一二三四五六七八九十])\s*)?"
    r"((?:主|后|左|右|俯|仰|立体|展开|剖|放大|局部放大|使用状态|变化状态|整体|部件\d*)[视状态参考]*图?\d*)\s*(?:[:：]\s*(\S*))?\s*$"
).match
_TITLES: Final = (
    ("发明名称", DraftType.INVENTION),
    ("实用新型名称", DraftType.UTILITY_MODEL),
    ("使用外观设计的产品名称", DraftType.DESIGN),
    ("外观设计名称", DraftType.DESIGN),
)
_CHINESE_DIGITS: Final = "零一二三四五六七八九十"


def part_of(line: str) -> Part | None:
    """The part that a line begins by naming it; None for any other line."""
    word = _squeezed(line)
    return PARTS.get(word) if len(word) <= max(map(len, PARTS)) else None


def _squeezed(line: str) -> str:
    return _PAGES.sub("", re.sub(r"\s+", "", line), 1) if len(line) < 60 else line  # noqa: PLR2004 - no name of a part is longer


def draft_of(lines: Iterable[Line], *, default: Part | None = None, source_format: str = "text") -> Draft:
    """A draft from the lines of one file.

    default  the part of lines before the first name of a part; None: they are a title page and left out
    """
    gathered: dict[Part, list[Line]] = {}
    current = default
    for line in lines:
        part = part_of(line.text)
        if part is not None:
            current = part
            gathered.setdefault(part, [])
        elif _squeezed(line.text) in _LEFT_OUT:
            current = None
        elif current is not None:
            gathered.setdefault(current, []).append(line)
    sections = {part: Section(part, tuple(_paragraphs(part, found))) for part, found in gathered.items()}
    return completed(Draft(sections, source_format=source_format))


def completed(draft: Draft) -> Draft:
    """The draft with the figures, views and type that its sections tell."""
    drawings, design, request = map(draft.section, (Part.DRAWINGS, Part.DESIGN, Part.REQUEST))
    figures = draft.figures
    if figures is None and drawings is not None:
        figures = tuple(_figures(drawings))
    views = draft.views
    if design is not None and (seen := tuple(_views(design))):
        views = (*(views or ()), *seen)
    said = draft.said_type or (_said_type(request) if request else None)
    return replace(draft, figures=figures, views=views, said_type=said)


def _paragraphs(part: Part, lines: Sequence[Line]) -> Iterable[Paragraph]:
    number = 0
    for line in lines:
        text = line.text.rstrip()
        if not text.strip() and not line.pictures:
            continue
        number += 1
        label = line.label or (found[1] if (found := _LABEL(text)) else None)
        heading = part is Part.DESCRIPTION and (line.heading or heading_of(text) is not None)
        yield Paragraph(number, text, label, heading, line.pictures, line.deleted, line.inserted)


def heading_of(text: str) -> str | None:
    """Which heading of a description a line is."""
    found = _HEADING(text)
    word = found[1] if found else re.sub(r"\s+", "", text)
    return word if word in HEADINGS else None


def _figures(drawings: Section) -> Iterable[Figure]:
    pictures = 0
    captions = 0
    for paragraph in drawings.paragraphs:
        pictures += paragraph.pictures
        found = _FIGURE(paragraph.text)
        if found is None:
            continue
        captions += 1
        signs: tuple[str, ...] | None = None
        named: dict[str, str] = {}
        if found[3] is not None:
            told = [one for one in _SIGN_JOINT(found[3].strip()) if one]
            signs = tuple(one.partition("=")[0] for one in told)
            named = {sign: name for sign, mark, name in (one.partition("=") for one in told) if mark and name}
        place = Place(paragraph.number, 0, len(paragraph.text))
        yield Figure(f"图{int(found[1])}{found[2].lower()}", int(found[1]), place, signs, named)
    if pictures > captions:
        yield from (Figure("", None, Place()) for _ in range(pictures - captions))


def _views(design: Section) -> Iterable[View]:
    for paragraph in design.paragraphs:
        found = VIEW_LINE(paragraph.text)
        if found is None:
            continue
        number = found[1]
        count = None if number is None else int(number) if number.isdigit() else _CHINESE_DIGITS.index(number)
        said = found[3] or ""
        colour = True if "彩" in said else False if any(one in said for one in ("灰", "黑白")) else None
        yield View(found[2], count, Place(paragraph.number, 0, len(paragraph.text)), colour)


def _said_type(request: Section) -> DraftType | None:
    for paragraph in request.paragraphs:
        for name, kind in _TITLES:
            if paragraph.text.strip().startswith(name):
                return kind
    return None


def merged(drafts: Sequence[Draft], *, source_format: str) -> Draft:
    """One draft of several files: each part from the first file that has it."""
    sections: dict[Part, Section] = {}
    for draft in drafts:
        for part, section in draft.sections.items():
            sections.setdefault(part, section)
    figures: dict[tuple[str, int], Figure] = {}
    for place, one in enumerate(one for draft in drafts for one in draft.figures or ()):
        key = (one.name, 0 if one.name else place)
        if key not in figures or figures[key].signs is None:
            figures[key] = one
    views = [one for draft in drafts for one in draft.views or ()]
    return Draft(
        sections,
        figures=tuple(sorted(figures.values(), key=lambda one: (one.number or 0, one.name)))
        if figures or any(draft.figures is not None for draft in drafts)
        else None,
        views=tuple(views) or None,
        said_type=next((one.said_type for one in drafts if one.said_type), None),
        has_sequence_listing=any(one.has_sequence_listing for one in drafts) or None,
        source_format=source_format,
    )
