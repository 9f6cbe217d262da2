"""Signing in and out, as a browser does it."""

from __future__ import annotations

import pytest
from django.test import Client

from qiantang.commons.accounts import api
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"


@pytest.fixture
def person():
    return api.create_account(actor=SYSTEM, username="lin", display_name="Lin", password=PASSWORD)


def _sign_in(client, **told):
    return client.post("/sign-in", {"username": "lin", "password": PASSWORD, **told})


def test_session_start_opens_a_session_and_goes_where_one_was_going(client, person):
    response = _sign_in(client, next="/coverage")
    assert (response.status_code, response.url) == (302, "/coverage")
    assert client.session["_auth_user_id"] == str(person.id)
    newest = audit.entries(SYSTEM, newest=1)[0]
    assert (newest.verb, newest.actor_id, newest.channel) == ("accounts.session.start", person.id, "web")
    assert newest.correlation_id == response["X-Correlation-ID"]


def test_session_start_takes_any_spelling_of_the_name(client, person):
    assert _sign_in(client, username=" LIN ").status_code == 302


def test_session_start_leads_nowhere_else(client, person):
    assert _sign_in(client, next="https://elsewhere.example.org/").url == "/"


def test_session_start_refuses_a_wrong_password_beside_the_form(client, person):
    response = _sign_in(client, password="wrong")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert [error["href"] for error in _sign_in(client, password="").context["errors"]] == ["#id_password"]


def test_session_start_says_the_same_of_an_unknown_name(client, person):
    known = _sign_in(client, password="wrong").context["form"].non_field_errors()
    unknown = _sign_in(client, username="nobody").context["form"].non_field_errors()
    assert known == unknown


def test_session_start_waits_after_five_failures_even_with_the_right_password(client, person):
    for _ in range(5):
        _sign_in(client, password="wrong")
    response = _sign_in(client)
    assert response.status_code == 429
    assert "15" in response.content.decode()
    assert 0 < int(response["Retry-After"]) <= 900
    assert (
        Client(REMOTE_ADDR="192.0.2.9").post("/sign-in", {"username": "lin", "password": PASSWORD}).status_code == 302
    )


def test_session_start_keeps_no_attempt_that_succeeded(client, person):
    for _ in range(7):
        assert _sign_in(client).status_code == 302
        client.post("/sign-out")


def test_session_end_is_a_post(client, person):
    _sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").url == "/"
    assert "_auth_user_id" not in client.session


def test_session_start_page_names_its_fields(client):
    page = client.get("/sign-in?next=/coverage").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'name="next" value="/coverage"' in page


@pytest.mark.feature("S10-25")
def test_elder_mode_follows_the_person_to_another_device(db):
    from qiantang.commons.accounts.api import create_account
    from qiantang.kernel.actor import Actor

    secret = "seven quiet rivers"
    create_account(actor=Actor.system("test"), username="lao", display_name="Lao", password=secret)
    one, other, stranger = (Client(headers={"accept-language": "en"}) for _device in range(3))
    one.post("/sign-in", {"username": "lao", "password": secret})
    assert one.post("/reading-mode", {"mode": "elder", "next": "/services"})["Location"] == "/services"
    other.post("/sign-in", {"username": "lao", "password": secret})
    for browser in (one, other):
        page = browser.get("/").content.decode()
        assert 'class="qt-large"' in page
        assert "Where my matter stands" in page
        assert "/monitoring" not in page
    assert "Where my matter stands" not in stranger.get("/").content.decode()
    assert one.post("/reading-mode", {"mode": "huge"}).status_code == 400
    assert one.post("/reading-mode", {"mode": "standard", "next": "https://x.example/"})["Location"] == "/"
    assert "/monitoring" in one.get("/").content.decode()
