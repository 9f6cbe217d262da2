"""Designs: DE-01 to DE-09."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.scenarios.preexam.methods.checks.engine import Hit, NotChecked, checks, in_paragraph
from qiantang.scenarios.preexam.methods.checks.lists import advertising, any_of, values, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading, paragraph_hits
from qiantang.scenarios.preexam.methods.documents import Paragraph, Section
from qiantang.scenarios.preexam.methods.documents.building import VIEW_LINE
from qiantang.scenarios.preexam.types import Part, Place

_ITEMS: Final = (
    (re.compile(r"产品的?名称"), "产品名称", "the name of the product"),
    (re.compile(r"用途|用于"), "产品用途", "its use"),
    (re.compile(r"设计要点|设计的要点"), "设计要点", "the design points"),
    (re.compile(r"最能表明|指定"), "最能表明设计要点的图片或者照片", "the picture that shows the design points best"),
)
_SIX: Final = ("主视图", "后视图", "左视图", "右视图", "俯视图", "仰视图")
_FLAT: Final = re.compile(r"平面产品|面料|壁纸|花布|纸张|墙纸|图形用户界面|GUI")
_CLASS: Final = re.compile(r"(?<!\d)(\d{2})-(\d{2})(?!\d)")
_SET: Final = re.compile(r"成套产品|套件\d|套件[一二三]")


def _lines(reading: Reading) -> list[Paragraph]:
    """The brief explanation: what is written in the part and is no view."""
    section = reading.draft.section(Part.DESIGN)
    return [one for one in section.paragraphs if not VIEW_LINE(one.text)] if section else []


def _brief(reading: Reading) -> str:
    return "\n".join(one.text for one in _lines(reading))


def _name(reading: Reading) -> str:
    return reading.title.value if reading.title else ""


@checks("DE-01")
def pictures_or_explanation_missing(reading: Reading) -> Iterator[Hit]:
    if not reading.draft.views:
        yield Hit(Part.DESIGN, facts={"item": "图片或者照片", "item_en": "picture"})
    if not _lines(reading):
        yield Hit(Part.DESIGN, facts={"item": "简要说明", "item_en": "brief explanation"})


@checks("DE-02")
def explanation_incomplete(reading: Reading) -> Iterator[Hit]:
    lines = _lines(reading)
    if not lines:
        return  # that is DE-01
    text = _brief(reading)
    for pattern, zh, en in _ITEMS:
        if not pattern.search(text):
            place = Place(lines[0].number, 0, len(lines[0].text))
            yield Hit(Part.DESIGN, place, facts={"item": zh, "item_en": en})


@checks("DE-03")
def view_missing(reading: Reading) -> Iterator[Hit]:
    text = _brief(reading)
    views = reading.draft.views or ()
    if not views or _FLAT.search(text + _name(reading)):
        return
    there = {one.name for one in views}
    left_out = {
        one for one in _SIX if re.search(rf"省略[^。;；]*{one}|{one}[^。;；]{{0,20}}省略|不常见[^。]*{one}", text)
    }
    missing = [one for one in _SIX if one not in there | left_out]
    if missing:
        yield Hit(Part.DESIGN, Place(), facts={"views": "、".join(missing)})


@checks("DE-04")
def colour_claimed(reading: Reading) -> Iterator[Hit]:
    if (
        not re.search(r"(?:请求|要求)?保护[^。;；]{0,12}(?:色彩|颜色)|包含色彩", _brief(reading))
        or not reading.draft.views
    ):
        return
    if any(one.colour is None for one in reading.draft.views):
        raise NotChecked("colour")
    for one in reading.draft.views:
        if one.colour is False:
            yield Hit(Part.DESIGN, one.place, figure=one.name, facts={"view": one.name})


@checks("DE-05")
def similar_designs(reading: Reading) -> Iterator[Hit]:
    if _SET.search(_brief(reading)):
        return
    text = _brief(reading)
    designs = {one.design for one in reading.draft.views or () if one.design} | {
        int(one) for one in re.findall(r"设计(\d{1,2})(?!\d)", text)
    }
    most = values("limits")["similar_designs"]
    if len(designs) > most:
        yield Hit(Part.DESIGN, facts={"count": len(designs), "most": most})
    if len(designs) > 1 and "基本设计" not in text:
        yield Hit(Part.DESIGN, facts={"count": len(designs)}, saying="basic")


@checks("DE-06")
def partial_design(reading: Reading) -> Iterator[Hit]:
    text = _brief(reading)
    said = reading.said("局部外观设计") in {"是", "√"}
    if not said and not any(one in text for one in words("partial")):
        return
    views = reading.draft.views or ()
    if not any(one.name in (*_SIX, "整体视图", "立体图") for one in views):
        yield Hit(Part.DESIGN, facts={"item": "整体产品的视图", "item_en": "a view of the whole product"})
    if not re.search(r"虚线|实线|半透明|单一颜色覆盖", text):
        yield Hit(Part.DESIGN, facts={"item": "虚线与实线的表明方式", "item_en": "dashed and solid lines"})
    if not re.search(r"(?:要求|请求)保护的?(?:局部|部分)|局部为", text):
        yield Hit(Part.DESIGN, facts={"item": "要求保护部分的说明", "item_en": "a statement of the part claimed"})


def _section(reading: Reading) -> Section | None:
    return reading.draft.section(Part.DESIGN)


@checks("DE-07")
def explanation_praises(reading: Reading) -> Iterator[Hit]:
    for pattern in (any_of("performance"), advertising()):
        for paragraph, found in paragraph_hits(_section(reading), pattern):
            yield in_paragraph(Part.DESIGN, paragraph, *found.span(), word=found[0])


@checks("DE-08")
def set_of_several_classes(reading: Reading) -> Iterator[Hit]:
    text = _brief(reading) + "".join(one.value for one in reading.fields if "类" in one.name or "产品" in one.name)
    if not _SET.search(text) and "+" not in text:
        return
    classes = sorted({found[1] for found in _CLASS.finditer(text)})
    if len(classes) > 1:
        yield Hit(Part.DESIGN, facts={"classes": "、".join(classes)})


@checks("DE-09")
def flat_print_as_sign(reading: Reading) -> Iterator[Hit]:
    text = _brief(reading)
    flat = any_of("flat_marks").search(_name(reading) + text)
    sign = any_of("sign_words").search(_name(reading) + text)
    if not flat or not sign:
        return
    for paragraph, found in paragraph_hits(_section(reading), any_of("sign_words")):
        yield in_paragraph(Part.DESIGN, paragraph, *found.span(), word=found[0])
        return
    place = reading.title.place if reading.title else Place()
    yield Hit(Part.REQUEST, place, facts={"word": sign[0]})
