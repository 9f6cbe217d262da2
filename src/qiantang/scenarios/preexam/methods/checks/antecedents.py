"""Whether what a claim calls 所述 was introduced before, in the claim itself or on every chain of its parents.

A noun phrase is introduced where it stands without a determiner. Behind each determiner the text up to a stop is tried,
the longest beginning first, and accepted where a beginning of at least two characters was introduced. Ordinals belong to
the name: 第一齿轮 is not 齿轮. Sources: Patent Law art. 26 (4); Guidelines for Patent Examination II.2 §3.2.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.wording import ORDINAL, terms

_DETERMINER: Final = re.compile(r"所述的?|上述的?|(?<!应)该(?=[^些类等项])")
_STOP: Final = re.compile(r"[的上下内外中间端侧之与和及或、,;:。为是由被在向()]|通过|用于|连接|固定|设")
_MARK: Final = re.compile(r"[、,;:。()]")
_ORDINALS: Final = re.compile(
    rf"((?:{ORDINAL.pattern}(?:[、,和与及或]|以及))+)({ORDINAL.pattern})([^\d、,;:。的和与及或]{{1,8}})"
)
_ORDINAL_BEFORE: Final = re.compile(rf"(?:{ORDINAL.pattern})$").search
_LONGEST: Final = 20
_SHORT: Final = 2
_LEAST_ALIKE: Final = 0.5
_NAMED: Final = 8  # characters of a phrase that is told
_WALL: Final = "|"
_VERB: Final = re.compile(r"包括|具有|延伸|驱动|转动|呈|能|还|不|均|表示|配置|自|至|对|相|沿")
_ALONE: Final = r"(?=[,;:。、和与及或的|()]|$)"


@dataclass(frozen=True, slots=True)
class Unintroduced:
    """A phrase without an earlier mention. ``start`` and ``end`` are places in the text of the claim."""

    phrase: str
    start: int
    end: int
    meant: str | None


@dataclass(slots=True)
class _Walked:
    introduced: str
    missing: list[Unintroduced] = field(default_factory=list)


class Antecedents:
    """The walk over one set of claims."""

    def __init__(self, claims: Mapping[int, ReadClaim]) -> None:
        self._claims = claims
        self._walked: dict[int, _Walked] = {}

    def missing(self, number: int) -> list[Unintroduced]:
        """Phrases of a claim that nothing introduces, each once."""
        return self._walk(number).missing

    def _walk(self, number: int) -> _Walked:
        if number not in self._walked:
            self._walked[number] = self._read(self._claims[number])
        return self._walked[number]

    def _parents(self, claim: ReadClaim) -> list[int]:
        return [one for one in claim.parents if one in self._claims and one < claim.number]

    def _above(self, claim: ReadClaim, phrase: str) -> bool:
        """Whether every chain of parents introduces it."""
        parents = self._parents(claim)
        return bool(parents) and all(
            _stands_in(phrase, self._walk(one).introduced) or self._above(self._claims[one], phrase) for one in parents
        )

    def _read(self, claim: ReadClaim) -> _Walked:
        text = claim.bare.text
        walked = _Walked("")
        seen: set[str] = set()
        told: list[str] = []
        behind = 0
        known: dict[str, bool] = {}
        for hit in _DETERMINER.finditer(text):
            if hit.start() < behind:
                continue
            told.append(text[behind : hit.start()])
            before = _unfolded(_WALL.join(told))
            accepted, tried = self._accepted(claim, text, hit.end(), before, known)
            length = len(accepted or tried)
            behind = hit.end() + length
            if accepted is None and tried and tried not in seen:
                seen.add(tried)
                start, end = claim.bare.span(hit.end(), hit.end() + len(tried))
                walked.missing.append(Unintroduced(tried, start, end, self._meant(claim, tried, start)))
        told.append(text[behind:])
        walked.introduced = _unfolded(_WALL.join(told))
        return walked

    def _accepted(
        self, claim: ReadClaim, text: str, start: int, before: str, known: dict[str, bool]
    ) -> tuple[str | None, str]:
        """The longest beginning that was introduced, or None and the phrase as it will be told."""
        phrase, first = _phrase(text, start)
        ordinal = ORDINAL.match(phrase)
        least = max(_SHORT, len(ordinal[0]) + 1 if ordinal else 0)
        if ordinal and len(phrase) < least:
            return phrase, phrase  # 所述第一和第二齿轮: the list of ordinals is read where its noun stands
        beginnings = [phrase[:length] for length in range(len(phrase), least - 1, -1)]
        for one in (*beginnings, phrase[:1]):
            if _stands_in(one, before):
                return one, phrase
            if one not in known:
                known[one] = self._above(claim, one)
            if known[one]:
                return one, phrase
        return None, _as_told(first if len(first) > 1 or not phrase else phrase)

    def _meant(self, claim: ReadClaim, phrase: str, place: int) -> str | None:
        """The noun introduced before that looks most like the phrase."""
        known = [one for one, (start, _) in terms(claim.text).items() if start < place]
        waiting = [self._claims[parent] for parent in self._parents(claim)]
        met: set[int] = set()
        while waiting:
            one = waiting.pop()
            if one.number in met:
                continue
            met.add(one.number)
            known += terms(one.text)
            waiting += [self._claims[parent] for parent in self._parents(one)]
        alike = [(SequenceMatcher(None, phrase, one).ratio(), one) for one in dict.fromkeys(known) if one != phrase]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= _LEAST_ALIKE else None


def _phrase(text: str, start: int) -> tuple[str, str]:
    """What follows a determiner: up to a stop behind its second character, and up to the first stop of all."""
    stretch = text[start : start + _LONGEST]
    if mark := _MARK.search(stretch):
        stretch = stretch[: mark.start()]
    hard = _DETERMINER.search(stretch)
    stretch = stretch[: hard.start()] if hard else stretch
    early, late = _STOP.search(stretch, 1), _STOP.search(stretch, _SHORT)
    return stretch[: late.start()] if late else stretch, stretch[: early.start()] if early else stretch


def _as_told(phrase: str) -> str:
    """The phrase up to where it surely is no noun any more."""
    ends = _VERB.search(phrase, _SHORT)
    return phrase[: ends.start() if ends else _NAMED][:_NAMED]


def _stands_in(phrase: str, introduced: str) -> bool:
    """Whether a phrase was introduced; one character alone counts where nothing goes on behind it."""
    if len(phrase) < _SHORT:
        return bool(phrase) and re.search(re.escape(phrase) + _ALONE, introduced) is not None
    place = introduced.find(phrase)
    if place < 0:
        return False
    if ORDINAL.match(phrase):
        return True
    while place >= 0:
        if not _ORDINAL_BEFORE(introduced, max(0, place - 5), place):
            return True
        place = introduced.find(phrase, place + 1)
    return False


def _unfolded(text: str) -> str:
    """第一、第二齿轮 introduces 第一齿轮 and 第二齿轮."""
    more = [ordinal + found[3] for found in _ORDINALS.finditer(text) for ordinal in ORDINAL.findall(found[1])]
    return _WALL.join([text, *more]) if more else text
