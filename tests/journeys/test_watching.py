"""Shen Lan watches a query: she saves it, a load brings something new, the notice arrives, and it leads to the patents."""

import re

import pytest

from .conftest import OPERATOR, PASSWORD
from .test_operator import HEADER

pytestmark = pytest.mark.browser


def table(first: int, rows: int, title: str) -> bytes:
    """A gazette table of our own making."""
    line = "{0},{2}{0},CN1992{1:05d}A,2019.07.12,2.02E+12,2018.05.03,风篁岭泵业有限公司,章湖墅;,310012浙江省杭州市西湖区凤起路1号,F04D13/06(2006.01)I;\n"
    return (HEADER + "".join(line.format(n, first + n, title) for n in range(1, rows + 1))).encode("gb18030")


def load(page, url: str, name: str, content: bytes) -> None:
    page.goto(f"{url}/import")
    page.locator("#files").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("form[enctype] button").click()
    page.wait_for_url(re.compile(r"/import/\d+$"))
    page.locator("#progress .qt-stats, #progress .qt-note").first.wait_for(timeout=60_000)


def number_in(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.mark.feature("S3-13")
@pytest.mark.feature("X-10")
@pytest.mark.parametrize("page", [("desk", "zh-hans"), ("phone", "en")], indirect=True, ids="-".join)
def test_a_query_is_saved_and_a_load_is_told(empty_house, page, looks_right):
    url, first = empty_house.url, 100 if page.width == "desk" else 500
    title = "一种风篁水泵" if page.width == "desk" else "一种风篁气泵"
    page.goto(f"{url}/sign-in?next=/import")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").first.click()
    page.wait_for_url("**/import")
    load(page, url, f"pumps-{first}.csv", table(first, 2, title))

    page.goto(f"{url}/search?q={title}")
    assert number_in(page.locator("#total").inner_text()) == 2
    page.locator(".qt-toolbar a[href^='/search/saved/new']").click()
    page.wait_for_url("**/search/saved/new?*")
    looks_right(page)
    page.locator("#name").fill(title)
    page.locator("input[name=watch][value=status]").check()
    page.locator("#save button").click()
    page.wait_for_url("**/search/saved")
    looks_right(page)

    load(page, url, f"pumps-{first + 100}.csv", table(first + 100, 3, title))
    for _ in range(60):  # the worker checks after the load; nothing on this page waits for it
        page.goto(f"{url}/inbox")
        if page.locator(".qt-unread", has_text=title).count():
            break
        page.wait_for_timeout(500)
    looks_right(page)
    notice = page.locator(".qt-unread", has_text=title)
    assert number_in(notice.locator(".qt-inbox-details li").first.inner_text()) == 3
    notice.locator("button.btn-primary").click()
    page.wait_for_url("**/changes/*")
    looks_right(page)
    assert page.locator("#changes tbody tr").count() == 3
    page.locator("#changes tbody a").first.click()
    page.wait_for_url("**/patents/*")
    assert title in page.locator("h1").inner_text()
    page.goto(f"{url}/inbox?show=unread")
    assert page.locator(".qt-unread", has_text=title).count() == 0
