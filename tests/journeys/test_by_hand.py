"""Gu Min builds a query by hand, refines it, and compares the claims of two patents."""

import re

import pytest

pytestmark = pytest.mark.browser


def number(text):
    return int(re.sub(r"\D", "", text))


def built_by_hand(page):
    """A word, a state from a list, a class found by a word; how many patents the page promises."""
    made = page.locator("#made-query")
    page.locator("#v-0-0").press_sequentially("电池")
    made.wait_for()
    assert made.inner_text() == "电池"
    page.locator("#f-0-1").select_option("LS")  # the row changes its boxes, the word above stays
    page.locator("select#v-0-1").select_option("in_force")
    page.locator("#made-query", has_text="LS=in_force").wait_for()
    page.locator("#classes summary").click()
    page.locator("#class_word").fill("电池")
    page.locator("#classes button[value=find]").click()
    page.locator("button[value='use-class-H01M']").click()
    page.locator("#made-query", has_text="IC=H01M").wait_for()
    assert made.inner_text() == "电池 AND LS=in_force AND IC=H01M"
    return number(page.locator("#made p", has_text=re.compile(r"\d+ (patent|件)")).inner_text())


@pytest.mark.feature("S3-02")
@pytest.mark.feature("S3-11")
@pytest.mark.parametrize("page", [("desk", "zh-hans"), ("phone", "en")], ids="-".join, indirect=True)
def test_build_a_query_by_hand_refine_and_compare_two_claims(built_city, page, looks_right):
    page.goto(f"{built_city.url}/search")
    page.locator("nav a[href^='/search/build']").click()
    page.wait_for_url("**/search/build*")
    looks_right(page)

    promised = built_by_hand(page)
    looks_right(page)
    page.locator("#made button[value=run]").click()
    page.wait_for_url("**/search?*")
    assert number(page.locator("#total").inner_text()) == promised > 1
    if page.width == "phone":
        page.locator("details.qt-refine > summary").first.click()
    choice = page.locator("aside .qt-facet li a", has=page.locator(".qt-facet-count")).first
    narrowed = number(choice.locator(".qt-facet-count").inner_text())
    choice.click()
    page.locator(".qt-chip").first.wait_for()
    assert number(page.locator("#total").inner_text()) == narrowed

    hits = page.locator(".qt-hit")
    other = hits.nth(1).locator(".qt-hit-facts b").inner_text()
    hits.first.locator("h3 a").click()
    page.wait_for_url("**/patents/*")
    page.locator("#claims a[href$='/claims/compare']").click()
    page.locator("#with").fill(other)
    page.locator(".qt-compare-choose button").click()
    page.locator("table.qt-compare").wait_for()
    assert page.locator("table.qt-compare del").count() > 0
    assert page.locator("table.qt-compare ins").count() > 0
    looks_right(page)
    page.goto(page.url)  # the address holds the whole comparison
    assert page.locator("table.qt-compare ins").count() > 0
