"""Terms and signs of claims: CL-17, CL-18, CL-24, CL-33."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.claim_set import claims_of
from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_claim, on_claim
from qiantang.scenarios.preexam.methods.checks.lists import values, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading
from qiantang.scenarios.preexam.methods.checks.wording import Signed, bare, bare_signs, same_noun, terms


@checks("CL-17")
def sign_without_parentheses(reading: Reading) -> Iterator[Hit]:
    found = [(claim, one) for claim in claims_of(reading) for one in bare_signs(claim.text)]
    signs = _likely_signs(reading, [one for _, one in found])
    for claim, one in found:
        if (one.noun, one.signs[0]) in signs:
            yield in_claim(claim, one.start, one.end, sign=one.signs[0], noun=one.noun)


def _likely_signs(reading: Reading, found: list[Signed]) -> set[tuple[str, str]]:
    """Which nouns with numbers are parts with signs, and not things counted (节点1, 节点2) or weighed (玉米50、麦麸10).

    A noun has one number only. The number is a sign elsewhere in the draft, or the same noun with the same number stands
    in it again, or all the numbers, one for each noun, run from 1 without a gap.
    """
    numbers: dict[str, set[str]] = defaultdict(set)
    for one in found:
        numbers[one.noun].add(one.signs[0])
    pairs = {(noun, next(iter(several))) for noun, several in numbers.items() if len(several) == 1}
    told = sorted(int(sign) if sign.isdigit() else 0 for _, sign in pairs)
    if reading.description is None and told == list(range(1, len(told) + 1)):
        return pairs
    counts = Counter((one.noun, one.signs[0]) for one in found)
    written = {(one.noun, one.sign) for one in (*reading.described_signs, *reading.listed_signs, *reading.loose_signs)}
    drawn = reading.drawn_signs or {}
    return {one for one in pairs if counts[one] > 1 or one[1] in drawn or any(_same(one, other) for other in written)}


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1] and same_noun(one[0], other[0])


@checks("CL-18")
def signs_inconsistent(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    nouns: dict[str, Signed] = {}
    signs: dict[str, tuple[str, ...]] = {}
    told: set[str] = set()
    for claim, one in reading.claim_signs:
        for sign in one.signs:
            first = nouns.setdefault(sign, one)
            if sign not in told and _disagree(first, one):
                told.add(sign)
                yield in_claim(claim, one.start, one.end, sign=sign, noun=first.noun, other=one.noun)
            if _is_unknown(reading, sign) and sign not in told:
                told.add(sign)
                yield in_claim(claim, one.start, one.end, saying="unknown", sign=sign)
        if claim.even[: one.start].endswith(words("modifiers")):
            continue  # 驱动组件(3) and 过滤组件(4) are not one noun with two signs
        known = signs.setdefault(one.noun, one.signs)
        if not set(known) & set(one.signs) and one.noun not in told and len(one.noun) > 1:
            told.add(one.noun)
            facts = {"noun": one.noun, "sign": "、".join(known), "other": "、".join(one.signs)}
            yield in_claim(claim, one.start, one.end, saying="two", told=facts)


def _disagree(first: Signed, one: Signed) -> bool:
    """Whether two places give one sign to different nouns; a noun of one character may be a piece of a longer one."""
    shortest = min(len(first.noun), len(one.noun))
    return len(one.signs) == len(first.signs) == 1 and shortest > 1 and not same_noun(first.noun, one.noun)


def _is_unknown(reading: Reading, sign: str) -> bool:
    """Missing from the description and from the drawings; where the drawings were not read, the description tells."""
    if reading.description is None or reading.is_described(sign):
        return False
    return reading.drawn_signs is None or sign not in reading.drawn_signs


@checks("CL-24")
def term_not_described(reading: Reading) -> Iterator[Hit]:
    claims = claims_of(reading)
    if reading.description is None:
        raise NotChecked("description")
    text = bare(reading.description.text).text
    told: set[str] = set()
    for claim in claims:
        for term, (start, end) in terms(claim.text).items():
            if term not in text and term not in told:
                told.add(term)
                yield in_claim(claim, start, end, term=term)


@checks("CL-33")
def unity_in_doubt(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    told = {one.number: set(terms(one.text)) | {one.subject} for one in reading.independent}
    for first, second in combinations(reading.independent, 2):
        if first.number in second.mentions or first.number == second.number:
            continue
        mine, its = told[first.number], told[second.number]
        if _related(first, second) or len(mine) < 2 or len(its) < 2:  # noqa: PLR2004 - one term tells nothing
            continue
        shared = sum(any(one in other or other in one for other in its) for one in mine)
        if shared / len(mine | its) < values("limits")["unity_overlap"]:
            yield on_claim(second, other=first.number)


def _related(first: ReadClaim, second: ReadClaim) -> bool:
    """Whether one claim names what the other claims."""
    return first.subject in second.bare.text or second.subject in first.bare.text
