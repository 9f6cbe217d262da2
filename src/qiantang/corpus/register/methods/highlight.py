"""Marks and snippets: where the terms of a query stand in the raw text.

A term is found as the index finds it: folded; Chinese as a substring, other words whole, and between its runs any signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.compiling import WildTerm
from qiantang.corpus.register.types import Mark
from qiantang.kernel.text import characters, fold, fold_with_places

_BETWEEN = r"[\W_]*"
_ELLIPSIS = "…"


class Snippet(NamedTuple):
    """A stretch of a text, ``…`` where it was cut, and the marks in it."""

    text: str
    marks: tuple[Mark, ...]


class _Needle(NamedTuple):
    pattern: re.Pattern[str]
    word_first: bool
    word_last: bool


def _kind(character: str) -> str:
    if characters(character):
        return "cjk"
    return "word" if re.fullmatch(r"[^\W_]", character) else ""


_LETTERS = {"*": r"[^\W_]*", "?": r"[^\W_]", "#": r"[^\W_]?"}


@lru_cache(maxsize=1024, typed=True)
def _needle(term: str) -> _Needle | None:
    if isinstance(term, WildTerm):
        folded = fold(term).strip("*?#" if characters(term) else "")
        return _Needle(re.compile("".join(_LETTERS.get(one) or re.escape(one) for one in folded)), *_at_words(folded))
    runs = [(kind, "".join(run)) for kind, run in groupby(fold(term), key=_kind) if kind]
    if not runs:
        return None
    pattern = re.compile(_BETWEEN.join(re.escape(run) for _, run in runs))
    return _Needle(pattern, runs[0][0] == "word", runs[-1][0] == "word")


def _at_words(pattern: str) -> tuple[bool, bool]:
    """Whether a pattern begins and ends with a word, which then must not be cut out of a longer one."""
    return not characters(pattern[0]), not characters(pattern[-1])


def _is_whole(folded: str, start: int, end: int, needle: _Needle) -> bool:
    """That a word is not cut out of a longer one."""
    if needle.word_first and start > 0 and _kind(folded[start - 1]) == "word":
        return False
    return not (needle.word_last and end < len(folded) and _kind(folded[end]) == "word")


def marks(text: str, needles: Sequence[str]) -> tuple[Mark, ...]:
    """The stretches of the raw text in which the terms stand, in order, overlapping ones made one.

    needles   terms as typed, from ``query_language.terms_to_mark``
    """
    if not needles or not text:
        return ()
    folded, places = fold_with_places(text)
    found: list[tuple[int, int]] = []
    for term in needles:
        needle = _needle(term)
        if needle is None:
            continue
        for match in needle.pattern.finditer(folded):
            start, end = match.span()
            if _is_whole(folded, start, end, needle):
                found.append((places[start], places[end - 1] + 1))
    return _merged(found) if len(found) > 1 else tuple(Mark(*one) for one in found)


def _merged(found: list[tuple[int, int]]) -> tuple[Mark, ...]:
    merged: list[Mark] = []
    for start, end in sorted(found):
        if merged and start < merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Mark(start, end))
    return tuple(merged)


def snippet(text: str, needles: Sequence[str], width: int) -> Snippet:
    """A stretch of about ``width`` characters around the first mark, or the beginning of the text where there is none.

    Marks count in the snippet, ``…`` included.
    """
    found = marks(text, needles)
    if not found:
        return Snippet(text if len(text) <= width else text[:width] + _ELLIPSIS, ())
    start = max(0, min(found[0].start - width // 4, len(text) - width))
    end = min(len(text), start + width)
    before = _ELLIPSIS if start else ""
    shift = len(before) - start
    inside = [Mark(max(m.start, start) + shift, min(m.end, end) + shift) for m in found if m.start < end]
    return Snippet(before + text[start:end] + (_ELLIPSIS if end < len(text) else ""), tuple(inside))
