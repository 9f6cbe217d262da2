"""The abstract: AB-01 to AB-05."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_paragraph, on_paragraph
from qiantang.scenarios.preexam.methods.checks.lists import advertising, values, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading, paragraph_hits
from qiantang.scenarios.preexam.methods.checks.wording import bare_signs, length_of
from qiantang.scenarios.preexam.methods.documents import Section
from qiantang.scenarios.preexam.types import Part, Place

_HEADED: Final = re.compile(r"\s*(?:说明书)?摘\s*要\s*[:：]").match
_SUBJECTS: Final = re.compile(r"及其|以及|及|和|与|、|的").split


def _abstract(reading: Reading) -> Section:
    if reading.abstract is None:
        raise NotChecked("abstract")
    return reading.abstract


@checks("AB-01")
def abstract_too_long(reading: Reading) -> Iterator[Hit]:
    section = _abstract(reading)
    count, most = length_of(section.text), values("limits")["abstract_characters"]
    if count <= most:
        return
    left = most
    for one in section.paragraphs:  # the place is what goes beyond
        length = length_of(one.text)
        if length > left:
            letters = [place for place, letter in enumerate(one.text) if not letter.isspace()]
            yield in_paragraph(Part.ABSTRACT, one, letters[left], len(one.text), count=count, most=most)
            return
        left -= length


@checks("AB-02")
def abstract_without_subject(reading: Reading) -> Iterator[Hit]:
    section = _abstract(reading)
    text = section.text
    title = (
        reading.title.value if reading.title else reading.description_title.text if reading.description_title else ""
    )
    subjects = [re.sub(r"^\s*一[种类个]", "", one).strip() for one in _SUBJECTS(title)]
    subjects = [one for one in subjects if len(one) > 1]
    if subjects:
        named = any(one in text or one[-2:] in text for one in subjects)
    else:
        named = any(one in text for one in words("summary_cues"))
    if not named:
        facts = {"subject": "、".join(subjects) or "主题"}
        first = section.paragraphs[0] if section.paragraphs else None
        yield on_paragraph(Part.ABSTRACT, first, **facts) if first else Hit(Part.ABSTRACT, Place(), facts=facts)


@checks("AB-03")
def abstract_advertises(reading: Reading) -> Iterator[Hit]:
    for paragraph, found in paragraph_hits(_abstract(reading), advertising()):
        yield in_paragraph(Part.ABSTRACT, paragraph, *found.span(), word=found[0])


@checks("AB-04")
def abstract_in_parts(reading: Reading) -> Iterator[Hit]:
    section = _abstract(reading)
    if section.paragraphs and _HEADED(section.paragraphs[0].text):
        yield on_paragraph(Part.ABSTRACT, section.paragraphs[0], saying="heading")
    if len(section.paragraphs) > 1:
        yield on_paragraph(Part.ABSTRACT, section.paragraphs[1], count=len(section.paragraphs))


@checks("AB-05")
def abstract_sign_without_parentheses(reading: Reading) -> Iterator[Hit]:
    for paragraph in _abstract(reading).paragraphs:
        for one in bare_signs(paragraph.text):
            yield in_paragraph(Part.ABSTRACT, paragraph, one.start, one.end, sign=one.signs[0], noun=one.noun)
