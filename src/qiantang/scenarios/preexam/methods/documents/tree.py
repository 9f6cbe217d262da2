"""A draft as a tree: parts, paragraphs, figures and views, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qiantang.scenarios.preexam.types import DraftType, Part, Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it reads.

    number    counted from 1 within its part
    label     its printed number, ``0001``; None where it has none
    heading   one of the headings of a description
    pictures  pictures that stand in it; formulae are none
    deleted, inserted  characters under a tracked change that nobody accepted yet; the text is as if all were accepted
    """

    number: int
    text: str
    label: str | None = None
    heading: bool = False
    pictures: int = 0
    deleted: int = 0
    inserted: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs of one part."""

    part: Part
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n".join(one.text for one in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing. What nobody told and no program read is None.

    number   1 for 图1; None for a figure without a number
    signs    reference signs that the drawing carries
    named    what a sign stands for in this figure, where that is told
    words    words in the drawing
    """

    name: str
    number: int | None
    place: Place
    signs: tuple[str, ...] | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    words: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A picture of a design: 主视图, or 设计2主视图. ``colour`` is None where the picture was not looked into."""

    name: str
    design: int | None
    place: Place
    colour: bool | None = None


@dataclass(frozen=True)
class Draft:
    """One application before filing. A part that was not delivered is not in ``sections``."""

    sections: Mapping[Part, Section]
    figures: tuple[Figure, ...] | None = None
    views: tuple[View, ...] | None = None
    said_type: DraftType | None = None
    pages: int | None = None
    has_sequence_listing: bool | None = None
    source_format: str = "text"

    def section(self, part: Part) -> Section | None:
        return self.sections.get(part)

    @cached_property
    def type(self) -> DraftType:
        """As the request says, otherwise as the words of the draft show; an invention where they do not."""
        if self.said_type is not None:
            return self.said_type
        if Part.DESIGN in self.sections or self.views:
            return DraftType.DESIGN
        told = "".join(
            one.text
            for part in (Part.DESCRIPTION, Part.ABSTRACT)
            if (section := self.section(part))
            for one in section.paragraphs
        )
        return DraftType.UTILITY_MODEL if told.count("本实用新型") > told.count("本发明") else DraftType.INVENTION
