"""Tokens: what the index holds and what a query asks for.

Chinese is indexed as overlapping bigrams so that every substring of a run of characters is a phrase. A run of n
characters has n tokens: its n-1 bigrams and, last, its final character alone. So each character has one position,
distances count characters, and a phrase may end or begin in the middle of a run and go on past its end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import Final, NamedTuple

from qiantang.kernel.text.folding import fold, may_change

# Scripts written without blanks between words, as the inside of a character class: Han with radicals, iteration marks
# and number signs, kana, hangul. Source: Unicode 15 Blocks.txt and Scripts.txt; planes 2 and 3 are Han as a whole.
_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099\u309a"
    "\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7a3\ud7b0-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_runs = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+").findall
_is_cjk = re.compile(f"[{_CJK}]").match
_is_bigram = re.compile(f"[{_CJK}]{{2}}").fullmatch
_split = re.compile(f"([{_CJK}]+)").split
WORD_CHARACTER = f"[^\\W_{_CJK}]"  # a letter or digit of a script that writes blanks between words, as an expression
_words = re.compile(r"[^\W_]+").findall
_cjk_runs = re.compile(f"[{_CJK}]+").findall


def tokens(text: str) -> list[str]:
    """The tokens of a text after folding; a token's index in the list is its position.

    A run of CJK characters gives its bigrams and its final character; a run of other letters and digits gives one
    token; everything else parts runs and has no position.
    """
    found: list[str] = []
    for run in _runs(fold(text)):
        if _is_cjk(run):
            found += map(add, run, run[1:])
            found.append(run[-1])
        else:
            found.append(run)
    return found


def is_pair(token: str) -> bool:
    """Whether a token is a bigram: the one after it then begins with its second character, in any text."""
    return _is_bigram(token) is not None


def index_text(text: str) -> str:
    """The tokens joined by one blank: the content of a text field, to be split at blanks by the engine.

    Whole documents pass here by the hundred thousand, so bigrams are not made one by one: every character of the text
    gets three slots, itself, its neighbour and a blank, and the slots of each run are copied out in one piece.
    """
    folded = fold(text)
    every = list(folded)
    slots = [" "] * (3 * len(every))
    slots[::3] = every
    slots[1:-2:3] = every[1:]
    pieces: list[str] = []
    start, cjk = 0, False
    for part in _split(folded):  # other text and CJK runs in turn
        end = start + 3 * len(part)
        if cjk:
            slots[end - 2] = " "  # the final character has no neighbour
            pieces += slots[start : end - 1]
        elif len(part) > 1 or part.isalnum():  # most parts are one comma
            for word in _words(part):
                pieces += (word, " ")
        start, cjk = end, not cjk
    return "".join(pieces)[:-1]


def characters(text: str) -> str:
    """The distinct CJK characters after folding, joined by one blank, in the order in which they are first seen."""
    distinct = fold("".join(dict.fromkeys(text)))  # few characters to fold, in the order first seen
    return " ".join(dict.fromkeys("".join(_cjk_runs(distinct))))


class Plain:
    """How far a text can be searched as it stands, without being folded. No ``Enum``: a page of hits asks thirty times."""

    NOT: Final = 0
    CHINESE: Final = 1  # for runs of CJK characters: folding changes none of them, and nothing else into one
    WHOLE: Final = 2  # for the rest too, in small letters: the text is simple


class _Stands(dict[str, bool]):
    """Whether a character neither is nor becomes, by folding, another CJK character; computed when first met."""

    def __missing__(self, character: str) -> bool:
        folded = fold(character)
        self[character] = told = folded == character or not _cjk_runs(character + folded)
        return told


_stands = _Stands()


def plainness(text: str) -> int:
    """How far a text can be searched as it stands: one of ``Plain``."""
    found = may_change(text)
    if not found:
        return Plain.WHOLE
    return Plain.CHINESE if all(_stands[one] for one in found) else Plain.NOT


def runs(text: str) -> list[str]:
    """The runs of a text after folding: of CJK characters, and of other letters and digits."""
    return _runs(fold(text))


class PhraseTokens(NamedTuple):
    """How a stretch of query text is found among the tokens of a document.

    tokens      to be met at neighbouring positions, in this order; empty where there is nothing to be met
    open_end    the last token need only be the beginning of the document's token
    single      the text is exactly one CJK character, to be looked up among the ``characters`` of a document; else None
    """

    tokens: tuple[str, ...]
    open_end: bool = False
    single: str | None = None


@lru_cache(maxsize=1024)  # reading a query and putting it to an engine both ask
def phrase(text: str) -> PhraseTokens:
    """The query side of ``tokens``: a text of one run or several, met in a document as a stretch without a gap.

    A CJK run at the end may go on in the document, so its final character has no token of its own; a final run of one
    character that follows other runs is asked for as the beginning of a token.
    """
    found_runs = runs(text)
    if not found_runs:
        return PhraseTokens(())
    *before, last = found_runs
    found = tokens(" ".join(before)) if before else []
    if not _is_cjk(last):
        return PhraseTokens((*found, last))
    if len(last) > 1:
        return PhraseTokens((*found, *map(add, last, last[1:])))
    if found:
        return PhraseTokens((*found, last), open_end=True)
    return PhraseTokens((), single=last)
