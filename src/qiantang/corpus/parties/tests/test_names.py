"""A name as filed, taken apart: the examples of the domain text, and what holds for every name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.parties.methods.kinds import kind_of
from qiantang.corpus.parties.methods.romanised import sound, spells_core, spells_region
from qiantang.corpus.parties.methods.spelling import country, standard
from qiantang.corpus.parties.methods.splitting import split_names
from qiantang.corpus.parties.selectors.reading import name_reader
from qiantang.corpus.parties.types import PartyKind

pytestmark = pytest.mark.feature("S2-11")
TEXTS = st.text(
    st.sampled_from("浙江杭州錢潮钱甲乙大学院研究所附属医院有限公司集团（）() .,;&ＣOＬtd漢ＧmbhX9"), max_size=24
)


def read(text):
    return name_reader().read(text)


@pytest.mark.parametrize(
    ("filed", "core", "form", "region"),
    [
        ("杭州海康威视数字技术股份有限公司", "海康威视数字技术", "股份有限公司", ("杭州",)),
        ("浙江省杭州市钱潮机械有限公司", "钱潮机械", "有限责任公司", ("浙江省", "杭州市")),
        ("杭州钱潮机械有限责任公司", "钱潮机械", "有限责任公司", ("杭州",)),
        ("钱潮集团有限公司", "钱潮", "有限责任公司", ()),
        ("株式会社钱潮制作", "钱潮制作", "株式会社", ()),
        ("QIAN CHAO CO., LTD.", "QIANCHAO", "COLTD", ()),
        ("Qian Chao GmbH", "QIANCHAO", "GMBH", ()),
        ("QIAN CHAO INC (US)", "QIANCHAO", "INC", ()),
        ("中山大学", "中山", "大学", ()),
        ("杭州大学", "杭州", "大学", ()),
    ],
)
def test_core_form_and_region(filed, core, form, region):
    name = read(filed)
    assert (name.core, name.form, name.region) == (core, form, region)


def test_the_region_is_taken_off_for_blocks_and_stays_in_the_identity():
    one, other = read("杭州钱潮机械有限公司"), read("浙江钱潮机械有限公司")
    assert one.core == other.core
    assert one.standard != other.standard


@pytest.mark.parametrize(
    ("filed", "owner", "unit"),
    [
        ("浙江大学城市学院", "浙江大学", "城市学院"),
        ("钱潮大学附属第一医院", "钱潮大学", "附属第一医院"),
        ("钱潮科学院物理研究所", "钱潮科学院", "物理研究所"),
        ("钱潮机械有限公司宁波分公司", "钱潮机械有限公司", "宁波分公司"),
        ("浙江大学", None, None),
        ("钱潮大学乙研究院有限公司", None, None),
        ("钱潮机械有限公司", None, None),
    ],
)
def test_a_sub_unit_says_whose_it_is(filed, owner, unit):
    name = read(filed)
    assert (name.owner, name.unit) == (owner, unit)


@pytest.mark.parametrize(
    "other",
    [
        "钱潮（甲）机械有限公司",
        "錢潮(甲)機械有限公司",
        "钱潮 (甲)  机械有限公司",
        "．钱潮(甲)机械有限公司",
        "钱潮（甲)机械有限公司。",
    ],
)
def test_width_script_blanks_and_points_make_no_difference(other):
    assert standard(other) == standard("钱潮(甲)机械有限公司")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qian Chao Co., Ltd.", "QIAN CHAO CO LTD"),
        ("QIAN CHAO CORP", "Qian Chao Corporation"),
        ("QIAN CHAO G.K.", "QIAN CHAO G K"),
        ("QIAN & CHAO INC", "QIAN &amp; CHAO, INC."),
        ("QIANCHAO ELECTRONICS COR", "Qianchao Electronics Corp."),
        ("QIAN CHAO N.V.", "QIAN CHAO NV (NL)"),
    ],
)
def test_latin_names_meet_in_one_standard_spelling(one, other):
    assert read(one).standard == read(other).standard


def test_a_remark_on_the_place_of_registration_is_no_part_of_the_name():
    assert standard("钱潮公司（在特拉华州注册的公司）") == standard("钱潮公司")
    assert country("QIAN CHAO LTD (JP)") == "JP"
    assert country("QIAN CHAO LTD") is None


def test_a_place_in_brackets_is_a_site_and_another_name_is_kept():
    assert read("钱潮光电（苏州）有限公司").site == ("苏州",)
    assert read("钱潮光电（中国）有限公司").site == ("中国",)
    assert read("钱潮（集团）有限公司").site == ()
    assert read("甲省肿瘤防治研究所（甲省肿瘤医院）").also == "甲省肿瘤医院"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("钱甲乙", PartyKind.PERSON),
        ("欧阳甲乙", PartyKind.PERSON),
        ("钱小行", PartyKind.PERSON),
        ("欧阳小行", PartyKind.PERSON),
        ("钱潮小商行", PartyKind.ORGANISATION),
        ("约翰·钱", PartyKind.PERSON),
        ("钱潮机械厂", PartyKind.ORGANISATION),
        ("浙江大学", PartyKind.ORGANISATION),
        ("Qian Chao Ltd.", PartyKind.ORGANISATION),
        ("UNIV QIANCHAO", PartyKind.ORGANISATION),
        ("QIAN JIA YI", PartyKind.UNKNOWN),
        ("", PartyKind.UNKNOWN),
    ],
)
def test_person_or_organisation(name, kind):
    found, confidence = kind_of(name)
    assert found is kind
    assert 0 <= confidence <= 1


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("甲大学；乙有限公司", ("甲大学", "乙有限公司")),
        ("甲大学 | 乙有限公司", ("甲大学", "乙有限公司")),
        ("甲机械有限公司,乙机械有限公司", ("甲机械有限公司", "乙机械有限公司")),
        ("QIAN CO., LTD.,CHAO INC", ("QIAN CO., LTD.", "CHAO INC")),
        ("钱潮发展公司,有限责任合伙企业", ("钱潮发展公司,有限责任合伙企业",)),
        ("QIAN, CHAO YI", ("QIAN, CHAO YI",)),
        ("QIAN CHAO LTD (JP),QIAN JIA (JP)", ("QIAN CHAO LTD (JP)", "QIAN JIA (JP)")),
        ("", ()),
    ],
)
def test_co_applicants_are_parted_and_legal_forms_are_not(cell, names):
    assert split_names(cell) == names


def test_a_latin_name_spells_a_chinese_one_by_region_or_core():
    assert sound("海康") == "HAIKANG"
    brand = read("HANGZHOU QIANCHAO VISION CO., LTD.")
    assert spells_region(brand, read("杭州海康机械有限公司"))
    assert not spells_core(brand, read("杭州海康机械有限公司"))
    assert spells_core(read("QIANCHAO MACHINERY LTD"), read("钱潮机械有限公司"))
    assert not spells_core(read("NIPPON MACHINERY LTD"), read("钱潮机械有限公司"))


@given(TEXTS)
def test_standard_is_stable_and_nothing_is_too_odd_to_read(text):
    once = standard(text)
    assert standard(once) == once
    name = read(text)
    assert name.kind in PartyKind
    assert (name.unit is None) == (name.owner is None)
    if name.kind is PartyKind.ORGANISATION:
        assert name.core


@given(TEXTS)
def test_splitting_loses_no_letter(cell):
    letters = [one for one in cell if one.isalnum()]
    assert [one for name in split_names(cell) for one in name if one.isalnum()] == letters
