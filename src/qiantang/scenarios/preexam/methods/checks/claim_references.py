"""References between claims: CL-04 to CL-09, CL-12, CL-13, CL-21."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.kernel.claims import Category
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.claim_set import claims_of
from qiantang.scenarios.preexam.methods.checks.engine import Hit, checks, in_claim
from qiantang.scenarios.preexam.methods.checks.reading import Reading
from qiantang.scenarios.preexam.methods.checks.wording import same_noun, terms


def _reference_span(claim: ReadClaim) -> tuple[int, int]:
    reference = claim.reference
    return (reference.start, reference.subject_start) if reference else (0, min(len(claim.text), 30))


@checks("CL-04")
def refers_ahead(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        numbers = claim.reference.numbers if claim.reference else claim.mentions
        for other in numbers:
            if other == claim.number:
                saying = "itself"
            elif other not in reading.by_number:
                saying = "missing"
            elif other > claim.number:
                saying = ""
            else:
                continue
            yield in_claim(claim, *_reference_span(claim), saying=saying, other=other)


@checks("CL-05")
def not_in_the_alternative(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim in reading.dependent:
        reference = claim.reference
        if reference and reference.multiple and not reference.alternative:
            start, end = _reference_span(claim)
            yield in_claim(claim, start, end, text=claim.text[start:end].strip())


def _multiple(claim: ReadClaim) -> bool:
    return claim.reference is not None and claim.reference.multiple


@checks("CL-06")
def multiple_on_multiple(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if not _multiple(claim):
            continue
        others = [
            n for n in claim.parents if n < claim.number and n in reading.by_number and _multiple(reading.by_number[n])
        ]
        if others:
            yield in_claim(claim, *_reference_span(claim), others=_listed(others))


@checks("CL-07")
def multiple_on_multiple_by_way(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if not _multiple(claim):
            continue
        parents = [reading.by_number[n] for n in claim.parents if n < claim.number and n in reading.by_number]
        if any(map(_multiple, parents)):
            continue  # that is CL-06
        others = [one.number for one in parents if _rests_on_multiple(reading, one)]
        if others:
            yield in_claim(claim, *_reference_span(claim), others=_listed(others))


def _rests_on_multiple(reading: Reading, claim: ReadClaim) -> bool:
    if claim.reference is None:
        return False
    above = [reading.by_number[n] for n in claim.parents if n < claim.number and n in reading.by_number]
    return any(_multiple(one) or _rests_on_multiple(reading, one) for one in above)


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))


@checks("CL-08")
def subject_differs(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim, parent in _pairs(reading):
        if claim.category is not parent.category or not claim.subject or not parent.subject:
            continue
        mine, its = _core(claim.subject), _core(parent.subject)
        if mine == its or mine.endswith(its) or its.endswith(mine):
            continue
        reference = claim.reference
        assert reference is not None
        facts = {"subject": claim.subject, "parent": parent.subject, "other": parent.number}
        yield in_claim(claim, reference.subject_start, reference.end, told=facts)


def _core(subject: str) -> str:
    """A subject for comparison: without signs, marks and what only refers."""
    return re.sub(r"^(?:一[种类个]|所述的?|该)|[()（）\"“”\s]|\(\d+\)", "", subject)


@checks("CL-09")
def category_changes(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim, parent in _pairs(reading):
        mine, its = claim.category, parent.category
        if mine is None or its is None or mine is its:
            continue
        if {mine, its} == {Category.METHOD, Category.USE}:
            continue  # a use is a kind of method (GL II.2 §3.2.2)
        reference = claim.reference
        assert reference is not None
        yield in_claim(claim, reference.subject_start, reference.end, subject=claim.subject, other=parent.number)


def _pairs(reading: Reading) -> Iterator[tuple[ReadClaim, ReadClaim]]:
    """Dependent claims with the first claim each refers to; not those on which CL-04 fired."""
    for claim in reading.dependent:
        parent = reading.parent(claim)
        if parent is not None and claim.number not in reading.waived:
            yield claim, parent


@checks("CL-12")
def no_antecedent(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if claim.number in reading.waived or reading.by_number[claim.number] is not claim:
            continue
        for one in reading.antecedents.missing(claim.number):
            facts: dict[str, object] = {"phrase": one.phrase}
            if one.meant:
                facts["meant"] = one.meant
            yield in_claim(claim, one.start, one.end, saying="meant" if one.meant else "", told=facts)


_AGAIN: Final = re.compile(
    r"(?<!所述)(?:还?包括有?|设置?有|还?具有|安装有)(?:一个|一)?(?P<term>[\u4e00-\u9fff]{2,10})(?=[,;、。和及与]|$|[上下内外]?(?:设有|安装))"
)


@checks("CL-13")
def introduced_again(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim, _ in _pairs(reading):
        naked = claim.bare
        for found in _AGAIN.finditer(naked.text):
            term = found["term"]
            holder = _holder(reading, claim, term)
            if holder is not None:
                start, end = naked.span(found.start("term"), found.end("term"))
                yield in_claim(claim, start, end, term=term, other=holder)


def _holder(reading: Reading, claim: ReadClaim, term: str) -> int | None:
    """The claim above that names exactly this thing."""
    waiting = [reading.by_number[n] for n in claim.parents if n in reading.by_number and n < claim.number]
    met: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if one.number in met:
            continue
        met.add(one.number)
        if term in terms(one.text):
            return one.number
        waiting += [reading.by_number[n] for n in one.parents if n in reading.by_number and n < one.number]
    return None


# --- ranges ----------------------------------------------------------------------------------------------------------

_NUMBER: Final = r"\d+(?:\.\d+)?"
_UNIT: Final = r"(?:%|‰|°C|℃|°|[a-zA-Zμµ]{1,6}(?:/[a-zA-Z]{1,4})?|[毫微纳千兆厘]?[米克升秒帕瓦伏安]|小时|分钟|分|秒|天|重量份|份|倍|目|次)?"
RANGE: Final = re.compile(
    rf"(?<![A-Za-z0-9.\-~×*^])(?P<low>{_NUMBER})\s*(?P<unit_low>{_UNIT})\s*(?:~|-{{1,2}}|至|到)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})(?![\d.×*^]|\s*[-~:/×*]\s*\d)"
)
_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:优选|进一步)?(?:为|是|在|:|约|控制在|取)*$").search


def labelled_ranges(claim: ReadClaim) -> Iterator[tuple[str, re.Match[str]]]:
    """Ranges with the word for what they measure."""
    for found in RANGE.finditer(claim.even):
        label = _LABEL(claim.even, max(0, found.start() - 14), found.start())
        if label:
            yield label[1].removeprefix("所述").removeprefix("的"), found


@checks("CL-21")
def range_not_inside(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim, parent in _pairs(reading):
        for label, found in labelled_ranges(claim):
            for other_label, other in labelled_ranges(parent):
                if not same_noun(label, other_label) or found["unit"] != other["unit"]:
                    continue
                low, high, least, most = (
                    float(one) for one in (found["low"], found["high"], other["low"], other["high"])
                )
                if low < least or high > most:
                    facts = {"label": label, "text": found[0], "parent": other[0], "other": parent.number}
                    yield in_claim(claim, *found.span(), told=facts)
                break
