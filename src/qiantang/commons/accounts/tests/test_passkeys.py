"""Passkeys: made, used to sign in and to step up, renamed, taken away; and what is refused."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from fido2.webauthn import AuthenticatorData

from qiantang.commons.accounts import api
from qiantang.commons.accounts.models import Account, Passkey
from qiantang.commons.accounts.services import security, stepping_up
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor

from .devices import Device

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-04")]
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"


@pytest.fixture
def lin():
    made = api.create_account(actor=SYSTEM, username="lin", display_name="林", password=PASSWORD)
    return Actor(person_id=made.id, name="林")


@pytest.fixture
def signed_in(lin, client):
    client.post("/sign-in", {"username": "lin", "password": PASSWORD})
    return client


def add(client, device, name="Laptop"):
    options = client.post("/my-security/passkeys/begin").json()
    return client.post("/my-security/passkeys", {"credential": device.made(options), "name": name})


def use(client, device, **told):
    options = client.post("/sign-in/passkey/begin").json()
    return client.post("/sign-in/passkey", {"credential": device.shown(options), **told})


def test_a_passkey_opens_without_password_and_without_the_code_of_an_app(lin, signed_in):
    device = Device()
    assert add(signed_in, device).url == "/my-security#passkeys"
    assert "Laptop" in signed_in.get("/my-security").content.decode()
    security.begin_second_factor(actor=lin)
    other = Client()
    assert use(other, device, next="/my-security").url == "/my-security"
    assert other.session["_auth_user_id"] == str(lin.person_id)
    assert other.get("/my-security").content.decode().count("passkey-") > 0
    assert audit.entries(SYSTEM, newest=1)[0].verb == "accounts.session.start"
    row = Passkey.objects.get()
    assert (row.counter, row.last_used_at is not None) == (1, True)
    assert use(Client(), device, next="https://elsewhere.example.org/").url == "/"


def test_what_matters_can_be_opened_with_a_passkey_of_the_same_person_only(lin, signed_in):
    mine, hers = Device(), Device()
    add(signed_in, mine)
    api.create_account(actor=SYSTEM, username="wu", display_name="Wu", password=PASSWORD)
    wu = Client()
    wu.post("/sign-in", {"username": "wu", "password": PASSWORD})
    add(wu, hers)
    held = signed_in.session
    held[stepping_up.SHOWN_AT] = int(time.time()) - stepping_up.GOOD_FOR_SECONDS - 1
    held.save()
    assert signed_in.post("/my-security/recovery-codes").status_code == 302
    assert use(signed_in, hers, next="/my-security").url.startswith("/step-up?")
    assert signed_in.post("/my-security/recovery-codes").status_code == 302
    assert use(signed_in, mine, next="/my-security").url == "/my-security"
    assert signed_in.post("/my-security/recovery-codes").status_code == 200


def test_a_passkey_is_renamed_and_taken_away_by_its_owner_only(lin, signed_in):
    device = Device()
    add(signed_in, device)
    key = Passkey.objects.get().pk
    api.create_account(actor=SYSTEM, username="wu", display_name="Wu", password=PASSWORD)
    wu = Client()
    wu.post("/sign-in", {"username": "wu", "password": PASSWORD})
    assert wu.post(f"/my-security/passkeys/{key}/rename", {"name": "Mine"}).status_code == 404
    assert wu.post(f"/my-security/passkeys/{key}/remove").status_code == 404
    signed_in.post(f"/my-security/passkeys/{key}/rename", {"name": "  Old   laptop "})
    assert Passkey.objects.get().name == "Old laptop"
    assert signed_in.post(f"/my-security/passkeys/{key}/rename", {"name": ""}).status_code == 422
    signed_in.post(f"/my-security/passkeys/{key}/remove")
    assert "fault=accounts.passkey_refused" in use(Client(), device).url


def test_what_is_not_signed_over_this_question_here_by_a_person_opens_nothing(lin, signed_in):
    device = Device()
    add(signed_in, device)
    options = Client().post("/sign-in/passkey/begin").json()
    strange = Client()
    strange.post("/sign-in/passkey/begin")
    assert "fault" in strange.post("/sign-in/passkey", {"credential": device.shown(options)}).url  # another question
    asked = Client()
    again = asked.post("/sign-in/passkey/begin").json()
    answer = device.shown(again)
    assert "fault" not in asked.post("/sign-in/passkey", {"credential": answer}).url
    asked.logout()
    assert "fault" in asked.post("/sign-in/passkey", {"credential": answer}).url  # answered once
    for change in (
        {"origin": "https://testserver.example.org"},
        {"flags": AuthenticatorData.FLAG.UP},
        {"handle": b"x"},
    ):
        forged = Device(**{**vars(device), **change})
        assert "fault" in use(Client(), forged).url, change
        device.counter = forged.counter
    copied = Device(**{**vars(device), "counter": 0})
    assert "fault" in use(Client(), copied).url
    assert "fault" in Client().post("/sign-in/passkey", {"credential": "{"}).url
    Account.objects.update(is_active=False)
    assert "fault" in use(Client(), device).url


def test_the_same_passkey_is_kept_once_and_one_without_a_person_behind_it_not_at_all(lin, signed_in):
    device = Device()
    add(signed_in, device)
    assert "fault=accounts.passkey_known" in add(signed_in, device).url
    assert "fault=accounts.passkey_refused" in add(signed_in, Device(flags=AuthenticatorData.FLAG.UP)).url
    assert "fault=accounts.passkey_name" in add(signed_in, Device(), name=" ").url
    page = signed_in.get("/my-security?fault=accounts.passkey_known", headers={"accept-language": "en"})
    assert "registered already" in page.content.decode()
    assert Passkey.objects.count() == 1
    assert Client().post("/my-security/passkeys/begin").status_code == 302
