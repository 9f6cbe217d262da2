"""Stretches of text as positions: what proximity, loose phrases and wildcards ask of the tokens of a field.

A position is a character in Chinese and a word in Latin script, as ``kernel.text.tokens`` counts them. What may lie in
several ways is the list of all of them, so every engine means the same, whatever it calls near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from math import comb
from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.errors import sentence, syntax_error
from qiantang.engines.search.port import How, Slot
from qiantang.kernel.text import characters, fold, phrase

MOST_DISTANCE = 50
MOST_WAYS = 2_000  # in which one condition may lie
WILD = frozenset("*?#")


class Stretch(NamedTuple):
    """Tokens at their offsets, and how many positions all of it takes."""

    slots: tuple[Slot, ...]
    length: int


def of_text(text: str) -> Stretch:
    """The stretch of a text without wildcards; no slots where there is nothing to search for."""
    asked = phrase(text)
    if asked.single is not None:
        return Stretch((Slot(0, asked.single, How.BEGINS),), 1)
    slots = [Slot(place, token) for place, token in enumerate(asked.tokens)]
    if not slots:
        return Stretch((), 0)
    last = slots[-1]
    if asked.open_end:
        slots[-1] = last._replace(how=How.BEGINS)
    goes_on = len(last.text) > 1 and bool(characters(last.text))  # the second character of a pair takes a position
    return Stretch(tuple(slots), len(slots) + goes_on)


def _kind(sign: str) -> str:
    if sign in WILD:
        return "wild"
    if characters(sign):
        return "cjk"
    return "word" if sign.isalnum() else ""


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """(kind, text): runs of CJK characters, words with their wildcards, and wildcards by themselves (``gap``)."""
    runs = [(kind, "".join(signs)) for kind, signs in groupby(fold(pattern), key=_kind)]
    held = ""
    for kind, text in [*runs, ("", "")]:
        if kind in ("wild", "word"):
            held += text
            continue
        if held:
            yield ("gap" if set(held) <= WILD else "word"), held
            held = ""
        if kind == "cjk":
            yield kind, text


def of_pattern(pattern: str, at: int, *, may_lead: bool = False) -> list[Stretch]:
    """All ways in which a text with wildcards may lie.

    may_lead    whether a word may begin with a wildcard
    errors      ``query.syntax``: a wildcard at the beginning of a word, ``*`` between Chinese characters, or more than
                2,000 ways
    """
    pieces = list(_pieces(pattern))
    while pieces and pieces[0][0] == "gap":  # at the ends of a stretch they say nothing: a term is found inside a run
        pieces.pop(0)
    while pieces and pieces[-1][0] == "gap":
        pieces.pop()
    if not pieces:
        raise syntax_error(
            at,
            "A wildcard needs letters beside it.",
            expected="such as comput*",
            hint="TI:* finds whatever has a title; the signs themselves are not searched.",
        )
    ways = [Stretch((), 0)]
    for kind, text in pieces:
        if kind == "gap":
            widths = _widths_of(text, len(ways), at)
            ways = [way._replace(length=way.length + more) for way in ways for more in widths]
            continue
        if kind == "word" and text[0] in WILD and not may_lead:
            raise syntax_error(
                at,
                "A word cannot begin with a wildcard here.",
                expected="a letter first",
                hint="Only PA, PN and AN are searched from their end: PA=*soft, PN=*0319",
            )
        part = Stretch((Slot(0, text, How.WILD),), 1) if kind == "word" and set(text) & WILD else of_text(text)
        ways = [_behind(way, part, way.length) for way in ways]
    return ways


def _widths_of(gap: str, ways: int, at: int) -> range:
    """The widths a gap may have, behind so many ways. errors: ``query.syntax``"""
    if "*" in gap:
        raise syntax_error(
            at,
            "* cannot stand between Chinese characters.",
            expected="? for one character, or ADJ",
            hint="Say how far apart they may be: 电 ADJ5 池",
        )
    widths = _widths(gap)
    if ways * len(widths) > MOST_WAYS:  # each # doubles them: counted before they are made
        raise syntax_error(
            at,
            sentence("This can lie in more than %(most)s ways.", most=MOST_WAYS),
            expected="fewer #",
            hint="Where the number of characters is known, write ? for each of them.",
        )
    return widths


def _widths(gap: str) -> range:
    sure = gap.count("?")
    return range(sure, sure + gap.count("#") + 1)


def _behind(one: Stretch, other: Stretch, offset: int) -> Stretch:
    moved = tuple(slot._replace(offset=slot.offset + offset) for slot in other.slots)
    return Stretch(one.slots + moved, offset + other.length)


def near(left: Sequence[Stretch], right: Sequence[Stretch], distance: int, *, ordered: bool, at: int) -> list[Stretch]:
    """All ways in which one stretch begins 1 to ``distance`` positions behind the end of the other.

    errors  ``query.syntax`` where there are more than 2,000
    """
    orders = [(left, right)] if ordered else [(left, right), (right, left)]
    if len(left) * len(right) * distance * len(orders) > MOST_WAYS:
        raise syntax_error(
            at,
            sentence("This can lie in more than %(most)s ways.", most=MOST_WAYS),
            expected="a smaller number",
            hint="Choose a smaller distance or fewer alternatives.",
        )
    return [
        _behind(one, other, one.length - 1 + step)
        for first, second in orders
        for one, other in product(first, second)
        for step in range(1, distance + 1)
    ]


def loose(words: Sequence[Stretch], more: int, at: int) -> list[Stretch]:
    """All ways in which the words follow each other with at most ``more`` positions between them, all gaps together.

    errors  as ``check_loose``
    """
    check_loose(len(words), more, at)
    ways = [(words[0], 0)]
    for word in words[1:]:
        ways = [
            (_behind(way, word, way.length + gap), used + gap) for way, used in ways for gap in range(more - used + 1)
        ]
    return [way for way, _ in ways]


def check_loose(words: int, more: int, at: int) -> None:
    """That so many words with at most ``more`` positions between them can lie in 2,000 ways at most: counted, not made.

    errors  ``query.syntax``
    """
    if comb(more + words - 1, words - 1) > MOST_WAYS:
        raise syntax_error(
            at,
            sentence("This can lie in more than %(most)s ways.", most=MOST_WAYS),
            expected="a smaller number",
            hint="Choose a smaller number.",
        )
