"""Axe over the first page of every room, signed out and signed in, in elder mode too: nothing to say, nothing sticks out."""

from __future__ import annotations

import pytest

from .conftest import PASSWORD

pytestmark = pytest.mark.browser
PUBLIC = (
    "/",
    "/services",
    "/services/guide",
    "/services/0202",
    "/services/figures",
    "/services/tisc",
    "/case-status",
    "/monitoring",
    "/navigation",
    "/preexam",
    "/preexam/check",
    "/protection",
    "/protection/limits",
    "/protection/mediators",
    "/evidence",
    "/verify",
    "/indicators",
    "/frozen-values",
    "/documents/revoked",
)
SIGNED_IN = (
    "/",
    "/desk?view=all",
    "/cases",
    "/documents",
    "/services/ratings",
    "/services/forms",
    "/services/contested",
    "/inbox",
)
OPERATING = ("/import", "/exchange", "/parties/queue", "/rules")
CITIZEN = (
    "/cases",
    "/licences",
    "/services/0202/begin",
    "/services/complaint",
    "/my-platforms",
    "/protection/disputes",
)


@pytest.mark.feature("S10-25")
def test_a_sweep_over_every_room(built_city, browser, looks_right):
    context = browser.new_context(viewport={"width": 390, "height": 820}, locale="zh-CN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    told: list[str] = []

    def swept(addresses):
        for address in addresses:
            answer = page.goto(built_city.url + address)
            assert answer.status == 200, address
            try:
                looks_right(page)
            except AssertionError as fault:
                told.append(str(fault))

    def signed_in(name):
        context.clear_cookies()
        page.goto(f"{built_city.url}/sign-in")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit], main button.btn-primary").first.click()
        page.wait_for_url(lambda url: "sign-in" not in url)

    swept(PUBLIC)
    signed_in("supervisor")
    swept(SIGNED_IN)
    page.goto(f"{built_city.url}/desk?view=all")
    page.locator(".qt-desk th a").first.click()
    looks_right(page)
    signed_in("operator")
    swept(OPERATING)
    signed_in("citizen")
    page.goto(built_city.url)
    page.locator("button[value=elder]").click()
    assert page.locator("html.qt-large").count() == 1
    swept(("/", *CITIZEN))
    context.close()
    assert not told, "\n".join(told)
