"""Looking at Chinese patent text: one width, signs, nouns, and text without signs whose places are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qiantang.scenarios.preexam.methods.checks.lists import words

# One character for one, so that places stay what they are.
_WIDTH: Final = str.maketrans(
    "（）［］｛｝，；：．％０１２３４５６７８９～﹣－—–‐‑\u3000\u00a0\t", "()[]{},;:.%0123456789~------   "
)
CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_ONE_SIGN: Final = r"(?:\d{1,4}[a-zA-Z]?\d?'{0,2}|[A-Z]{1,2}\d{1,3})"
SIGNS: Final = re.compile(rf"\(\s*({_ONE_SIGN}(?:\s*[,;、/~\-和至及或]\s*{_ONE_SIGN})*)\s*\)")
_SIGN: Final = re.compile(_ONE_SIGN).findall
_RUN: Final = re.compile(rf"[{CJK}A-Za-z0-9]{{1,24}}$")
_HAS_CJK: Final = re.compile(f"[{CJK}]").search
ORDINAL: Final = re.compile(r"第[一二三四五六七八九十百\d]+")


def plain(text: str) -> str:
    """The text in one width; every character stays at its place. Not remembered: texts of drafts are kept nowhere."""
    return text.translate(_WIDTH)


def length_of(text: str) -> int:
    """Characters as the office counts them: Chinese ones, signs, Latin letters and digits count one each; blanks none."""
    return len(re.sub(r"\s+", "", text))


@dataclass(frozen=True, slots=True)
class Bare:
    """A text without blanks and without signs in parentheses; ``places[i]`` is where its character i stood."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stood in the whole text."""
        return self.places[start], self.places[end - 1] + 1


def bare(text: str) -> Bare:
    even = plain(text)
    hidden = bytearray(len(even))
    for found in SIGNS.finditer(even):
        hidden[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    places = [place for place, one in enumerate(even) if not hidden[place] and not one.isspace()]
    return Bare("".join([even[place] for place in places]), places)


@dataclass(frozen=True, slots=True)
class Signed:
    """A noun with its reference signs, ``壳体(1)``: the noun from ``start``, the parentheses up to ``end``."""

    noun: str
    signs: tuple[str, ...]
    start: int
    end: int


def signed(text: str) -> Iterator[Signed]:
    """Nouns that are followed by reference signs in parentheses; numbers of steps and formulae are none."""
    even = plain(text)
    for found in SIGNS.finditer(even):
        noun = noun_before(even, found.start())
        if noun and _HAS_CJK(noun) and not noun.endswith(words("no_parts")):
            yield Signed(noun, tuple(_SIGN(found[1])), found.start() - len(noun), found.end())


@lru_cache(maxsize=1)
def _noun_begins() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("before_noun"), key=len, reverse=True))))


def noun_before(even: str, end: int) -> str:
    """The noun that ends before a place: back to a mark, a determiner or a verb."""
    run = _RUN.search(even, max(0, end - 24), end)
    if run is None:
        return ""
    text = run[0]
    begin = 0
    for found in _noun_begins().finditer(text):
        if found.end() < len(text):
            begin = found.end()
    return text[begin:]


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns may name one part: the shorter is how the longer ends, or both end alike."""
    shorter, longer = sorted((one, other), key=len)
    if _ordinals_differ(one, other):
        return False
    return longer.endswith(shorter) or (len(shorter) > 2 and longer.endswith(shorter[-2:]))  # noqa: PLR2004 - two characters make a noun


def _ordinals_differ(one: str, other: str) -> bool:
    mine, its = ORDINAL.findall(one), ORDINAL.findall(other)
    return bool(mine and its) and mine[-1] != its[-1]


# A noun and a number behind it, without parentheses: 壳体1.
_BARE_SIGN: Final = re.compile(
    rf"(?<=[{CJK}])(?P<sign>\d{{1,3}}[a-z]?)(?![\d.%°℃‰:/a-zA-Z~\-±×*'\)]|\s*[{CJK}]*?(?:实施例))"
)


def bare_signs(text: str) -> Iterator[Signed]:
    """Numbers that stand directly behind a noun and are no count, no measure, no figure and no step."""
    even = plain(text)
    for found in _BARE_SIGN.finditer(even):
        after = even[found.end() : found.end() + 2].lstrip()
        if after.startswith(words("counted_by")) or even[: found.start()].endswith(words("before_number")):
            continue
        noun = noun_before(even, found.start())
        if len(noun) < 2 or noun.endswith((*words("no_parts"), *words("counted_nouns"))) or _noun_ends().search(noun):  # noqa: PLR2004 - two characters make a noun
            continue
        yield Signed(noun, (found["sign"],), found.start() - len(noun), found.end())


@lru_cache(maxsize=1)
def _noun_ends() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("no_noun"), key=len, reverse=True))))


_JOINS: Final = re.compile(r"(?<!饱)和|(?<!参)与(?!门|非)|及|或").search
_LISTED: Final = re.compile(
    rf"(?:包括有?|包含有?|设置?有|具有|安装有|连接有|固定有|含有|采用|为|是|和|及|、|:|一种|一个)(?:一个|至少一个|多个|若干个?|两个)?"
    rf"(?P<term>(?:第[一二三四五六七八九十\d]+)?[{CJK}A-Za-z]{{2,12}}?)(?=[,;、。和及与:(]|$)"
)


def terms(text: str) -> dict[str, tuple[int, int]]:
    """Noun phrases of a claim with the place of the first: nouns with signs, and what is listed or said to be."""
    found: dict[str, tuple[int, int]] = {}
    for one in signed(text):
        if len(one.noun) > 1:
            found.setdefault(one.noun, (one.start, one.start + len(one.noun)))
    naked = bare(text)
    for listed in _LISTED.finditer(naked.text):
        term = listed["term"]
        if _HAS_CJK(term) and not term.endswith(("时", "后")) and not _noun_ends().search(term) and not _JOINS(term):
            found.setdefault(term, naked.span(listed.start("term"), listed.end("term")))
    return found


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters, marks and blanks left out."""
    letters = re.sub(rf"[^{CJK}A-Za-z0-9]+", " ", text)
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}
