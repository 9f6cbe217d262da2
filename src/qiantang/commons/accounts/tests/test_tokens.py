"""Tokens: what they open, how they end, what is kept of them, and the page on which they are made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from qiantang.commons.accounts import api
from qiantang.commons.accounts.models import Account, ApiToken
from qiantang.commons.accounts.selectors.tokens import tokens_of
from qiantang.commons.accounts.services import access
from qiantang.commons.accounts.services.tokens import make_token, note_token_use, revoke_token
from qiantang.commons.accounts.types import SCOPES, TOKENS_AT_ONCE, Scope, TokenState, declare_scope
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
BOATS = "boats:read"


@pytest.fixture(autouse=True)
def boats(monkeypatch):
    monkeypatch.setitem(SCOPES._things, BOATS, Scope(key=BOATS, title="See boats"))


def acting(username="lin"):
    person = api.create_account(actor=SYSTEM, username=username, display_name=username.title(), password=PASSWORD)
    return Actor(person_id=person.id, name=person.display_name)


def made(actor, **told):
    return make_token(actor=actor, **{"name": "harvest", "scopes": [], "days": 30, **told})


def bearer(text, **told):
    return access.token_bearer(text, "c0ffee", **told)


def secret_of(token):
    """The part of a token that nobody may find again; it may have an underscore of its own."""
    return token.text.partition(f"{token.token.key}_")[2]


def everything_stored():
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return str(rows)


def test_a_token_stands_for_its_person_with_the_roles_of_now():
    actor = acting()
    token = made(actor, scopes=[BOATS])
    api.grant_role(actor=SYSTEM, username="lin", role="operator")
    who = bearer(token.text)
    assert (who.actor.person_id, who.actor.name, who.actor.channel) == (actor.person_id, "Lin", Channel.API)
    assert (who.actor.roles, who.actor.correlation_id) == ({"operator"}, "c0ffee")
    assert (who.token, who.scopes) == (token.token.key, {BOATS})


def test_the_secret_is_kept_nowhere():
    token = made(acting())
    secret = secret_of(token)
    assert ApiToken.objects.get().digest
    assert secret not in everything_stored()
    assert token.token.key in everything_stored()


def test_making_and_revoking_stand_in_the_journal():
    actor = acting()
    token = made(actor, scopes=[BOATS]).token
    for _ in range(2):
        revoke_token(actor=actor, key=token.key)
    entries = audit.entries(SYSTEM, subject=f"token:{token.key}")
    assert [one.verb for one in entries] == ["accounts.token.revoke", "accounts.token.make"]
    assert entries[1].facts == {"account": actor.person_id, "scopes": [BOATS], "days": 30}
    assert tokens_of(actor)[0].state is TokenState.REVOKED


@pytest.mark.parametrize(
    "change", [str.upper, lambda t: t[:-1], lambda t: t + "x", lambda t: t[:-1] + "!", lambda _: ""]
)
def test_a_token_that_is_not_whole_opens_nothing(change):
    token = made(acting())
    with pytest.raises(NotPermitted, match=r"accounts\.token_unknown"):
        bearer(change(token.text))


def test_an_ended_token_says_so_but_only_to_who_has_the_whole_of_it():
    actor = acting()
    token = made(actor)
    late = timezone.now() + timedelta(days=30, seconds=1)
    with pytest.raises(NotPermitted, match=r"accounts\.token_expired"):
        bearer(token.text, now=late)
    revoke_token(actor=actor, key=token.token.key)
    with pytest.raises(NotPermitted, match=r"accounts\.token_revoked"):
        bearer(token.text)
    guessed = f"qiantang_{token.token.key}_{'A' * 43}"
    with pytest.raises(NotPermitted, match=r"accounts\.token_unknown"):
        bearer(guessed)


def test_the_token_of_a_closed_account_opens_nothing():
    token = made(acting())
    Account.objects.update(is_active=False)
    with pytest.raises(NotPermitted, match=r"accounts\.token_unknown"):
        bearer(token.text)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " "}, "token_name"),
        ({"name": "x" * 101}, "token_name"),
        ({"name": "a\x00b"}, "token_name"),
        ({"scopes": ["everything:write"]}, "token_scope_unknown"),
        ({"days": 3650}, "token_days"),
    ],
)
def test_what_a_token_must_be(told, code):
    with pytest.raises(Invalid, match=code):
        made(acting(), **told)


def test_a_person_has_a_bounded_number_of_live_ones():
    actor = acting()
    tokens = [made(actor) for _ in range(TOKENS_AT_ONCE)]
    with pytest.raises(Conflict, match="tokens_too_many"):
        made(actor)
    revoke_token(actor=actor, key=tokens[0].token.key)
    assert made(actor)


def test_nobody_sees_makes_or_revokes_the_tokens_of_others():
    mine, other = acting(), acting("wu")
    token = made(mine)
    assert tokens_of(other) == ()
    with pytest.raises(NotFound):
        revoke_token(actor=other, key=token.token.key)
    for stranger in (Actor.public(), bearer(token.text).actor):  # a program may not give itself another token
        with pytest.raises(NotPermitted, match="sign_in_first"):
            made(stranger)
        with pytest.raises(NotPermitted, match="sign_in_first"):
            tokens_of(stranger)


def test_the_last_use_is_known_to_within_five_minutes():
    actor = acting()
    key, noon = made(actor).token.key, timezone.now()
    for minutes, seen in ((0, 0), (4, 0), (6, 6)):
        note_token_use(key=key, now=noon + timedelta(minutes=minutes))
        assert tokens_of(actor)[0].last_used_at == noon + timedelta(minutes=seen)


def test_a_scope_is_declared_once_in_the_one_form():
    with pytest.raises(ValueError, match="registered twice"):
        declare_scope(Scope(key=BOATS, title="again"))
    with pytest.raises(ValueError, match="noun:read"):
        Scope(key="boats", title="boats")


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client):
    acting()
    assert client.login(username="lin", password=PASSWORD)
    return client


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_a_new_token_once(signed_in, language):
    signed_in.cookies["qiantang_language"] = language
    response = signed_in.post("/my-tokens", {"name": "收割", "scopes": [BOATS], "days": "90"})
    made = response.context["made"]
    text = made.text
    assert text in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert bearer(text).scopes == {BOATS}
    again = signed_in.get("/my-tokens").content.decode()
    assert secret_of(made) not in again
    assert "收割" in again


def test_the_page_revokes(signed_in):
    text = signed_in.post("/my-tokens", {"name": "x", "days": "30"}).context["made"].text
    key = text.split("_")[1]
    assert f"/my-tokens/{key}/revoke" in signed_in.get("/my-tokens").content.decode()
    assert signed_in.post(f"/my-tokens/{key}/revoke").url == "/my-tokens"
    assert f"/my-tokens/{key}/revoke" not in signed_in.get("/my-tokens").content.decode()
    assert signed_in.get(f"/my-tokens/{key}/revoke").status_code == 405


def test_an_ended_token_is_taken_out_of_the_list_a_live_one_is_not(signed_in):
    text = signed_in.post("/my-tokens", {"name": "x", "days": "30"}).context["made"].text
    key = text.split("_")[1]
    assert signed_in.post(f"/my-tokens/{key}/forget").status_code == 409
    signed_in.post(f"/my-tokens/{key}/revoke")
    assert f"/my-tokens/{key}/forget" in signed_in.get("/my-tokens").content.decode()
    assert signed_in.post(f"/my-tokens/{key}/forget").url == "/my-tokens"
    assert not ApiToken.objects.exists()
    assert signed_in.post(f"/my-tokens/{key}/forget").status_code == 404


@pytest.mark.parametrize(
    "told", [{"days": "30"}, {"name": " ", "days": "30"}, {"name": "x", "days": "3"}, {"name": "x"}]
)
def test_what_is_wrong_stands_at_its_place_and_what_was_typed_stays(signed_in, told):
    response = signed_in.post("/my-tokens", {"scopes": [BOATS], **told})
    assert response.status_code == 422
    content = response.content.decode()
    assert 'class="qt-errors"' in content
    assert f'value="{BOATS}" checked' in content
    assert not ApiToken.objects.exists()


def test_one_signs_in_first(client):
    assert client.get("/my-tokens").url == "/sign-in?next=/my-tokens"
