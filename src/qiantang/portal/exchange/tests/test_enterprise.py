"""The enterprise platform: people come from there signed in, and its pages show our services."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import requests
from django.test import Client

from qiantang.commons.accounts.tests.known import linked
from qiantang.portal.exchange.methods.simulators.serving import running
from qiantang.portal.exchange.types import PlatformKind

from .conftest import entered, known_keys, push, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S10-20")]


def test_a_person_comes_from_the_platform_signed_in(firms, settings):
    settings.IDENTITY_PROVIDERS = (
        {"name": "firms", "issuer": firms.address, "client": "qiantang", "title": "Firms", "opens": True},
    )
    settings.IDENTITY_SECRETS = {}
    browser = Client()
    there = browser.get("/sign-in/with/firms", {"next": "/services"}).url
    assert "qy-1002" in requests.get(there, timeout=5).text  # without a hint, one is asked who one is
    back = requests.get(f"{there}&login_hint=qy-1002", allow_redirects=False, timeout=5).headers["Location"]
    assert browser.get(back.removeprefix("http://testserver")).url == "/services"
    ((subject, account, shown),) = linked(firms.address)
    assert (subject, shown) == ("qy-1002", "西湖芯片 沈经办")
    assert browser.session["_auth_user_id"] == str(account)


def test_a_code_is_good_once_and_for_its_proof_key(firms):
    asked = {"redirect_uri": "http://x/", "client_id": "q", "code_challenge": "wrong", "login_hint": "qy-1001"}
    back = requests.get(f"{firms.address}/authorize", params=asked, allow_redirects=False, timeout=5).headers[
        "Location"
    ]
    code = urlsplit(back).query.partition("code=")[2].partition("&")[0]
    form = {"code": code, "redirect_uri": "http://x/", "code_verifier": "v"}
    assert requests.post(f"{firms.address}/token", data=form, timeout=5).json() == {"error": "invalid_grant"}


def test_only_sites_that_were_entered_may_frame_a_service(firms, shen):
    browser = Client()
    code = browser.get("/api/v1/service-items").json()["items"][0]["code"]
    before = browser.get(f"/frames/services/{code}")
    assert firms.address not in before["Content-Security-Policy"]
    entered(shen, firms, PlatformKind.ENTERPRISE, url="", origin=firms.address)
    answer = browser.get(f"/frames/services/{code}")
    assert f"frame-ancestors {firms.address}" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in browser.get("/services")["Content-Security-Policy"]
    assert browser.get("/frames/services/nothing").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_over_loopback(live_server, shen, moved, lin):
    """The simulator asks the house for keys, services and the feed; the house sends it what happens."""
    from qiantang.commons.accounts.api import access

    with running("enterprise", house=live_server.url) as firms:
        entered(shen, firms, PlatformKind.OTHER)
        moved()
        assert push() == 3
        assert state_of(firms)["refused"] == 0
        page = urlopen(firms.address, timeout=5).read().decode()
        assert page.count("<iframe") == 4
    with running("city-brain", house=live_server.url) as brain:
        token = access.make_token(actor=shen, name="brain", scopes=["events:read"], days=30).text
        assert brain.pulled(token) == 3
        assert brain.pulled(token) == 0
        known_keys(brain)
