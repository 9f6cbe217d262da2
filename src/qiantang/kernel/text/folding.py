"""Folding: one spelling for what readers take for the same text.

Width (NFKC), case and traditional Chinese characters are folded, each character by itself: so every folded character
comes from exactly one place of the original, and ``fold`` of a whole is the joined ``fold`` of its parts.
Source of the compatibility mapping: Unicode Standard Annex #15; of case folding: the Unicode Standard, section 3.13.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from qiantang.kernel.text.traditional import SIMPLIFIED, TRADITIONAL

_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))


def _step(text: str) -> str:
    wide_and_case = "".join([normalize("NFKC", one).casefold() for one in text])
    return "".join([_SIMPLIFIED.get(one, one) for one in wide_and_case])


class _Folded(dict[str, str]):
    """Folded characters, computed when first met: a table of all of Unicode would slow every start."""

    def __missing__(self, character: str) -> str:
        before, after = character, _step(character)
        while after != before:  # a compatibility form of a traditional character takes two steps
            before, after = after, _step(after)
        self[character] = after
        return after


_folded = _Folded()

# Unified ideographs change only where the table names them; planes 2 and up are rare enough to be looked up always.
_MAY_CHANGE = re.compile(
    "[A-Z\x80-\u3000\u3003-\u3040\u3097-\u30a0\u30ff-\u33ff\u4dc0-\u4dff\ua000-\uabff\ud7a4-\U0010ffff"
    + "".join(one for one in TRADITIONAL if "\u3400" <= one <= "\u9fff")
    + "]"
)

# Signs that stand in many texts and stay what they are, though they lie among those that may change.
_UNCHANGED_SIGNS = "\u00b0\u00b1\u00b7\u00d7\u2013\u2014\u2018\u2019\u201c\u201d\u2264\u2265"

# Most of what changes in a Chinese text: replacing each at one go costs a tenth of meeting it one by one.
_FREQUENT_SIGNS = tuple(zip("，；：（）", ",;:()", strict=True))


def _outside(first: int, last: int, left_out: str) -> str:
    """A stretch of code points as the inside of a character class, without these."""
    made, begin = "", first
    for place in [*sorted(map(ord, left_out)), last + 1]:
        if begin < place:
            made += f"{chr(begin)}-{chr(place - 1)}"
        begin = place + 1
    return made


_NOT_SIMPLE = re.compile(
    "["
    + _outside(0x80, 0x3000, _UNCHANGED_SIGNS)
    + "\u3003-\u3040\u3097-\u30a0\u30ff-\u33ff\u4dc0-\u4dff\ua000-\uabff"
    + _outside(0xD7A4, 0x10FFFF, "".join(wide for wide, _ in _FREQUENT_SIGNS))
    + "".join(one for one in TRADITIONAL if "\u3400" <= one <= "\u9fff")
    + "]"
)


def is_simple(text: str) -> bool:
    """Whether all that folding changes in a text is capitals of the Latin alphabet and the commonest wide signs.

    Such a text can be searched as it stands for Chinese, and in small letters for the rest: each character keeps its place.
    """
    return _NOT_SIMPLE.search(text) is None


def may_change(text: str) -> set[str]:
    """The characters of a text for which it is not simple: all that folding changes is among them, beside what it changes
    in a simple text.
    """
    return set(_NOT_SIMPLE.findall(text))


def _fold_one(match: re.Match[str]) -> str:
    return _folded[match[0]]


def fold(text: str) -> str:
    """The text in small letters, normal width and simplified characters.

    Folding twice changes nothing more. Text of GB 2312 characters changes in width, compatibility form and case only.
    The result may be longer than the text (㎜ gives mm), never shorter.
    """
    if text.isascii():
        return text.lower()
    for wide, narrow in _FREQUENT_SIGNS:
        text = text.replace(wide, narrow)
    return _MAY_CHANGE.sub(_fold_one, text)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """``fold(text)`` and, for each folded character, the index in ``text`` of the character it comes from."""
    folded = fold(text)
    if len(folded) == len(text):  # no character folds to nothing, so each gave exactly one
        return folded, range(len(text))
    places: list[int] = []
    after = 0
    for match in _MAY_CHANGE.finditer(text):
        place = match.start()
        places += range(after, place)
        places += [place] * len(_folded[match[0]])
        after = place + 1
    places += range(after, len(text))
    return folded, places
