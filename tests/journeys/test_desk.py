"""Lin Yue works through a result: families, several values at once, a span of years, the text, the figures, a link to keep."""

import re

import pytest

pytestmark = pytest.mark.browser


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def total(page) -> int:
    return number(page.locator("#total").inner_text())


@pytest.mark.feature("S3-06")
@pytest.mark.feature("S3-12")
@pytest.mark.feature("S3-17")
@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("page", [("desk", "zh-hans"), ("phone", "en")], indirect=True, ids="-".join)
def test_a_result_is_worked_through_from_the_list_to_a_link(built_city, page, looks_right):
    page.goto(f"{built_city.url}/search?q=电池 装置")
    narrowed_by_years(page)
    narrowed_by_two_values(page, looks_right)
    page.locator("#group").select_option("simple")
    page.locator(".qt-sort > button").click()
    page.wait_for_url("**group=simple**")
    assert page.locator(".qt-hit").count() > 0
    looks_right(page)
    page.goto(f"{built_city.url}/search?q=电池 装置&view=table&col=number&col=family&keep=1")
    looks_right(page)
    read_on(page, looks_right)
    page.goto(f"{built_city.url}/search/statistics?q=电池 装置&rows=LS&columns=TY")
    looks_right(page)
    counted_and_pinned(page, looks_right)


def unfolded(page) -> None:
    if page.width == "phone":
        page.locator("details.qt-refine summary").first.click()


def narrowed_by_years(page) -> None:
    whole = total(page)
    unfolded(page)
    page.locator("[data-years] a[tabindex='0']").focus()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    promised = number(re.split("[：:]", page.locator(".qt-years-told").inner_text())[-1])
    page.keyboard.press("Enter")
    page.locator(".qt-chip").first.wait_for()
    assert total(page) == promised < whole
    page.locator(".qt-chip").first.click()
    page.locator(".qt-chip").first.wait_for(state="detached")


def narrowed_by_two_values(page, looks_right) -> None:
    unfolded(page)
    page.locator(".qt-facet-more a[hx-target]").nth(1).click()
    boxes = page.locator(".qt-chooser input[type=checkbox]")
    boxes.first.wait_for()
    counts = [number(one) for one in page.locator(".qt-chooser .qt-facet-count").all_inner_texts()[:2]]
    boxes.nth(0).check()
    boxes.nth(1).check()
    looks_right(page)
    page.locator(".qt-chooser button[value=any]").click()
    page.locator(".qt-chip").first.wait_for()
    assert total(page) == sum(counts)  # a patent has one status


def read_on(page, looks_right) -> None:
    page.locator("a[href^='/search/read/']").first.click()
    page.wait_for_url("**/search/read/**")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert number(re.findall(r"\d+", page.locator("[data-told]").first.inner_text())[0]) == 2
    assert page.locator("mark.qt-at").count() == 1
    looks_right(page)
    page.keyboard.press("j")
    page.wait_for_url("**at=1")


def counted_and_pinned(page, looks_right) -> None:
    cell = page.locator(".qt-crossed tbody td a").nth(1)
    promised = number(cell.inner_text())
    cell.click()
    page.locator("#total").wait_for()
    assert total(page) == promised
    page.locator("a[href^='/search/permalink/new']").click()
    page.wait_for_url("**/search/permalink?c=**")
    assert number(page.locator("#statement b").inner_text()) == promised
    looks_right(page)
