"""Qian Jin watches a field: a query by hand, two facets, an alert, a new file, the notice, a file of her own, two claims."""

import re
from pathlib import Path

import pytest

from .house import WIDTHS
from .test_mapping import load, sign_in

pytestmark = pytest.mark.browser

WORD = "潮汐闸门止水"
HEADER = "申请号,申请日,公开（公告）号,公开（公告）日,专利类型,名称,摘要,主分类号,分类号,申请（专利权）人,发明（设计）人,专利代理机构,代理人,地址,主权项,页数"
CLAIM = "一种{word}装置，包括门叶和止水带，其特征在于，所述止水带{how}。"


def export(*rows: tuple[int, int, str, str]) -> bytes:
    """An export in the columns of CNIPR. A row is a serial, 1 an invention or 2 a utility model, an applicant and how the
    seal is held.
    """
    lines = [
        f"CN2019{kind}{serial:07d},2019.03.04,CN{kind}1{serial:07d}{' AU'[kind]},2020.05.06,{kind},{WORD}装置{serial},"
        f"公开了一种{WORD}装置。,E02B7/20,E02B7/20,{applicant},沈文晖,,,310000,"
        f"{CLAIM.format(word=WORD, how=how)},6"
        for serial, kind, applicant, how in rows
    ]
    return "\n".join([HEADER, *lines, ""]).encode("gb18030")


FIRST = (
    (8_101_001, 1, "钱潮闸门有限公司", "卡在槽内"),
    (8_101_002, 2, "钱潮闸门有限公司", "粘在门叶上"),
    (8_101_003, 1, "西溪理工大学", "由压板压紧"),
)
LATER = ((8_101_004, 1, "钱潮闸门有限公司", "卡在弧形槽内"), (8_101_005, 1, "西溪理工大学", "由磁条吸紧"))


@pytest.fixture
def analyst(browser):
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 820}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def hits(page) -> int:
    return int(re.sub(r"\D", "", page.locator("#total").inner_text()))


def narrow(page, value: str, left: int) -> None:
    page.locator("aside").get_by_role("link", name=re.compile(value)).first.click()
    page.locator("#total").get_by_text(f"{left} 件专利", exact=True).wait_for()


def alerted(page, home: str) -> None:
    """The notice comes, and leads to the one new hit."""
    notice = page.locator("main").get_by_text(re.compile("闸门止水"))
    for _ in range(60):
        page.goto(f"{home}/inbox")
        if notice.count():
            break
        page.wait_for_timeout(1_000)
    page.locator("main .btn-primary").first.click()
    page.wait_for_url(re.compile(r"/search/saved/\d+/changes/\d+"), timeout=60_000)
    assert page.get_by_text("CN118101004A").first.is_visible()
    assert page.get_by_text("CN118101005A").count() == 0


def exported(page, home: str, looks_right) -> list[str]:
    """The lines of a CSV file of all that the word finds."""
    page.goto(f"{home}/search?q={WORD}")
    page.get_by_role("link", name="导出").click()
    page.locator("input[name=format][value=csv]").check()
    looks_right(page)
    with page.expect_download() as arriving:
        page.locator("main form .btn-primary").click()
    return Path(arriving.value.path()).read_text("utf-8-sig").splitlines()


@pytest.mark.feature("S3-05")
@pytest.mark.feature("S3-11")
@pytest.mark.feature("S3-13")
@pytest.mark.feature("S3-15")
def test_an_analyst_watches_a_field(empty_house, analyst, looks_right):
    page, home = analyst, empty_house.url
    sign_in(page, empty_house)
    load(page, empty_house, "gates.csv", export(*FIRST))

    page.goto(f"{home}/search/build")
    page.locator("input[name=v]").first.fill(WORD)
    page.locator(".btn-primary[value=run]").click()
    page.wait_for_url("**/search?**")
    assert hits(page) == len(FIRST)
    narrow(page, "钱潮闸门有限公司", 2)
    narrow(page, "发明", 1)
    looks_right(page)

    page.get_by_role("link", name="保存并监控").click()
    page.locator("#name").fill("闸门止水")
    page.locator("input[name=watch][value=new]").check()
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/search/saved")
    looks_right(page)

    load(page, empty_house, "gates-later.csv", export(*LATER))
    alerted(page, home)
    looks_right(page)
    lines = exported(page, home, looks_right)
    assert sum(WORD in line and "CN" in line for line in lines) == len(FIRST) + len(LATER)

    for address in ("/similar?q=闸门止水", "/exports", "/search/lists", "/dossiers", "/search/history"):
        page.goto(home + address)
        looks_right(page)

    page.goto(f"{home}/patents/CN118101001A/claims/compare?with=CN118101004A")
    looks_right(page)
    assert page.locator("ins, del").count() > 0
