"""Two names: what the rules say, and what they never say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.parties.methods.former import name_changes
from qiantang.corpus.parties.methods.judging import judge, likeness
from qiantang.corpus.parties.selectors.reading import name_reader, places
from qiantang.corpus.parties.types import Action, Rule, Shared

pytestmark = pytest.mark.feature("S2-11")
ALONE, INVENTOR, ADDRESS, FAMILY = Shared(), Shared(inventors=1), Shared(addresses=1), Shared(families=1)
EVERYTHING = Shared(3, 2, 2, 0)


def said(one, other, shared=ALONE):
    verdict = judge(name_reader().read(one), name_reader().read(other), shared, places())
    return verdict.action, verdict.rule


@pytest.mark.parametrize(
    ("one", "other", "shared", "outcome"),
    [
        # certain whatever is shared
        ("钱潮（甲）机械有限公司", "钱潮(甲)机械有限公司", ALONE, (Action.MERGE, Rule.STANDARD_NAME)),
        ("甲机械有限公司", "乙电器厂", Shared(credit_codes=1), (Action.MERGE, Rule.CREDIT_CODE)),
        ("甲省肿瘤医院", "甲省防治研究所（甲省肿瘤医院）", ALONE, (Action.MERGE, Rule.NAME_IN_BRACKETS)),
        # likely, and merged only with something shared
        ("杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司", ALONE, (Action.REVIEW, Rule.LEGAL_FORM)),
        ("杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司", INVENTOR, (Action.MERGE, Rule.LEGAL_FORM)),
        ("杭州钱潮机械有限公司", "杭州市钱潮机械有限公司", ADDRESS, (Action.MERGE, Rule.LEGAL_FORM)),
        ("浙江钱潮海洋学院", "浙江钱潮海洋大学", ADDRESS, (Action.MERGE, Rule.LEGAL_FORM)),
        ("杭州瑞吉思电子机械有限公司", "杭州瑞吉斯电子机械有限公司", INVENTOR, (Action.MERGE, Rule.SPELLING)),
        ("QIANCHAO MACH LTD", "QIANCHAO MACHINERY LTD", INVENTOR, (Action.MERGE, Rule.SPELLING)),
        ("QIANCHAO MACH LTD", "QIANCHAO MACHINERY LTD", ALONE, (Action.REVIEW, Rule.SPELLING)),
        # another law, another firm, unless they live at one place
        ("QIANCHAO SYSTEMS GMBH", "QIANCHAO SYSTEMS INC", INVENTOR, (Action.REVIEW, Rule.LEGAL_FORM)),
        ("QIANCHAO SYSTEMS GMBH", "QIANCHAO SYSTEMS AG", INVENTOR, (Action.MERGE, Rule.LEGAL_FORM)),
        ("钱潮系统公司", "钱潮系统株式会社", INVENTOR, (Action.REVIEW, Rule.LEGAL_FORM)),
        ("钱潮系统公司", "钱潮系统株式会社", ADDRESS, (Action.MERGE, Rule.LEGAL_FORM)),
        # alike, but more than spelling differs: a person looks, whatever is shared
        ("杭州钱潮爱家生活电器有限公司", "杭州钱潮爱家电器股份有限公司", EVERYTHING, (Action.REVIEW, Rule.SIMILAR)),
        ("中国钱潮石油股份有限公司", "中国钱潮石油集团公司", EVERYTHING, (Action.REVIEW, Rule.LEGAL_FORM)),
        ("钱潮光电股份有限公司", "钱潮光电（苏州）有限公司", EVERYTHING, (Action.REVIEW, Rule.LEGAL_FORM)),
        # nothing to each other
        ("钱潮光电（上海）有限公司", "钱潮光电（北京）有限公司", EVERYTHING, (Action.NONE, None)),
        ("钱潮移动通信江苏有限公司", "钱潮移动通信浙江有限公司", EVERYTHING, (Action.NONE, None)),
        ("杭州钱潮机械有限公司", "宁波钱潮机械有限公司", EVERYTHING, (Action.NONE, None)),
        ("钱潮集团公司第十四研究所", "钱潮集团公司第十五研究所", EVERYTHING, (Action.NONE, None)),
        ("钱潮机械有限公司", "完全不同电器有限公司", EVERYTHING, (Action.NONE, None)),
        # a part is linked, never merged
        ("浙江大学", "浙江大学城市学院", EVERYTHING, (Action.PART, Rule.PART_OF)),
        ("钱潮机械有限公司", "钱潮机械有限公司宁波分公司", EVERYTHING, (Action.PART, Rule.PART_OF)),
        ("钱潮大学甲学院", "钱潮大学乙学院", EVERYTHING, (Action.NONE, None)),
        # two scripts: a family is asked for, the sound alone says nothing
        ("HANGZHOU QIANCHAO CO LTD", "杭州钱潮机械有限公司", ALONE, (Action.NONE, None)),
        ("HANGZHOU QIANCHAO CO LTD", "杭州钱潮机械有限公司", INVENTOR, (Action.NONE, None)),
        ("HANGZHOU QIANCHAO CO LTD", "杭州钱潮机械有限公司", FAMILY, (Action.MERGE, Rule.CROSS_LANGUAGE)),
        ("HANGZHOU BRAND CO LTD", "杭州钱潮机械有限公司", FAMILY, (Action.REVIEW, Rule.CROSS_LANGUAGE)),
        ("HANGZHOU BRAND CO LTD", "杭州钱潮机械有限公司", EVERYTHING, (Action.MERGE, Rule.CROSS_LANGUAGE)),
        ("NIPPON DENKI CO LTD", "杭州钱潮机械有限公司", FAMILY, (Action.REVIEW, Rule.CROSS_LANGUAGE)),
    ],
)
def test_the_rules_by_example(one, other, shared, outcome):
    assert said(one, other, shared) == outcome
    assert said(other, one, shared) == outcome


def test_the_examples_of_the_domain_text():
    assert said("浙江大学", "浙江大学城市学院", EVERYTHING)[0] is not Action.MERGE
    assert said("阿里巴巴集团控股有限公司", "阿里巴巴（中国）有限公司", EVERYTHING)[0] is not Action.MERGE
    assert said(
        "杭州海康威视数字技术股份有限公司", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", Shared(families=2)
    ) == (
        Action.MERGE,
        Rule.CROSS_LANGUAGE,
    )
    assert said("杭州海康威视数字技术股份有限公司", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.")[0] is Action.NONE


@given(
    st.text(st.sampled_from("钱潮甲乙丙李王"), min_size=2, max_size=3),
    st.sampled_from([EVERYTHING, Shared(9, 9, 9, 9)]),
)
def test_persons_are_never_merged_by_rule(name, shared):
    assert said(name, name + " ", shared)[0] is Action.NONE
    assert said(name, f"{name}机械有限公司", shared)[0] is Action.NONE


NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "杭州", "杭州市", "浙江", "宁波市"]),
        st.text(st.sampled_from("钱潮甲乙光电机械"), min_size=2, max_size=6),
        st.sampled_from(["", "（苏州）", "（上海）"]),
        st.sampled_from(["有限公司", "股份有限公司", "集团有限公司", "大学", "厂", "有限公司宁波分公司"]),
    ),
)


@given(NAMES, NAMES, st.sampled_from([ALONE, INVENTOR, ADDRESS, FAMILY, EVERYTHING]))
def test_the_order_of_the_names_says_nothing_and_likeness_is_a_share(one, other, shared):
    a, b = name_reader().read(one), name_reader().read(other)
    assert judge(a, b, shared, places()) == judge(b, a, shared, places())
    assert 0 <= likeness(a, b) <= 1


@given(NAMES, NAMES)
def test_unlike_names_are_merged_only_with_something_shared(one, other):
    action, rule = said(one, other)
    if action is Action.MERGE:
        assert rule in (Rule.STANDARD_NAME, Rule.NAME_IN_BRACKETS)


EVENT = "变更事项:专利权人\n变更前:钱潮甲有限公司\n变更后:钱潮乙有限公司\n变更事项:地址\n变更前:310000 某路1号\n变更后:310000 某路2号"


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("CP01", EVENT, [("钱潮甲有限公司", "钱潮乙有限公司")]),
        ("", f"专利权人的姓名或者名称、地址的变更\n主分类号:26-05\n{EVENT}", [("钱潮甲有限公司", "钱潮乙有限公司")]),
        ("TR01", f"专利权的转移\n{EVENT}", []),
        ("CP02", EVENT.replace("专利权人", "地址"), []),
        (
            "CP01",
            "Change in the name of a patent holder\nPatentee after: B LTD\nPatentee before: A LTD\n",
            [("A LTD", "B LTD")],
        ),
        ("CP01", "变更事项:专利权人\n变更前:钱潮\n变更后:钱潮", []),
        ("CP01", None, []),
    ],
)
def test_a_change_of_name_is_no_transfer(code, text, found):
    assert name_changes(code, text) == found
