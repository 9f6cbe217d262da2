"""A draft as the rules look at it: everything that more than one rule needs is read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from qiantang.scenarios.preexam.methods.checks.antecedents import Antecedents
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim, read_claims, root_numbers
from qiantang.scenarios.preexam.methods.checks.wording import Signed, bare_signs, plain, signed
from qiantang.scenarios.preexam.methods.documents import Draft, Figure, Paragraph, Section
from qiantang.scenarios.preexam.methods.documents.building import heading_of
from qiantang.scenarios.preexam.types import DraftType, Part, Place, Wanted

TITLE_NAMES: Final = ("发明名称", "实用新型名称", "使用外观设计的产品名称", "外观设计名称", "产品名称")
_FIELD: Final = re.compile(r"\s*([^:：]{2,16}?)\s*[:：]\s*(.*?)\s*$").match
_FIGURE: Final = re.compile(
    r"(?<![a-zA-Z])图\s*(\d{1,3})\s*[a-zA-Z]?((?:\s*[-~至到、,，和及与]\s*(?:图\s*)?\d{1,3}[a-zA-Z]?(?![.\d%]|\s*[个条种]))*)"
)
_MORE: Final = re.compile(r"([-~至到、,，和及与])\s*(?:图\s*)?(\d{1,3})")
_LISTED_SIGN: Final = re.compile(
    r"(?:^|[:、,;。\s])(?:附图标记[^:]{0,8}:)?\s*(\d{1,4}[a-z]?)\s*[-、.:=]?\s*(?=[\u4e00-\u9fff])([\u4e00-\u9fff]{1,12})(?=[,;、。.\s]|$)"
)
_LONGEST_SPAN: Final = 200


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the request form: its name, its value, where the value stands."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class SeenSign:
    """A sign with its noun, somewhere in a part."""

    sign: str
    noun: str
    place: Place


class Reading:
    """What a draft says, for rules. ``twin`` is the other application of the same day, where it is known."""

    def __init__(self, draft: Draft, wanted: Wanted, twin: Draft | None = None) -> None:
        self.draft = draft
        self.twin = twin
        self.as_of = wanted.as_of
        self.type: DraftType = wanted.type or draft.type

    # --- request ------------------------------------------------------------------------------------------------------

    @cached_property
    def request(self) -> Section | None:
        return self.draft.section(Part.REQUEST)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(_fields(self.request)) if self.request else ()

    def field(self, *names: str) -> Field | None:
        """The first line of the form with one of these names that says something."""
        return next((one for one in self.fields if one.name in names and one.value), None)

    def said(self, *names: str) -> str:
        found = self.field(*names)
        return found.value if found else ""

    @property
    def title(self) -> Field | None:
        return self.field(*TITLE_NAMES)

    @cached_property
    def filing_date(self) -> date:
        """As the request says; the day whose rules hold, where it says none."""
        return day_in(self.said("申请日")) or self.as_of

    # --- claims -------------------------------------------------------------------------------------------------------

    @cached_property
    def has_claims(self) -> bool:
        return self.draft.section(Part.CLAIMS) is not None

    @cached_property
    def claims(self) -> tuple[ReadClaim, ...]:
        section = self.draft.section(Part.CLAIMS)
        return read_claims(section) if section else ()

    @cached_property
    def by_number(self) -> dict[int, ReadClaim]:
        """Of claims with one number the first."""
        return {one.number: one for one in reversed(self.claims)}

    @cached_property
    def independent(self) -> tuple[ReadClaim, ...]:
        return tuple(one for one in self.claims if one.independent)

    @cached_property
    def dependent(self) -> tuple[ReadClaim, ...]:
        return tuple(one for one in self.claims if not one.independent)

    @cached_property
    def waived(self) -> frozenset[int]:
        """Claims that refer to themselves, to a later or to a missing claim: what rests on the reference is not checked."""
        return frozenset(
            one.number
            for one in self.claims
            if any(other >= one.number or other not in self.by_number for other in one.parents)
        )

    @cached_property
    def roots(self) -> dict[int, frozenset[int]]:
        return root_numbers(self.claims)

    @cached_property
    def antecedents(self) -> Antecedents:
        return Antecedents(self.by_number)

    def parent(self, claim: ReadClaim) -> ReadClaim | None:
        """The first earlier claim that it names."""
        return next((self.by_number[n] for n in claim.parents if n in self.by_number and n < claim.number), None)

    # --- description --------------------------------------------------------------------------------------------------

    @cached_property
    def abstract(self) -> Section | None:
        return self.draft.section(Part.ABSTRACT)

    @cached_property
    def description(self) -> Section | None:
        return self.draft.section(Part.DESCRIPTION)

    @cached_property
    def description_title(self) -> Paragraph | None:
        """The line before the first heading and the first numbered paragraph; None where there is none."""
        for one in self.description.paragraphs if self.description else ():
            if one.heading or one.label or "。" in one.text:
                return None
            return one
        return None

    @cached_property
    def headings(self) -> tuple[tuple[str, Paragraph], ...]:
        if self.description is None:
            return ()
        told = ((heading_of(one.text), one) for one in self.description.paragraphs if one.heading)
        return tuple((name, one) for name, one in told if name)

    def under(self, *names: str) -> tuple[Paragraph, ...] | None:
        """The paragraphs below a heading; None where the description has none of these headings."""
        begins = next((one.number for name, one in self.headings if name in names), None)
        if begins is None or self.description is None:
            return None
        ends = next((one.number for _, one in self.headings if one.number > begins), None)
        return tuple(
            one for one in self.description.paragraphs if one.number > begins and (ends is None or one.number < ends)
        )

    @cached_property
    def description_text(self) -> str:
        return plain(self.description.text) if self.description else ""

    # --- figures and signs --------------------------------------------------------------------------------------------

    @property
    def figures(self) -> tuple[Figure, ...] | None:
        """The drawings supplied; none where the application is whole and holds none, None where that is not known."""
        if self.draft.figures is not None:
            return self.draft.figures
        return () if self.description is not None and self.has_claims else None

    @cached_property
    def figures_told(self) -> dict[int, Place]:
        """Figure numbers that the description names, with the first place of each."""
        told: dict[int, Place] = {}
        for paragraph in self.description.paragraphs if self.description else ():
            for number, start, end in figures_in(paragraph.text):
                told.setdefault(number, Place(paragraph.number, start, end))
        return told

    @cached_property
    def figure_lines(self) -> set[int]:
        """Figures to which the section 附图说明 has a line."""
        lines = self.under("附图说明") or ()
        return {number for one in lines for number, _, _ in figures_in(one.text)}

    @cached_property
    def drawn_signs(self) -> dict[str, Figure] | None:
        """Signs that the drawings carry, with the first figure of each; None where that is not known of every figure."""
        if not self.figures or any(one.signs is None for one in self.figures):
            return None
        drawn: dict[str, Figure] = {}
        for figure in self.figures:
            for sign in figure.signs or ():
                drawn.setdefault(sign, figure)
        return drawn

    @cached_property
    def claim_signs(self) -> tuple[tuple[ReadClaim, Signed], ...]:
        return tuple((claim, one) for claim in self.claims for one in signed(claim.text))

    @cached_property
    def described_signs(self) -> tuple[SeenSign, ...]:
        """Nouns with signs in parentheses in the description."""
        return tuple(
            SeenSign(sign, one.noun, Place(paragraph.number, one.start, one.end))
            for paragraph in (self.description.paragraphs if self.description else ())
            for one in signed(paragraph.text)
            for sign in one.signs
        )

    @cached_property
    def listed_signs(self) -> tuple[SeenSign, ...]:
        """The list of signs that many descriptions give: 1-壳体；2-转子."""
        return tuple(
            SeenSign(found[1], found[2], Place(paragraph.number, found.start(1), found.end(2)))
            for paragraph in (self.under("附图说明") or ())
            if not figures_in(paragraph.text) or "附图标记" in paragraph.text
            for found in _LISTED_SIGN.finditer(plain(paragraph.text))
        )

    @cached_property
    def known_signs(self) -> frozenset[str]:
        """Every sign known from parentheses, lists and drawings."""
        drawn = self.drawn_signs or {}
        told = (*self.described_signs, *self.listed_signs)
        return frozenset({*drawn, *(one.sign for one in told), *(s for _, one in self.claim_signs for s in one.signs)})

    @cached_property
    def loose_signs(self) -> tuple[SeenSign, ...]:
        """Nouns with a number behind them in the description, without parentheses."""
        return tuple(
            SeenSign(one.signs[0], one.noun, Place(paragraph.number, one.start, one.end))
            for paragraph in (self.description.paragraphs if self.description else ())
            for one in bare_signs(paragraph.text)
        )

    def is_described(self, sign: str) -> bool:
        """Whether the description has a sign anywhere, written in whatever way."""
        return sign in self._numbers_described

    @cached_property
    def _numbers_described(self) -> frozenset[str]:
        return frozenset(re.findall(r"[A-Z]{0,2}\d{1,4}[a-zA-Z]?\d?'*", self.description_text)) | {
            one.sign for one in self.described_signs
        }


def _fields(request: Section) -> Iterator[Field]:
    for paragraph in request.paragraphs:
        found = _FIELD(paragraph.text)
        if found:
            yield Field(found[1].strip(), found[2], Place(paragraph.number, found.start(2), found.end(2)))


def figures_in(text: str) -> list[tuple[int, int, int]]:
    """(number, start, end) of the figures that a text names, ranges spelled out."""
    even = plain(text)
    told = []
    for found in _FIGURE.finditer(even):
        number = int(found[1])
        told.append((number, found.start(), found.end()))
        last = number
        for joint, other in _MORE.findall(found[2]):
            following = int(other)
            spans = joint in "-~至到" and last < following <= last + _LONGEST_SPAN
            told += [
                (one, found.start(), found.end()) for one in (range(last + 1, following + 1) if spans else (following,))
            ]
            last = following
    return told


def day_in(text: str) -> date | None:
    """The first day in a text: 2023-01-10, 2023.1.10, 2023年1月10日."""
    for found in re.finditer(r"(?<!\d)(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)", text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month has no such day (IR art. 5)."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def paragraph_hits(section: Section | None, pattern: re.Pattern[str]) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    """Every place of a section where a pattern stands."""
    for paragraph in section.paragraphs if section else ():
        for found in pattern.finditer(plain(paragraph.text)):
            yield paragraph, found


def joined(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(plain(one.text) for one in paragraphs)
