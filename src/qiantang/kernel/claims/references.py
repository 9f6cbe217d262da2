"""How a Chinese dependent claim names the claims it depends on, and the chains that come of it.

根据权利要求1或2所述的水泵: the numbers, whether they stand in the alternative, and the subject that the claim repeats
(Implementing Regulations of the Chinese Patent Law, rules 23 and 25; Guidelines for Patent Examination II.2 §3.3.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference with which a claim begins. Places are indices of the text that was read.

    numbers      of the claims named, ranges spelled out, each once; all earlier ones for 前述权利要求
    alternative  named as alternatives: 或, 任一项, 之一; a single number is neither alternative nor not
    introduced   by 根据, 如, 按照 …; without it the words may as well be part of another claim's subject
    start, end   from the first word to the end of the subject
    subject      what the claim repeats: 水泵; it stands from ``subject_start`` to ``end``
    """

    numbers: tuple[int, ...]
    alternative: bool
    introduced: bool
    start: int
    end: int
    subject: str
    subject_start: int

    @property
    def multiple(self) -> bool:
        return len(self.numbers) > 1


_CLAIM: Final = "权利要求书?"
_TO: Final = r"[-‐‑－—–~～至到]"
_OR: Final = r"(?:或者|或|以及|和|及|与|、|,|，)"
_NUMBERS: Final = rf"\d{{1,4}}(?:\s*(?:{_TO}|{_OR})\s*(?:{_CLAIM}\s*)?\d{{1,4}})*"
_ANY: Final = rf"(?:其?中?的?\s*(?:任[意何]?一?(?:项|条|个|种)?的?\s*(?:{_CLAIM})?|各项|之一|一项)\s*(?:中|之一)?)"
_READ: Final = re.compile(
    rf"\s*(?P<verb>根据|依据|按照|依照|基于|如同|如|按)?\s*(?:本专利|本申请)?的?\s*"
    rf"(?:(?:上述|前述)?{_CLAIM}\s*第?(?P<numbers>{_NUMBERS})\s*项?\s*(?:{_CLAIM})?\s*(?P<any>{_ANY})?"
    rf"|(?P<earlier>前述|上述|前面|以上|在前|先前)的?\s*(?P<before>任[意何]?一?[项个条]?的?)?\s*{_CLAIM}\s*中?(?P<after>{_ANY})?)"
    r"\s*(?:中\s*)?(?:所(?:述|记载|限定|公开|描述|要求)\s*的?|的)\s*(?P<subject>(?:[（(][^（()）\n]*[)）]|[^，,：:。；;\n（(])+)"
).match
_SPAN: Final = re.compile(rf"(\d+)(?:\s*{_TO}\s*(?:{_CLAIM}\s*)?(\d+))?")


def leading_reference(text: str, number: int) -> Reference | None:
    """The reference at the beginning of claim ``number``; None where the claim does not begin with one."""
    found = _READ(text)
    if found is None:
        return None
    if found["numbers"]:
        numbers = _spelled_out(found["numbers"])
        alternative = "或" in found["numbers"] or bool(found["any"])
    else:
        numbers = tuple(range(1, number))
        alternative = bool(found["before"] or found["after"])
    subject = found["subject"].rstrip()
    start = found.start("subject")
    begin = len(found[0]) - len(found[0].lstrip())
    return Reference(numbers, alternative, found["verb"] is not None, begin, start + len(subject), subject, start)


def _spelled_out(named: str) -> tuple[int, ...]:
    numbers: dict[int, None] = {}
    for span in _SPAN.finditer(named):
        low, high = int(span[1]), int(span[2] or span[1])
        numbers.update(dict.fromkeys(range(low, high + 1) if low <= high else (low, high)))
    return tuple(numbers)


def chain_counts(parents: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
    """How many chains lead from each claim to an independent one: the single-chain claims that stand behind it.

    parents  claim -> earlier claims it depends on; independent ones have none. Later and missing ones are left out.
    """
    counts: dict[int, int] = {}
    for number in sorted(parents):
        counts[number] = sum(counts[one] for one in parents[number] if one in counts and one < number) or 1
    return counts


def chain_depths(parents: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, int]]:
    """The least and the greatest number of steps from each claim to an independent one."""
    depths: dict[int, tuple[int, int]] = {}
    for number in sorted(parents):
        above = [depths[one] for one in parents[number] if one in depths and one < number]
        depths[number] = (1 + min(low for low, _ in above), 1 + max(high for _, high in above)) if above else (0, 0)
    return depths
