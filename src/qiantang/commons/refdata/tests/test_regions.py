"""Regions by code, name and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.refdata import api
from qiantang.commons.refdata.selectors import _day, _rows

REFORM = date(2021, 4, 9)
BEFORE = REFORM - timedelta(days=1)
ROWS = list(_rows("regions.csv"))
CODES = sorted({row["code"] for row in ROWS})


def test_hangzhou_had_thirteen_districts_and_counties_before_and_after_the_reform():
    before = set(api.regions().children("330100", BEFORE))
    after = set(api.regions().children("330100", REFORM))
    assert before - after == {"330103", "330104"}  # 下城, 江干
    assert after - before == {"330113", "330114"}  # 临平, 钱塘
    assert len(before) == len(after) == 13
    assert set(api.regions().children("330100")) == after


def test_a_district_whose_borders_changed_has_a_row_for_each_time():
    old, new = api.regions().region("330110", BEFORE), api.regions().region("330110", REFORM)
    assert (old.name_zh, new.name_zh) == ("余杭区", "余杭区")
    assert old.valid_to == BEFORE
    assert new.valid_from == REFORM
    assert new.valid_to is None


def test_a_district_is_not_there_before_its_first_day():
    assert api.regions().region("330114", BEFORE) is None
    assert api.regions().region("330104", REFORM) is None


def test_a_name_is_always_to_be_had():
    assert api.regions().name("330106", "zh-hans") == "西湖区"
    assert api.regions().name("330106", "en") == "Xihu"
    assert api.regions().name("330114", "zh", BEFORE) == "钱塘区"
    assert api.regions().name("330104", "zh") == "江干区"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("杭州", "330100"),
        ("杭州市", "330100"),
        ("Hangzhou", "330100"),
        ("hangzhou", "330100"),
        ("浙江", "330000"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("延边", "222400"),
        ("海西", "632800"),
        ("克孜勒苏", "653000"),
        ("江干", "330104"),
        ("余杭区", "330110"),
        ("临平", "330113"),
        ("浦东", "310115"),
        ("富阳", "330111"),
        ("富阳市", "330183"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("朝阳", "211300"),
        ("余姚市", "330281"),
        ("萧山市", "330181"),
        ("涪陵", "500102"),
        ("Suzhou", "320500"),
        ("忠县", "500233"),
    ],
)
def test_a_name_leads_to_its_code(name, code):
    assert api.regions().codes_by_name()[name] == code


@pytest.mark.parametrize("name", ["Taizhou", "Huangpu", "朝阳区", "忠", "市", ""])
def test_an_ambiguous_name_leads_nowhere(name):
    assert name not in api.regions().codes_by_name()


@pytest.mark.parametrize(
    ("home", "name", "code"),
    [
        ("330100", "西湖区", "330106"),
        ("330100", "西湖", "330106"),
        ("360100", "西湖区", "360103"),
        ("310100", "西湖区", None),
        ("330100", "南昌", "360100"),
    ],
)
def test_a_name_of_several_is_that_of_the_city_where_it_is_said(home, name, code):
    assert api.regions().codes_by_name_in(home).get(name) == code


def test_ancestors_lead_to_the_province():
    assert api.regions().ancestors("330106") == ("330100", "330000")
    assert api.regions().ancestors("110105") == ("110000",)
    assert api.regions().ancestors("330000") == ()


def test_an_unknown_code_is_an_error():
    assert "999999" not in api.regions()
    with pytest.raises(KeyError):
        api.regions().name("999999", "zh")


@given(st.sampled_from(CODES))
def test_every_row_has_a_place(code):
    table = api.regions()
    region = table.region(code)
    assert len(code) == 6
    assert region.name_zh
    assert region.name_en
    assert region.source
    assert (region.parent is None) == (region.level == api.Level.PROVINCE)
    assert code not in table.ancestors(code)
    assert all(api.Level(table.region(above).level) != api.Level.COUNTY for above in table.ancestors(code))


@given(st.sampled_from(CODES), st.dates(date(1985, 4, 1), date(2030, 1, 1)))
def test_a_code_has_one_row_a_day_at_most(code, day):
    valid = [
        row
        for row in ROWS
        if row["code"] == code
        and (not row["valid_from"] or _day(row["valid_from"]) <= day)
        and (not row["valid_to"] or day <= _day(row["valid_to"]))
    ]
    assert len(valid) == (api.regions().region(code, day) is not None)


def test_the_table_is_complete_at_the_levels_it_promises():
    levels = [region.level for code in CODES if (region := api.regions().region(code)).valid_to is None]
    assert levels.count(api.Level.PROVINCE) == 34
    assert levels.count(api.Level.PREFECTURE) == 333
    assert levels.count(api.Level.COUNTY) == 2847


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(1986, 6, 1), {"330121", "330125", "330123", "330124"}),
        (date(1994, 6, 1), {"339005", "339021", "339019", "330124"}),
        (date(1999, 6, 1), {"330181", "330184", "330183", "330185"}),
        (date(2002, 6, 1), {"330109", "330110", "330183", "330185"}),
    ],
)
def test_the_counties_around_hangzhou_became_cities_and_then_districts(day, codes):
    valid = set(api.regions().children("330100", day))
    around = {
        code for code in CODES if api.regions().region(code).name_en in {"Xiaoshan", "Yuhang", "Fuyang", "Lin'an"}
    }
    assert valid & around == codes


def test_offices_have_names_in_both_languages():
    table = api.offices()
    assert table.name("CN", "zh-hans") == "中国"
    assert table.name("EP", "en") == "European Patent Office (EPO)"
    assert table["SU"].kind == "historical"
    assert len(table.codes()) == len(table) == 270
    assert all(table[code].name_zh and table[code].name_en and len(code) == 2 for code in table.codes())
    assert "ZZ" not in table


def test_the_four_municipalities_are_cities_and_no_other_province_is():
    provinces = [row for row in api.regions().rows() if row.level is api.Level.PROVINCE]
    assert {row.name_en for row in provinces if row.is_city} == {"Beijing", "Tianjin", "Shanghai", "Chongqing"}
    assert all(
        row.is_city is (row.level is api.Level.PREFECTURE) for row in api.regions().rows() if row not in provinces
    )
