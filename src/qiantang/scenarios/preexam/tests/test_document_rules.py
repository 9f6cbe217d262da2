"""Each rule on request, abstract, description, drawings and designs with its failing and its passing example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import Figure, Line, draft_of, read_text
from qiantang.scenarios.preexam.tests.drafts import REPAIRED, TODAY, report, rules_of
from qiantang.scenarios.preexam.types import DraftType, Place, Wanted


def changed(old: str, new: str) -> str:
    assert old in REPAIRED, old
    return REPAIRED.replace(old, new)


TITLE = "发明名称：一种离心水泵及其控制方法"
DESIGN = """请求书
使用外观设计的产品名称：水杯
申请人：杭州某某有限公司
申请人地址：杭州
统一社会信用代码：913301067996550582
设计人：张三
申请人签章：已签章
申请文件清单：请求书、图片、简要说明
简要说明
1. 本外观设计产品的名称：水杯。
2. 本外观设计产品的用途：用于盛水。
3. 本外观设计产品的设计要点：在于形状。
4. 最能表明设计要点的图片：主视图。
外观设计图片
主视图
后视图
左视图
右视图
俯视图
仰视图
"""


def design(old: str = "", new: str = "") -> str:
    assert old in DESIGN, old
    return DESIGN.replace(old, new)


LONG = "一种" + "泵" * 59
INVENTIONS = [
    ("RQ-01", changed("统一社会信用代码：913301067996550582\n", ""), REPAIRED),
    ("RQ-01", changed("申请人签章：已签章", "申请人签章：未签章"), REPAIRED),
    ("RQ-02", changed("发明人：张三；李四", "发明人：某大学课题组"), REPAIRED),
    ("RQ-03", changed("说明书\n一种离心水泵及其控制方法", "说明书\n一种水泵及其控制方法"), REPAIRED),
    ("RQ-04", changed(TITLE, f"发明名称：{LONG}"), REPAIRED),
    ("RQ-06", changed(TITLE, "发明名称：一种张氏神奇水泵及其他"), REPAIRED),
    ("RQ-08", changed(TITLE, "发明名称：一种离心水泵"), REPAIRED),
    ("RQ-09", changed("第一发明人身份证件号码：110101199003070011", "第一发明人身份证件号码："), REPAIRED),
    ("RQ-10", changed("摘要附图：图1", "申请日：2024-02-01\n优先权：CN 202310012345.6 2023-01-10"), changed("摘要附图：图1", "申请日：2024-02-01\n优先权：CN 202310112345.6 2023-03-01")),
    ("RQ-11", changed("摘要附图：图1", "摘要附图：图5"), REPAIRED),
    ("AB-01", changed("适合多种场合。", "适合多种场合。" + "好" * 200), REPAIRED),
    ("AB-03", changed("运行平稳，便于维护", "国际领先，便于维护"), REPAIRED),
    ("AB-04", changed("说明书摘要\n本发明公开", "说明书摘要\n摘要：本发明公开"), REPAIRED),
    ("AB-04", changed("便于维护，适合", "便于维护。\n适合"), REPAIRED),
    ("AB-05", changed("包括壳体(1)、转子(2)和电机(3)，所述转子(2)上设有叶片(4)，所述电机(3)驱动所述转子(2)转动", "包括壳体1和转子2"), REPAIRED),
    ("DS-01", changed("技术领域\n[0001] 本发明涉及流体机械领域，具体涉及一种离心水泵。\n背景技术\n[0002] 现有", "背景技术\n[0002] 现有"), REPAIRED),
    ("DS-01", changed("技术领域\n[0001] 本发明涉及流体机械领域，具体涉及一种离心水泵。\n背景技术\n", "背景技术\n[0001] 无。\n技术领域\n"), REPAIRED),
    ("DS-02", changed("控制时检测", "如权利要求1所述的水泵，控制时检测"), REPAIRED),
    ("DS-03", changed("运行平稳。\n附图", "本产品销量第一。\n附图"), REPAIRED),
    ("DS-04", changed("[0005] 本发明的有益效果是运行平稳。\n", ""), REPAIRED),
    ("DS-05", changed("CN101234567A", "CN1234X"), REPAIRED),
    ("DS-06", changed("[0002]", "[0003]"), REPAIRED),
    ("DS-08", changed("一种离心水泵，包括壳体(1)、转子(2)和电机(3)，所述转子(2)上设有叶片(4)，所述电机(3)驱动所述转子(2)。\n[0005]", "采用新结构。\n[0005]"), REPAIRED),
    ("DS-09", changed("控制时检测转速", "控制时由PLC检测转速"), changed("控制时检测转速", "控制时由可编程逻辑控制器(PLC)检测转速")),
    ("DS-10", changed("控制时检测", "序列如SEQ ID NO:1所示，控制时检测"), changed("控制时检测", "序列如SEQ ID NO:1所示，控制时检测").replace("说明书附图\n摘要", "说明书附图、核苷酸或氨基酸序列表\n摘要")),
    ("DS-11", changed("控制时检测", "菌株CGMCC No.12345，控制时检测"), changed("控制时检测", "菌株Bacillus subtilis于2020年1月2日保藏于中国微生物菌种保藏管理委员会普通微生物中心，保藏编号CGMCC No.12345，控制时检测")),
    ("DR-02", changed("图2为转子的剖视图。", "图2为转子的剖视图，图3为电机。"), REPAIRED),
    ("DR-02", changed("图2：2、5、6", "图2：2、5、6\n图3："), REPAIRED),
    ("DR-03", REPAIRED.replace("图2", "图3"), REPAIRED),
    ("DR-04", changed("图2：2、5、6", "图2：2、5、7"), REPAIRED),
    ("DR-05", changed("图1：1、2、3、4\n图2：2、5、6", "图1：1=壳体、2、3、4\n图2：1=转子、5、6"), changed("图1：1、2、3、4\n图2：2、5、6", "图1：1=壳体、2、3、4\n图2：1=壳体、5、6")),
    ("DR-07", changed("[0007] 图2为转子的剖视图。\n", ""), REPAIRED),
]  # fmt: skip
DESIGNS = [
    ("RQ-05", design("名称：水杯\n申", "名称：XJ-200型\n申"), DESIGN),
    ("RQ-05", design("名称：水杯\n申", f"名称：{'水' * 21}\n申"), DESIGN),
    ("DE-01", DESIGN.partition("外观设计图片")[0], DESIGN),
    ("DE-01", DESIGN.partition("简要说明\n1")[0] + "外观设计图片\n主视图\n", DESIGN),
    ("DE-02", design("3. 本外观设计产品的设计要点：在于形状。\n4. 最能表明设计要点的图片：主视图。\n", "3. 指定主视图。\n"), DESIGN),
    ("DE-03", design("后视图\n", ""), design("后视图\n", "").replace("4. 最能", "5. 省略后视图：与主视图对称。\n4. 最能")),
    ("DE-04", design("4. 最能", "5. 请求保护的外观设计包含色彩。\n4. 最能").replace("视图\n", "视图：灰度\n"), design("4. 最能", "5. 请求保护的外观设计包含色彩。\n4. 最能").replace("视图\n", "视图：彩色\n")),
    ("DE-05", DESIGN + "".join(f"设计{n}主视图\n" for n in range(1, 12)), DESIGN.replace("4. 最能", "5. 设计1为基本设计。\n4. 最能") + "".join(f"设计{n}主视图\n" for n in range(1, 11))),
    ("DE-05", DESIGN + "设计1主视图\n设计2主视图\n", DESIGN.replace("4. 最能", "5. 设计1为基本设计。\n4. 最能") + "设计1主视图\n设计2主视图\n"),
    ("DE-06", design("申请人签章", "局部外观设计：是\n申请人签章"), design("申请人签章", "局部外观设计：是\n申请人签章").replace("4. 最能", "5. 请求保护的部分为汽车的车门，以实线表示，其余部分用虚线表示。\n4. 最能")),
    ("DE-07", design("在于形状", "在于形状，本产品更省电"), DESIGN),
    ("DE-08", design("在于形状", "在于形状，成套产品：杯 07-01、椅 06-01"), design("在于形状", "在于形状，成套产品：杯 07-01、碟 07-01")),
    ("DE-09", design("名称：水杯\n申", "名称：标签\n申").replace("在于形状", "主要起标识作用"), DESIGN),
]  # fmt: skip
UTILITY_MODEL = (
    REPAIRED.replace("本发明", "本实用新型").replace("发明名称", "实用新型名称").replace("发明内容", "实用新型内容")
)
UTILITY = [
    ("RQ-07", UTILITY_MODEL.replace("：一种离心水泵及其控制方法", "：一种水泵的制造方法"), UTILITY_MODEL.replace("及其控制方法", "")),
    ("DR-01", UTILITY_MODEL.partition("说明书附图\n图1")[0], UTILITY_MODEL),
]  # fmt: skip


@pytest.mark.feature("S1-06")
@pytest.mark.feature("S1-09")
@pytest.mark.parametrize(
    ("kind", "rule", "fails", "passes"),
    [("I", *one) for one in INVENTIONS] + [("D", *one) for one in DESIGNS] + [("U", *one) for one in UTILITY],
    ids=lambda one: one if isinstance(one, str) and len(one) < 6 else "",
)
def test_example(kind, rule, fails, passes):
    assert rule in rules_of(fails, kind=kind)
    assert rule not in rules_of(passes, kind=kind)


@pytest.mark.parametrize(("text", "kind"), [(REPAIRED, "I"), (DESIGN, "D")])
def test_what_is_in_order_has_no_finding(text, kind):
    assert report(text, kind=kind).findings == ()
    assert read_text(text).type is {"I": DraftType.INVENTION, "D": DraftType.DESIGN}[kind]


def test_length_of_a_title_decides_the_severity():
    texts = {count: REPAIRED.replace(TITLE, "发明名称：" + "泵" * count) for count in (25, 26, 60, 61)}
    severities = {
        count: [one.severity.value for one in report(text).findings if one.rule == "RQ-04"]
        for count, text in texts.items()
    }
    assert severities == {25: [], 26: ["W"], 60: ["W"], 61: ["E"]}


@pytest.mark.parametrize(("count", "fires"), [(300, False), (301, True)])
def test_an_abstract_has_at_most_three_hundred_characters(count, fires):
    text = "说明书摘要\n" + "本发明公开了一种水泵，包括".ljust(count, "壳")
    assert ("AB-01" in rules_of(text)) is fires


def test_an_abstract_names_its_subject():
    request = "请求书\n发明名称：一种水泵\n说明书摘要\n"
    assert "AB-02" in rules_of(request + "效果好。")
    assert "AB-02" not in rules_of(request + "本发明公开了一种水泵,属于流体机械领域,包括壳体。")


def test_half_a_year_of_priority_for_designs():
    dated = design("申请人签章", "申请日：2024-02-01\n优先权：CN 202330012345.6 {}\n申请人签章")
    assert "RQ-10" in rules_of(dated.format("2023-07-31"), kind="D")
    assert "RQ-10" not in rules_of(dated.format("2023-08-01"), kind="D")


def test_statements_of_the_same_day():
    said = read_text(REPAIRED.replace("摘要附图：图1", "同样的发明创造声明：是"))
    silent = read_text(REPAIRED)
    wanted = Wanted(as_of=TODAY)
    assert "RQ-12" in {one.rule for one in check(said, wanted, twin=silent).findings}
    assert "RQ-12" not in {one.rule for one in check(said, wanted, twin=said).findings}
    assert "RQ-12" in {one.rule for one in check(said, wanted).not_checked}


@pytest.mark.parametrize(("pages", "fee"), [(30, None), (42, 600), (320, 15500)])
def test_fees_of_many_pages(pages, fee):
    found = check(replace(read_text(REPAIRED), pages=pages), Wanted(as_of=TODAY)).findings
    assert [f"附加费 {fee} 元" in one.message.zh for one in found if one.rule == "DS-07"] == ([True] if fee else [])


def test_pages_are_taken_from_the_list_of_files():
    text = REPAIRED.replace(
        "权利要求书、说明书、说明书摘要、说明书附图", "权利要求书、说明书38页、说明书摘要、说明书附图4页"
    )
    assert "600 元" in next(one.message.zh for one in report(text).findings if one.rule == "DS-07")


def test_background_without_a_document_is_information_only():
    found = [one for one in report(REPAIRED.replace("见CN101234567A，其", "的")).findings if one.rule == "DS-05"]
    assert [one.severity.value for one in found] == ["I"]


def test_words_in_a_drawing_that_was_read():
    draft = read_text(REPAIRED)
    wordy = replace(draft, figures=(Figure("图1", 1, Place(1), words=21), Figure("图2", 2, Place(2), words=3)))
    assert [(one.rule, one.figure) for one in check(wordy, Wanted(as_of=TODAY)).findings if one.rule == "DR-06"] == [
        ("DR-06", "图1")
    ]
    assert "DR-06" in {one.rule for one in check(draft, Wanted(as_of=TODAY)).not_checked}


def test_partial_designs_are_checked_since_their_day():
    text = design("申请人签章", "局部外观设计：是\n申请人签章")
    assert "DE-06" not in rules_of(text, kind="D", as_of=date(2021, 5, 31))


def test_tracked_changes_left_in_the_file():
    lines = [Line(one) for one in REPAIRED.splitlines()]
    lines[-2] = replace(lines[-2], deleted=2, inserted=3)
    found = [one for one in check(draft_of(lines), Wanted(as_of=TODAY)).findings if one.rule == "IN-01"]
    assert len(found) == 1
    assert "插入 3 字，删除 2 字" in found[0].message.zh
