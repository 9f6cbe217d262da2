"""The result as a desk: columns, families, colours, facets looked into, years; every number leads to its patents."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.utils.translation import override

from qiantang.corpus.register.types import FacetValue
from qiantang.scenarios.query.methods.columns import COLUMNS
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.tests.test_views import page, text_of

pytestmark = pytest.mark.django_db


def total(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.context["result"].total


def values(client, key, *given, **more):
    return client.get(
        "/search/values?" + urlencode([("key", key), *given, *more.items()]), headers={"accept-language": "en"}
    )


# --- columns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["cards", "table"])
def test_a_hit_shows_the_columns_that_were_chosen(client, stocked, view):
    asked = [("q", "电池冷却"), ("view", view), *(("col", key) for key in COLUMNS)]
    response = page(client, *asked)
    told = text_of(response)
    for word in (
        "章湖墅；沈文晖",
        "2020-07-10",
        "Xihu",
        "China",
        "H01M10/613、F28D15/02",
        "2017-07-21",
    ):
        assert word in told, word
    (row,) = response.context["rows"]
    assert {cell.key: cell.value for cell in row.cells}["cited"] == 2
    assert {cell.key: cell.value for cell in row.cells}["family"] == 2
    assert [cell.key for cell in row.cells] == [key for key in COLUMNS if key != "text"]
    assert response.content.decode().count("<table") == (2 if view == "table" else 1)  # one is the help


def test_columns_stay_in_the_address_and_are_remembered_where_that_is_asked_for(client, stocked):
    response = page(client, ("view", "table"), ("col", "office"))
    assert "qt_list" not in response.cookies
    assert parse_qs(urlsplit(response.context["facets"][0].values[0].url).query)["col"] == ["office"]
    assert page(client, ("view", "table"), ("col", "office"), ("keep", "1")).cookies["qt_list"].value == "table.office"
    later = page(client)
    assert [cell.key for cell in later.context["rows"][0].cells] == ["office"]
    assert "col=" not in later.context["facets"][0].values[0].url
    assert page(client, ("view", "cards")).context["layout"].table is False
    assert page(client, view="sideways").status_code == 422


@pytest.mark.parametrize("size", [20, 50, 100])
def test_as_many_on_a_page_as_were_asked_for(client, stocked, size):
    response = page(client, size=size)
    assert response.context["asked"].size == size
    assert f"size={size}" in response.context["facets"][0].values[0].url or size == 20
    assert page(client, size=7).status_code == 422


@pytest.mark.parametrize("sort", ["-GD", "GD", "-SD"])
def test_more_orders(client, stocked, sort):
    assert page(client, sort=sort).context["result"].total == 10


@pytest.mark.parametrize(("sort", "key"), [("cited", "cited"), ("family", "family")])
def test_most_cited_and_largest_family_first(client, stocked, monkeypatch, sort, key):
    response = page(client, ("sort", sort), ("view", "table"), ("col", key))
    figures = [row.cells[0].value for row in response.context["rows"]]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > figures[-1]
    assert f"sort={sort}" in response.context["facets"][0].values[0].url
    assert "sort" not in response.context["parameters"]  # other pages know no such order
    assert not response.context["unranked"]
    monkeypatch.setattr("qiantang.corpus.register.selectors.desk.ranking.MOST_RANKED", 3)
    for more in ((), (("group", "simple"),)):
        refused = page(client, ("sort", sort), *more)
        assert refused.context["result"].total == 10
        assert "Shown by best match" in text_of(refused)


# --- families --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-06")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("scheme", ["simple", "extended"])
def test_families_are_shown_with_their_members_and_both_counts(client, stocked, scheme, language):
    response = page(client, q="电池 OR cooling OR pump", group=scheme, language=language)
    families = response.context["families"]
    assert families.patents == response.context["result"].total
    assert sum(one.found for one in response.context["family_rows"]) == families.patents
    for one in response.context["family_rows"]:
        if one.found_url:
            assert total(client, one.found_url) == one.found
            assert total(client, one.family_url) == one.size == len(one.members)
    if language == "en":
        assert re.search(rf"{families.families} families · {families.patents} patents", text_of(response))
        assert re.search(r"\d members, \d of them found", text_of(response))


@pytest.mark.feature("S3-06")
def test_pages_of_families_follow_each_other(client, empty):
    from qiantang.corpus.register.tests.shelf import File, seen, stock

    stock(
        empty,
        File(
            "a",
            [
                seen(n, (f"CN1070{n:05d}", "A", "2018-01-12"), title="泵", simple_family=f"F{n // 2}")
                for n in range(1, 60)
            ],
        ),
    )
    found, address = [], "/search?q=%E6%B3%B5&group=simple"
    while address:
        response = client.get(address)
        found += [one.row.hit.patent_id for one in response.context["family_rows"]]
        address = response.context["next_url"]
    assert len(found) == len(set(found)) == response.context["families"].families == 30


# --- colours ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-12")
def test_each_term_has_its_colour_and_stands_in_the_legend(client, stocked):
    content = page(client, q="电池 AND 冷却").content.decode()
    assert '<mark class="qt-term qt-term-1" data-begins="0">电池</mark>' in content
    assert '<mark class="qt-term qt-term-2" data-begins="1">冷却</mark>' in content
    legend = content[content.index("qt-legend") :].partition("</ul>")[0]
    assert re.findall(r"qt-term-(\d)\">(\w+)<", legend) == [("1", "电池"), ("2", "冷却")]
    assert "qt-legend" not in page(client, q="电池").content.decode()


# --- facets looked into ----------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-05")
@pytest.mark.parametrize("key", ["PA", "IC", "CI", "TY", "KD", "IN", "TF", "AY"])
def test_every_value_of_an_opened_facet_leads_to_as_many_as_it_says(client, stocked, key):
    response = values(client, key, q="电池 OR 泵 OR 冷却")
    assert response.context["values"]
    for one in response.context["values"]:
        (url,) = [values(client, key, q="电池 OR 泵 OR 冷却", apply="any", pick=one.value)["Location"]]
        assert total(client, url) == one.count


@pytest.mark.feature("S3-05")
def test_several_values_are_chosen_or_left_out(client, stocked):
    every = total(client, "/search")
    picks = [("pick", "CN"), ("pick", "US")]
    either = client.get(values(client, "CC", *picks, apply="any")["Location"], headers={"accept-language": "en"})
    neither = client.get(values(client, "CC", *picks, apply="none")["Location"], headers={"accept-language": "en"})
    assert either.context["result"].total + neither.context["result"].total == every
    assert [chip.label for chip in either.context["active"]] == ["Office：China、United States"]
    assert [chip.label for chip in neither.context["active"]] == ["without Office：China、United States"]
    (chosen,) = [b for b in either.context["facets"] if b.key == "CC"]
    assert {one.value for one in chosen.values if one.selected} == {"CN", "US"}
    for one in chosen.values:  # taking one of the two away leaves the other
        assert total(client, one.url) == sum(other.count for other in chosen.values if other is not one)
    opened = values(client, "CC", ("f", 'NOT CC==("CN", "US")'))
    assert opened.context["excluded"]
    assert {one.value for one in opened.context["values"] if one.selected} == {"CN", "US"}
    assert total(client, values(client, "CC", ("f", 'NOT CC==("CN", "US")'), apply="all")["Location"]) == every


@pytest.mark.feature("S3-05")
@pytest.mark.parametrize(
    ("key", "find", "expected"),
    [("PA", "甲", 1), ("CC", "united", 1), ("CC", "CN", 1), ("CI", "xihu", 1), ("PA", "无此", 0)],
)
def test_a_look_inside_finds_values_by_letters_and_by_words(client, stocked, key, find, expected):
    response = (
        values(client, key, ("pick", "EP"), opened=1, find=find) if key == "CC" else values(client, key, find=find)
    )
    assert len([one for one in response.context["values"] if not one.selected]) == expected
    if key == "CC":  # what was ticked before stays ticked
        assert [one.value for one in response.context["values"] if one.selected] == ["EP"]


def test_the_opened_facet_is_a_page_and_a_part_of_one(client, stocked):
    whole = values(client, "PA", q="电池").content.decode()
    assert whole.count("<h1") == 1
    part = client.get("/search/values?key=PA&q=%E7%94%B5%E6%B1%A0", headers={"hx-request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert values(client, "XX").status_code == 422
    assert values(client, "TI", apply="any", pick="x").status_code == 422


# --- years -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("years", ["AY", "PY"])
def test_every_bar_of_the_years_leads_to_its_patents(client, stocked, years):
    response = page(client, q="电池 OR 冷却", years=years)
    block = response.context["years"]
    assert block.key == years
    assert sum(bar.count for bar in block.bars) == sum(v.count for v in response.context["result"].facets[years])
    for bar in block.bars:
        assert total(client, bar.url) == bar.count
    assert client.get(block.other_url).context["years"].key != years


@pytest.mark.feature("S3-18")
def test_a_span_of_years_is_typed_and_narrows(client, stocked):
    told = page(client).context["years"]
    url = values(client, "AY", ("f", 'AY=="2019"'), apply="span", low="2018", high="２０１７")["Location"]
    assert parse_qs(urlsplit(url).query)["f"] == ["AY=[2017 TO 2018]"]
    assert total(client, url) == sum(bar.count for bar in told.bars if 2017 <= bar.low <= 2018)
    narrowed = client.get(url, headers={"accept-language": "en"})
    assert [chip.label for chip in narrowed.context["active"]] == ["Filing year：2017–2018"]
    assert values(client, "AY", apply="span", low="x", high="")["Location"] == "/search"
    drawn = unescape(client.get("/search").content.decode())
    assert "{low}" in drawn or "%7Blow%7D" in drawn


def test_values_of_one_word_are_told_apart_and_classes_by_more_than_their_first_words():
    values = [FacetValue("330111", 2, "x"), FacetValue("330183", 1, "y"), FacetValue("330106", 1, "z")]
    with override("en"):
        assert desk.value_words("CI", values) == ["Fuyang 330111", "Fuyang 330183", "Xihu"]
        assert desk.class_title("H01M").startswith("Processes or means, e.g. batteries, for the direct")
        assert len(desk.class_title("F17C")) <= 66
    with override("zh-hans"):
        assert desk.value_words("CI", values)[2] == "西湖区"
        assert desk.class_title("H01M") == "用于直接转变化学能为电能的方法或装置"
