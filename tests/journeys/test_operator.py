"""Lu Yi keeps the register: she signs in, loads a file with faults, and reads what was refused."""

import re

import pytest

from .conftest import OPERATOR, PASSWORD

pytestmark = pytest.mark.browser

HEADER = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.\n"


def gazette(first: int) -> bytes:
    """A gazette table of 30 rows of our own making: row 12 has a wrong check digit, row 20 an impossible date."""
    lines = []
    for i in range(1, 31):
        filed = "2018.13.45" if i == 20 else f"2018.05.{i % 28 + 1:02d}"
        filing_id = "2018199000019" if i == 12 else "2.02E+12"
        lines.append(
            f"{i},一种钱塘阀门装置{i},CN1990{first + i:05d}A,2019.07.12,{filing_id},{filed},钱潮第{i}阀门有限公司,章湖墅;,"
            f"310012浙江省杭州市西湖区凤起路{i}号,F16K1/{i % 20:02d}(2006.01)I;\n"
        )
    return (HEADER + "".join(lines)).encode("gb18030")


@pytest.mark.feature("X-29")
@pytest.mark.feature("S3-20")
def test_an_operator_imports_a_file_and_reads_the_refusals(empty_house, page, looks_right):
    first = {"desk-zh-hans": 100, "desk-en": 200, "phone-zh-hans": 300, "phone-en": 400}[
        f"{page.width}-{page.language}"
    ]
    page.goto(f"{empty_house.url}/import")
    page.wait_for_url(re.compile("/sign-in"))
    looks_right(page)
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url("**/import")
    looks_right(page)
    page.locator("#files").set_input_files(
        {"name": f"gazette-{first}.csv", "mimeType": "text/csv", "buffer": gazette(first)}
    )
    page.locator("form[enctype] button").click()
    page.wait_for_url(re.compile(r"/import/\d+$"))
    page.locator("#progress .qt-stats, #progress .qt-note").first.wait_for(timeout=60_000)
    page.reload()
    page.locator("#refused tbody tr").first.wait_for()
    rows = page.locator("#refused tbody tr")
    assert rows.count() == 2
    told = " ".join(rows.all_inner_texts())
    assert "2018.13.45" in told
    assert "2018199000019" in told
    stats = [int(re.sub(r"\D", "", one)) for one in page.locator("#progress .qt-stat-value").all_inner_texts()]
    assert stats == [30, 28, 0, 2]
    looks_right(page)
    with page.expect_download() as download:
        page.locator("#refused a[href$='refused.csv']").click()
    assert download.value.path().read_text("utf-8-sig").count("\n") >= 3

    page.goto(f"{empty_house.url}/search?q=CN1990{first + 3:05d}A")
    assert page.locator(".qt-number").is_visible()
