"""Mistakes in claims."""

from __future__ import annotations

import random
import re

from clean_drafts import Whole
from planting import dependent, in_claim, mistake, subject


@mistake("CL-03")
def forgets_the_full_stop(whole: Whole, chance: random.Random) -> Whole | None:
    place = chance.randrange(len(whole.claims))
    return whole.changed("claims", [line.rstrip("。") if n == place else line for n, line in enumerate(whole.claims)])


@mistake("CL-03", "CL-14")
def writes_two_sentences(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return None if place is None else in_claim(whole, place, "。", "。这样更加牢固。")


@mistake("CL-02", "CL-04", "CL-12", "CL-23", "CL-08")
def numbers_by_hand(whole: Whole, chance: random.Random) -> Whole | None:
    place = chance.randrange(1, len(whole.claims))
    lines = [
        re.sub(r"^\d+", lambda n: str(int(n[0]) + 1), line) if at >= place else line
        for at, line in enumerate(whole.claims)
    ]
    return whole.changed("claims", lines)


@mistake("CL-04", "CL-01", "CL-12", "CL-23")
def refers_to_a_claim_behind(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    if place is None:
        return None
    return in_claim(whole, place, re.search(r"权利要求\d+", whole.claims[place])[0], f"权利要求{len(whole.claims)}")


@mistake("CL-04", "CL-01", "CL-12", "CL-23")
def refers_to_itself(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    if place is None:
        return None
    own = re.match(r"\d+", whole.claims[place])[0]
    return in_claim(whole, place, re.search(r"权利要求\d+", whole.claims[place])[0], f"权利要求{own}")


@mistake("CL-05", "CL-06", "CL-07")
def says_and_for_or(whole: Whole, chance: random.Random) -> Whole | None:
    place = next((n for n, line in enumerate(whole.claims) if re.search(r"权利要求\d+或\d+", line)), None)
    return None if place is None else in_claim(whole, place, "或", chance.choice("和及"))


@mistake("CL-06")
def refers_to_many_that_refer_to_many(whole: Whole, chance: random.Random) -> Whole | None:
    many = next((n for n, line in enumerate(whole.claims) if re.search(r"权利要求\d+或\d+", line)), None)
    later = [
        n
        for n, line in enumerate(whole.claims)
        if many is not None and n > many and re.search(r"(?:根据|如)权利要求\d+所述", line)
    ]
    if not later:
        return None
    place = chance.choice(later)
    return in_claim(whole, place, re.search(r"权利要求\d+", whole.claims[place])[0], f"权利要求1或{many + 1}")


@mistake("CL-08", "CL-12")
def renames_thesubject(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return (
        None
        if place is None
        else in_claim(whole, place, re.search(r"所述的([^，,]+)", whole.claims[place])[1], "防护罩")
    )


@mistake("CL-09", "CL-12", "CL-08")
def turns_to_a_method(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    if place is None:
        return None
    subject = re.search(r"所述的([^，,]+)", whole.claims[place])[1]
    return None if subject.endswith("方法") else in_claim(whole, place, subject, f"{subject}的装配方法")


@mistake("CL-11")
def repeats_the_turn(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return None if place is None else in_claim(whole, place, "其特征在于", "其特征在于，其特征在于")


@mistake("CL-10", "CL-12")
def forgets_the_turn(whole: Whole, chance: random.Random) -> Whole | None:
    return in_claim(whole, 0, "其特征在于，", "") or in_claim(whole, 0, "其特征在于,", "")


@mistake("CL-12", "CL-24", "CL-18", "CL-13", "DR-04")
def names_what_was_never_there(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return (
        None
        if place is None
        else in_claim(whole, place, "。", f"，所述{chance.choice(['缓冲垫', '滑环', '遮光罩', '卡簧'])}为圆形。")
    )


@mistake("CL-12", "DS-08")
def loses_the_first_mention(whole: Whole, chance: random.Random) -> Whole | None:
    found = re.search(r"、([^，、和]+)和", whole.claims[0])
    return None if found is None else in_claim(whole, 0, f"、{found[1]}和", "和")


@mistake("CL-14", "CL-24")
def hedges(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return (
        None
        if place is None
        else in_claim(
            whole,
            place,
            "。",
            f"，{chance.choice(['优选为方形', '例如铜制', '最好涂漆', '厚度约为5 mm', '必要时加热', '尤其是涂层'])}。",
        )
    )


@mistake("CL-15")
def points_to_a_figure(whole: Whole, chance: random.Random) -> Whole | None:
    place = chance.randrange(len(whole.claims))
    return in_claim(whole, place, "。", f"，{chance.choice(['如图2所示', '具体见附图1', '结构参见图1'])}。")


@mistake("CL-17", "CL-18", "DR-04")
def drops_parentheses(whole: Whole, chance: random.Random) -> Whole | None:
    places = [n for n, line in enumerate(whole.claims) if re.search(r"\(\d\)", line)]
    if not places:
        return None
    place = chance.choice(places)
    return in_claim(whole, place, sign[0], sign[1]) if (sign := re.search(r"\((\d+)\)", whole.claims[place])) else None


@mistake("CL-18", "DR-04", "CL-12")
def gives_one_number_twice(whole: Whole, chance: random.Random) -> Whole | None:
    found = re.search(r"\(2\)", whole.claims[0])
    return in_claim(whole, 0, found[0], "(1)") if found else None


@mistake("CL-20", "CL-21")
def turns_a_range_round(whole: Whole, chance: random.Random) -> Whole | None:
    place, found = next(
        ((n, f) for n, line in enumerate(whole.claims) if (f := re.search(r"(\d+)~(\d+)", line))), (0, None)
    )
    return in_claim(whole, place, found[0], f"{found[2]}~{found[1]}") if found else None


@mistake("CL-20")
def puts_a_range_into_a_range(whole: Whole, chance: random.Random) -> Whole | None:
    place, found = next(
        ((n, f) for n, line in enumerate(whole.claims) if (f := re.search(r"(\d+)~(\d+) ?([^\s。]+)", line))), (0, None)
    )
    return (
        in_claim(whole, place, found[0], f"{found[0]}，更佳为{int(found[1]) + 1}~{found[2]} {found[3]}")
        if found
        else None
    )


@mistake("CL-22", "CL-33", "CL-23", "CL-24", "RQ-08")
def claims_the_thing_again(whole: Whole, chance: random.Random) -> Whole | None:
    thing = subject(whole)
    return whole.changed("claims", [*whole.claims, f"{len(whole.claims) + 1}. 一种{thing}，其特征在于，包括滚筒。"])


@mistake("CL-23")
def adds_a_forgotten_claim_at_the_end(whole: Whole, chance: random.Random) -> Whole | None:
    if not re.search(r"一种", whole.claims[-1]) or len(whole.claims) < 2:
        return None
    thing = subject(whole)
    return whole.changed(
        "claims", [*whole.claims, f"{len(whole.claims) + 1}. 根据权利要求1所述的{thing}，其特征在于，涂有油漆。"]
    )


@mistake("CL-25", "CL-12")
def leaves_a_claim_empty(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    if place is None:
        return None
    return whole.changed(
        "claims", [re.split("[，,]", line)[0] + "。" if n == place else line for n, line in enumerate(whole.claims)]
    )


@mistake("CL-26", "CL-23", "CL-07", "CL-06")
def copies_a_claim(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    if place is None or place + 1 >= len(whole.claims):
        return None
    lines = list(whole.claims)
    lines[-1] = re.sub(r"^\d+", str(len(lines)), lines[place])
    return whole.changed("claims", lines)


@mistake("CL-34")
def measures_in_inches(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return None if place is None else in_claim(whole, place, "。", "，管径为3英寸。")


@mistake("CL-24", "CL-13", "CL-12")
def claims_what_is_not_described(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return (
        None
        if place is None
        else in_claim(whole, place, "。", f"，还包括{chance.choice(['紫外线灯', '蓄能弹簧', '静电除尘板'])}。")
    )


@mistake("CL-19", "CL-14", "CL-24")
def explains_in_parentheses(whole: Whole, chance: random.Random) -> Whole | None:
    place = dependent(whole, chance)
    return None if place is None else in_claim(whole, place, "。", "，表面喷漆（颜色不限）。")
