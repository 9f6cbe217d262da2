"""The builder as a browser gets it: rows in the address, the query they make, a query opened as rows."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from qiantang.corpus.register.methods.query_language import QUERY_FIELDS, canonical, parse
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder import changed, hows_of, parameters, plan_from, plan_of, query_of
from qiantang.scenarios.query.selectors.builder import field_options
from qiantang.scenarios.query.tests.test_rows import plans

pytestmark = pytest.mark.django_db

SEVERAL = "TI=电池 AND (冷却 OR 散热) AND IC=H01M AND AD=[2017 TO 2020] AND (PA=甲厂 OR NOT TI=泵) AND a NEAR5 b"


def page(client, *given, language="en", target=None, **more):
    headers = {"accept-language": language} | ({"hx-request": "true", "hx-target": target} if target else {})
    return client.get("/search/build?" + urlencode([*given, *more.items()]), headers=headers)


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def form_of(response):
    """What a browser would send of the form as it stands, without a button."""
    form = html.fromstring(response.content).get_element_by_id("builder")
    sent = []
    for one in form.iter("input", "select"):
        if one.tag == "select":
            value = next((o.get("value") for o in one.iter("option") if o.get("selected") is not None), None)
            sent.append((one.get("name"), one.find(".//option").get("value") if value is None else value))
        else:
            sent.append((one.get("name"), one.get("value") or ""))
    return sent


def query_in(response):
    return parse_qs(urlsplit(response["Location"]).query)["q"][0]


# --- rows in, query out ---


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_query_is_opened_shown_row_by_row_and_comes_out_as_it_went_in(client, stocked, language):
    opened = page(client, q=SEVERAL, language=language)
    assert opened.status_code == 200
    assert [row.field for group in opened.context["groups"] for row in group.rows] == [
        *("TI", "TAC", "IC", "AD", "PA", "TI", "")
    ]
    assert opened.context["written"] == [7]
    sent = page(client, *form_of(opened), do="run", language=language)
    assert sent.status_code == 302
    assert query_in(sent) == canonical(parse(SEVERAL))


def test_the_blank_form_asks_for_nothing_and_the_usual_rows_are_there(client, stocked):
    blank = page(client)
    assert [row.field for row in blank.context["groups"][0].rows] == ["TAC", "PA", "IC", "AD"]
    assert "Nothing is asked yet" in text_of(blank)
    sent = form_of(blank)
    first = [name for name, _ in sent].index("v")
    shown = page(client, *sent[:first], ("v", "冷却"), *sent[first + 1 :], do="show")
    assert shown.context["made"].query == "冷却"


def test_what_is_typed_is_answered_with_the_query_alone_and_its_number_of_hits(client, stocked):
    row = [("j", "all"), ("gj", "all"), ("gn", ""), ("g", "0"), ("n", ""), ("f", "TI"), ("h", "all")]
    part = page(client, *row, ("v", "电池"), ("w", ""), target="made")
    content = part.content.decode()
    assert content.strip().startswith('<div id="made"')
    assert "<form" not in content
    assert "TI=电池" in content
    assert f"finds {part.context['made'].total} patents" in text_of(part)
    assert part.context["made"].total == 2


@pytest.mark.parametrize(
    ("field", "how", "value", "fault"),
    [
        ("AD", "between", "gestern", "is no date"),
        ("IC", "any", "H01M；nichts", "'nichts' is no symbol"),
        ("CI", "any", "Atlantis", "There is no region"),
        ("AH", "any", "Niemand", "No harmonised party"),
        ("", "text", "TI=(", "The query ends too early"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_row_and_above(client, stocked, field, how, value, fault):
    rows = [("j", "all"), ("gj", "all"), ("gn", "")]
    for key, way, said in (("TI", "all", "电池"), (field, how, value)):
        rows += [("g", "0"), ("n", ""), ("f", key), ("h", way), ("v", said), ("w", "")]
    response = page(client, *rows, do="run")
    assert response.status_code == 200
    (error,) = response.context["made"].errors
    assert error["href"] == "#v-0-1"
    assert error["text"].startswith("Row 2: ")
    assert fault in response.context["groups"][0].rows[1].fault
    assert response.content.decode().count('aria-invalid="true"') == (2 if how == "between" else 1)


def test_a_query_that_is_none_is_shown_with_its_place_and_the_way_back(client, stocked):
    response = page(client, q="TI=(电池")
    assert response.context["error"].position == 3
    assert 'href="/search?q=TI%3D%28%E7%94%B5%E6%B1%A0"' in response.content.decode()


def test_another_field_brings_its_own_ways(client, stocked):
    row = [("j", "all"), ("gj", "all"), ("gn", ""), ("g", "0"), ("n", ""), ("f", "LS"), ("h", "between"), ("v", "有效")]
    response = page(client, *row, ("w", "2020"), do="show")
    (row,) = response.context["groups"][0].rows
    assert row.how == "any"
    assert [one.value for one in row.choices if one.selected] == ["in_force"]
    assert query_of(response.context["plan"]) == "LS=in_force"


def test_htmx_is_sent_on_to_the_results(client, stocked):
    response = page(client, *form_of(page(client, q="电池")), do="run", target="builder")
    assert response["HX-Redirect"] == "/search?q=%E7%94%B5%E6%B1%A0"


def test_every_field_of_the_language_has_a_name_an_explanation_and_a_place_in_the_list():
    offered = [one.value for _, options in field_options() for one in options]
    assert sorted(offered) == sorted(["", *(field.key for field in QUERY_FIELDS)])
    assert all(hows_of(key) for key in offered)


# --- buttons ---


def test_rows_and_groups_come_and_go(client, stocked):
    plan = plan_of(parse("TI=a AND AB=b AND (PA=c OR IN=d)"))
    assert len(changed(plan, "add-row-0").groups[0].rows) == 3
    assert query_of(changed(plan, "drop-row-0-1")) == "TI=a AND (PA=c OR IN=d)"
    assert query_of(changed(plan, "drop-group-0")) == "PA=c OR IN=d"
    assert len(changed(plan, "add-group").groups) == 3
    assert query_of(changed(changed(plan, "drop-group-0"), "drop-group-0")) == ""
    assert changed(plan, "show") == plan
    response = page(client, *parameters(plan), do="drop-row-1-0")
    assert response.context["made"].query == "TI=a AND AB=b AND IN=d"


@pytest.mark.parametrize("do", ["drop-row-7-0", "drop-row-0", "add-row-x", "drop-group-9"])
def test_a_button_for_a_place_that_is_not_there_is_refused(do):
    with pytest.raises(Invalid) as refusal:
        changed(plan_of(parse("TI=a")), do)
    assert refusal.value.code == "query.address"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_class_is_found_by_a_word_and_taken_into_the_query(client, stocked, language):
    found = page(client, *form_of(page(client, q="TI=电池")), class_word="光学", do="find", language=language)
    codes = [one.code for one in found.context["classes"]]
    assert "G02B" in codes
    taken = page(client, *form_of(found), do="use-class-G02B", language=language)
    again = page(client, *form_of(taken), do="use-class-H01M", language=language)
    assert again.context["made"].query == "TI=电池 AND (IC=G02B OR IC=H01M)"
    assert page(client, class_word="没有这类").context["classes"] == []


@pytest.mark.parametrize(
    "given",
    [
        [("gj", "all")],
        [("gj", "all"), ("gn", ""), ("g", "0")],
        [("gj", "some"), ("gn", "")],
        [("gj", "all"), ("gn", ""), ("g", "1"), ("n", ""), ("f", "TI"), ("h", "all"), ("v", "a"), ("w", "")],
        [("gj", "all"), ("gn", ""), ("g", "0"), ("n", ""), ("f", "ZZ"), ("h", "all"), ("v", "a"), ("w", "")],
        [("gj", "all"), ("gn", ""), ("g", "0"), ("n", ""), ("f", "TI"), ("h", "all"), ("v", "a" * 2_001), ("w", "")],
        [("gj", "all"), ("gn", "")] * 13,
    ],
)
def test_a_damaged_address_is_a_page_that_says_so(client, stocked, given):
    response = page(client, *given)
    assert response.status_code == 422
    assert "The address of this search is damaged" in text_of(response)


def test_before_the_first_load_a_query_can_be_built_all_the_same(client, empty):
    response = page(client, q="TI=电池")
    assert (response.context["made"].query, response.context["made"].total) == ("TI=电池", None)


def test_what_was_typed_cannot_become_markup(client, stocked):
    content = page(client, q='TI="<script>x"', class_word='"><script>x').content.decode()
    assert "<script>x" not in content


# --- property ---


@given(plans)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_rows_stand_in_the_address_whole(plan):
    lists = {}
    for name, value in parameters(plan):
        lists.setdefault(name, []).append(value)
    again = plan_from(lists)
    assert query_of(again) == query_of(plan)
    assert [[(r.field, r.how, r.negated) for r in g.rows] for g in again.groups] == [
        [(r.field, r.how, r.negated) for r in g.rows] for g in plan.groups
    ]
