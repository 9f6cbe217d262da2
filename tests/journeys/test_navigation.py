"""Lu Wen prepares a decision: from the industry to a node, a key patent and its reasons, a number and its patents, the report."""

import re

import pytest

from .house import WIDTHS

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(browser):
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 820}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def published(page, home: str) -> None:
    """The demo's project is published by the worker, behind the building of the city."""
    link = page.locator("a[href*='/navigation/editions/']")
    for _ in range(90):
        page.goto(f"{home}/navigation")
        if link.count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("no edition was published")


@pytest.mark.feature("S4-19")
def test_from_the_industry_to_the_report(built_city, reader, looks_right):
    page, home = reader, built_city.url
    published(page, home)
    page.get_by_role("link", name="生物医药", exact=True).click()
    page.locator("#published a").first.click()
    page.locator(".qt-chart canvas, .qt-chart svg").first.wait_for()
    looks_right(page)
    page.locator("#position table a", has_text="研发与原料").first.click()
    page.wait_for_url(re.compile(r"node=1$"))
    page.get_by_role("link", name="全部核心专利及理由").click()
    looks_right(page)
    row = page.locator("#rows tbody tr").first
    assert row.locator("td").first.inner_text().strip()
    patent = row.locator("th a").first.get_attribute("href")
    page.goto(home + patent)
    page.go_back()

    page.get_by_role("link", name="报告").click()
    page.locator("#annex summary").click()
    page.locator("#annex-1 a").first.click()
    number = int(re.sub(r"\D", "", page.get_by_test_id("figure").inner_text()))
    looks_right(page)
    page.get_by_role("link", name="在检索中打开").click()
    page.wait_for_url("**/search?**")
    assert int(re.sub(r"\D", "", page.locator("#total").inner_text())) == number > 0

    page.set_viewport_size({"width": WIDTHS["phone"], "height": 820})
    page.goto(f"{home}/navigation/industries/biomedicine")
    looks_right(page)
