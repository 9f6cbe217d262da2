"""Signing in by a real OpenID Connect provider that runs beside the test; and answers that are not meant for us."""

from __future__ import annotations

import time
import warnings
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from qiantang.commons.accounts import api
from qiantang.commons.accounts.methods import totp
from qiantang.commons.accounts.models import Account, ExternalIdentity
from qiantang.commons.accounts.services import identities, security
from qiantang.commons.accounts.types import Claimed
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict

from .test_security import secret_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.feature("X-01"),
    # The provider beside the test is written for an authlib of before, which warns in the thread of the provider when it
    # signs an answer; nothing of ours calls this. Any other deprecation fails the test.
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"


@pytest.fixture(scope="module")
def issuer():
    with warnings.catch_warnings():  # what the provider itself is written with is none of our affair
        warnings.simplefilter("ignore")
        oidc_provider_mock = import_module("oidc_provider_mock")
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def configured(settings, issuer):
    def using(**more):
        told = {"name": "city", "issuer": issuer, "client": "qiantang", "title": "City", "opens": False}
        settings.IDENTITY_PROVIDERS = ({**told, **more},)
        settings.IDENTITY_SECRETS = {"city": "a secret"}

    using()
    return using


@pytest.fixture
def lin():
    made = api.create_account(actor=SYSTEM, username="lin@example.org", display_name="林", password=PASSWORD)
    return Actor(person_id=made.id, name="林")


def signed_in():
    client = Client()
    client.post("/sign-in", {"username": "lin@example.org", "password": PASSWORD})
    return client


def there(client, **asked):
    """On to the provider; the address at which the browser would be."""
    return client.get("/sign-in/with/city", asked).url


def agreed(address, subject):
    """The person says yes at the provider; the address to which it sends the browser back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix("http://testserver")


def through(client, subject, **asked):
    return client.get(agreed(there(client, **asked), subject))


def test_a_person_links_an_identity_and_signs_in_by_it(lin, issuer):
    client = signed_in()
    assert through(client, "4711").url == "/my-security#identities"
    row = ExternalIdentity.objects.get()
    assert (row.issuer, row.subject, row.account_id) == (issuer, "4711", lin.person_id)
    assert issuer in client.get("/my-security").content.decode()
    other = Client()
    assert through(other, "4711", next="/my-security").url == "/my-security"
    assert other.session["_auth_user_id"] == str(lin.person_id)
    assert [one.verb for one in audit.entries(SYSTEM, newest=2)] == ["accounts.session.start", "accounts.identity.link"]


def test_what_was_asked_has_state_nonce_and_proof_key(issuer):
    client = Client()
    told = parse_qs(urlsplit(there(client)).query)
    verifier = client.session["provider_asked"]["verifier"]
    assert told["code_challenge"] == [urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")]
    assert told["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(told)
    assert told["redirect_uri"] == ["http://testserver/sign-in/with/city/answer"]
    assert "City" in Client().get("/sign-in").content.decode()


def test_an_address_links_nobody(lin):
    """The provider knows a person by the user name of somebody here: it opens nothing."""
    client = Client()
    assert "fault=accounts.identity_unknown" in through(client, "lin@example.org").url
    assert "_auth_user_id" not in client.session
    page = client.get("/sign-in?fault=accounts.identity_unknown", headers={"accept-language": "en"})
    assert "No account here is linked" in page.content.decode()


def test_who_is_not_known_gets_an_account_where_the_city_says_so(configured):
    configured(opens=True)
    client = Client()
    assert through(client, "4712", next="/my-security").url == "/my-security"
    account = Account.objects.get()
    assert not account.has_usable_password()
    assert through(Client(), "4712").url == "/"
    assert Account.objects.count() == 1
    actor = Actor(person_id=account.pk, name="x")
    with pytest.raises(Conflict, match="identity_last"):
        identities.unlink_identity(actor=actor, key=ExternalIdentity.objects.get().pk)


def test_the_code_of_an_app_is_asked_for_all_the_same(lin):
    through(signed_in(), "4711")
    security.begin_second_factor(actor=lin)
    security.confirm_second_factor(actor=lin, code=totp.code_of(secret_of(lin), totp.step_at(time.time())))
    client = Client()
    assert through(client, "4711").url == "/sign-in/code"
    assert "_auth_user_id" not in client.session


def test_an_answer_that_was_not_asked_for_opens_nothing(lin):
    through(signed_in(), "4711")
    mine, hers = Client(), Client()
    there(hers)
    answer = agreed(there(mine), "4711")
    assert "fault=accounts.provider_refused" in hers.get(answer).url  # another browser's state
    assert mine.get(answer).url == "/"
    mine.logout()
    assert "fault=accounts.provider_refused" in mine.get(answer).url  # once
    changed = Client()
    answer = agreed(there(changed), "4711")
    held = changed.session
    held["provider_asked"] = {**held["provider_asked"], "nonce": "another"}
    held.save()
    assert "fault=accounts.provider_refused" in changed.get(answer).url
    denied = Client()
    state = parse_qs(urlsplit(there(denied)).query)["state"][0]
    assert "fault" in denied.get("/sign-in/with/city/answer", {"error": "access_denied", "state": state}).url


def test_a_provider_that_is_another_than_configured_or_silent_is_told(settings, issuer):
    (told,) = settings.IDENTITY_PROVIDERS
    settings.IDENTITY_PROVIDERS = ({**told, "issuer": f"{issuer}/"},)
    assert "fault=accounts.provider_refused" in there(Client())
    settings.IDENTITY_PROVIDERS = ({**told, "issuer": "http://127.0.0.1:1"},)
    assert "fault=accounts.provider_unavailable" in there(Client())
    assert Client().get("/sign-in/with/nobody").status_code == 404


def test_an_identity_belongs_to_one_account_and_is_taken_away_by_its_owner(lin, issuer):
    claimed = Claimed(issuer, "4711", "")
    identities.link_identity(actor=lin, claimed=claimed)
    identities.link_identity(actor=lin, claimed=claimed)
    wu = api.create_account(actor=SYSTEM, username="wu", display_name="Wu", password=PASSWORD)
    with pytest.raises(Conflict, match="identity_taken"):
        identities.link_identity(actor=Actor(person_id=wu.id, name="Wu"), claimed=claimed)
    key = ExternalIdentity.objects.get().pk
    assert Client().post(f"/my-security/identities/{key}/remove").status_code == 302
    assert signed_in().post(f"/my-security/identities/{key}/remove").url == "/my-security#identities"
    assert "fault" in through(Client(), "4711").url
