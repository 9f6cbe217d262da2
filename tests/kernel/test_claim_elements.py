"""The parts of independent claims and their category: worked examples in Chinese and English, and what is left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.claims import Category, category_of, parse_claims, split_elements

pytestmark = pytest.mark.feature("S3-11")


@pytest.mark.parametrize(
    ("text", "preamble", "transition", "elements"),
    [
        (
            "一种水泵，包括壳体（1）和转子（2），其特征在于：所述转子上设有叶片（3）；所述壳体为铸铁。",
            "一种水泵，包括壳体（1）和转子（2）",
            "，其特征在于：",
            ("所述转子上设有叶片（3）", "所述壳体为铸铁。"),
        ),
        (
            "一种信道估计方法，其特征在于，包括：\n接收信号；\n估计信道；以及\n输出结果。",
            "一种信道估计方法",
            "，其特征在于，包括：",
            ("接收信号", "估计信道", "输出结果。"),
        ),
        (
            "一种鸭肉棒的制备方法，其特征在于它由以下步骤组成。",
            "一种鸭肉棒的制备方法",
            "，其特征在于",
            ("它由以下步骤组成。",),
        ),
        (
            "一种凸轮轴，所述凸轮轴包括：\n基座；\n轴。",
            "一种凸轮轴",
            "，所述凸轮轴包括：",
            ("基座", "轴。"),
        ),
        (
            "一种饲料的制备方法，包括以下步骤：粉碎；混合。",
            "一种饲料的制备方法",
            "，包括以下步骤：",
            ("粉碎", "混合。"),
        ),
        ("一种添加剂，由以下原料按重量份组成：甲；乙。", "一种添加剂", "，由以下原料按重量份组成：", ("甲", "乙。")),
        (
            "A ratchet, comprising:\na housing;\na motor in the housing; and\na selector.",
            "A ratchet",
            ", comprising:",
            ("a housing", "a motor in the housing", "a selector."),
        ),
        (
            "Apparatus for making bricks, comprising a conveyor, characterised in that the conveyor is circular.",
            "Apparatus for making bricks, comprising a conveyor",
            ", characterised in that",
            ("the conveyor is circular.",),
        ),
        (
            "A method of doing business over a network comprising the steps of: offering; and selling.",
            "A method of doing business over a network",
            " comprising the steps of:",
            ("offering", "selling."),
        ),
        (
            "An alloy consisting essentially of iron and 2 % tin.",
            "An alloy",
            " consisting essentially of",
            ("iron and 2 % tin.",),
        ),
        (
            "In a pump having a rotor, wherein the improvement comprises a seal of rubber.",
            "In a pump having a rotor",
            ", wherein the improvement comprises",
            ("a seal of rubber.",),
        ),
    ],
)
def test_a_claim_turns_where_its_words_say_so(text, preamble, transition, elements):
    found = split_elements(text)
    assert (found.preamble, found.transition, found.elements) == (preamble, transition, elements)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一种水泵。",
        "如附图所示的水泵",
        "The ornamental design for a disc cartridge, as shown and described.",
        "A textile substrate on which is defined a pattern comprised of areas containing a fixed dye.",
        "其特征在于，没有前序部分。",
        "A pump comprising",
    ],
)
def test_what_shows_no_turn_is_left_whole(text):
    assert split_elements(text) is None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("一种水泵，包括壳体。", Category.PRODUCT),
        ("1.一种扦样装置用的多点取样头，其特征在于", Category.PRODUCT),
        ("一种制造权利要求1所述水泵的方法，其特征在于", Category.METHOD),
        ("一种菌酶协同生物饲料的发酵生产工艺，其特征在于", Category.METHOD),
        ("一种存储有检测方法的介质，其特征在于", Category.PRODUCT),
        ("化合物A在制备药物中的用途。", Category.USE),
        ("权利要求1所述化合物作为除草剂的应用", Category.USE),
        ("一种仔猪浓缩饲料及其制备方法，其特征在于", None),
        ("锂离子电池隔膜，其特征在于，所述隔膜为多孔膜。", None),
        ("A pump comprising a housing.", Category.PRODUCT),
        ("A computer-implemented method for analyzing data, comprising", Category.METHOD),
        ("Method of making a battery cell, comprising:", Category.METHOD),
        ("(Currently Amended) A process for detecting", Category.METHOD),
        ("A process chamber for wafers, comprising", Category.PRODUCT),
        ("Apparatus for carrying out the method of claim 1", Category.PRODUCT),
        ("Use of a compound according to claim 1", Category.USE),
        ("The ornamental design for a chair, as shown.", None),
        ("in a device, an agent", None),
        ("", None),
    ],
)
def test_what_is_claimed(text, category):
    assert category_of(text) is category


signs = st.text("一种水泵，包括：；其特征在于由组成。 \ncomprising: a pump; and wherein of(1)", max_size=120)


@given(signs)
def test_the_parts_put_together_are_the_claim(text):
    found = split_elements(text)
    if found is not None:
        assert found.preamble + found.transition + found.body == text
        assert found.preamble.strip()
        assert found.elements
        for one in found.elements:
            assert one in found.body


@pytest.mark.parametrize("filler", ["包括", "，所述", "其特征在于", "comprising ", "a, ", "including: "])
def test_a_long_claim_is_taken_apart_in_one_pass(filler):
    text = "一种水泵" if not filler.isascii() else "A pump "
    split_elements(text + filler * 20_000)
    category_of(text + filler * 20_000)


# --- what was mended in reading ---


def test_the_words_of_other_offices_and_of_papers_to_an_office_are_references():
    claims = parse_claims(
        "1. 一種數據管理單元。\n2. 根據申請專利範圍第1項所述的數據管理單元。\n3. 如請求項1或2之單元。\n"
        "4. 一種裝置，包括申請專利範圍第1至3項中任一項所述的單元。"
    )
    assert [(one.refers_to, one.independent) for one in claims] == [
        ((), True), ((1,), False), ((1, 2), False), ((1, 2, 3), True),
    ]  # fmt: skip


def test_a_claim_that_begins_like_the_one_it_refers_to_is_dependent():
    claims = parse_claims(
        "1. A binding system for a snowboard comprising a strap.\n"
        "2. A binding system for a snowboard according to\nclaim 1 wherein it is red.\n"
        "3. A snowboard with the binding system for a snowboard according to claim 1.\n"
        "4. (Currently Amended) The binding system of claim 1.\n"
    )
    assert [one.independent for one in claims] == [True, False, True, False]


def test_every_hyphen_spans_a_range():
    assert parse_claims("1. 一种泵。\n2. 如权利要求1‑3任一项所述的泵。")[1].refers_to == (1, 2, 3)
