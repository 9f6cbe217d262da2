"""Shen Lan looks for patents: search, facet, patent, where it comes from, and back."""

import contextlib
import json
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from qiantang.commons.evidence.methods.containers import opened

from .conftest import OPERATOR, PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.feature("X-32")
def test_the_home_page_shows_the_build_and_then_the_city(demo_city, built_city, page, looks_right):
    page.goto(built_city.url)
    shown = page.get_by_test_id("figure-patents").inner_text()
    assert int(re.sub(r"\D", "", shown)) == 3_000
    assert page.get_by_test_id("synthetic").is_visible()
    looks_right(page)


@pytest.mark.feature("X-35")
@pytest.mark.feature("S3-05")
def test_search_facet_patent_provenance_and_back(built_city, page, looks_right):
    page.goto(built_city.url)
    page.locator("input[name=q]").first.fill("电池")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    total = int(re.sub(r"\D", "", page.locator("#total").inner_text()))
    assert total > 0
    assert page.locator(".qt-hit mark").first.inner_text() == "电池"
    looks_right(page)

    if page.width == "phone":
        page.locator("details.qt-refine summary").click()
    choice = page.locator(".qt-facet li a").first
    promised = int(re.sub(r"\D", "", choice.locator(".qt-facet-count").inner_text()))
    choice.click()
    page.locator(".qt-chip").first.wait_for()
    assert int(re.sub(r"\D", "", page.locator("#total").inner_text())) == promised
    looks_right(page)

    title = page.locator(".qt-hit h3 a").first
    told = title.inner_text()
    title.click()
    page.wait_for_url("**/patents/*")
    assert page.locator("h1").inner_text() == told
    looks_right(page)
    page.locator("a[href='#provenance']").first.click()
    assert page.locator("#provenance").is_visible()
    assert "synthetic" in page.locator("#provenance").inner_text()

    page.go_back()
    page.go_back()
    page.locator(".qt-chip").first.wait_for()
    assert int(re.sub(r"\D", "", page.locator("#total").inner_text())) == promised


@pytest.mark.feature("S3-01")
def test_any_number_in_the_box_leads_to_the_record(built_city, page, looks_right):
    page.goto(f"{built_city.url}/search")
    page.locator(".qt-hit h3 a").first.click()
    page.wait_for_url("**/patents/*")
    number = page.locator("#bibliography .qt-num").first.inner_text()
    title = page.locator("h1").inner_text()
    page.goto(f"{built_city.url}/search?q={number}")
    assert page.locator(".qt-number a").first.inner_text() == title
    looks_right(page)
    if number.startswith("CN") and number[-2] == ".":
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        page.goto(f"{built_city.url}/search?q={wrong}")
        assert page.locator(".qt-number-wrong").is_visible()
        looks_right(page)


@pytest.mark.feature("S3-02")
def test_a_slip_in_the_query_is_shown_at_its_place(built_city, page, looks_right):
    page.goto(f"{built_city.url}/search?q=TI=(电池 AND")
    assert page.locator("#query-error").is_visible()
    looks_right(page)
    page.goto(f"{built_city.url}/search?q=甲乙丙丁戊己庚辛")
    assert page.locator(".qt-empty").is_visible()
    looks_right(page)


@pytest.mark.feature("S3-16")
def test_what_is_loaded_adds_up(built_city, page, looks_right):
    page.goto(f"{built_city.url}/coverage")
    looks_right(page)
    told = page.locator("#years summary").all_inner_texts()
    totals = [int(re.sub(r"\D", "", one.rpartition("·")[2])) for one in told]
    assert sum(totals) == 3_000


def test_everything_works_without_script(built_city, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built_city.url)
    page.locator("input[name=q]").first.fill("装置")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator(".qt-hit").count() == 20
    page.locator(".qt-pager a[rel=next]").click()
    assert page.locator(".qt-hit").count() == 20
    context.close()


def test_the_keyboard_reaches_the_results(built_city, browser):
    page = browser.new_page()
    page.goto(f"{built_city.url}/search?q=电池")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert tabs_to(page, "a[href='#total']") < 12  # past the box, before the eighty values of the facets
    page.keyboard.press("Enter")
    assert tabs_to(page, "a[href='#hits']") == 1  # past what can be done with the whole result
    page.keyboard.press("Enter")
    assert tabs_to(page, ".qt-hit a") == 1
    page.close()


def tabs_to(page, selector: str) -> int:
    for pressed in range(1, 40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return pressed
    return 99


@pytest.mark.feature("S3-24")
@pytest.mark.feature("X-27")
@pytest.mark.feature("S7A-13")
def test_a_token_is_made_on_its_page_opens_the_api_and_is_revoked(built_city, browser, looks_right):
    context = browser.new_context(viewport={"width": 390, "height": 820}, locale="zh-hans")
    page = context.new_page()
    page.goto(f"{built_city.url}/api")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    looks_right(page)
    page.goto(f"{built_city.url}/my-tokens")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/my-tokens")
    looks_right(page)
    page.locator("#id_name").fill("夜间统计")
    page.locator("input[value='account:read']").check()
    page.locator("main button.btn-primary").click()
    text = page.locator("#new-token").inner_text()
    looks_right(page)
    assert json.loads(answer(f"{built_city.url}/api/v1/token", text))["scopes"] == ["account:read"]
    page.goto(f"{built_city.url}/my-tokens")
    page.locator("form[action$='/revoke'] button").click()
    page.wait_for_load_state()
    with pytest.raises(HTTPError, match="401"):
        answer(f"{built_city.url}/api/v1/coverage", text)
    for address in ("/evidence", "/evidence/new", "/evidence/captures", "/evidence/collections", "/verify"):
        page.goto(built_city.url + address)
        looks_right(page)
    sealed_in_the_browser(page, built_city.url, looks_right)
    context.close()


def sealed_in_the_browser(page, home, looks_right):
    """A secret is encrypted by the page; what arrives is the container, which the command opens."""
    page.goto(f"{home}/evidence/secrets/new")
    looks_right(page)
    secret = {"name": "配方.txt", "mimeType": "text/plain", "buffer": b"three parts tea"}
    page.locator("#secret").set_input_files(secret)
    for field in ("#password", "#again"):
        page.locator(field).fill("seven quiet rivers")
    with page.expect_download() as taken:
        page.locator("form[data-sealing] button").click()
    page.wait_for_url("**/evidence/EV-*")
    with Path(taken.value.path()).open("rb") as container:
        inside, pieces = opened(container, password="seven quiet rivers")
        assert (inside.name, b"".join(pieces)) == ("配方.txt", b"three parts tea")


def answer(address: str, token: str = "") -> bytes:
    asked = Request(address, headers={"Authorization": f"Bearer {token}"} if token else {})
    with urlopen(asked, timeout=20) as response:
        return response.read()


@pytest.mark.feature("S3-19")
def test_the_servers_own_log_knows_nothing_of_what_was_looked_for(built_city):
    word = quote("密语暗号zqxjkvw")
    paths = (
        "search?q=",
        "search?q=TI=(",
        "patents/",
        "nowhere/",
        "api/v1/search?query=",
        "api/v1/numbers/",
        "api/v1/x/",
    )
    for path in paths:
        with contextlib.suppress(HTTPError):
            answer(f"{built_city.url}/{path}{word}")
    written = (built_city.home / "server.log").read_text("utf-8")
    assert "refused GET" in written
    for spelled in ("密语", "zqxjkvw", word):
        assert spelled not in written
    assert b"zqxjkvw" not in answer(f"{built_city.url}/metrics")
