"""What holds for every address, however it is written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.commons.refdata.api import Level, regions
from qiantang.corpus.places import api

pytestmark = pytest.mark.feature("S2-11")

# The first example builds the tables, which takes longer than hypothesis grants an example.
UNTIMED = settings(deadline=None)
DAYS = st.dates(date(1985, 4, 1), date(2026, 9, 1))
WORDS = ["浙江省", "杭州市", "杭州", "浙江", "上海市", "四川省", "重庆市", "余杭区", "余杭", "江干区", "萧山", "下沙", "高新区", "义蓬街道", "临平",
         "良渚镇", "310018", "311400", "甲路", "1号", "新区", " ", "朝阳区", "吉林", "Hangzhou", "China", "美国", "（", "區", "市"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=7).map("".join) | st.text(max_size=30)
COUNTIES = [row for row in regions().rows() if row.level is Level.COUNTY and row.valid_to is None]


@UNTIMED
@given(TEXTS, st.none() | st.sampled_from(["310018", "200000", "31", "甲乙丙丁戊己"]), DAYS)
def test_every_answer_agrees_with_itself(text, postcode, day):
    place, table = api.resolve(text, postcode, None, day), regions()
    assert 0 <= place.confidence <= 1
    if place.district is not None:
        assert table.region(place.district, day) is not None
        assert place.country == "CN"
        above = table.ancestors(place.district)
        assert place.city is None or place.city in above or place.province in above
    if place.today is not None:
        assert table.region(place.today).valid_to is None
    assert place.district is None or place.today is None or place.ambiguous == ()
    assert len(place.ambiguous) != 1
    assert (place.code is None) == (place.province is None)


@UNTIMED
@given(st.sampled_from(COUNTIES))
def test_every_district_of_today_is_found_by_its_whole_name(row):
    table = regions()
    above = [table.name(code, "zh") for code in reversed(table.ancestors(row.code))]
    place = api.resolve("".join([*above, row.name_zh, "甲路1号"]))
    assert (place.district, place.today) == (row.code, row.code)


@UNTIMED
@given(st.sampled_from(COUNTIES), st.sampled_from(["310018", "518057"]), DAYS)
def test_a_glued_postcode_is_a_stated_postcode(row, postcode, day):
    city = regions().name(row.parent, "zh")
    glued = api.resolve(f"{postcode}{city}{row.name_zh}", day=day)
    assert glued == api.resolve(f"{city}{row.name_zh}", postcode, None, day)


@UNTIMED
@given(st.sampled_from(COUNTIES), DAYS)
def test_a_city_named_twice_is_the_same_place(row, day):
    names = [regions().name(code, "zh") for code in reversed(regions().ancestors(row.code))]
    once = "".join(names)
    assert api.resolve(once + once + row.name_zh, day=day) == api.resolve(once + row.name_zh, day=day)
