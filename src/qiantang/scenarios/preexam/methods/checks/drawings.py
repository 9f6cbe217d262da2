"""Drawings and reference signs: DR-01 to DR-07."""

from __future__ import annotations

from collections.abc import Iterator

from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks
from qiantang.scenarios.preexam.methods.checks.lists import values
from qiantang.scenarios.preexam.methods.checks.reading import Reading, SeenSign
from qiantang.scenarios.preexam.methods.checks.wording import same_noun
from qiantang.scenarios.preexam.methods.documents import Figure
from qiantang.scenarios.preexam.types import Part, Place


def _figures(reading: Reading) -> tuple[Figure, ...]:
    if reading.figures is None:
        raise NotChecked("drawings")
    return reading.figures


def _numbered(reading: Reading) -> dict[int, Figure]:
    """The figures by number. Raises NotChecked where one has no number."""
    figures = _figures(reading)
    if any(one.number is None for one in figures):
        raise NotChecked("drawings")
    return {one.number: one for one in reversed(figures) if one.number is not None}


@checks("DR-01")
def utility_model_without_drawing(reading: Reading) -> Iterator[Hit]:
    if not _figures(reading):
        yield Hit(Part.DRAWINGS)


@checks("DR-02")
def figures_differ(reading: Reading) -> Iterator[Hit]:
    supplied = _numbered(reading)
    if reading.description is None:
        raise NotChecked("description")
    told = reading.figures_told
    for number in sorted(told.keys() - supplied.keys()):
        yield Hit(Part.DESCRIPTION, told[number], figure=f"图{number}", facts={"numbers": number})
    for number in sorted(supplied.keys() - told.keys()):
        one = supplied[number]
        yield Hit(Part.DRAWINGS, one.place, figure=one.name, facts={"numbers": number}, saying="unnamed")


@checks("DR-03")
def figures_not_continuous(reading: Reading) -> Iterator[Hit]:
    supplied = _numbered(reading)
    given = sorted(supplied)
    if given and given != list(range(1, len(given) + 1)):
        wrong = next(number for place, number in enumerate(given, 1) if number != place)
        one = supplied[wrong]
        facts = {"given": "、".join(f"图{number}" for number in given)}
        yield Hit(Part.DRAWINGS, one.place, figure=one.name, facts=facts)


@checks("DR-04")
def signs_differ(reading: Reading) -> Iterator[Hit]:
    if not _figures(reading):
        return
    if reading.description is None:
        raise NotChecked("description")
    drawn = reading.drawn_signs
    if drawn is None:
        raise NotChecked("signs")
    written = {one.sign: one.place for one in (*reading.described_signs, *reading.listed_signs)}
    claimed = {sign for _, one in reading.claim_signs for sign in one.signs}
    text = sorted((written.keys() | claimed) - drawn.keys(), key=_order)
    only_drawn = sorted((one for one in drawn if one not in claimed and not reading.is_described(one)), key=_order)
    if not text and not only_drawn:
        return
    saying = "both" if text and only_drawn else "text" if text else "drawn"
    figure = drawn[only_drawn[0]] if only_drawn else None
    place = figure.place if figure else reading.figures[0].place if reading.figures else Place()
    facts = {"text": "、".join(text), "drawn": "、".join(only_drawn)}
    yield Hit(Part.DRAWINGS, place, figure=figure.name if figure else None, facts=facts, saying=saying)


def _order(sign: str) -> tuple[int, str]:
    digits = "".join(one for one in sign if one.isdigit())
    return int(digits or 0), sign


@checks("DR-05")
def signs_inconsistent_over_figures(reading: Reading) -> Iterator[Hit]:
    told = [SeenSign(sign, noun, one.place) for one in reading.figures or () for sign, noun in one.named.items()]
    if not told and not reading.listed_signs:
        raise NotChecked("labels")
    part = Part.DRAWINGS if told else Part.DESCRIPTION
    yield from _clashes(told or list(reading.listed_signs), part)


def _clashes(told: list[SeenSign], part: Part) -> Iterator[Hit]:
    nouns: dict[str, str] = {}
    signs: dict[str, str] = {}
    for one in told:
        noun = nouns.setdefault(one.sign, one.noun)
        if not same_noun(noun, one.noun):
            yield Hit(part, one.place, facts={"sign": one.sign, "noun": noun, "other": one.noun})
        sign = signs.setdefault(one.noun, one.sign)
        if sign != one.sign:
            yield Hit(part, one.place, facts={"noun": one.noun, "sign": sign, "other": one.sign}, saying="two")


@checks("DR-06")
def words_in_drawing(reading: Reading) -> Iterator[Hit]:
    figures = _figures(reading)
    if not figures:
        return
    if all(one.words is None for one in figures):
        raise NotChecked("words")
    for one in figures:
        if one.words is not None and one.words > values("limits")["words_in_drawing"]:
            yield Hit(Part.DRAWINGS, one.place, figure=one.name, facts={"count": one.words})


@checks("DR-07")
def figure_without_line(reading: Reading) -> Iterator[Hit]:
    supplied = _numbered(reading)
    if reading.description is None:
        raise NotChecked("description")
    if reading.under("附图说明") is None:
        return  # that is DS-01
    for number in sorted(supplied.keys() - reading.figure_lines):
        one = supplied[number]
        yield Hit(Part.DRAWINGS, one.place, figure=one.name)
