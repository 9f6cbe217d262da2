"""Mistakes in request, abstract, description and drawings."""

from __future__ import annotations

import random

from clean_drafts import Whole
from planting import mistake, swapped, without


@mistake("RQ-03")
def changes_one_title(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "request", "发明名称：一种", "发明名称：一种新式")


@mistake("RQ-08", "RQ-03", "AB-02")
def forgets_the_method_in_the_title(whole: Whole, chance: random.Random) -> Whole | None:
    other = swapped(whole, "description", "及其控制方法", "")
    return swapped(other, "request", "及其控制方法", "") if other and whole.request else None


@mistake("RQ-01")
def leaves_a_field_blank(whole: Whole, chance: random.Random) -> Whole | None:
    return without(whole, "request", chance.choice(["申请人地址", "统一社会信用代码", "发明人：", "申请人签章"]))


@mistake("RQ-02")
def names_a_team(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "request", "李明", chance.choice(["第三研发课题组", "某某大学", "技术开发部集体"]))


@mistake("RQ-09")
def forgets_the_identity(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "request", "110101199003070011", "")


@mistake("RQ-10")
def files_too_late(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "request", "2025-08-01", "2025-05-05")


@mistake("RQ-11")
def picks_a_figure_that_is_not_there(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "request", "摘要附图：图1", "摘要附图：图7")


@mistake("AB-01")
def runs_on(whole: Whole, chance: random.Random) -> Whole | None:
    return (
        whole.changed("abstract", [whole.abstract[0] + "本装置结构紧凑、布置合理。" * 25]) if whole.abstract else None
    )


@mistake("AB-03", "AB-01")
def praises_in_the_abstract(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(
        whole, "abstract", "。", f"，{chance.choice(['技术国际领先', '世界首创', '性价比最高', '全球顶尖'])}。"
    )


@mistake("AB-04")
def breaks_the_abstract(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "abstract", "，", "。\n") if whole.abstract else None


@mistake("AB-05")
def drops_parentheses_in_the_abstract(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "abstract", "(2)", "2")


@mistake("DS-01", "DS-04", "DS-05", "DS-08", "DR-07")
def loses_a_heading(whole: Whole, chance: random.Random) -> Whole | None:
    heading = chance.choice(["技术领域", "背景技术", "发明内容", "具体实施方式", "附图说明"])
    kept = [line for line in whole.description if line.strip() != heading]
    return whole.changed("description", kept) if len(kept) < len(whole.description) else None


@mistake("DS-02")
def copies_the_claims_into_the_description(whole: Whole, chance: random.Random) -> Whole | None:
    place = len(whole.description) - 1
    line = whole.description[place]
    return (
        whole.changed("description", [*whole.description[:place], line + "根据权利要求2所述的装置，其效果更好。"])
        if line
        else None
    )


@mistake("DS-03")
def praises_in_the_description(whole: Whole, chance: random.Random) -> Whole | None:
    line = whole.description[-1] if whole.description else ""
    return (
        whole.changed(
            "description",
            [
                *whole.description[:-1],
                line + f"本产品{chance.choice(['独一无二', '销量第一', '国内领先', '无可匹敌'])}。",
            ],
        )
        if line
        else None
    )


@mistake("DS-06", "DS-04", "CL-24", "DR-07", "DS-08", "DR-02", "DR-04")
def loses_a_paragraph_number(whole: Whole, chance: random.Random) -> Whole | None:
    lines = [n for n, line in enumerate(whole.description) if line.startswith("[00")]
    place = chance.choice(lines[1:-1]) if len(lines) > 3 else None
    return (
        None
        if place is None
        else whole.changed("description", [*whole.description[:place], *whole.description[place + 1 :]])
    )


@mistake("DS-08", "CL-24")
def forgets_the_solution(whole: Whole, chance: random.Random) -> Whole | None:
    place = next((n for n, line in enumerate(whole.description) if "技术方案是" in line), None)
    return (
        None
        if place is None
        else whole.changed(
            "description",
            [
                *whole.description[:place],
                whole.description[place].split("本发明")[0] + "本发明采用新的技术方案。",
                *whole.description[place + 1 :],
            ],
        )
    )


@mistake("DS-05")
def mistypes_a_cited_number(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "description", "CN101234567A", "CN10123A")


@mistake("DR-02", "DR-03", "DR-04", "DR-07", "RQ-11")
def forgets_a_figure(whole: Whole, chance: random.Random) -> Whole | None:
    return without(whole, "drawings", "图2")


@mistake("DR-03", "DR-02", "DR-07")
def numbers_figures_with_a_gap(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "drawings", "图2", "图3")


@mistake("DR-04")
def draws_a_sign_nobody_names(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "drawings", "、6", "、6、29") or None


@mistake("DR-04", "CL-18")
def forgets_a_sign_in_the_drawing(whole: Whole, chance: random.Random) -> Whole | None:
    return swapped(whole, "drawings", "、6", "")


@mistake("DR-07")
def leaves_a_figure_without_a_line(whole: Whole, chance: random.Random) -> Whole | None:
    place = next((n for n, line in enumerate(whole.description) if "图2为" in line), None)
    if place is None:
        return None
    return whole.changed(
        "description",
        [
            *whole.description[:place],
            whole.description[place].split("图2为")[0] + "另见下文。",
            *whole.description[place + 1 :],
        ],
    )
