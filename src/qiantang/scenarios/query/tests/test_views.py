"""The search page as a browser gets it: whole, as a fragment, with refinements, with faults, with nothing loaded."""

from __future__ import annotations

import logging
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from qiantang.corpus.register.tests.shelf import File, others, seen, stock

pytestmark = pytest.mark.django_db


def page(client, *given, language="en", htmx=False, **more):
    headers = {"accept-language": language} | ({"hx-request": "true"} if htmx else {})
    return client.get("/search?" + urlencode([*given, *more.items()]), headers=headers)


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# --- whole and fragment ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_whole_page(client, stocked, language):
    response = page(client, q="电池", language=language)
    content = response.content.decode()
    assert response.status_code == 200
    assert content.count("<html") == content.count('id="results"') == 1
    assert response.context["result"].total == 2
    assert 'href="/patents/CN201710601862"' in content
    assert "<mark>电池</mark>" in content


def test_the_fragment_is_the_same_results_without_the_frame(client, stocked):
    whole, part = page(client, q="电池"), page(client, q="电池", htmx=True)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert part.content.decode().strip().startswith('<div id="results"')
    assert part.context["result"] == whole.context["result"]
    assert "HX-Request" in part["Vary"]


def test_without_a_query_everything_is_listed_and_the_help_is_open(client, stocked):
    response = page(client)
    assert response.context["result"].total == 10
    assert "How to write a query" in text_of(response)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_search_changes_nothing(client, stocked, method):
    assert getattr(client, method)("/search").status_code == 405


# --- refinements -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-05")
def test_refinements_stand_in_the_address_and_in_the_form(client, stocked):
    response = page(client, ("q", "电池 OR 泵"), ("f", 'CC=="CN"'), ("f", 'TY=="invention"'), ("sort", "-AD"))
    assert response.context["result"].total == 2
    assert [chip.label for chip in response.context["active"]] == ["Office：China", "Type：Invention"]
    assert response.context["kept"] == [{"name": "f", "value": 'CC=="CN"'}, {"name": "f", "value": 'TY=="invention"'}]
    content = response.content.decode()
    box = content[content.index('<form id="search"') :].partition("</form>")[0]
    assert box.count('type="hidden" name="f"') == 2
    assert 'value="CC==&quot;CN&quot;"' in content
    assert '<option value="-AD" selected' in content


@pytest.mark.feature("S3-05")
def test_every_facet_link_leads_to_as_many_as_it_promises(client, stocked):
    for block in page(client, q="电池 OR 泵").context["facets"]:
        for choice in block.values:
            response = client.get(choice.url)
            assert response.context["result"].total == choice.count
            removal = response.context["active"][0].remove_url
            assert client.get(removal).context["result"].total == 3


def test_a_name_with_signs_in_it_can_be_refined_by_and_taken_away(client, stocked):
    (choice,) = [
        choice for block in page(client, q="箱体").context["facets"] if block.key == "PA" for choice in block.values
    ]
    response = client.get(choice.url)
    assert (response.status_code, response.context["result"].total) == (200, 1)
    assert client.get(response.context["active"][0].remove_url).context["result"].total == 1


def test_pages_follow_each_other(client, empty):
    stock(empty, File("a", [seen(n, (f"CN1070{n:05d}", "A", "2018-01-12"), title="泵") for n in range(1, 46)]))
    found, address = [], "/search?q=%E6%B3%B5"
    while address:
        response = client.get(address)
        found += [hit.patent_id for hit in response.context["result"].hits]
        assert bool(response.context["first_url"]) == ("page=" in address)
        address = response.context["next_url"]
    assert len(found) == len(set(found)) == 45


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize(
    ("number", "sentences"),
    [
        ("ZL 2017 1 0601862.3", ("This number is on record", "一种电池冷却装置")),
        ("US9876543B2", ("A sound number, but not in this collection", "US9876543B2")),
        ("201710601862.5", ("The check digit of this number is wrong", "it should be 3", "一种电池冷却装置")),
    ],
)
def test_the_three_answers_to_a_number(client, stocked, number, sentences):
    response = page(client, q=number)
    assert response.status_code == 200
    for sentence in sentences:
        assert sentence in text_of(response)


def test_a_number_that_is_found_is_not_said_to_be_missing(client, stocked):
    response = page(client, q="ZL 2017 1 0601862.3")
    assert response.context["result"].total == 1
    assert response.context["zero_reason"] is None


# --- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-02")
def test_a_slip_is_shown_at_its_place(client, stocked):
    response = page(client, q="TI=(电池")
    assert response.status_code == 400
    error = response.context["error"]
    assert (error.position, error.before, error.after, error.expected) == (3, "TI=", "(电池", ")")
    told = text_of(response)
    assert error.message in told
    assert "At character 4." in told
    # the character itself is marked, in its line: what is put below a line lies on the next one, on a phone
    assert 'TI=<mark>(</mark><span class="qt-caret-rest">电池</span>' in response.content.decode()


@pytest.mark.feature("S3-02")
def test_a_query_that_ends_too_early_is_marked_behind_its_end(client, stocked):
    response = page(client, q="电池 and")
    assert response.context["error"].after == ""
    assert '电池 and<mark>&nbsp;</mark><span class="qt-caret-rest"></span>' in response.content.decode()


@pytest.mark.feature("S3-02")
def test_a_slip_reaches_the_eye_through_htmx_too(client, stocked):
    """htmx puts only answers of success into the page."""
    response = page(client, q="TI=(电池", htmx=True)
    assert response.status_code == 200
    assert 'id="query-error"' in response.content.decode()


@pytest.mark.feature("S3-04")
def test_a_filter_that_the_search_does_not_know_is_told_and_not_passed_over(client, stocked):
    told = text_of(page(client, ("query", "泵"), ("office", "CN")))
    assert "Not used, because the search knows no such part of an address: query, office" in told
    asked = [("q", "电池"), ("f", 'CC=="CN"'), ("sort", "-AD"), ("view", "table"), ("keep", "1")]
    own = page(client, *asked)
    assert own.status_code == 200
    assert "Not used" not in text_of(own)


@pytest.mark.feature("S3-04")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"sort": "size"}, "The address of this search is damaged: sort."),
        ({"q": "x" * 2_001}, "The address of this search is damaged: q."),
        ({"q": "a\x00b"}, "The address of this search is damaged: q."),
        ({"f": "garbage"}, "a condition that is not one of the page's own"),
        ({"page": "forged"}, "This page mark is damaged or belongs to another query."),
    ],
)
def test_a_damaged_address_is_a_page_that_says_so(client, stocked, given, sentence):
    response = page(client, q=given.pop("q", "电池"), **given)
    assert response.status_code == 422
    assert sentence in text_of(response)


@pytest.mark.feature("S3-16")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_found_says_why_and_what_next(client, stocked, language):
    response = page(client, q="甲乙丙丁戊己", language=language)
    assert (response.status_code, response.context["result"].total) == (200, 0)
    assert response.context["zero_reason"]["kind"] == "query"
    assert 'href="/coverage"' in response.content.decode()
    assert page(client, q="CPC=H01M", language=language).context["zero_reason"]["kind"] == "coverage"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("given", [{}, {"q": "电池"}, {"q": "CN107000001A"}, {"q": "电池", "f": 'CC=="CN"'}])
def test_before_the_first_load_the_page_says_how_to_begin(client, empty, given, language):
    response = page(client, language=language, **given)
    assert response.status_code == 200
    assert response.context["nothing_loaded"] is True
    assert 'class="qt-empty' in response.content.decode()
    if language == "en":
        assert "Patent files go in first; then they can be searched." in text_of(response)


def test_a_slip_before_the_first_load_is_a_slip(client, empty):
    assert page(client, q="TI=(电池").status_code == 400


def test_records_without_an_index_are_a_page_and_no_fault(client, empty):
    stock(empty, File("a", others()), index=False)
    response = page(client, q="电池")
    assert response.status_code == 503
    assert "the search index has not been built yet" in text_of(response)
    assert response["Retry-After"]


def test_an_index_that_is_behind_says_so(client, empty):
    stock(empty, File("a", others()))
    stock(empty, File("b", [seen(1, ("CN107000001", "A", "2018-01-12"), title="泵")]), index=False)
    told = text_of(page(client, q="泵"))
    assert "The newest records are still being indexed" in told


def test_a_region_that_no_table_holds_is_shown_by_its_code(client, empty):
    """Sources carry codes of their own; and anybody may write one into the address."""
    stock(empty, File("a", [seen(1, ("CN107000001", "A", "2018-01-12"), title="泵")]))
    assert page(client, q="泵").status_code == 200
    assert page(client, q="泵", f='CI=="909090"').context["active"][0].label == "Region：909090"
    assert page(client, q="泵", f='CI=="nowhere"').status_code == 400


@pytest.mark.feature("S3-02")
def test_a_slip_comes_with_the_query_mended_as_a_link(client, stocked):
    """What was narrowed stays narrowed; where no mend is plain, none is offered; refinements may not be mended into one."""
    response = page(client, q="(泵 OR 电池", f='LS=="granted"')
    fault = response.context["error"]
    assert (response.status_code, fault.repair) == (400, "(泵 OR 电池)")
    assert '<a id="repair" href="/search?' in response.content.decode()
    mended = client.get(fault.repair_url, headers={"accept-language": "en"})
    assert mended.status_code == 200
    assert mended.context["asked"].refinements == ('LS=="granted"',)
    assert page(client, q="AD=gestern").context["error"].repair_url == ""


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("language", "says"), [("en", "was looked for as one piece"), ("zh-hans", "“电池、水泵”被当作一个整体检索。")]
)
def test_a_query_that_means_something_else_elsewhere_is_answered_and_remarked(client, stocked, language, says):
    response = page(client, q="电池、水泵", f='LS=="granted"', language=language)
    assert response.status_code == 200
    assert says in response.content.decode()
    (remark,) = response.context["remarks"]
    assert client.get(remark.url).context["asked"].text == "电池 AND 水泵"
    assert client.get(remark.url).context["asked"].refinements == ('LS=="granted"',)
    assert page(client, q="电池 AND 水泵").context["remarks"] == ()


def test_a_long_query_stands_whole_in_a_box_that_grows(client, stocked):
    query = " OR ".join(f"TI=电池{n}" for n in range(60))
    assert f"{query}</textarea>" in page(client, q=query).content.decode()


@pytest.mark.feature("S3-16")
@pytest.mark.parametrize(
    ("query", "kind"),
    [("LOC=06-04", "coverage"), ("泵 NEAR3 无此词", "query"), ("CT=CN199990001A", "query"), ("LOC:* 泵", "coverage")],
)
def test_a_field_without_values_is_told_from_a_query_that_fits_nothing(client, stocked, query, kind):
    assert page(client, q=query).context["zero_reason"]["kind"] == kind


def test_what_was_typed_cannot_become_markup(client, stocked):
    for text in ('"><script>x</script>', "<b>电池</b>", "TI=<i>"):
        content = page(client, q=text).content.decode()
        assert "<script>x" not in content
        assert "<b>电池" not in content
        assert "<i>" not in content


@pytest.mark.feature("S3-19")
def test_what_people_look_for_is_in_no_log(client, stocked, caplog):
    with caplog.at_level(logging.DEBUG):
        for given in (
            {"q": "密语"},
            {"q": "TI=(密语"},
            {"q": "密语=1"},
            {"q": "泵", "f": "密语"},
            {"q": "密语", "sort": "x"},
        ):
            page(client, **given)
    ours = [record for record in caplog.records if not record.name.startswith("django")]
    assert "密语" not in " ".join(record.getMessage() for record in ours)
