"""Lu Yi looks at two names: she decides that they are one party, and takes it back."""

import re

import pytest

from .conftest import OPERATOR, PASSWORD
from .test_operator import HEADER

pytestmark = pytest.mark.browser


def gazette(first: int, firm: str) -> bytes:
    """A gazette table of our own making: one firm under two legal forms, with nothing in common."""
    names = [f"{firm}有限公司" if i % 2 else f"{firm}股份有限公司" for i in range(1, 31)]
    lines = [
        f"{i},一种钱塘水泵{i},CN1991{first + i:05d}A,2019.07.12,2.02E+12,2018.05.{i % 28 + 1:02d},{name},"
        f"{'章湖墅' if i % 2 else '沈运河'};,310012浙江省杭州市西湖区凤起路{i}号,F04D1/{i % 20:02d}(2006.01)I;\n"
        for i, name in enumerate(names, 1)
    ]
    return (HEADER + "".join(lines)).encode("gb18030")


def sign_in(page, url):
    page.goto(f"{url}/parties/queue")
    page.wait_for_url(re.compile("/sign-in"))
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url("**/parties/queue")


def loaded(page, url, first, firm):
    """Load the table and wait for the question about its names; the form that asks it."""
    page.goto(f"{url}/import")
    upload = {"name": f"pumps-{first}.csv", "mimeType": "text/csv", "buffer": gazette(first, firm)}
    page.locator("#files").set_input_files(upload)
    page.locator("form[enctype] button").click()
    page.locator("#progress .qt-stats, #progress .qt-note").first.wait_for(timeout=60_000)
    question = page.locator("form", has_text=f"{firm}股份有限公司")
    for _ in range(40):  # the names come with a job of their own
        page.goto(f"{url}/parties/queue")
        if question.count():
            break
        page.wait_for_timeout(500)
    return question


def take_back(page):
    page.locator("#names summary").first.click()
    page.locator("#names input[name=reason]").first.fill("是两家")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#names tbody tr").count() == 1
    assert "是两家" in page.locator("#undone").inner_text()


@pytest.mark.feature("S2-11")
@pytest.mark.feature("S3-21")
def test_an_operator_decides_on_two_names_and_takes_it_back(empty_house, page, looks_right):
    firm, first = {
        "desk-zh-hans": ("杭州甲潮泵业", 100),
        "desk-en": ("杭州乙潮泵业", 200),
        "phone-zh-hans": ("杭州丙潮泵业", 300),
        "phone-en": ("杭州丁潮泵业", 400),
    }[f"{page.width}-{page.language}"]
    sign_in(page, empty_house.url)
    looks_right(page)

    question = loaded(page, empty_house.url, first, firm)
    looks_right(page)

    same = question.locator("input[value=same]")
    same.focus()
    page.keyboard.press("Space")  # by keyboard alone
    assert same.is_checked()
    question.locator("input[name=reason]").fill("工商登记为同一主体")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("form", has_text=f"{firm}股份有限公司").count() == 0

    page.goto(f"{empty_house.url}/search?q=AH=={firm}有限公司")
    assert page.locator("main").inner_text().count("30") > 0
    page.locator(f"a[href*='/patents/CN-P1991{first + 1:05d}'], a[href*='/patents/']").first.click()
    page.locator("a[href^='/parties/']").first.click()
    page.wait_for_url(re.compile(r"/parties/\d+$"))
    rows = page.locator("#names tbody tr")
    assert rows.count() == 2
    assert sorted(int(one) for one in page.locator("#names tbody tr td:first-of-type").all_inner_texts()) == [15, 15]
    looks_right(page)

    take_back(page)
    looks_right(page)
