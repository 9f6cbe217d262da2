"""Gu Min searches for a living: she builds a query by hand, refines it, saves it with an alert, is told what a load brought,
takes the result with her as a file, and compares the claims of two patents."""

import csv
import io
import re
import zipfile

import pytest

from qiantang.corpus.ingest.tests import readings

from .conftest import OPERATOR, PASSWORD

pytestmark = pytest.mark.browser

OWNERS = ("澜山电池有限公司", "虚构理工大学")
CLAIM = "1、一种装置，其特征在于，包括："


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def publications(word: str, first: int, count: int) -> bytes:
    """Publication documents of our own making in an archive: of two applicants, every second one also for charging."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in range(first, first + count):
            text = readings.document(
                9_993_000 + n,
                number=("199990001", f"1993{n:05d}"),
                title=("一种虚构的装置", f"{word}电池模组{n}"),
                owner=("示例甲科技有限公司", OWNERS[n % 4 // 2]),
                claim=(CLAIM, f"{CLAIM}第{n}极柱，"),
                main=("<business:MainClass>06</business:MainClass><business:Subclass>F", "<business:MainClass>01</business:MainClass><business:Subclass>M"),
                section=("<business:Section>G", "<business:Section>H"),
                group=("<business:MainGroup>17", "<business:MainGroup>10"),
                second=("H04L   27/26", "H02J    7/00" if n % 2 else "H04L   27/26"),
            )  # fmt: skip
            archive.writestr(f"{n}.xml", text)
    return packed.getvalue()


def load(page, url: str, name: str, content: bytes) -> None:
    page.goto(f"{url}/import")
    page.locator("#files").set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.locator("form[enctype] button").click()
    page.wait_for_url(re.compile(r"/import/\d+$"))
    page.locator("#progress .qt-stats, #progress .qt-note").first.wait_for(timeout=60_000)


def signed_in(page, url: str) -> None:
    page.goto(f"{url}/sign-in?next=/import")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").first.click()
    page.wait_for_url("**/import")


def built_by_hand(page, word: str) -> int:
    """A word, a class found by a word; how many patents the page promises."""
    made = page.locator("#made-query")
    page.locator("#v-0-0").press_sequentially(word)
    made.wait_for()
    page.locator("#f-0-1").select_option("TY")  # the row changes its boxes, the word above stays
    page.locator("select#v-0-1").select_option("invention")
    page.locator("#made-query", has_text="TY=invention").wait_for()
    page.locator("#classes summary").click()
    page.locator("#class_word").fill("电池")
    page.locator("#classes button[value=find]").click()
    page.locator("button[value='use-class-H01M']").click()
    page.locator("#made-query", has_text="IC=H01M").wait_for()
    assert made.inner_text() == f"{word} AND TY=invention AND IC=H01M"
    return number(page.locator("#made p", has_text=re.compile(r"\d+ (patent|件)")).inner_text())


def refined(page, value: str) -> int:
    """Choose a value of a facet: the hits are as many as stood beside it."""
    if page.width == "phone" and not page.locator("details.qt-refine[open]").count():
        page.locator("details.qt-refine > summary").first.click()
    chips = page.locator(".qt-chip").count()
    choice = page.locator("aside .qt-facet li a", has_text=value).first
    promised = number(choice.locator(".qt-facet-count").inner_text())
    choice.click()
    page.locator(".qt-chip").nth(chips).wait_for()
    assert number(page.locator("#total").inner_text()) == promised
    return promised


def saved(page, name: str, looks_right) -> None:
    page.locator(".qt-toolbar a[href^='/search/saved/new']").click()
    page.wait_for_url("**/search/saved/new?*")
    looks_right(page)
    page.locator("#name").fill(name)
    page.locator("input[name=watch][value=status]").check()
    page.locator("#save button").click()
    page.wait_for_url("**/search/saved")
    looks_right(page)


def told_of_two(page, url: str, name: str, looks_right) -> None:
    notice = page.locator(".qt-unread", has_text=name)
    for _ in range(60):  # the worker checks after the load; nothing on this page waits for it
        page.goto(f"{url}/inbox")
        if notice.count():
            break
        page.wait_for_timeout(500)
    looks_right(page)
    assert number(notice.locator(".qt-inbox-details li").first.inner_text()) == 2
    notice.locator("button.btn-primary").click()
    page.wait_for_url("**/changes/*")
    looks_right(page)
    assert page.locator("#changes tbody tr").count() == 2
    page.goto(f"{url}/inbox?show=unread")
    assert page.locator(".qt-unread", has_text=name).count() == 0


def exported(page) -> list[list[str]]:
    page.locator(".qt-toolbar a[href^='/search/export']").click()
    page.wait_for_url("**/search/export?**")
    page.locator("input[name=format][value=csv]").check()
    with page.expect_download() as download:
        page.locator("form.qt-export button.btn-primary").click()
    rows = csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    return [row for row in rows if row and not row[0].startswith("#")]


def two_claims_compared(page, looks_right) -> None:
    hits = page.locator(".qt-hit")
    other = hits.nth(1).locator(".qt-hit-facts b").inner_text()
    hits.first.locator("h3 a").click()
    page.wait_for_url("**/patents/*")
    page.locator("#claims a[href$='/claims/compare']").click()
    page.locator("#with").fill(other)
    page.locator(".qt-compare-choose button").click()
    page.locator("table.qt-compare").wait_for()
    looks_right(page)
    page.goto(page.url)  # the address holds the whole comparison
    assert page.locator("table.qt-compare del").count() > 0
    assert page.locator("table.qt-compare ins").count() > 0


@pytest.mark.feature("S3-02")
@pytest.mark.feature("S3-11")
@pytest.mark.feature("S3-13")
@pytest.mark.feature("X-10")
@pytest.mark.parametrize("page", [("desk", "zh-hans"), ("phone", "en")], indirect=True, ids="-".join)
def test_from_a_query_built_by_hand_to_an_alert_a_file_and_two_claims(empty_house, page, looks_right):
    url, (word, first) = empty_house.url, ("澜山", 100) if page.width == "desk" else ("澜湖", 500)
    signed_in(page, url)
    load(page, url, f"before-{first}.zip", publications(word, first, 8))

    page.goto(f"{url}/search/build")
    looks_right(page)
    assert built_by_hand(page, word) == 8
    looks_right(page)
    page.locator("#made button[value=run]").click()
    page.wait_for_url("**/search?*")
    assert number(page.locator("#total").inner_text()) == 8
    assert refined(page, OWNERS[0]) == 4
    assert refined(page, "H02J") == 2
    result = page.url

    saved(page, word, looks_right)
    load(page, url, f"after-{first}.zip", publications(word, first + 100, 6))
    told_of_two(page, url, word, looks_right)

    page.goto(result)
    found = number(page.locator("#total").inner_text())
    assert found == 4
    assert len(exported(page)[1:]) == found

    page.goto(result)
    two_claims_compared(page, looks_right)
