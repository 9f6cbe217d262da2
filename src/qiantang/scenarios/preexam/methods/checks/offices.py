"""The same draft before other offices, in English: US-01 to US-08, EP-01 to EP-06, PCT-01."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qiantang.kernel.claims import Claim, category_of, parse_claims
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.claim_set import claims_of
from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_claim, in_paragraph, on_claim
from qiantang.scenarios.preexam.methods.checks.lists import any_of, values
from qiantang.scenarios.preexam.methods.checks.reading import Reading, joined, paragraph_hits
from qiantang.scenarios.preexam.types import Part, Place


def _english(reading: Reading) -> list[tuple[ReadClaim, Claim]]:
    """Claims with their references as English words them."""
    claims = claims_of(reading)
    parsed = parse_claims("\n".join(f"{one.number}. {' '.join(one.text.split())}" for one in claims))
    return list(zip(claims, parsed, strict=True))


def _multiples(pairs: Sequence[tuple[ReadClaim, Claim]]) -> Iterator[tuple[ReadClaim, str]]:
    multiple = {told.number for _, told in pairs if not told.independent and len(told.refers_to) > 1}
    for claim, told in pairs:
        others = [one for one in told.refers_to if one in multiple and one < told.number]
        if told.number in multiple and others:
            yield claim, ", ".join(map(str, others))


@checks("US-01")
def us_multiple_on_multiple(reading: Reading) -> Iterator[Hit]:
    for claim, others in _multiples(_english(reading)):
        yield on_claim(claim, others=others)


_STOPS: Final = (
    r"is|are|was|has|have|having|being|comprises?|comprising|includes?|including|of|in|on|at|to|and|or|with|for|from|by|"
    r"that|which|wherein|when|can|may|further|configured|connected|coupled|arranged|disposed|formed|made|so|as|via|into|"
    r"through|such|not|than|along|between|against|over|under|around|rotates?|moves?|extends?|drives?"
)
_DEFINITE: Final = re.compile(
    rf"\b(?:the|said)\s+((?!(?:{_STOPS})\b)[a-z][a-z\-]*(?:\s+(?!(?:{_STOPS})\b)[a-z][a-z\-]*){{0,3}})", re.IGNORECASE
)
_ALWAYS: Final = frozenset(
    {
        "method",
        "group",
        "invention",
        "same",
        "other",
        "art",
        "step",
        "steps",
        "claim",
        "claims",
        "following",
        "improvement",
        "one",
        "use",
        "form",
        "case",
        "presence",
        "absence",
        "amount",
        "total",
    }
)


@checks("US-02")
def us_no_antecedent(reading: Reading) -> Iterator[Hit]:
    pairs = _english(reading)
    told = {one.number: one for _, one in reversed(pairs)}
    for claim, one in pairs:
        above = _texts_above(one, told)
        seen: set[str] = set()
        for found in _DEFINITE.finditer(claim.text):
            phrase = re.sub(r"\s+", " ", found[1]).casefold()
            head = phrase.split(" ")
            before = f"{above} {' '.join(claim.text[: found.start()].split())}".casefold()
            if head[0] in _ALWAYS or phrase in seen or _introduced(head, before):
                continue
            seen.add(phrase)
            yield in_claim(claim, found.start(1), found.end(1), phrase=found[1])


def _texts_above(claim: Claim, told: dict[int, Claim]) -> str:
    waiting, met, texts = list(claim.refers_to), set[int](), []
    while waiting:
        number = waiting.pop(0)
        if number in met or number not in told or number >= claim.number:
            continue
        met.add(number)
        texts.append(" ".join(told[number].text.split()))
        waiting += told[number].refers_to
    return " ".join(texts)


def _introduced(words: Sequence[str], before: str) -> bool:
    """Whether the noun, or a beginning of the phrase, stands with an article or a number, or in the plural, before."""
    for length in range(len(words), 0, -1):
        phrase = re.escape(" ".join(words[:length]))
        if re.search(
            rf"\b(?:an?|one|two|three|first|second|at least one|plurality of|each|more)\s+(?:[\w\-]+\s+){{0,3}}?{phrase}",
            before,
        ):
            return True
        if re.search(rf"(?<!the )(?<!said )\b{phrase}s?\b", before):
            return True
    return False


@checks("US-03")
def us_excess_claims(reading: Reading) -> Iterator[Hit]:
    pairs = _english(reading)
    most = values("other_offices")
    count, independent = len(pairs), sum(one.independent for _, one in pairs)
    excess, apart = max(0, count - most["us_claims"]), max(0, independent - most["us_independent"])
    if excess or apart:
        facts = {"count": count, "independent": independent, "excess": excess, "excess_independent": apart}
        yield on_claim(pairs[-1][0], **facts)


def _word_count(reading: Reading) -> int:
    if reading.abstract is None:
        raise NotChecked("abstract")
    return len(re.findall(r"[A-Za-z0-9][\w\-'/.]*", reading.abstract.text))


@checks("US-04")
def us_abstract_too_long(reading: Reading) -> Iterator[Hit]:
    count, most = _word_count(reading), values("other_offices")["us_abstract_words"]
    if count > most:
        yield Hit(Part.ABSTRACT, Place(1, 0, 0), facts={"count": count, "most": most})


_TRANSITION: Final = re.compile(
    r"\b(?:compris(?:es|ing)|consist(?:s|ing)\s+(?:essentially\s+)?of|including|having|wherein|characteri[sz]ed)\b",
    re.IGNORECASE,
)


@checks("US-05")
def us_without_transition(reading: Reading) -> Iterator[Hit]:
    for claim, one in _english(reading):
        if one.independent and not _TRANSITION.search(claim.text):
            yield on_claim(claim)


_EXEMPLARY: Final = re.compile(r"\b(?:such as|for example|e\.g\.|preferably|for instance|or the like)", re.IGNORECASE)


@checks("US-06")
def us_exemplary(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in _EXEMPLARY.finditer(claim.text):
            yield in_claim(claim, *found.span(), word=found[0])


_MARKED: Final = re.compile(r"\b[A-Z][\w\-]*\s*(?:®|™|\(TM\)|\(R\))")


@checks("US-07")
def us_trade_mark(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in (*_MARKED.finditer(claim.text), *any_of("known_marks_en").finditer(claim.text)):
            yield in_claim(claim, *found.span(), word=found[0])


@checks("US-08")
def us_refers_ahead(reading: Reading) -> Iterator[Hit]:
    pairs = _english(reading)
    there = {one.number for _, one in pairs}
    for claim, one in pairs:
        for other in one.refers_to:
            if other >= one.number or other not in there:
                yield on_claim(claim, other=other)


@checks("EP-01")
def ep_excess_claims(reading: Reading) -> Iterator[Hit]:
    claims, most = claims_of(reading), values("other_offices")["ep_claims"]
    if len(claims) > most:
        yield on_claim(claims[most], count=len(claims))


@checks("EP-02")
def ep_several_independent(reading: Reading) -> Iterator[Hit]:
    by_category: dict[object, list[ReadClaim]] = {}
    for claim, one in _english(reading):
        category = category_of(one.text)
        if one.independent and category is not None:
            by_category.setdefault(category, []).append(claim)
    for several in by_category.values():
        if len(several) > 1:
            yield on_claim(several[1], others=", ".join(str(one.number) for one in several))


_CITES: Final = re.compile(r"\b(?:US|EP|WO|DE|GB|FR|JP|CN)[\s-]?(?:[A-Z]-?)?\d[\d,/ ]{4,}")


@checks("EP-03")
def ep_without_turn(reading: Reading) -> Iterator[Hit]:
    if reading.description is None:
        raise NotChecked("description")
    if not _CITES.search(joined(reading.description.paragraphs)):
        return
    for claim, one in _english(reading):
        if one.independent and not re.search(r"characteri[sz]ed\s+(?:in\s+that|by)", claim.text, re.IGNORECASE):
            yield on_claim(claim)


_LOOSE_SIGN: Final = re.compile(r"\b[a-z]{3,}\s+(\d{1,3}[a-z]?)(?=\s*(?:[,;.]|and\b|is\b|are\b|of\b|in\b|on\b|has\b))")
_COUNTED: Final = re.compile(
    r"(?:claims?|than|about|least|most|to|and|or|of|figs?|figures?|steps?|between|from|group|type|number|approximately)\s+\d",
    re.IGNORECASE,
)


@checks("EP-04")
def ep_sign_without_parentheses(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in _LOOSE_SIGN.finditer(claim.text):
            if not _COUNTED.match(found[0]):
                yield in_claim(claim, *found.span(), text=found[0])


_FIGURE: Final = re.compile(
    r"\b(?:as\s+)?(?:shown|illustrated|depicted|described)\s+(?:in|with\s+reference\s+to)\s+(?:the\s+)?(?:fig(?:ure)?s?\.?|drawings?)\s*\d*",
    re.IGNORECASE,
)


@checks("EP-05")
def ep_relies_on_figure(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in _FIGURE.finditer(claim.text):
            yield in_claim(claim, *found.span(), text=found[0])


_NOT_COVERED: Final = re.compile(
    r"(?:embodiments?|examples?)\s+(?:\w+\s+){0,4}(?:not\s+(?:covered|falling|part|according)|outside)\b[^.]{0,40}",
    re.IGNORECASE,
)


@checks("EP-06")
def ep_not_covered(reading: Reading) -> Iterator[Hit]:
    if reading.description is None:
        raise NotChecked("description")
    for paragraph, found in paragraph_hits(reading.description, _NOT_COVERED):
        yield in_paragraph(Part.DESCRIPTION, paragraph, *found.span(), text=found[0])


@checks("PCT-01")
def pct_abstract_length(reading: Reading) -> Iterator[Hit]:
    most = values("other_offices")
    count = _word_count(reading)
    if not most["pct_abstract_least"] <= count <= most["pct_abstract_most"]:
        yield Hit(Part.ABSTRACT, Place(1, 0, 0), facts={"count": count})
