"""Lu Yi gets an export whose columns nobody knows: she says what they are, sees the preview, and loads it."""

import re

import pytest

from .conftest import OPERATOR, PASSWORD
from .test_citizen import tabs_to

pytestmark = pytest.mark.browser

HEADER = "序号,公开(公告)号,公开日,申请日期,专利名称,权利人名册,发明人,IPC分类号,专利类型,备注"


def export(first: int) -> bytes:
    """An export of 12 rows of our own making, days before months; row 6 has a day that is none."""
    lines = [
        f"{n},CN1970{first + n:05d}A,12.07.2019,{'45.13.2018' if n == 5 else '04.05.2018'},一种钱塘闸门{n},"
        f"钱潮第{n}闸门有限公司|西溪理工大学,章湖墅;沈文晖,E02B7/{20 + n},发明专利,无"
        for n in range(1, 13)
    ]
    return "\n".join([HEADER, *lines, ""]).encode("gb18030")


def table(first: int, mark: int) -> bytes:
    """An export with a header row of its own: what another run of this test saved must not be known to it."""
    return export(first).replace("备注".encode("gb18030"), f"备注{mark}".encode("gb18030"))


def sign_in(page, house) -> None:
    page.goto(f"{house.url}/import")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url("**/import")


def load(page, house, name: str, content: bytes) -> None:
    page.goto(f"{house.url}/import")
    page.locator("#files").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("form[enctype] button").click()
    finished(page)


def finished(page) -> None:
    page.wait_for_url(re.compile(r"/import/\d+$"))
    page.locator("#progress .qt-stats, #progress .qt-note").first.wait_for(timeout=60_000)
    page.reload()
    page.locator("#sources tbody tr").first.wait_for()


def figures(page) -> list[int]:
    return [int(re.sub(r"\D", "", one)) for one in page.locator("#progress .qt-stat-value").all_inner_texts()]


@pytest.mark.feature("S3-20")
@pytest.mark.feature("X-29")
def test_an_operator_says_what_the_columns_are_and_loads_the_table(empty_house, page, looks_right):
    place = f"{page.width}-{page.language}"
    first = {"desk-zh-hans": 1000, "desk-en": 2000, "phone-zh-hans": 3000, "phone-en": 4000}[place]
    content = table(first, first)
    sign_in(page, empty_house)
    load(page, empty_house, f"river-{place}.csv", content)
    page.locator("#sources a[href*='/mapping?file=']").click()
    page.wait_for_url("**/mapping?file=*")
    looks_right(page)

    assert page.locator("select[name=column-1]").input_value() == "publication_number"
    assert page.locator("select[name=column-4]").input_value() == "title"
    assert page.locator("#date_form").input_value() == ""  # one impossible day, so no form reads them all
    assert page.locator("#preview tbody tr strong").count() == 10
    page.locator("#date_form").select_option("%d.%m.%Y")
    page.locator("#preview tbody tr strong").nth(1).wait_for(state="detached")
    assert page.locator("#preview tbody tr strong").count() == 1
    page.locator("select[name=column-5]").select_option("applicants")
    page.locator("input[name=separator-5]").fill("|")
    page.locator("input[name=separator-5]").press("Tab")
    page.locator("#preview td .d-block").get_by_text("西溪理工大学", exact=True).first.wait_for()
    looks_right(page)

    page.locator("#name").fill(f"river-{place}")
    page.locator("button[name=save]").click()
    finished(page)
    assert figures(page) == [12, 11, 0, 1]
    assert "45.13.2018" in page.locator("#refused").inner_text()
    looks_right(page)

    load(page, empty_house, "another-day.csv", table(first + 500, first))
    assert figures(page) == [12, 11, 0, 1]
    page.goto(f"{empty_house.url}/import/mappings")
    assert page.get_by_text(f"river-{place}-1.toml").is_visible()
    looks_right(page)


def test_a_mapping_is_made_without_script_and_by_keyboard(empty_house, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, empty_house)
    page.locator("#files").set_input_files(
        {"name": "quiet.csv", "mimeType": "text/csv", "buffer": export(9000).replace(b",A", b",B")}
    )
    page.locator("form[enctype] button").click()
    page.wait_for_url(re.compile(r"/import/\d+$"))
    link = page.locator("#sources a[href*='/mapping?file=']")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    link.click()
    page.locator("#date_form").select_option("%d.%m.%Y")
    page.locator("#mapping-form button:not([name])").click()
    assert page.locator("#preview tbody tr strong").count() == 1
    assert page.locator("#date_form").input_value() == "%d.%m.%Y"
    context.close()

    scripted = browser.new_page()
    sign_in(scripted, empty_house)
    scripted.goto(page_address := f"{empty_house.url}/import/mappings")
    assert scripted.url == page_address
    assert tabs_to(scripted, "main a") < 20
    scripted.close()
