"""What addresses give: names, zones, townships, reforms, postcodes, other countries and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.places import api
from qiantang.corpus.places.types import Rule

pytestmark = pytest.mark.feature("S2-11")

BEFORE, AFTER = date(2019, 7, 9), date(2022, 1, 4)


def district(address, day=BEFORE, **more):
    return api.resolve(address, day=day, **more).district


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("浙江省杭州市滨江区甲路1号", "330108"),
        ("浙江杭州滨江区甲路1号", "330108"),
        ("杭州市滨江区甲路1号", "330108"),
        ("杭州滨江甲路1号", "330108"),
        ("310052浙江省杭州市滨江区甲路1号", "330108"),
        ("310052 浙江省 杭州市 滨江区", "330108"),
        ("３１００５２浙江省杭州市滨江区", "330108"),
        ("浙江省杭州市濱江區甲路", "330108"),
        ("浙江省杭州市浙江省杭州市滨江区", "330108"),
        ("中国浙江省杭州市市辖区滨江区", "330108"),
        ("甲公司 浙江省杭州市滨江区", "330108"),
        ("杭州市甲路9号 滨江区", "330108"),
        ("浙江省义乌市", "330782"),
        ("义乌市甲路", "330782"),
        ("湖北省仙桃市", "429004"),
        ("北京市市辖区海淀区", "110108"),
        ("上海浦东新区", "310115"),
        ("吉林省吉林市船营区", "220204"),
        ("吉林省长春市朝阳区", "220104"),
        ("辽宁省朝阳市双塔区", "211302"),
        ("新疆伊犁哈萨克自治州伊宁县", "654021"),
    ],
)
def test_a_district_is_read_in_any_usual_spelling(address, code):
    assert district(address) == code


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("上海市杨浦区杭州路12号", "310000"),
        ("山东省青岛市市北区杭州路", "370200"),
        ("杭州路12号", None),
        ("杭州东路12号", None),
        ("中山大学", None),
        ("江苏省苏州市杭州大道1号", "320500"),
    ],
)
def test_a_street_named_after_a_city_is_not_in_it(address, city):
    assert api.resolve(address, day=BEFORE).city == city


@pytest.mark.parametrize("address", ["杭州余杭塘路9号", "杭州市西湖大道1号", "杭州市萧山路3号", "浙江省杭州市甲路2号"])
def test_a_street_named_after_a_district_leaves_the_district_unknown(address):
    place = api.resolve(address, day=BEFORE)
    assert (place.city, place.district, place.today, place.rule) == ("330100", None, None, Rule.CITY)


@pytest.mark.parametrize(
    ("address", "day", "then", "today"),
    [
        ("杭州市下城区甲路", BEFORE, "330103", "330105"),
        ("杭州市下城区甲路", AFTER, "330105", "330105"),
        ("杭州市江干区白杨街道", BEFORE, "330104", "330114"),
        ("杭州市江干区九堡镇", BEFORE, "330104", "330102"),
        ("杭州市江干区九堡街道", AFTER, "330102", "330102"),
        ("杭州市余杭区良渚街道", BEFORE, "330110", "330110"),
        ("杭州市余杭区临平街道", BEFORE, "330110", "330113"),
        ("杭州市余杭区临平街道", AFTER, "330113", "330113"),
        ("杭州市临平区塘栖镇", BEFORE, "330110", "330113"),
        ("杭州市萧山区义蓬街道", BEFORE, "330109", "330114"),
        ("杭州市萧山区宁围街道", BEFORE, "330109", "330109"),
        ("杭州市上城区甲路", BEFORE, "330102", "330102"),
        ("浙江省富阳市", date(2010, 1, 1), "330183", "330111"),
        ("浙江省富阳县", date(1990, 1, 1), "330123", "330111"),
        ("浙江省富阳市", BEFORE, "330111", "330111"),
        ("杭州市临安区", date(2016, 1, 1), "330185", "330112"),
        ("浙江省临安市", BEFORE, "330112", "330112"),
        ("浙江省桐庐县", BEFORE, "330122", "330122"),
        ("上海市闸北区", date(2010, 1, 1), "310108", "310106"),
        ("苏州市沧浪区", BEFORE, "320508", "320508"),
        ("四川省重庆市沙坪坝区", date(1990, 1, 1), "510212", "500106"),
        ("浙江省富阳市银湖街道", date(2010, 1, 1), "330183", "330111"),
        ("浙江省余杭市良渚镇", date(1999, 1, 1), "330184", "330110"),
        ("杭州市余杭区经济开发区", BEFORE, "330110", "330113"),
        ("杭州余杭经济开发区", BEFORE, "330110", "330113"),
        ("四川省江津县", date(1990, 1, 1), "510225", "500116"),
        ("海南省陵水县", BEFORE, "469028", "469028"),
        ("浙江省鄞县", date(1995, 1, 1), "330227", "330212"),
    ],
)
def test_the_day_decides_which_code_is_meant(address, day, then, today):
    place = api.resolve(address, day=day)
    assert (place.district, place.today, place.ambiguous) == (then, today, ())


@pytest.mark.parametrize(
    ("address", "day", "then", "candidates"),
    [
        ("杭州市余杭区甲路", BEFORE, "330110", ("330110", "330113")),
        ("浙江省余杭市甲路", date(1999, 1, 1), "330184", ("330110", "330113")),
        ("杭州市萧山区甲路", BEFORE, "330109", ("330109", "330114")),
        ("杭州市江干区甲路", BEFORE, "330104", ("330102", "330114")),
        ("杭州市江干区甲路", AFTER, None, ("330102", "330114")),
        ("杭州市钱塘区甲路", BEFORE, None, ("330104", "330109")),
        ("武汉市东湖新技术开发区", BEFORE, None, ("420111", "420115")),
    ],
)
def test_what_the_text_cannot_tell_stays_open_with_its_candidates(address, day, then, candidates):
    place = api.resolve(address, day=day)
    assert place.district == then
    assert place.ambiguous == candidates
    assert (place.today is None) or place.district is None


@pytest.mark.parametrize(
    ("address", "day", "then", "rule"),
    [
        ("杭州市下沙高教园区", BEFORE, "330104", Rule.ZONE),
        ("杭州市下沙高教园区", AFTER, "330114", Rule.ZONE),
        ("浙江省杭州经济技术开发区6号大街", BEFORE, "330104", Rule.ZONE),
        ("杭州市大江东产业集聚区", BEFORE, "330109", Rule.ZONE),
        ("杭州市大江东产业集聚区", AFTER, "330114", Rule.ZONE),
        ("杭州市未来科技城", AFTER, "330110", Rule.ZONE),
        ("杭州市高新区（滨江）甲路", BEFORE, "330108", Rule.ZONE),
        ("杭州市滨江高新区", BEFORE, "330108", Rule.SHORT_NAME),
        ("杭州市西湖区高新区", BEFORE, "330106", Rule.DISTRICT),
        ("杭州市三墩镇", BEFORE, "330106", Rule.TOWNSHIP),
        ("深圳市光明新区", BEFORE, "440311", Rule.SHORT_NAME),
        ("深圳市光明新区", date(2012, 1, 1), "440306", Rule.SHORT_NAME),
    ],
)
def test_zones_and_townships_lie_where_the_dated_table_says(address, day, then, rule):
    place = api.resolve(address, day=day)
    assert (place.district, place.rule) == (then, rule)


def test_a_high_tech_zone_is_not_a_district_called_new():
    """唐山 had a district 新区 until 2002."""
    assert district("河北省唐山市高新区甲路") is None


def test_a_postcode_closes_what_the_text_leaves_open():
    assert district("浙江省杭州市甲路", postcode="311400") == "330111"
    assert api.resolve("杭州市江干区甲路", "310018", None, BEFORE).today == "330114"
    assert district("310018杭州市江干区甲路", AFTER) == "330114"
    assert api.resolve(None, "311400", None, BEFORE)[:5] == ("CN", "330000", "330100", "330111", "330111")


def test_a_postcode_that_lies_elsewhere_lowers_the_confidence():
    sure = api.resolve("浙江省杭州市西湖区", "310013", None, BEFORE)
    levels = [api.resolve("浙江省杭州市西湖区", code, None, BEFORE) for code in ("310052", "315000", "200000")]
    assert {place.district for place in levels} == {sure.district}
    assert sorted((place.confidence for place in [*levels, sure]), reverse=True) == [
        sure.confidence,
        *(place.confidence for place in levels),
    ]


@pytest.mark.parametrize(
    ("address", "country", "city"),
    [
        ("1 Jia Road, Binjiang District, Hangzhou, Zhejiang 310052, China", None, "330100"),
        ("Jia Lu 1, HANGZHOU", "CN", "330100"),
        ("Jia Lu 1, Hang Zhou, Zhe Jiang", None, "330100"),
        ("Hangzhou City, P.R. China", "CN", "330100"),
        ("Xi'an, Shaanxi, China", None, "610100"),
        ("Suzhou, Jiangsu, China", None, "320500"),
        ("Beijing, China", None, "110000"),
        ("Taizhou, China", None, None),
        ("1 Main Street, Springfield", None, None),
        ("Anyang, Gyeonggi", None, None),
    ],
)
def test_latin_letters_lead_to_the_city(address, country, city):
    place = api.resolve(address, country=country, day=BEFORE)
    assert (place.city, place.district) == (city, None)


@pytest.mark.parametrize(
    ("address", "stated", "country"),
    [
        ("日本东京都", None, "JP"),
        ("美国加利福尼亚州", None, "US"),
        ("韩国京畿道", None, "KR"),
        ("联邦德国甲城", None, "DE"),
        ("德国路德维希港", None, "DE"),
        ("台湾新竹", None, "TW"),
        ("Hangzhou Street 1, Berlin", "DE", "DE"),
        (None, "JP", "JP"),
        ("", None, None),
        ("甲乙丙", None, None),
        ("甲乙丙", "CN", "CN"),
        ("", "CN", "CN"),
        ("Jia Road 1", "CN", "CN"),
    ],
)
def test_abroad_only_the_country_is_told(address, stated, country):
    place = api.resolve(address, country=stated, day=BEFORE)
    assert (place.country, place.city, place.district) == (country, None, None)


def test_a_code_of_any_time_leads_to_todays():
    assert api.today("330103") == ("330105",)
    assert api.today("330104") == ("330102", "330114")
    assert api.today("330184") == ("330110", "330113")
    assert api.today("330106") == ("330106",)
    with pytest.raises(KeyError):
        api.today("999999")


def test_a_code_has_a_name_of_its_day():
    assert api.name_of("330104", BEFORE, "zh-hans") == "江干区"
    assert api.name_of("330114", None, "en") == "Qiantang"
