"""Second factor, recovery in a minute, sessions seen and ended, and what asks anew who is there."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts import api
from qiantang.commons.accounts.methods import totp
from qiantang.commons.accounts.methods.sealing import opened, sealed
from qiantang.commons.accounts.models import RecoveryCode, SecondFactor, SignedIn
from qiantang.commons.accounts.services import security, stepping_up
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
OTHER = "nine loud mountains"
RFC = b"12345678901234567890"


# --- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_vectors_of_rfc_6238(seconds, code):
    assert totp.code_of(RFC, totp.step_at(seconds), digits=8) == code


def test_another_digest_of_rfc_6238():
    assert totp.code_of(b"12345678901234567890123456789012", 1, digits=8, digest="sha256") == "46119246"


@given(st.binary(min_size=10, max_size=40), st.integers(10**9, 3 * 10**9), st.integers(-5, 5))
def test_a_code_opens_half_a_minute_around_its_own_and_once(secret, seconds, off):
    step = totp.step_at(seconds)
    code = totp.code_of(secret, step + off)
    found = totp.matching_step(secret, code, seconds, 0)
    if abs(off) <= 1:
        assert found is not None
        assert totp.matching_step(secret, code, seconds, step + 1) is None
    else:
        assert found is None or totp.code_of(secret, found) == code


def test_a_sealed_secret_opens_with_its_key_and_purpose_only():
    text = sealed(b"secret", house_key="k", purpose="p")
    assert opened(text, house_key="k", purpose="p") == b"secret"
    assert (opened(text, house_key="x", purpose="p"), opened(text, house_key="k", purpose="q")) == (None, None)
    assert opened(f"{text[:-4]}AAAA", house_key="k", purpose="p") is None


# --- a person ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lin(db):
    made = api.create_account(actor=SYSTEM, username="lin", display_name="Lin", password=PASSWORD)
    return Actor(person_id=made.id, name="Lin")


def secret_of(actor):
    from django.conf import settings

    kept = SecondFactor.objects.get(account_id=actor.person_id).secret
    return opened(kept, house_key=settings.SECRET_KEY, purpose=security.PURPOSE)


def code_now(actor, ahead=0):
    return totp.code_of(secret_of(actor), totp.step_at(time.time()) + ahead)


@pytest.fixture
def with_app(lin):
    """The app is set up; the code of the step before was used for it."""
    security.begin_second_factor(actor=lin)
    now = time.time()
    early = datetime.fromtimestamp(now - 30, UTC)
    return security.confirm_second_factor(
        actor=lin, code=totp.code_of(secret_of(lin), totp.step_at(now) - 1), now=early
    )


def sign_in(client, password=PASSWORD, **told):
    return client.post("/sign-in", {"username": "lin", "password": password, **told})


pytestmark = pytest.mark.feature("X-04")


def test_the_secret_is_kept_sealed_and_counts_only_after_a_code(lin):
    made = security.begin_second_factor(actor=lin)
    row = SecondFactor.objects.get()
    plain = made.shown.replace(" ", "")
    assert plain not in row.secret
    assert f"secret={plain}" in made.address
    with pytest.raises(Invalid, match="code_wrong"):
        security.confirm_second_factor(actor=lin, code="000000" if code_now(lin) != "000000" else "000001")
    assert not security.check_second_factor(account_id=lin.person_id, code=code_now(lin))
    assert len(security.confirm_second_factor(actor=lin, code=code_now(lin))) == 10
    with pytest.raises(Conflict, match="second_factor_there"):
        security.begin_second_factor(actor=lin)


def test_after_the_password_a_code_is_asked_for_and_it_opens_once(lin, with_app, client):
    answer = sign_in(client, next="/my-security")
    assert (answer.status_code, answer.url) == (302, "/sign-in/code")
    assert "_auth_user_id" not in client.session
    assert client.get("/my-security").status_code == 302
    assert client.post("/sign-in/code", {"code": "12345"}).status_code == 422
    code = code_now(lin)
    assert client.post("/sign-in/code", {"code": f"{code[:3]} {code[3:]}"}).url == "/my-security"
    assert client.session["_auth_user_id"] == str(lin.person_id)
    second = Client()
    sign_in(second)
    assert second.post("/sign-in/code", {"code": code}).status_code == 422


def test_a_recovery_code_stands_in_for_the_app_once(lin, with_app, client):
    for expected in (302, 422):
        other = Client()
        sign_in(other)
        assert other.post("/sign-in/code", {"code": with_app[0].upper()}).status_code == expected
    assert RecoveryCode.objects.count() == 9


def test_codes_cannot_be_tried_out(lin, with_app, client):
    sign_in(client)
    answers = [client.post("/sign-in/code", {"code": "1"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_without_a_password_before_no_code_is_looked_at(lin, with_app, client):
    assert client.post("/sign-in/code", {"code": code_now(lin)}).url == "/sign-in"
    sign_in(client)
    held = client.session
    held["waits_for_code"] = [lin.person_id, "/", int(time.time()) - 1]
    held.save()
    assert client.post("/sign-in/code", {"code": code_now(lin)}).url == "/sign-in"


def test_who_is_locked_out_gets_in_within_a_minute(lin, client):
    codes = security.make_recovery_codes(actor=lin)
    for _ in range(6):
        locked = sign_in(client, password="wrong")
    assert locked.status_code == 429
    form = {"username": "Lin", "recovery_code": codes[3], "new_password": OTHER}
    assert client.post("/sign-in/recover", {**form, "recovery_code": "no"}).status_code == 422
    assert client.post("/sign-in/recover", {**form, "new_password": "short"}).status_code == 422
    assert client.post("/sign-in/recover", form).url == "/sign-in"
    assert sign_in(client, password=OTHER).url == "/"
    assert "accounts.account.recover" in [entry.verb for entry in audit.entries(SYSTEM, newest=3)]


def test_a_weak_password_does_not_use_the_code_up(lin):
    codes = security.make_recovery_codes(actor=lin)
    with pytest.raises(Invalid, match="password_weak"):
        security.recover_account(username="lin", recovery_code=codes[0], new_password="short")
    security.recover_account(username="lin", recovery_code=codes[0], new_password=OTHER)
    with pytest.raises(Invalid, match="recovery_wrong"):
        security.recover_account(username="lin", recovery_code=codes[0], new_password=PASSWORD)


def test_recovery_codes_cannot_be_tried_out(lin, client):
    security.make_recovery_codes(actor=lin)
    form = {"username": "lin", "recovery_code": "x", "new_password": OTHER}
    assert [client.post("/sign-in/recover", form).status_code for _ in range(6)] == [422] * 5 + [429]


# --- sessions ----------------------------------------------------------------------------------------------------------


def test_sessions_are_seen_and_ended_from_another_device(lin, client):
    laptop, phone, stranger = client, Client(HTTP_USER_AGENT="Phone 7"), Client()
    for device in (laptop, phone):
        sign_in(device)
    shown = laptop.get("/my-security").content.decode()
    assert "Phone 7" in shown
    session = SignedIn.objects.get(agent="Phone 7").pk
    wu = api.create_account(actor=SYSTEM, username="wu", display_name="Wu", password=PASSWORD)
    stranger.post("/sign-in", {"username": "wu", "password": PASSWORD})
    assert stranger.post(f"/my-security/sessions/{session}/end").status_code == 404
    assert phone.get("/my-security").status_code == 200
    assert laptop.post(f"/my-security/sessions/{session}/end").status_code == 302
    assert phone.get("/my-security").status_code == 302
    assert laptop.get("/my-security").status_code == 200
    with pytest.raises(NotFound, match="session_unknown"):
        security.end_session(actor=Actor(person_id=wu.id, name="Wu"), session=SignedIn.objects.first().pk)


def test_all_others_are_ended_at_once(lin, client):
    others = [Client(), Client()]
    for device in (client, *others):
        sign_in(device)
    client.post("/my-security/sessions/0/end")
    assert [device.get("/my-security").status_code for device in (client, *others)] == [200, 302, 302]


def test_recovery_ends_every_session(lin, client):
    sign_in(client)
    codes = security.make_recovery_codes(actor=lin)
    security.recover_account(username="lin", recovery_code=codes[0], new_password=OTHER)
    assert client.get("/my-security").status_code == 302


# --- stepping up -------------------------------------------------------------------------------------------------------


def aged(client):
    held = client.session
    held[stepping_up.SHOWN_AT] = int(time.time()) - stepping_up.GOOD_FOR_SECONDS - 1
    held.save()


def test_what_matters_asks_anew_after_ten_minutes_and_goes_back_to_where_one_was(lin, client):
    sign_in(client)
    assert client.post("/my-security/recovery-codes").status_code == 200
    aged(client)
    before = RecoveryCode.objects.count()
    there = client.post("/my-security/recovery-codes", headers={"referer": "http://testserver/my-security"})
    assert there.status_code == 302
    assert there.url.startswith("/step-up?next=")
    assert RecoveryCode.objects.count() == before
    assert client.post("/step-up", {"password": "wrong", "next": "/my-security"}).status_code == 422
    assert client.post("/step-up", {"password": PASSWORD, "next": "/my-security"}).url == "/my-security"
    assert client.post("/my-security/recovery-codes").status_code == 200
    assert audit.entries(SYSTEM, newest=2)[1].verb == "accounts.session.step_up"


def test_stepping_up_leads_nowhere_else_and_asks_for_the_code_too(lin, with_app, client):
    sign_in(client)
    client.post("/sign-in/code", {"code": code_now(lin)})
    form = {"password": PASSWORD, "next": "https://elsewhere.example.org/"}
    assert client.post("/step-up", form).status_code == 422
    assert client.post("/step-up", {**form, "code": with_app[5]}).url == "/"


def test_a_room_asks_anew_with_one_line(lin, rf):
    @api.access.needs_step_up
    def sign(request):
        return HttpResponse("signed")

    request = rf.get("/sign?x=1")
    request.session, request.user = {}, type("User", (), {"is_authenticated": True})()
    assert sign(request).url == "/step-up?next=%2Fsign%3Fx%3D1"
    request.session[stepping_up.SHOWN_AT] = int(time.time())
    assert sign(request).content == b"signed"


def test_the_page_sets_up_an_app_and_takes_it_away(lin, client):
    sign_in(client)
    page = unescape(client.post("/my-security/app").content.decode())
    assert "data:image/svg+xml" in page
    shown = re.search(r'qt-mono">([A-Z2-7 ]+)<', page)[1]
    assert shown == totp.shown_secret(secret_of(lin))
    assert client.post("/my-security/app/confirm", {"code": "x"}).status_code == 422
    codes = client.post("/my-security/app/confirm", {"code": code_now(lin)}).content.decode()
    assert len(re.findall(r"^[2-9a-z]{4}(?:-[2-9a-z]{4}){2}$", codes, re.MULTILINE)) >= 9
    assert client.post("/my-security/app/remove").status_code == 302
    assert not SecondFactor.objects.exists()


def test_strangers_have_no_security(client, db):
    assert client.get("/my-security").status_code == 302
    for path in ("app", "app/confirm", "app/remove", "recovery-codes", "sessions/1/end"):
        assert client.post(f"/my-security/{path}").status_code == 302
    with pytest.raises(NotPermitted):
        security.make_recovery_codes(actor=Actor.public())
