"""From the wall screen to a district, to its patents: what a mayor is shown and an analyst checks."""

import re

import pytest

pytestmark = pytest.mark.browser


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def drawn(page) -> None:
    """Every chart of the page is drawn, and none has failed."""
    waiting = page.locator("figure[data-chart]:has(.qt-chart-canvas):not([data-drawn=yes])")
    waiting.first.wait_for(state="detached")


STACKED = """() => {
  const boxes = [...document.querySelectorAll('.qt-screen-tiles li, .qt-screen .qt-card')].map(e => e.getBoundingClientRect());
  return boxes.every((a, i) => boxes.every((b, j) => i === j ||
    a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1))
    && document.querySelector('.qt-screen').getBoundingClientRect().bottom + scrollY >= document.documentElement.scrollHeight - 1;
}"""  # no card lies on another, and the dark ground reaches to the end

FILLED = """() => {
  const area = e => { const box = e.getBoundingClientRect(); return box.width * box.height; };
  const cards = [...document.querySelectorAll('.qt-screen-grid .qt-card')];
  return cards.reduce((all, card) => all + area(card), 0) / area(document.querySelector('.qt-screen-grid'));
}"""  # the share of the ground that cards cover: what is left are the gaps between them


@pytest.mark.feature("S2-22")
@pytest.mark.feature("S2-21")
@pytest.mark.feature("S2-02")
@pytest.mark.parametrize("page", [("desk", "zh-hans"), ("phone", "en")], indirect=True, ids="-".join)
def test_from_the_screen_to_a_district_and_to_the_patents_behind_a_number(built_city, page, looks_right):
    if page.width == "desk":
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(f"{built_city.url}/cockpit")
        drawn(page)
        assert page.evaluate("document.documentElement.scrollHeight") <= 1080
        assert page.evaluate(FILLED) > 0.95
        looks_right(page)
        page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{built_city.url}/cockpit")
    drawn(page)
    assert page.evaluate(STACKED)
    assert page.evaluate(FILLED) > 0.95
    looks_right(page)
    page.goto(f"{built_city.url}/monitoring/districts")
    drawn(page)
    looks_right(page)
    row = page.locator("table.qt-sheet tbody tr").first
    said = number(row.locator("td a").first.inner_text())
    row.locator("td a").first.click()
    page.locator("[data-total]").wait_for()
    assert number(page.locator("[data-total]").get_attribute("data-total")) == said > 0
    looks_right(page)
    page.go_back()
    drawn(page)
    twin = page.locator("#chart-ranked .qt-chart-twin > summary")
    twin.focus()
    page.keyboard.press("Enter")
    assert page.locator("#chart-ranked .qt-chart-twin table").is_visible()
    with page.expect_download() as saved:
        page.locator("#chart-ranked [data-picture=svg]").click()
    picture = saved.value.path().read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "/monitoring/districts" in picture
