"""The description: DS-01 to DS-11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_paragraph, on_paragraph
from qiantang.scenarios.preexam.methods.checks.lists import advertising, values, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading, joined, paragraph_hits
from qiantang.scenarios.preexam.methods.checks.wording import bare, bigrams, plain
from qiantang.scenarios.preexam.methods.documents import Section
from qiantang.scenarios.preexam.types import DraftType, Part, Place, Severity

_SUMMARIES: Final = ("发明内容", "实用新型内容")


def _description(reading: Reading) -> Section:
    if reading.description is None:
        raise NotChecked("description")
    return reading.description


@checks("DS-01")
def headings_out_of_order(reading: Reading) -> Iterator[Hit]:
    _description(reading)
    summary = _SUMMARIES[1] if reading.type is DraftType.UTILITY_MODEL else _SUMMARIES[0]
    wanted = ["技术领域", "背景技术", summary, "附图说明", "具体实施方式"]
    there = [(summary if name in _SUMMARIES else name, one) for name, one in reading.headings]
    names = [name for name, _ in there]
    for heading in wanted:
        needed = heading != "附图说明" or bool(reading.figures)
        if needed and heading not in names:
            yield Hit(Part.DESCRIPTION, Place(), facts={"heading": heading})
    for place, (name, paragraph) in enumerate(there):
        later = next((other for other in names[:place] if wanted.index(other) > wanted.index(name)), None)
        if later:
            yield on_paragraph(Part.DESCRIPTION, paragraph, saying="order", heading=name, after=later)


_CLAIM_MENTION: Final = re.compile(
    r"(?:如|根据|按照|采用)?权利要求\s*(?:书\s*)?\d[\d\s\-~至、,或和及]*(?:中?任[意何]?一?项)?\s*(?:所述|所限定|所记载)(?:的[\u4e00-\u9fff]{1,8})?|如权利要求书?所述"
)


@checks("DS-02")
def refers_to_claims(reading: Reading) -> Iterator[Hit]:
    for paragraph, found in paragraph_hits(_description(reading), _CLAIM_MENTION):
        yield in_paragraph(Part.DESCRIPTION, paragraph, *found.span(), text=found[0])


@checks("DS-03")
def description_advertises(reading: Reading) -> Iterator[Hit]:
    for paragraph, found in paragraph_hits(_description(reading), advertising()):
        yield in_paragraph(Part.DESCRIPTION, paragraph, *found.span(), word=found[0])


_PARTS_OF_SUMMARY: Final = (
    ("problem_cues", "要解决的技术问题", "the technical problem"),
    ("solution_cues", "技术方案", "the solution"),
    ("effect_cues", "有益效果", "the beneficial effects"),
)


@checks("DS-04")
def summary_incomplete(reading: Reading) -> Iterator[Hit]:
    _description(reading)
    summary = reading.under(*_SUMMARIES)
    if summary is None:
        return  # that is DS-01
    text = joined(summary)
    heading = next(one for name, one in reading.headings if name in _SUMMARIES)
    for cues, zh, en in _PARTS_OF_SUMMARY:
        if not any(one in text for one in words(cues)):
            yield on_paragraph(Part.DESCRIPTION, heading, item=zh, item_en=en)


_CITED: Final = re.compile(r"(?<![A-Za-z\d])(?:CN|ZL|US|EP|WO|JP|KR|DE)\s?[\d.,/]{3,16}\s?[A-Z]?\d?(?![A-Za-z\d])")
_LITERATURE: Final = re.compile(r"《[^》]+》|\[[JMDCP]\]|申请号|专利号|公开号|公告号|文献|et al|GB/?T?\s*\d+")


@checks("DS-05")
def background_cites_nothing(reading: Reading) -> Iterator[Hit]:
    _description(reading)
    background = reading.under("背景技术")
    if background is None:
        return
    cited = False
    for paragraph in background:
        text = plain(paragraph.text)
        for found in _CITED.finditer(text):
            cited = True
            if not _is_number(found[0]):
                yield in_paragraph(
                    Part.DESCRIPTION,
                    paragraph,
                    *found.span(),
                    severity=Severity.WARNING,
                    saying="malformed",
                    number=found[0].strip(),
                )
        cited = cited or _LITERATURE.search(text) is not None
    if not cited:
        yield on_paragraph(Part.DESCRIPTION, next(one for name, one in reading.headings if name == "背景技术"))


def _is_number(text: str) -> bool:
    try:
        numbers.parse(text)
    except Invalid:
        return False
    return True


@checks("DS-06")
def numbering_not_continuous(reading: Reading) -> Iterator[Hit]:
    labelled = [one for one in _description(reading).paragraphs if one.label]
    expected = 1
    for one in labelled:
        width = len(one.label or "")
        if int(one.label or 0) != expected:
            yield on_paragraph(Part.DESCRIPTION, one, given=one.label, expected=str(expected).zfill(width))
            expected = int(one.label or 0)
        expected += 1


_PAGES: Final = re.compile(r"说明书(?:附图)?\s*[(:：]?\s*(\d+)\s*页")


@checks("DS-07")
def excess_pages(reading: Reading) -> Iterator[Hit]:
    told = reading.field("申请文件清单")
    pages = sum(int(one) for one in _PAGES.findall(told.value)) if told else 0
    pages = pages or reading.draft.pages or 0
    if not pages:
        raise NotChecked("pages")
    fee = page_fee(pages)
    if fee:
        place = told.place if told else Place()
        yield Hit(Part.REQUEST if told else Part.DESCRIPTION, place, facts={"pages": pages, "fee": fee})


def page_fee(pages: int) -> int:
    """CNY for description and drawings together."""
    fees, free = values("fees"), values("limits")["pages_free"]
    some, many = max(0, min(pages, 300) - free), max(0, pages - 300)
    return int(some * fees["page_31_to_300"] + many * fees["page_from_301"])


@checks("DS-08")
def claim_not_in_summary(reading: Reading) -> Iterator[Hit]:
    _description(reading)
    if not reading.claims:
        raise NotChecked("claims")
    summary = reading.under(*_SUMMARIES)
    if summary is None:
        return
    claim = bigrams(re.sub(r"所述|其特征在于", "", bare(reading.claims[0].text).text))
    text = bigrams(re.sub(r"所述|其特征在于", "", bare(joined(summary)).text))
    if not claim:
        return
    share = len(claim & text) / len(claim)
    if share < values("limits")["term_overlap"]:
        heading = next(one for name, one in reading.headings if name in _SUMMARIES)
        yield on_paragraph(Part.DESCRIPTION, heading, share=round(share * 100))


_ACRONYM: Final = re.compile(r"(?<![A-Za-z0-9\-/.])[A-Z][A-Z0-9]*[A-Z]s?(?![A-Za-z0-9\-/])")


@checks("DS-09")
def acronym_not_explained(reading: Reading) -> Iterator[Hit]:
    seen: set[str] = set(words("common_acronyms"))
    for paragraph, found in paragraph_hits(_description(reading), _ACRONYM):
        word = found[0]
        if word in seen or len(word) > 6 or re.fullmatch(r"(?:Al|[CHONPSFBKIVWUY])+s?", word):  # noqa: PLR2004 - longer ones are names; letters of elements are formulae
            continue
        seen.add(word)
        text = plain(paragraph.text)
        before, after = text[: found.start()].rstrip()[-1:], text[found.end() :].lstrip()
        if before in {"(", ",", "、", '"', "“"} or after.startswith(("(", "为", "是", "即", "指", ",即")):
            continue
        yield in_paragraph(Part.DESCRIPTION, paragraph, *found.span(), word=word)


_SEQUENCE: Final = re.compile(
    r"SEQ\s*ID\s*NO\s*[.:]?\s*\d+|(?<![A-Za-z])[ACGTUacgtu]{10,}(?![A-Za-z])|(?<![A-Za-z])(?:(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val)-?){4,}"
)
_LISTING: Final = re.compile(r"序列表")


@checks("DS-10")
def sequence_without_listing(reading: Reading) -> Iterator[Hit]:
    section = _description(reading)
    if reading.draft.has_sequence_listing or _LISTING.search(reading.said("申请文件清单")):
        return
    first = next(iter(paragraph_hits(section, _SEQUENCE)), None)
    if first:
        yield in_paragraph(Part.DESCRIPTION, first[0], *first[1].span(), text=first[1][0][:20])


_DEPOSIT: Final = re.compile(r"(CGMCC|CCTCC|GDMCC)\s*(?:No\.?|NO\.?|M|:|：)*\s*[:：.]?\s*[A-Z]?\s*\d[\d ]*")
_DEPOSIT_DATE: Final = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}")
_DEPOSIT_NAME: Final = re.compile(r"[A-Z][a-z]+\s+(?:[a-z]{3,}|sp\.)|分类命名|杂交瘤|大肠杆菌|酵母|芽孢杆菌|乳杆菌")
_DEPOSITARY: Final = re.compile(r"保藏中心|保藏单位|保藏管理中心|典型培养物|微生物菌种")


@checks("DS-11")
def deposit_incomplete(reading: Reading) -> Iterator[Hit]:
    section = _description(reading)
    first = next(iter(paragraph_hits(section, _DEPOSIT)), None)
    if first is None:
        return
    text = reading.description_text
    near = "".join(text[max(0, one.start() - 200) : one.end() + 200] for one in _DEPOSIT.finditer(text))
    needed = (
        (_DEPOSIT_DATE, "保藏日期", "the date"),
        (_DEPOSIT_NAME, "分类命名", "the name of the organism"),
        (_DEPOSITARY, "保藏单位", "the depositary"),
    )
    for pattern, zh, en in needed:
        if not pattern.search(near):
            yield in_paragraph(
                Part.DESCRIPTION, first[0], *first[1].span(), number=first[1][0].strip(), item=zh, item_en=en
            )
