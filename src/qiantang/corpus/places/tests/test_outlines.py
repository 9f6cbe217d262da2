"""Outlines of old districts only where today's make them up exactly."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.places import api
from qiantang.corpus.places.methods.outlines import middle

BEFORE, AFTER = date(2021, 4, 8), date(2021, 4, 9)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("330106", ("330106",)),  # Xihu, as it always was
        ("330110", ("330110", "330113")),  # old Yuhang is Yuhang and Linping
        ("330102", ()),  # Shangcheng got a part of Jianggan
        ("330103", ()),  # Xiacheng is a part of today's Gongshu
        ("330104", ()),  # Jianggan was divided among districts with other ground
        ("330105", ()),  # Gongshu got Xiacheng
        ("330109", ()),  # Xiaoshan's other part lies in Qiantang with Jianggan's
    ],
)
def test_what_an_old_district_is_made_of(code: str, parts: tuple[str, ...]) -> None:
    assert api.outline_parts(code, BEFORE) == parts


def test_since_the_reform_each_district_is_itself() -> None:
    for code in ("330102", "330105", "330109", "330110", "330113", "330114"):
        assert api.outline_parts(code, AFTER) == (code,)
        assert api.outline_parts(code, None) == (code,)
    assert api.outline_parts("330103", AFTER) == ()  # there is no such district any more
    assert api.outline_parts("330183", date(2010, 1, 1)) == ("330111",)  # Fuyang was a city


def test_all_districts_of_hangzhou_have_an_outline_and_a_middle() -> None:
    codes = (
        "330102",
        "330105",
        "330106",
        "330108",
        "330109",
        "330110",
        "330111",
        "330112",
        "330113",
        "330114",
        "330122",
        "330127",
        "330182",
    )
    found = api.outlines((*codes, "999999"))["features"]
    assert tuple(one["properties"]["code"] for one in found) == codes
    for one in found:
        east, north = one["properties"]["label_point"]
        assert 118.3 < east < 121
        assert 29 < north < 30.7


def test_the_middle_of_a_square() -> None:
    square = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    assert middle({"type": "Polygon", "coordinates": [square]}) == (1, 1)
    assert middle({"type": "MultiPolygon", "coordinates": [[square], [[[9, 9], [9, 9], [9, 9]]]]}) == (1, 1)
