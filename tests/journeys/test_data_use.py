"""Lu Yi agrees to be named as the person to ask about personal data, and withdraws it with one click."""

import re

import pytest

from .conftest import OPERATOR, PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.feature("X-31")
@pytest.mark.feature("X-35")
def test_a_consent_is_given_shown_and_withdrawn(empty_house, page, looks_right):
    page.goto(f"{empty_house.url}/data-use")
    looks_right(page)
    assert page.locator("#contacts li").count() == 0
    page.goto(f"{empty_house.url}/my-data")
    page.wait_for_url(re.compile("/sign-in"))
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button.btn-primary").first.click()
    page.wait_for_url("**/my-data")
    looks_right(page)
    give, withdraw = (page.locator(f"main button[value={one}]") for one in ("give", "withdraw"))
    give.focus()
    page.keyboard.press("Enter")
    withdraw.wait_for()
    looks_right(page)
    page.goto(f"{empty_house.url}/data-use")
    assert page.locator("#contacts li").count() == 1
    looks_right(page)
    page.goto(f"{empty_house.url}/my-data")
    withdraw.click()
    give.wait_for()
    page.goto(f"{empty_house.url}/data-use")
    assert page.locator("#contacts li").count() == 0
