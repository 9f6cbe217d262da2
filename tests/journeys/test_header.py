"""The header of every page: the services stand in one line, whoever is signed in, in both languages."""

from __future__ import annotations

import pytest

from .conftest import OPERATOR, PASSWORD

pytestmark = pytest.mark.browser

LINES = """() => {
  const tops = (selector) => [...document.querySelectorAll(selector)].map((e) => Math.round(e.getBoundingClientRect().top));
  return { services: tops(".qt-nav-link"), height: document.querySelector(".qt-head").offsetHeight };
}"""
ONE_LINE = 72  # px: with a second line of services it is more than 130
TWO_LINES = 100  # px: the person above the services, or the services below the name of the house


def in_one_line(page, width: int, height: float) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.evaluate("document.fonts.ready")
    seen = page.evaluate(LINES)
    assert len(seen["services"]) >= 7
    assert len(set(seen["services"])) == 1, (width, seen)
    assert seen["height"] <= height, (width, seen)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_services_stand_in_one_line(built_city, browser, language, looks_right):
    context = browser.new_context(locale=language)
    context.set_default_timeout(15_000)
    page = context.new_page()

    page.goto(f"{built_city.url}/search")
    for width in (1920, 1366, 1280):
        in_one_line(page, width, ONE_LINE)
    in_one_line(page, 1024, TWO_LINES)
    # letters grow with the reader, the window does not: nothing lies over anything, nothing sticks out
    page.locator("button[value=large]").click()
    page.locator("html.qt-large").wait_for()
    in_one_line(page, 1366, 1.25 * TWO_LINES)
    looks_right(page)
    page.locator("button[value=standard]").last.click()
    page.locator("html:not(.qt-large)").wait_for()

    page.goto(f"{built_city.url}/sign-in")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{built_city.url}/search")
    for width in (1920, 1366, 1280, 1024):
        in_one_line(page, width, TWO_LINES)
    looks_right(page)

    # on a phone they are a menu, one below the other
    page.set_viewport_size({"width": 390, "height": 820})
    page.locator(".qt-nav summary").click()
    tops = page.evaluate(LINES)["services"]
    assert len(set(tops)) == len(tops)
    looks_right(page)
    context.close()
