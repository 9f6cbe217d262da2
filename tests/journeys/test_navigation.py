"""Lu Wen prepares a decision: from the wall screen to a district, an industry, a node, a key patent and its reasons, a number
and its patents, the report. The same way in both languages, by what stands on the pages alone.
"""

import re
from contextlib import contextmanager

import pytest

from .house import WIDTHS

pytestmark = pytest.mark.browser
WORDS = {
    "zh-CN": (
        "监测详情",
        "区县",
        "生物医药",
        "产业专利导航",
        "生物医药",
        "研发与原料",
        "全部核心专利及理由",
        "报告",
        "在检索中打开",
    ),
    "en-US": (
        "Monitoring in detail",
        "Districts",
        "Biomedicine",
        "Industry navigation",
        "Biomedicine",
        "Research and ingredients",
        "All key patents with their reasons",
        "Report",
        "Open them in the search",
    ),
}


@contextmanager
def reading(browser, language):
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 900}, locale=language)
    context.set_default_timeout(20_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def published(page, home: str) -> None:
    """The demo's project is published by the worker, behind the building of the city."""
    link = page.locator("a[href*='/navigation/editions/']")
    for _ in range(90):
        page.goto(f"{home}/navigation")
        if link.count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("no edition was published")


def figures(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def walked(page, home: str, words: tuple[str, ...], look) -> tuple[str, int]:
    """The key patent that was opened, and the figure of the report."""
    in_detail, districts, key_industry, rooms, industry, node, key_patents, report, in_search = words
    page.goto(f"{home}/cockpit")
    page.get_by_role("link", name=in_detail).click()
    page.get_by_role("link", name=districts, exact=True).click()
    page.locator("table.qt-sheet tbody th a").first.click()
    page.wait_for_url(re.compile(r"/monitoring\?region=3301\d\d$"))
    look(page)
    page.locator("table.qt-sheet").get_by_role("link", name=key_industry, exact=True).click()
    page.wait_for_url(re.compile(r"/monitoring/world\?industry=biomedicine$"))
    look(page)
    page.get_by_role("link", name=rooms).first.click()

    page.get_by_role("link", name=industry, exact=True).click()
    page.locator("#published a").first.click()
    page.locator(".qt-chart canvas, .qt-chart svg").first.wait_for()
    look(page)
    page.locator("#position table a", has_text=node).first.click()
    page.wait_for_url(re.compile(r"node=1$"))
    page.get_by_role("link", name=key_patents).click()
    look(page)
    row = page.locator("#rows tbody tr").first
    assert row.locator("td").first.inner_text().strip()
    row.locator("th a").first.click()
    page.wait_for_url("**/patents/**")
    patent = page.url.partition("/patents/")[2]
    page.go_back()

    page.get_by_role("link", name=report, exact=True).click()
    page.locator("#annex summary").click()
    page.locator("#annex-1 a").first.click()
    number = figures(page.get_by_test_id("figure").inner_text())
    look(page)
    page.get_by_role("link", name=in_search).click()
    page.wait_for_url("**/search?**")
    assert figures(page.locator("#total").inner_text()) == number > 0
    return patent, number


@pytest.mark.feature("S2-22")
@pytest.mark.feature("S4-16")
@pytest.mark.feature("S4-19")
def test_from_the_cockpit_to_the_report_in_both_languages(built_city, browser, looks_right):
    with reading(browser, "zh-CN") as page:
        published(page, built_city.url)
        chinese = walked(page, built_city.url, WORDS["zh-CN"], looks_right)
        page.set_viewport_size({"width": WIDTHS["phone"], "height": 820})
        page.goto(f"{built_city.url}/navigation/industries/biomedicine")
        looks_right(page)
    with reading(browser, "en-US") as page:
        english = walked(page, built_city.url, WORDS["en-US"], lambda _page: None)
    assert english == chinese
