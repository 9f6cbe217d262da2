"""Marks and snippets: where the terms of a query stand in the raw text.

A term is found as the index finds it: folded; Chinese as a substring, other words whole, and between its runs any signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.compiling import WildTerm
from qiantang.corpus.register.types import Mark
from qiantang.kernel.text import WORD_CHARACTER, characters, fold, fold_with_places, plain_spellings

_BETWEEN = r"[\W_]*"
_ELLIPSIS = "…"


class Snippet(NamedTuple):
    """A stretch of a text, ``…`` where it was cut, and the marks in it."""

    text: str
    marks: tuple[Mark, ...]


class _Needle(NamedTuple):
    """What a term looks like in a folded text, and in one that is plain and was not folded."""

    folded: re.Pattern[str]
    plain: re.Pattern[str]


def _kind(character: str) -> str:
    if characters(character):
        return "cjk"
    return "word" if re.fullmatch(r"[^\W_]", character) else ""


_LETTERS = {"*": r"[^\W_]*", "?": r"[^\W_]", "#": r"[^\W_]?"}


def _any_of(spellings: str) -> str:
    return re.escape(spellings) if len(spellings) == 1 else f"[{re.escape(spellings)}]"


@lru_cache(maxsize=1024, typed=True)
def _needle(term: str) -> _Needle | None:
    """None where nothing of the term could be seen."""
    wild = isinstance(term, WildTerm)
    if wild:
        runs = [fold(term).strip("*?#" if characters(term) else "")]
    else:
        runs = ["".join(run) for kind, run in groupby(fold(term), key=_kind) if kind]
    if not runs:
        return None
    return _Needle(
        _pattern(runs, re.escape, wild=wild), _pattern(runs, lambda one: _any_of(plain_spellings(one)), wild=wild)
    )


def _pattern(runs: list[str], spelled: Callable[[str], str], *, wild: bool) -> re.Pattern[str]:
    signs = _LETTERS if wild else {}
    made = [[signs.get(one) or spelled(one) for one in run] for run in runs]
    if not characters(runs[0][0]):
        # No word is cut out of a longer one. The look behind comes after the first letter, where there is one: an
        # expression that begins with a letter is looked for many times faster.
        first = made[0][0] if _kind(runs[0][0]) else ""
        made[0][: bool(first)] = [f"{first}(?<!{WORD_CHARACTER}{first})"]
    after = "" if characters(runs[-1][-1]) else f"(?!{WORD_CHARACTER})"
    return re.compile(_BETWEEN.join(map("".join, made)) + after)


def marks(text: str, needles: Sequence[str], *, plain: bool = False) -> tuple[Mark, ...]:
    """The stretches of the raw text in which the terms stand, in order, overlapping ones made one.

    needles   terms as typed, from ``query_language.terms_to_mark``
    plain     what ``kernel.text.is_plain`` says of the text, where that was asked before: then it need not be folded
    """
    if not needles or not text:
        return ()
    searched, places = (text, range(len(text))) if plain else fold_with_places(text)
    found = [
        (places[match.start()], places[match.end() - 1] + 1)
        for one in _patterns(needles, plain=plain)
        for match in one.finditer(searched)
    ]
    return _merged(found) if found else ()


def _patterns(needles: Sequence[str], *, plain: bool) -> list[re.Pattern[str]]:
    known = [found for one in needles if (found := _needle(one)) is not None]
    return [one.plain for one in known] if plain else [one.folded for one in known]


def _merged(found: list[tuple[int, int]]) -> tuple[Mark, ...]:
    if len(found) == 1:
        return (Mark(*found[0]),)
    merged: list[Mark] = []
    for start, end in sorted(found):
        if merged and start < merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Mark(start, end))
    return tuple(merged)


def snippet(text: str, needles: Sequence[str], width: int, *, plain: bool = False) -> Snippet:
    """A stretch of about ``width`` characters around the first mark, or the beginning of the text where there is none.

    Marks count in the snippet, ``…`` included. ``plain`` as for ``marks``.
    """
    if not needles or not text:
        return Snippet(text if len(text) <= width else text[:width] + _ELLIPSIS, ())
    searched, places = (text, range(len(text))) if plain else fold_with_places(text)
    patterns = _patterns(needles, plain=plain)
    firsts = [match.start() for one in patterns if (match := one.search(searched))]
    if not firsts:
        return Snippet(text if len(text) <= width else text[:width] + _ELLIPSIS, ())
    first = min(firsts)
    start = max(0, min(places[first] - width // 4, len(text) - width))
    end = min(len(text), start + width)
    before = _ELLIPSIS if start else ""
    shift = len(before) - start
    inside: list[tuple[int, int]] = []
    for one in patterns:
        for match in one.finditer(searched, first):
            place = places[match.start()]
            if place >= end:  # what stands beyond is not shown, so it is not looked for
                break
            inside.append((place + shift, min(places[match.end() - 1] + 1, end) + shift))
    return Snippet(before + text[start:end] + (_ELLIPSIS if end < len(text) else ""), _merged(inside))
