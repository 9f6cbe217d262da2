"""Request form and title: RQ-01 to RQ-12, and what the file itself shows (IN-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.kernel.claims import Category
from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, on_paragraph
from qiantang.scenarios.preexam.methods.checks.lists import any_of, values, words
from qiantang.scenarios.preexam.methods.checks.reading import TITLE_NAMES, Field, Reading, day_in, months_later
from qiantang.scenarios.preexam.methods.checks.wording import length_of, plain
from qiantang.scenarios.preexam.types import DraftType, Part, Place, Severity

_MANDATORY: Final = (
    (TITLE_NAMES, "名称", "title"),
    (("申请人",), "申请人", "applicant"),
    (("申请人地址", "地址"), "申请人地址", "address of the applicant"),
    (("统一社会信用代码", "申请人身份证件号码"), "统一社会信用代码或者身份证件号码", "unified social credit code or ID number"),
    (("发明人", "设计人"), "发明人（设计人）", "inventor"),
    (("申请文件清单",), "申请文件清单", "list of files"),
)  # fmt: skip
_SIGNED: Final = ("申请人签章", "签章", "签字或者盖章")
_MODEL: Final = re.compile(
    r"[A-Za-z]{1,6}[-－]?\d{2,6}[A-Za-z]?(?:型|系列)?|\d{2,6}型|[A-Za-z]+牌|®|™|[\u4e00-\u9fff]氏(?!体|菌|杆|温|硬|法|变换|距离|管|器皿|征|综合)"
)
_MODEL_ONLY: Final = re.compile(
    r"[\"“”]?[A-Za-z0-9\-－.]+(?:型|号|系列|牌)?[\"“”]?|[\u4e00-\u9fff]{1,4}牌|[\u4e00-\u9fffA-Za-z0-9]+型号?"
)
_TITLE_PARTS: Final = re.compile(r"及其|以及|及|和|与|、|或").split
_KINDS: Final = {
    Category.PRODUCT: ("产品", "a product"),
    Category.METHOD: ("方法", "a method"),
    Category.USE: ("用途", "a use"),
}
_MONTHS: Final = {DraftType.DESIGN: 6}
_TWIN: Final = ("同样的发明创造声明", "同日申请声明")


def _title(reading: Reading) -> Field | None:
    if reading.request is None:
        raise NotChecked("request")
    return reading.title


def _any_title(reading: Reading) -> tuple[Part, Field] | None:
    """The title of the request; of the description where there is no request."""
    if reading.title is not None:
        return Part.REQUEST, reading.title
    found = reading.description_title
    if found is None:
        return None
    return Part.DESCRIPTION, Field("", found.text.strip(), Place(found.number, 0, len(found.text)))


@checks("RQ-01")
def mandatory_item_missing(reading: Reading) -> Iterator[Hit]:
    if reading.request is None:
        raise NotChecked("request")
    for names, zh, en in _MANDATORY:
        if reading.field(*names) is None:
            yield _missing(reading, names, zh, en)
    if reading.said(*_SIGNED) not in {"已签章", "已签字", "已盖章", "是"}:
        yield _missing(reading, _SIGNED, "申请人或者代理机构签章", "signature or seal")
    if any(one.name == "代理机构" and not one.value for one in reading.fields):
        yield _missing(reading, ("代理机构",), "代理机构", "agency")


def _missing(reading: Reading, names: tuple[str, ...], zh: str, en: str) -> Hit:
    blank = next((one for one in reading.fields if one.name in names), None)
    return Hit(Part.REQUEST, blank.place if blank else Place(), facts={"item": zh, "item_en": en})


@checks("RQ-02")
def inventor_is_organisation(reading: Reading) -> Iterator[Hit]:
    if reading.request is None:
        raise NotChecked("request")
    for one in reading.fields:
        if one.name not in {"发明人", "设计人"}:
            continue
        begin = 0
        for name in re.split(r"[；;、,，]", one.value):
            found = any_of("no_inventors").search(name)
            if found:
                start = one.place.start + begin
                place = Place(one.place.paragraph, start, start + len(name))
                yield Hit(Part.REQUEST, place, facts={"name": name.strip(), "word": found[0]})
            begin += len(name) + 1


@checks("RQ-03")
def titles_differ(reading: Reading) -> Iterator[Hit]:
    title, described = _title(reading), reading.description_title
    if reading.description is None:
        raise NotChecked("description")
    if title and described and title.value != described.text.strip():
        yield Hit(Part.REQUEST, title.place, facts={"request": title.value, "description": described.text.strip()})


@checks("RQ-04")
def title_too_long(reading: Reading) -> Iterator[Hit]:
    found = _any_title(reading)
    if found is None:
        raise NotChecked("request")
    limits, count = values("limits"), length_of(found[1].value)
    if count > limits["title_wanted"]:
        beyond = count > limits["title_most"]
        most = limits["title_most"] if beyond else limits["title_wanted"]
        severity = Severity.ERROR if beyond else Severity.WARNING
        yield Hit(found[0], found[1].place, facts={"count": count, "most": most}, severity=severity)


@checks("RQ-05")
def design_name_not_apt(reading: Reading) -> Iterator[Hit]:
    title = _title(reading)
    if title is None:
        return
    count, most = length_of(title.value), values("limits")["design_title"]
    if count > most:
        yield Hit(Part.REQUEST, title.place, facts={"count": count, "most": most})
    only = _MODEL_ONLY.fullmatch(title.value) or title.value in (*words("quantities"), *words("materials"))
    if only:
        yield Hit(Part.REQUEST, title.place, facts={"name": title.value}, saying="only")


@checks("RQ-06")
def title_has_odd_words(reading: Reading) -> Iterator[Hit]:
    found = _any_title(reading)
    if found is None:
        raise NotChecked("request")
    part, title = found
    said: set[int] = set()
    for pattern in (
        any_of("title_advertising"),
        any_of("title_tails"),
        any_of("organisations"),
        any_of("brands"),
        _MODEL,
    ):
        for one in pattern.finditer(title.value):
            if one.start() not in said:
                said.add(one.start())
                place = Place(title.place.paragraph, title.place.start + one.start(), title.place.start + one.end())
                yield Hit(part, place, facts={"word": one[0]})


@checks("RQ-07")
def utility_model_title_names_method(reading: Reading) -> Iterator[Hit]:
    found = _any_title(reading)
    if found is None:
        raise NotChecked("request")
    word = any_of("methods_in_title").search(found[1].value)
    if word:
        yield Hit(found[0], found[1].place, facts={"word": word[0]})


@checks("RQ-08")
def title_lacks_category(reading: Reading) -> Iterator[Hit]:
    found = _any_title(reading)
    if found is None:
        raise NotChecked("request")
    if not reading.has_claims:
        raise NotChecked("claims")
    part, title = found
    named = title_categories(title.value)
    told: set[Category] = set()
    for claim in reading.independent:
        category = claim.category
        if category is None or category in named or category in told:
            continue
        told.add(category)
        zh, en = _KINDS[category]
        yield Hit(part, title.place, facts={"claim_no": claim.number, "kind": zh, "kind_en": en, "title": title.value})


def title_categories(title: str) -> set[Category]:
    """The categories that a title names: 一种饲料及其制备方法 names a product and a method."""
    named: set[Category] = set()
    for one in _TITLE_PARTS(re.sub(r"[（(].*?[）)]", "", title)):
        if one.endswith(words("use_words")):
            named.add(Category.USE)
        elif one.endswith(words("method_words")):
            named.add(Category.METHOD)
        elif one.strip():
            named.add(Category.PRODUCT)
    if Category.USE in named and any(one in title for one in words("method_words")):
        named.add(Category.METHOD)
    return named


@checks("RQ-09")
def first_inventor_without_number(reading: Reading) -> Iterator[Hit]:
    if reading.request is None:
        raise NotChecked("request")
    nation = reading.field("第一发明人国籍")
    if nation and nation.value in {"中国", "CN", "中华人民共和国"} and not reading.said("第一发明人身份证件号码"):
        blank = next((one for one in reading.fields if one.name == "第一发明人身份证件号码"), nation)
        yield Hit(Part.REQUEST, blank.place)


@checks("RQ-10")
def priority_too_old(reading: Reading) -> Iterator[Hit]:
    told = reading.field("优先权")
    if reading.request is None:
        raise NotChecked("request")
    if told is None:
        return
    months = _MONTHS.get(reading.type, 12)
    begin = 0
    for one in re.split(r"[；;]", told.value):
        prior = day_in(one)
        if prior and reading.filing_date > months_later(prior, months):
            start = told.place.start + begin
            place = Place(told.place.paragraph, start, start + len(one))
            facts = {"prior": prior.isoformat(), "filing": reading.filing_date.isoformat(), "months": months}
            yield Hit(Part.REQUEST, place, facts=facts)
        begin += len(one) + 1


@checks("RQ-11")
def abstract_figure_missing(reading: Reading) -> Iterator[Hit]:
    told = reading.field("摘要附图")
    if reading.request is None:
        raise NotChecked("request")
    if told is None:
        return
    numbers = [int(one) for one in re.findall(r"\d+", plain(told.value))]
    if reading.figures is None:
        raise NotChecked("drawings")
    there = {one.number for one in reading.figures}
    for number in numbers:
        if number not in there:
            yield Hit(Part.REQUEST, told.place, facts={"number": number})


@checks("RQ-12")
def twin_statements_differ(reading: Reading) -> Iterator[Hit]:
    if reading.twin is None:
        raise NotChecked("twin")
    mine, its = (
        any(
            re.match(rf"\s*(?:{'|'.join(_TWIN)})\s*[:：]\s*(?:是|已声明|有)", one.text)
            for one in (section.paragraphs if section else ())
        )
        for section in (reading.request, reading.twin.section(Part.REQUEST))
    )
    if mine != its:
        told = next((one.place for one in reading.fields if one.name in _TWIN), Place())
        yield Hit(Part.REQUEST, told)


@checks("IN-01")
def tracked_changes_left(reading: Reading) -> Iterator[Hit]:
    for part, section in reading.draft.sections.items():
        for one in section.paragraphs:
            if one.deleted or one.inserted:
                yield on_paragraph(part, one, deleted=one.deleted, inserted=one.inserted)
