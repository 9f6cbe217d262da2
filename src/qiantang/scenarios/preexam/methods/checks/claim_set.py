"""Claims as a set: existence, numbers, sentences, order, count (CL-01 to CL-03, CL-16, CL-22, CL-23, CL-25 to CL-27)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.scenarios.preexam.methods.checks.claim_reading import TURN, ReadClaim
from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_claim, in_paragraph, on_claim
from qiantang.scenarios.preexam.methods.checks.lists import values
from qiantang.scenarios.preexam.methods.checks.reading import Reading
from qiantang.scenarios.preexam.types import Part, Place

_STOP: Final = "。"


def claims_of(reading: Reading) -> tuple[ReadClaim, ...]:
    """The claims. Raises NotChecked where the draft holds no set of claims."""
    if not reading.has_claims:
        raise NotChecked("claims")
    return reading.claims


@checks("CL-01")
def no_independent_claim(reading: Reading) -> Iterator[Hit]:
    claims = claims_of(reading)
    if not claims:
        yield Hit(Part.CLAIMS, Place())
        return
    first = claims[0]
    if first.reference is not None or first.mentions:
        yield on_claim(first, saying="first")
    elif not reading.independent:
        yield on_claim(first, saying="none")


@checks("CL-02")
def numbers_not_continuous(reading: Reading) -> Iterator[Hit]:
    expected = 0
    for claim in claims_of(reading):
        expected += 1
        if claim.number != expected:
            yield on_claim(claim, given=claim.number, expected=expected)
            expected = claim.number


@checks("CL-03")
def not_one_sentence(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        text = claim.text.rstrip()
        count = text.count(_STOP)
        if count == 1 and text.endswith(_STOP):
            continue
        if not count and text.endswith(".") and not text[-2:-1].isdigit():
            continue  # a Latin full stop ends one sentence as well
        if not count:
            yield in_claim(claim, max(0, len(text) - 1), len(text), saying="none")
        elif count == 1:
            place = text.index(_STOP)
            yield in_claim(claim, place, place + 1, saying="inside")
        else:
            place = text.index(_STOP)
            yield in_claim(claim, place, place + 1, count=count)


@checks("CL-16")
def picture_in_claim(reading: Reading) -> Iterator[Hit]:
    section = reading.draft.section(Part.CLAIMS)
    numbers = {paragraph: claim.number for claim in claims_of(reading) for _, paragraph, _ in claim.pieces}
    for one in section.paragraphs if section else ():
        if one.pictures:
            hit = in_paragraph(Part.CLAIMS, one, 0, len(one.text), count=one.pictures)
            yield Hit(hit.part, hit.place, numbers.get(one.number), facts=hit.facts)


@checks("CL-22")
def two_independent_claims(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    seen: list[ReadClaim] = []
    for claim in reading.independent:
        for other in seen:
            same = claim.subject and claim.subject == other.subject
            if same and claim.category is other.category and other.number not in claim.mentions:
                yield on_claim(claim, other=other.number, subject=claim.subject)
                break
        seen.append(claim)


@checks("CL-23")
def dependents_apart(reading: Reading) -> Iterator[Hit]:
    latest: ReadClaim | None = None
    for claim in claims_of(reading):
        if claim.independent:
            latest = claim
            continue
        roots = reading.roots[claim.number] - {claim.number}
        if latest is not None and roots and latest.number not in roots:
            yield on_claim(claim, root=max(roots), between=latest.number)


def _body(claim: ReadClaim) -> str:
    """What a claim says, without reference, turn, marks and blanks."""
    added, _ = claim.after_reference
    return re.sub(r"[\s,，.。:：;；、]+", "", TURN.sub("", added, count=1))


@checks("CL-25")
def adds_nothing(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim in reading.dependent:
        if claim.number in reading.waived:
            continue
        body = _body(claim)
        parent = reading.parent(claim)
        if not body or (parent is not None and len(claim.parents) == 1 and body == _body(parent)):
            yield on_claim(claim)


@checks("CL-26")
def two_claims_the_same(reading: Reading) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for claim in claims_of(reading):
        text = re.sub(r"[\s,，.。:：;；、]+", "", claim.even)
        if text in seen:
            yield on_claim(claim, other=seen[text])
        else:
            seen[text] = claim.number


@checks("CL-27")
def excess_claims(reading: Reading) -> Iterator[Hit]:
    claims = claims_of(reading)
    excess = len(claims) - values("limits")["claims_free"]
    if excess > 0:
        first = claims[len(claims) - excess]
        yield on_claim(first, count=len(claims), excess=excess, fee=excess * values("fees")["claim"])
