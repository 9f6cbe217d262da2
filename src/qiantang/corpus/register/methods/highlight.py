"""Marks and snippets: where the terms of a query stand in the raw text.

A term is found as the index finds it: folded; Chinese as a substring, other words whole, and between its runs any signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.compiling import WildTerm
from qiantang.corpus.register.types import Mark
from qiantang.kernel.text import WORD_CHARACTER, Plain, Wildcards, characters, fold, fold_with_places, runs

_BETWEEN = r"[\W_]*"
_ELLIPSIS = "…"
_WILD = re.compile(r"[*?#]")
_in_word = re.compile(WORD_CHARACTER).match
_Spans = list[tuple[int, int]]


class Snippet(NamedTuple):
    """A stretch of a text, ``…`` where it was cut, and the marks in it."""

    text: str
    marks: tuple[Mark, ...]


@lru_cache(maxsize=256)
def expression(parts: tuple[str, ...]) -> re.Pattern[str]:
    """What several runs with signs between them look like in a folded text."""
    made = [re.escape(one) for one in parts]
    if not characters(parts[0][0]):
        # No word is cut out of a longer one. The look behind comes after the first letter: an expression that begins
        # with a letter is looked for many times faster.
        first = re.escape(parts[0][0])
        made[0] = f"{first}(?<!{WORD_CHARACTER}{first})" + re.escape(parts[0][1:])
    after = "" if characters(parts[-1][-1]) else f"(?!{WORD_CHARACTER})"
    return re.compile(_BETWEEN.join(made) + after)


class _Wild:
    """A term with wildcards, found as the longest stretch it stands for; ``held`` is folded."""

    __slots__ = ("_begins", "_ends_a_word", "_starts_a_word", "_wildcards")

    def __init__(self, held: str) -> None:
        self._begins = _WILD.split(held, maxsplit=1)[0]
        self._starts_a_word = not characters(held[0])
        self._ends_a_word = not characters(held[-1])
        self._wildcards = Wildcards(held, letters=True)

    def spans(self, text: str) -> _Spans:
        def ends(place: int) -> bool:
            return not (self._ends_a_word and _in_word(text, place))

        found: _Spans = []
        start = text.find(self._begins)
        while 0 <= start < len(text):
            inside = self._starts_a_word and start and _in_word(text, start - 1)
            end = None if inside else self._wildcards.longest(text, start, ends)
            if end is not None and end > start:
                found.append((start, end))
                start = text.find(self._begins, end)
            else:
                start = text.find(self._begins, start + 1)
        return found


class Sought:
    """The terms of a query, made ready once to be looked for in all the texts of a page.

    Nearly every term is one run of one script. That is looked for as it stands: an expression would take longer to be
    made than a page of texts to be searched.

    needles   terms as typed, from ``query_language.terms_to_mark``
    """

    __slots__ = ("_any", "_chinese", "_lower", "_patterns", "_wild", "_words")

    def __init__(self, needles: Sequence[str]) -> None:
        self._chinese: list[str] = []
        self._words: list[str] = []
        self._patterns: list[re.Pattern[str]] = []
        self._wild: list[_Wild] = []
        for one in needles:
            if isinstance(one, WildTerm):
                held = fold(one)
                self._wild.append(_Wild(held.strip("*?#" if characters(one) else "")))
                continue
            parts = runs(one)
            if len(parts) > 1:
                self._patterns.append(expression(tuple(parts)))
            elif parts:
                (self._words if _in_word(parts[0]) else self._chinese).append(parts[0])
        self._lower = bool(self._words or self._patterns or self._wild)  # whether a capital would be missed
        self._any = bool(self._chinese) or self._lower

    def _found(self, text: str, plain: int) -> _Spans:
        """Where the terms stand in the raw text, term by term."""
        if not self._any or not text:
            return []
        if not self._lower and plain:
            return self._spans(text)
        if plain == Plain.WHOLE:
            return self._spans(text.lower())
        folded, places = fold_with_places(text)
        found = self._spans(folded)
        return found if isinstance(places, range) else [(places[start], places[end - 1] + 1) for start, end in found]

    def _spans(self, text: str) -> _Spans:
        found: _Spans = []
        for one in self._chinese:
            start = text.find(one)
            while start >= 0:
                end = start + len(one)
                found.append((start, end))
                start = text.find(one, end)
        for one in self._words:
            start = text.find(one)
            while start >= 0:
                end = start + len(one)
                whole = not (_in_word(text, end) or (start and _in_word(text, start - 1)))
                if whole:
                    found.append((start, end))
                start = text.find(one, end if whole else start + 1)
        for pattern in self._patterns:
            found += [match.span() for match in pattern.finditer(text)]
        for wild in self._wild:
            found += wild.spans(text)
        return found

    def marks(self, text: str, plain: int = Plain.NOT) -> tuple[Mark, ...]:
        """The stretches of the raw text in which the terms stand, in order, overlapping ones made one.

        plain     what ``kernel.text.plainness`` says of the text, where that was asked before: then it need not be folded
        """
        found = self._found(text, plain)
        return _merged(found) if found else ()

    def snippet(self, text: str, width: int, plain: int = Plain.NOT) -> Snippet:
        """A stretch of about ``width`` characters around the first mark, or the beginning of the text where there is none.

        Marks count in the snippet, ``…`` included. ``plain`` as for ``marks``.
        """
        found = self._found(text, plain)
        length = len(text)
        if length <= width:
            return Snippet(text, _merged(found) if found else ())
        if not found:
            return Snippet(text[:width] + _ELLIPSIS, ())
        start = max(0, min(min(found)[0] - width // 4, length - width))
        end = start + width
        before = _ELLIPSIS if start else ""
        shift = len(before) - start
        inside = [(first + shift, min(last, end) + shift) for first, last in found if first < end]
        return Snippet(before + text[start:end] + (_ELLIPSIS if end < length else ""), _merged(inside))


def marks(text: str, needles: Sequence[str], plain: int = Plain.NOT) -> tuple[Mark, ...]:
    """``Sought.marks`` in one text."""
    return Sought(needles).marks(text, plain)


def snippet(text: str, needles: Sequence[str], width: int, plain: int = Plain.NOT) -> Snippet:
    """``Sought.snippet`` of one text."""
    return Sought(needles).snippet(text, width, plain)


def _merged(found: _Spans) -> tuple[Mark, ...]:
    if len(found) == 1:
        start, end = found[0]
        return (Mark(start, end),)
    found.sort()
    merged: list[Mark] = []
    begun, reached = found[0]
    for start, end in found:
        if start < reached:
            reached = max(reached, end)
        else:
            merged.append(Mark(begun, reached))
            begun, reached = start, end
    merged.append(Mark(begun, reached))
    return tuple(merged)
