"""Fixtures of the journeys: one demo city and one home for real files, and one browser, closed after the last journey."""

from __future__ import annotations

import json
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from .house import AXE, BROWSER, RULES, WIDTHS, opened

CITY = 3_000
OPERATOR, PASSWORD = "operator", "qiantang-demo"


@pytest.fixture(scope="package")
def chromium():
    """One browser for all: while it is open its event loop runs in this process, and no other test may touch the database."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(BROWSER))
        yield started
        started.close()


@pytest.fixture(scope="module")
def browser(chromium):
    """The browser, without a page of the file before: what is left open goes on asking its server."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="package")
def demo_city(tmp_path_factory):
    """The demo as ``./run demo`` opens it, small and without a search by meaning, and waited for until it is built."""
    home = tmp_path_factory.mktemp("demo")
    with opened(home, ("demo", "--patents", str(CITY)), "tests.journeys.without_meaning") as house:
        yield house


@pytest.fixture(scope="module")
def built_city(demo_city, browser):
    """The demo city once its build has ended; the page itself tells."""
    page = browser.new_page()
    page.goto(demo_city.url)
    page.get_by_test_id("figure-patents").wait_for(timeout=180_000)
    page.close()
    return demo_city


@pytest.fixture(scope="package")
def empty_house(tmp_path_factory):
    """A home with nothing in it but one operator."""
    home = tmp_path_factory.mktemp("office")
    with opened(home) as house:
        house.command("operator", OPERATOR, given=PASSWORD + "\n")
        yield house


@pytest.fixture(params=[(w, lang) for w in WIDTHS for lang in ("zh-hans", "en")], ids="-".join)
def page(request, browser):
    """A page at desk or phone width, in Chinese or English; script errors and requests to elsewhere fail the test."""
    width, language = request.param
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 820}, locale=language)
    context.set_default_timeout(15_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("http://127.0.0.1", "data:")) else None)
    page.language, page.width = language, width
    yield page
    context.close()
    assert not faults


def looked_at(page) -> None:
    """Axe has nothing to say, and nothing sticks out sideways."""
    page.wait_for_load_state()  # a page that is only beginning has no root yet
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"
    page.evaluate(AXE.read_text("utf-8"))
    # every rule looks at everything; of what is in order it need not write down where it stands: half of the time
    asked = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run(document, {asked}).then(r => r.violations)")
    told = [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
    assert not told, page.url + "\n" + "\n".join(told)


@pytest.fixture
def looks_right():
    return looked_at
