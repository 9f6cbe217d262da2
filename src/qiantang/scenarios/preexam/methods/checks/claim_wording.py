"""Words of claims: CL-10, CL-11, CL-14, CL-15, CL-19, CL-20, CL-31, CL-32, CL-34."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.kernel.claims import Category
from qiantang.scenarios.preexam.methods.checks.claim_reading import TURN, ReadClaim
from qiantang.scenarios.preexam.methods.checks.claim_references import RANGE
from qiantang.scenarios.preexam.methods.checks.claim_set import claims_of
from qiantang.scenarios.preexam.methods.checks.engine import Hit, checks, in_claim
from qiantang.scenarios.preexam.methods.checks.lists import any_of, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading
from qiantang.scenarios.preexam.types import Severity

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]").search


@checks("CL-10")
def no_characterising_part(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim in reading.independent:
        if TURN.search(claim.even) or claim.category is Category.USE or not _CHINESE(claim.text):
            continue
        if claim.subject.endswith(words("composition_words")):
            continue
        yield in_claim(claim, 0, len(claim.head))


@checks("CL-11")
def turn_twice_or_empty(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        turns = list(TURN.finditer(claim.even))
        if len(turns) > 1:
            yield in_claim(claim, *turns[1].span(), count=len(turns))
        elif turns and not re.sub(r"[\s,:;.。]+", "", claim.even[turns[0].end() :]):
            yield in_claim(claim, *turns[0].span(), saying="empty")


_ABOUT: Final = re.compile(r"约(?=[为是等]?\s*\d|[为是]|[一二三四五六七八九十百千半])")
_ROUGHLY: Final = re.compile(r"(?<=[\d%℃°a-zA-Z米克秒分时度倍份帕升])\s*左右")
_DEGREES: Final = re.compile(r"[较很更过][厚薄强弱]")
_SO_FORTH: Final = re.compile(r"(?:、|和|或|及)[^,;:。]{1,20}?(等)(?=(.{0,2}))")


@checks("CL-14")
def uncertain_words(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in any_of("preference").finditer(claim.even):
            yield in_claim(claim, *found.span(), word=found[0])
        for start, end in _vague(claim.even):
            yield in_claim(
                claim, start, end, severity=Severity.WARNING, saying="vague", word=claim.text[start:end].strip()
            )


def _vague(text: str) -> Iterator[tuple[int, int]]:
    """Places of words that say no definite measure."""
    for found in any_of("vague").finditer(text):
        if not text.startswith(words("vague_not"), found.start()):
            yield found.span()
    for found in _ABOUT.finditer(text):
        around = text[max(0, found.start() - 1) : found.end() + 1]
        if not any(one in around for one in words("about_not")):
            yield found.span()
    for pattern in (_ROUGHLY, _DEGREES):
        yield from (found.span() for found in pattern.finditer(text))
    for found in any_of("hot").finditer(text):
        if not text.startswith(words("hot_compounds"), found.end()):
            yield found.span()
    for found in _SO_FORTH.finditer(text):
        if not found[2].startswith(words("so_forth_not")) and not text[: found.start(1)].endswith(
            words("so_forth_before_not")
        ):
            yield found.span(1)


_RELIES: Final = re.compile(
    r"(?:如|按照?|根据|参见|见)\s*(?:说明书|附图|图\s*\d+)[^,;。]{0,20}?(?:所述|所示|记载|中所[述示])|(?:如|参见|见)(?:说明书)?附?图\s*\d*\s*所?示?(?=[,;。的)])"
)


@checks("CL-15")
def relies_on_drawings(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if any(one in claim.even for one in words("figures_needed")):
            continue
        for found in _RELIES.finditer(claim.even):
            yield in_claim(claim, *found.span(), text=found[0])


_PARENTHESES: Final = re.compile(r"\(([^()]*)\)")
_RADICAL: Final = re.compile(
    r"[\u4e00-\u9fff]{0,4}[基酸醚酯酮醇烷烯炔胺]|[甲乙丙丁聚异氧碳氢氮]+|[\u2160-\u216b]|[一二三四五六七八九十]+|步骤.*|式.*|[IVXivx]+"
)
_TALKS: Final = re.compile(r"[\u4e00-\u9fff]{2,}").search


@checks("CL-19")
def words_in_parentheses(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        for found in _PARENTHESES.finditer(claim.even):
            inside = found[1].strip()
            if not _TALKS(inside) or _RADICAL.fullmatch(inside):
                continue
            yield in_claim(claim, *found.span(), text=inside)


_FALLING: Final = re.compile(r"[从由自][^,;。]{0,20}$")
_FALLS: Final = re.compile(r"降|减|冷却|升|上升|下降")
_NESTED: Final = re.compile(r"[^;。]{0,12}?(?:优选|最优|更佳|较佳|最好|特别是|尤其是|进一步)[^,;。]{0,10}$")
_FAR: Final = 30


@checks("CL-20")
def range_out_of_order(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        before: re.Match[str] | None = None
        for found in RANGE.finditer(claim.even):
            if _is_inverted(claim, found):
                yield in_claim(claim, *found.span(), text=found[0].strip())
            elif before is not None and found.start() - before.end() < _FAR:
                between = claim.even[before.end() : found.start()]
                if _NESTED.fullmatch(between):
                    start, end = before.start(), found.end()
                    yield in_claim(claim, start, end, saying="nested", text=claim.even[start:end])
            before = found


def _is_inverted(claim: ReadClaim, found: re.Match[str]) -> bool:
    if float(found["low"]) <= float(found["high"]):
        return False
    if found["unit_low"] and found["unit"] and found["unit_low"] != found["unit"]:
        return False
    clause = claim.even[max(0, found.start() - 20) : found.start()]
    if _FALLING.search(clause) or _FALLS.search(clause[-8:]):
        return False  # 从100℃降至50℃ is a course, no range
    return bool(found["unit"]) or "-" not in found[0] or "~" in found[0]


_EFFECT: Final = re.compile(
    r"\s*(?:所述[^,;。]{1,10}?)?(?:能够?|可以?|使得?|以便|从而|便于|有利于|用于|实现|达到|避免|防止|提高|降低|具有[^,;。]{0,12}(?:功能|效果|作用|性能))"
)
_STRUCTURE: Final = re.compile(
    r"包括|包含|设有|设置|连接|安装|固定|位于|由[^,;。]+组成|具有|为[^,;。]+[形状]|形成|构成|含有"
)


@checks("CL-31")
def effect_only(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if claim.category is not Category.PRODUCT or not claim.independent or claim.characterising is None:
            continue
        text, start = claim.characterising
        clauses = [one for one in re.split(r"[,，;；。、:：\n]", text) if one.strip()]
        if clauses and all(_EFFECT.match(one) for one in clauses) and not _STRUCTURE.search(text):
            yield in_claim(claim, start, len(claim.text.rstrip()))


_MARKED: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}\s*[®™]")


@checks("CL-32")
def trade_mark(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        marked = [found.span() for found in _MARKED.finditer(claim.text)]
        known = [found.span() for found in any_of("brands").finditer(claim.text)]
        for start, end in sorted(marked + [one for one in known if not any(a <= one[0] < b for a, b in marked)]):
            yield in_claim(claim, start, end, word=claim.text[start:end])


@checks("CL-34")
def unit_not_statutory(reading: Reading) -> Iterator[Hit]:
    unit = re.compile(
        rf"[\d一二三四五六七八九十百千半]\s*(?:{any_of('units').pattern})(?![\u4e00-\u9fff]*(?:槽|口|片|座|接|扣|盘|板|箍|环|簧|合|位|住|入))"
    )
    for claim in claims_of(reading):
        for found in unit.finditer(claim.even):
            after = claim.even[found.end() : found.end() + 12]
            if not re.match(r"\s*\(\s*(?:约|即|合)?\s*\d", after):
                yield in_claim(claim, *found.span(), text=found[0])
