"""Parks: by the longest name that an address writes, in its city, on its day."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.places import api

pytestmark = pytest.mark.feature("S2-10")


@pytest.mark.parametrize(
    ("address", "day", "park"),
    [
        ("浙江省杭州市滨江区高新区江南大道1号", date(2020, 1, 1), "hz-hightech"),
        ("浙江省杭州市杭州经济技术开发区6号大街", date(2019, 3, 31), "hz-economic"),
        ("浙江省杭州市杭州经济技术开发区6号大街", date(2019, 4, 1), "hz-qiantang"),
        ("浙江省杭州市萧山区大江东产业集聚区", date(2015, 1, 1), "hz-dajiangdong"),
        ("浙江省杭州市余杭区未来科技城", date(2020, 1, 1), "hz-future"),
        (
            "浙江省杭州市萧山区临江高新技术产业开发区",
            date(2020, 1, 1),
            "hz-linjiang",
        ),  # not the shorter 高新技术产业开发区
        ("浙江省杭州市西湖区文三路1号", date(2020, 1, 1), None),
        (None, date(2020, 1, 1), None),
    ],
)
def test_an_address_names_its_park_of_the_day(address, day, park):
    assert api.parks().of(address, "330100", day) == park


def test_a_name_is_understood_in_its_city_only():
    assert api.parks().of("宁波市高新区", "330200", date(2020, 1, 1)) is None
    assert api.parks().of("高新区", None, date(2020, 1, 1)) is None


def test_no_name_means_two_parks_on_one_day_and_every_row_is_in_both_languages():
    rows = api.parks().rows
    for day in (date(2000, 1, 1), *api.parks().turning_days(), date(2026, 1, 1)):
        named = [(row.city, name) for row in rows if row.is_valid_on(day) for name in row.written]
        assert len(named) == len(set(named))
    assert all(row.name_zh and row.name_en and row.source for row in rows)
    assert api.parks().name("hz-future", "zh-hans") == "未来科技城"
    assert api.parks().name("gone", "en") == "gone"
