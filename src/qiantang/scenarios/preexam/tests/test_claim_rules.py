"""Each rule on claims with its failing and its passing example."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import Line, draft_of
from qiantang.scenarios.preexam.tests.drafts import TODAY, fired, report, rules_of
from qiantang.scenarios.preexam.types import Part, Wanted

PUMP = "1. 一种水泵,包括壳体(1)和转子(2),其特征在于,所述转子(2)上设有叶片(3)。\n"
TWO = PUMP + "2. 根据权利要求1所述的水泵,其特征在于,所述叶片(3)为弧形。\n"


def claims(*texts: str) -> str:
    return PUMP + "".join(f"{number}. {text}\n" for number, text in enumerate(texts, 2))


EXAMPLES = [
    ("CL-01", "1. 根据权利要求2所述的水泵,其特征在于,还包括转子。\n2. 一种水泵,其特征在于,包括壳体。", PUMP),
    ("CL-02", PUMP + "2. 根据权利要求1所述的水泵,其特征在于,还包括叶轮。\n4. 根据权利要求1所述的水泵,其特征在于,还包括机座。", TWO),
    ("CL-03", "1. 一种水泵,其特征在于,包括壳体。还包括转子。", "1. 一种水泵,其特征在于,包括壳体和转子。"),
    ("CL-04", claims("根据权利要求3所述的水泵,其特征在于,还包括机座。", "根据权利要求1所述的水泵,其特征在于,还包括叶轮。"), claims("根据权利要求1所述的水泵,其特征在于,还包括机座。", "根据权利要求1所述的水泵,其特征在于,还包括叶轮。")),
    ("CL-05", TWO + "3. 根据权利要求1和2所述的水泵,其特征在于,还包括机座。", TWO + "3. 根据权利要求1或2所述的水泵,其特征在于,还包括机座。"),
    ("CL-05", TWO + "3. 根据权利要求1、2所述的水泵,其特征在于,还包括机座。", TWO + "3. 根据权利要求1至2中任一项所述的水泵,其特征在于,还包括机座。"),
    ("CL-06", TWO + "3. 根据权利要求1或2所述的水泵,其特征在于,还包括机座。\n4. 根据权利要求2或3所述的水泵,其特征在于,还包括叶轮。", TWO + "3. 根据权利要求1或2所述的水泵,其特征在于,还包括机座。\n4. 根据权利要求3所述的水泵,其特征在于,还包括叶轮。"),
    ("CL-07", TWO + "3. 根据权利要求1或2所述的水泵,其特征在于,还包括机座。\n4. 根据权利要求3所述的水泵,其特征在于,还包括叶轮。\n5. 根据权利要求1或4所述的水泵,其特征在于,还包括盖板。", TWO + "3. 根据权利要求1或2所述的水泵,其特征在于,还包括机座。\n4. 根据权利要求3所述的水泵,其特征在于,还包括叶轮。\n5. 根据权利要求4所述的水泵,其特征在于,还包括盖板。"),
    ("CL-08", claims("根据权利要求1所述的电机,其特征在于,还包括机座。"), claims("根据权利要求1所述的水泵,其特征在于,还包括机座。")),
    ("CL-09", claims("根据权利要求1所述的水泵的制造方法,其特征在于,包括铸造。"), claims("一种制造权利要求1所述水泵的方法,其特征在于,包括铸造。")),
    ("CL-10", "1. 一种水泵,包括壳体。", "1. 一种水泵,包括壳体,其特征在于,还包括转子。"),
    ("CL-11", "1. 一种水泵,包括壳体,其特征在于。", PUMP),
    ("CL-11", "1. 一种水泵,其特征在于,包括壳体,其特征在于,还包括转子。", PUMP),
    ("CL-12", claims("根据权利要求1所述的水泵,其特征在于,所述密封圈为橡胶。"), "1. 一种水泵,其特征在于,包括密封圈。\n2. 根据权利要求1所述的水泵,其特征在于,所述密封圈为橡胶。"),
    ("CL-13", claims("根据权利要求1所述的水泵,其特征在于,设有壳体。"), claims("根据权利要求1所述的水泵,其特征在于,所述壳体设有把手。")),
    ("CL-14", "1. 一种水泵,其特征在于,材料最好是铜。", "1. 一种水泵,其特征在于,材料为铜。"),
    ("CL-14", "1. 一种方法,其特征在于,温度约为50℃。", "1. 一种方法,其特征在于,温度为48~52℃。"),
    ("CL-15", "1. 一种水泵,其特征在于,具有如图1所示的结构。", PUMP),
    ("CL-15", "1. 一种水泵,其特征在于,具有如说明书第3页所述的结构。", PUMP),
    ("CL-17", "1. 一种水泵,其特征在于,包括壳体1。", "1. 一种水泵,其特征在于,包括壳体(1)。"),
    ("CL-18", "1. 一种水泵,其特征在于,包括壳体(1)和转子(1)。", "1. 一种水泵,其特征在于,包括壳体(1)和转子(2)。"),
    ("CL-18", PUMP + "2. 根据权利要求1所述的水泵,其特征在于,所述壳体(5)为铸铁。", TWO),
    ("CL-19", "1. 一种路面,其特征在于,包括混凝土(优选C30)。", "1. 一种涂料,其特征在于,包括(甲基)丙烯酸酯。"),
    ("CL-20", "1. 一种方法,其特征在于,温度为50~10℃。", "1. 一种方法,其特征在于,温度为10~50℃。"),
    ("CL-20", "1. 一种方法,其特征在于,温度为10~50℃,优选20~30℃。", "1. 一种方法,其特征在于,温度为10~50℃。\n2. 根据权利要求1所述的方法,其特征在于,温度为20~30℃。"),
    ("CL-21", "1. 一种方法,其特征在于,温度为10~50℃。\n2. 根据权利要求1所述的方法,其特征在于,所述温度为40~60℃。", "1. 一种方法,其特征在于,温度为10~50℃。\n2. 根据权利要求1所述的方法,其特征在于,所述温度为20~30℃。"),
    ("CL-22", TWO + "3. 一种水泵,其特征在于,包括轴承。", TWO + "3. 一种水泵的控制方法,其特征在于,包括检测转速。"),
    ("CL-23", TWO + "3. 一种水泵的控制方法,其特征在于,包括检测转速。\n4. 根据权利要求1所述的水泵,其特征在于,还包括机座。", TWO + "3. 根据权利要求1所述的水泵,其特征在于,还包括机座。\n4. 一种水泵的控制方法,其特征在于,包括检测转速。"),
    ("CL-25", claims("根据权利要求1所述的水泵。"), TWO),
    ("CL-26", claims("根据权利要求1所述的水泵,其特征在于,还包括机座。", "根据权利要求1所述的水泵,其特征在于,还包括机座。"), TWO),
    ("CL-30", "1. 一种计算机程序,其特征在于,执行时实现如下步骤。", "1. 一种计算机程序产品,其特征在于,执行时实现如下步骤。"),
    ("CL-31", "1. 一种水泵,其特征在于,能够节能。", PUMP),
    ("CL-32", "1. 一种水泵,其特征在于,包括特氟龙®涂层。", "1. 一种水泵,其特征在于,包括聚四氟乙烯涂层。"),
    ("CL-33", PUMP + "2. 一种椅子,其特征在于,包括靠背、坐垫和扶手。", PUMP + "2. 一种水泵的控制方法,其特征在于,包括检测壳体温度、调节转速和停机。"),
    ("CL-34", "1. 一种管道,其特征在于,直径为2英寸。", "1. 一种管道,其特征在于,直径为50.8 mm。"),
]  # fmt: skip


@pytest.mark.feature("S1-06")
@pytest.mark.feature("S1-08")
@pytest.mark.parametrize(("rule", "fails", "passes"), EXAMPLES, ids=[f"{one[0]}-{n}" for n, one in enumerate(EXAMPLES)])
def test_example(rule, fails, passes):
    assert rule in rules_of(fails)
    assert rule not in rules_of(passes)


def test_severity_of_uncertain_words_follows_the_word():
    severities = {
        one.severity.value for one in report("1. 一种方法,其特征在于,温度约为50℃。").findings if one.rule == "CL-14"
    }
    assert severities == {"W"}
    severities = {
        one.severity.value for one in report("1. 一种泵,其特征在于,材料最好是铜。").findings if one.rule == "CL-14"
    }
    assert severities == {"E"}


@pytest.mark.parametrize(
    "text", ["厚度为3 mm", "强度大于200 MPa", "采用高压泵", "节约用水的阀", "等离子体", "左右两侧"]
)
def test_words_that_only_look_uncertain_are_left_alone(text):
    assert "CL-14" not in rules_of(f"1. 一种装置,其特征在于,{text}。")


@pytest.mark.parametrize(
    "text",
    ["玉米50、麦麸10、食盐1", "节点1和节点2相连", "第1壳体", "步骤3", "长度5", "重量比为3", "模块1"],
)
def test_numbers_that_are_no_signs(text):
    assert "CL-17" not in rules_of(f"1. 一种组合,其特征在于,包括{text}。")


def test_a_number_that_is_a_sign_in_the_description_is_one_in_the_claims():
    text = "1. 一种泵,其特征在于,包括壳体12。\n说明书\n一种泵\n具体实施方式\n泵包括壳体{}。"
    assert ("CL-17", 1) in fired("权利要求书\n" + text.format("(12)"))
    assert ("CL-17", 1) not in fired("权利要求书\n" + text.format(""))


def test_a_verb_that_is_part_of_a_name():
    assert "CL-18" not in rules_of("1. 一种泵,其特征在于,包括驱动组件(1)和控制组件(2)。")
    assert "CL-18" in rules_of("1. 一种泵,其特征在于,包括壳体(1),所述壳体(2)为钢。")


def test_pictures_in_claims():
    lines = [Line("权利要求书"), Line(PUMP.strip(), pictures=1)]
    found = check(draft_of(lines), Wanted(as_of=TODAY)).findings
    assert [(one.rule, one.claim) for one in found if one.rule == "CL-16"] == [("CL-16", 1)]
    assert "CL-16" not in rules_of(PUMP)


WITH_DESCRIPTION = "权利要求书\n1. 一种水泵,其特征在于,包括磁悬浮轴承。\n说明书\n一种水泵\n具体实施方式\n水泵包括{}。"


def test_term_that_the_description_lacks():
    assert "CL-24" in rules_of(WITH_DESCRIPTION.format("轴承"))
    assert "CL-24" not in rules_of(WITH_DESCRIPTION.format("磁悬浮轴承"))


def many(count: int) -> str:
    return PUMP + "".join(
        f"{n}. 根据权利要求1所述的水泵,其特征在于,还包括部件甲{n}号件。\n" for n in range(2, count + 1)
    )


def test_fees_of_many_claims():
    found = [one for one in report(many(18)).findings if one.rule == "CL-27"]
    assert [one.severity.value for one in found] == ["I"]
    assert "1200 元" in found[0].message.zh
    assert "CL-27" not in rules_of(many(10))


def test_what_no_utility_model_is():
    assert "CL-28" in rules_of("1. 一种水泵的装配方法,其特征在于,包括压装。", kind="U")
    assert "CL-28" not in rules_of(PUMP, kind="U")


@pytest.mark.parametrize("subject", ["一种治疗糖尿病的方法", "一种水稻新品种", "一种游戏规则"])
def test_subjects_that_are_excluded(subject):
    assert "CL-29" in rules_of(f"1. {subject},其特征在于,包括给药。")


@pytest.mark.parametrize(
    "subject", ["药物X在制备治疗糖尿病药物中的用途", "一种电机故障诊断方法", "一种糖尿病治疗仪的控制方法"]
)
def test_subjects_that_are_not(subject):
    assert "CL-29" not in rules_of(f"1. {subject},其特征在于,包括步骤一。")


def test_program_products_are_allowed_since_their_day():
    text = "1. 一种计算机程序产品,其特征在于,执行时实现如下步骤。"
    assert "CL-30" in rules_of(text, as_of=date(2023, 5, 1))
    assert "CL-30" not in rules_of(text, as_of=date(2024, 1, 20))


# --- antecedents: the worked example, and the algorithm at its edges ---

WORKED = TWO + (
    "3. 根据权利要求1或2所述的水泵,其特征在于,所述密封圈(4)为橡胶。\n"
    "4. 根据权利要求2或3所述的水泵,其特征在于,所述壳体(1)为铸铁。"
)


@pytest.mark.feature("S1-07")
def test_the_worked_example():
    assert fired(WORKED) == [("CL-12", 3), ("CL-06", 4)]
    assert report(WORKED).findings[0].excerpt == "密封圈"


@pytest.mark.feature("S1-07")
@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("1. 一种装置,其特征在于,包括第一齿轮,所述齿轮为钢。", ["齿轮"]),
        ("1. 一种装置,其特征在于,包括齿轮,所述第一齿轮为钢。", ["第一齿轮"]),
        ("1. 一种装置,其特征在于,包括第一、第二齿轮,所述第一齿轮与所述第二齿轮啮合。", []),
        ("1. 一种装置,其特征在于,包括第一齿轮和第二齿轮,所述第一和第二齿轮为钢。", []),
        ("1. 一种装置,其特征在于,包括轴,所述轴与该装置平行。", []),
        ("1. 一种装置,其特征在于,包括连接件,所述连接件为钢,应该理解。", []),
        ("1. 一种水泵,其特征在于,包括密封环,所述密封圈为橡胶。", []),
        ("1. 一种方法,其特征在于,包括:检测转速;根据所述转速调节电流。", []),
    ],
)
def test_what_was_introduced(text, phrases):
    assert [one.excerpt for one in report(text).findings if one.rule == "CL-12"] == phrases


@pytest.mark.feature("S1-07")
def test_a_phrase_must_stand_on_every_chain():
    both = TWO.replace("弧形", "弧形,还包括密封圈") + "3. 根据权利要求{}所述的水泵,其特征在于,所述密封圈为橡胶。"
    assert ("CL-12", 3) in fired(both.format("1或2"))
    assert ("CL-12", 3) not in fired(both.format("2"))


@pytest.mark.feature("S1-07")
def test_the_finding_says_what_may_be_meant():
    found = report("1. 一种水泵,其特征在于,包括传动轴,所述驱动轴为钢。").findings[0]
    assert "是否指“传动轴”" in found.message.zh
    assert "“传动轴”" in found.message.en


def test_after_a_reference_ahead_what_rests_on_it_is_not_checked():
    text = PUMP + "2. 根据权利要求3所述的电机,其特征在于,所述弹簧为钢。\n3. 一种电机,其特征在于,包括线圈。"
    assert {rule for rule, claim in fired(text) if claim == 2} == {"CL-04"}


def test_claims_are_placed_in_their_paragraphs():
    text = "权利要求书\n1. 一种水泵,其特征在于,包括:\n壳体;\n材料最好是铜。"
    found = next(one for one in report(text).findings if one.rule == "CL-14")
    assert (found.place.paragraph, found.place.start, found.place.end) == (3, 2, 5)  # 最好是
    assert found.part is Part.CLAIMS
