"""Lin captures a shop page and takes the evidence through intake, mediation and adjudication to the papers for the court."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.engines.web_site import web_site

from .conftest import PASSWORD
from .house import environment, opened

pytestmark = pytest.mark.browser
TODAY = datetime.now(UTC).date()
SETTINGS = "tests.journeys.with_loopback"
PEOPLE = """
import django; django.setup()
from qiantang.commons.accounts.api import create_account
from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.services import mediators
made = {}
for name, roles in (("lin", ()), ("he", ()), ("chen", ("mediator",)), ("gu", ("case_officer",))):
    one = create_account(actor=Actor.system("test"), username=name, display_name=name, password="PASSWORD", roles=roles)
    made[name] = Actor(person_id=one.id, name=name, roles=frozenset(roles))
table = "body,name,fields,username\\n调解委员会,陈调解,invention,chen\\n"
mediators.import_mediators(actor=made["gu"], table=table)
""".replace("PASSWORD", PASSWORD)
TOLD = {
    "right_number": "ZL202010000001.0",
    "right_title": "一种茶叶罐",
    "respondent": "某某茶叶店",
    "place": "杭州市",
    "happened_on": (TODAY - timedelta(days=9)).isoformat(),
    "description": "网店销售相同产品",
    "wanted": "停止销售并赔偿",
    "damages_yuan": "50000",
}
CHOICES = {"right_kind": "invention", "matter": "infringement", "right_in_force": "true", "stop_wanted": "true"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    home = tmp_path_factory.mktemp("rights")
    with opened(home, settings=SETTINGS) as house:
        subprocess.run([sys.executable, "-c", PEOPLE], env=environment(home, 0, SETTINGS), check=True, timeout=120)
        yield house


@pytest.fixture
def people(browser, office):
    """A page of each person, signed in."""
    pages = {}
    for name in ("lin", "he", "chen", "gu"):
        context = browser.new_context(viewport={"width": 1366, "height": 820}, locale="zh-CN")
        context.set_default_timeout(15_000)
        page = pages[name] = context.new_page()
        page.goto(f"{office.url}/sign-in?next=/protection")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button.btn-primary").first.click()
        page.wait_for_url("**/protection")
    yield pages
    for page in pages.values():
        page.context.close()


def press(page, selector):
    """Press a button that sends a form, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def captured(page, url, shop):
    """The number of the deposit of a captured page."""
    page.goto(f"{url}/evidence/captures")
    page.locator("#url").fill(shop)
    page.locator("#purpose").fill("销售侵权产品")
    press(page, "main form.qt-form button.btn-primary")
    if not page.locator("#state").count():
        page.locator(".qt-captures a").first.click()
    link = page.locator("#state a.btn-primary[href*='/evidence/EV-']")
    link.wait_for(timeout=60_000)
    return link.get_attribute("href").rsplit("/", 1)[1]


def filed(page, url, deposit):
    """The address of a dispute that is filed with the deposit as its evidence."""
    page.goto(f"{url}/protection/disputes")
    press(page, "main form button.btn-primary")
    press(page, "a.btn-primary[href*='/protection/disputes/']")
    for name, value in TOLD.items():
        page.locator(f"#id_{name}").fill(value)
    for name, value in CHOICES.items():
        page.locator(f"#id_{name}").select_option(value)
    press(page, "#told form button.btn-primary")
    page.locator("#id_deposit").fill(deposit)
    press(page, "#exhibits form button")
    press(page, "button[name=do][value=file]")
    return page.url


def brought_together(people, url, matter, deposit):
    """Both sides in the room with the mediator they chose; the evidence is seen once it was opened."""
    lin, he, chen, gu = (people[name] for name in ("lin", "he", "chen", "gu"))
    gu.goto(matter)
    press(gu, "button[name=action][value=invite]")
    press(gu, "button[name=side][value=respondent]")
    code = gu.locator("#codes strong.qt-mono").inner_text()
    he.goto(f"{url}/protection/join")
    he.locator("#id_number").fill(matter.rsplit("/", 1)[1])
    he.locator("#id_code").fill(code)
    press(he, "#join button")
    press(he, "button[name=action][value=agree]")
    assert deposit not in he.locator("#exhibits").inner_text()  # not before it was opened
    press(he, "#mediator tbody button")
    lin.goto(matter)
    press(lin, "#mediator tbody button")
    press(lin, "button[name=do][value=open_evidence]")
    chen.goto(matter)
    press(chen, "button[name=do][value=accept_appointment]")
    assert deposit in chen.locator("#exhibits").inner_text()


def agreed(people, matter):
    """A proposal taken by both, laid out and signed by all three."""
    lin, he, chen = (people[name] for name in ("lin", "he", "chen"))
    lin.goto(matter)
    lin.locator("#proposals details summary").click()
    lin.locator("#id_terms").fill("停止销售并支付三万元")
    lin.locator("#id_offer").fill("30000")
    lin.locator("#id_perform_by").fill((TODAY + timedelta(days=30)).isoformat())
    press(lin, "#proposals details button")
    for page in (he, lin):
        page.goto(matter)
        if page.locator("button[name=agreed][value=on]").count():
            press(page, "button[name=agreed][value=on]")
    chen.goto(matter)
    press(chen, "button[name=do][value=lay_out]")
    for page in (lin, he, chen):
        page.goto(matter)
        page.locator("#id_sham").check()
        press(page, "#agreement form button.btn-primary")


@pytest.mark.feature("S7B-01")
@pytest.mark.feature("S7B-04")
@pytest.mark.feature("S7B-05")
@pytest.mark.feature("S7A-05")
def test_one_evidence_from_the_shop_to_the_papers_for_the_court(office, people, looks_right):
    lin, he = people["lin"], people["he"]
    with web_site() as site:
        deposit = captured(lin, office.url, site.at("/shop"))
    dispute = filed(lin, office.url, deposit)
    looks_right(lin)
    press(lin, "button[name=route][value=mediation]")
    matter = lin.url
    assert deposit in lin.locator("#exhibits").inner_text()

    brought_together(people, office.url, matter, deposit)

    lin.goto(dispute)  # half-way, another route beside it: nothing is told again
    press(lin, "button[name=route][value=adjudication]")
    press(lin, "button[name=do][value=draw_up]")
    assert deposit in lin.locator("#file").inner_text()
    assert "网店销售相同产品" in lin.locator("#file").inner_text()
    looks_right(lin)

    agreed(people, matter)
    for page in (lin, he):
        page.goto(matter)
        press(page, "button[name=do][value=ask_confirmation]")
    looks_right(he)
    papers = he.locator("#agreement a[href*='/papers/']")
    assert papers.count() == 3  # the agreement in both languages, the application to the court
    answer = he.request.get(office.url + papers.last.get_attribute("href"))
    assert answer.body()[:5] == b"%PDF-"
    assert deposit in he.locator("#exhibits").inner_text()
