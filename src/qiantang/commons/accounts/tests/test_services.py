"""Accounts: who may keep them, what a name and a password must be, and the brake on guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts import api
from qiantang.commons.accounts.models import Account, SignInAttempt
from qiantang.commons.accounts.services import people as services
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def open_account(username="lin@example.org", **told):
    return api.create_account(
        actor=SYSTEM, **{"display_name": "Lin", "password": PASSWORD, "username": username, **told}
    )


def acting(person, roles=()):
    return Actor(person_id=person.id, name=person.display_name, roles=frozenset(roles))


def test_an_account_is_opened_and_the_journal_knows():
    person = open_account(roles=["operator"])
    assert person.roles == {"operator"}
    assert person.username == "lin@example.org"
    (entry,) = audit.entries(SYSTEM, subject=f"account:{person.id}")
    assert (entry.verb, entry.facts) == (
        "accounts.account.create",
        {"username": "lin@example.org", "roles": ["operator"]},
    )
    assert PASSWORD not in str(entry)


def test_only_those_who_keep_accounts_open_them():
    person = open_account()
    for actor in (Actor.public(), acting(person)):
        with pytest.raises(NotPermitted, match="keeping_refused"):
            api.create_account(actor=actor, username="wu", display_name="Wu", password=PASSWORD)
    assert Account.objects.count() == 1
    operator = acting(person, {"operator"})
    assert api.create_account(actor=operator, username="wu", display_name="Wu", password=PASSWORD).username == "wu"


@pytest.mark.parametrize("same", ["LIN@example.org", " lin@example.org ", "ｌｉｎ@example.org"])
def test_one_name_in_any_spelling_is_one_account(same):
    person = open_account()
    assert api.person_by_username(SYSTEM, same) == person
    with pytest.raises(Conflict, match="username_taken"):
        open_account(same)


@pytest.mark.parametrize("name", ["", "two words", "a" * 151, "semi;colon", "nul\x00"])
def test_a_malformed_name_is_refused(name):
    with pytest.raises(Invalid, match="username_malformed"):
        open_account(name)


@given(st.text(max_size=30))
def test_the_canonical_spelling_is_stable(name):
    once = Account.canonical_username(name)
    assert Account.canonical_username(once) == once


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "lin@example.org"])
def test_a_weak_password_is_refused_with_reasons(password):
    with pytest.raises(Invalid, match="password_weak") as told:
        open_account(password=password)
    assert told.value.facts["reasons"]


def test_an_unknown_role_is_refused_and_nothing_is_left_behind():
    with pytest.raises(Invalid, match="role_unknown"):
        open_account(roles=["emperor"])
    assert not Account.objects.exists()


def test_a_role_is_granted_once():
    person = open_account()
    for _ in range(2):
        person = api.grant_role(actor=SYSTEM, username=person.username, role="operator")
    assert person.roles == {"operator"}
    granted = [entry.verb for entry in audit.entries(SYSTEM, subject=f"account:{person.id}")]
    assert granted == ["accounts.role.grant", "accounts.account.create"]


def test_people_see_themselves_and_operators_see_all():
    lin, wu = open_account("lin"), open_account("wu")
    assert api.people(acting(lin)) == (lin,)
    assert api.people(acting(lin, {"operator"})) == (lin, wu)
    assert api.people(Actor.public()) == ()
    with pytest.raises(NotFound):
        api.person_by_username(acting(lin), "wu")


def test_changing_ones_own_password_needs_the_current_one():
    lin = open_account("lin")
    with pytest.raises(Invalid, match="password_wrong"):
        api.change_password(actor=acting(lin), username="lin", new_password="eight loud mountains")
    api.change_password(
        actor=acting(lin), username="lin", new_password="eight loud mountains", current_password=PASSWORD
    )
    assert Account.objects.get(pk=lin.id).check_password("eight loud mountains")


def test_an_operator_sets_a_new_password_and_lifts_the_brake():
    open_account("lin")
    services.begin_sign_in(username="lin", address="192.0.2.1")
    api.change_password(actor=SYSTEM, username="lin", new_password="eight loud mountains")
    assert not SignInAttempt.objects.exists()


def test_nobody_changes_a_strangers_password():
    lin, _ = open_account("lin"), open_account("wu")
    with pytest.raises(NotFound):
        api.change_password(actor=acting(lin), username="wu", new_password="eight loud mountains")


def _try(name="lin", address="192.0.2.1", after=timedelta()):
    services.begin_sign_in(username=name, address=address, now=NOON + after)


def test_the_sixth_attempt_waits_and_is_told_how_long():
    for minute in range(5):
        _try(after=timedelta(minutes=minute))
    with pytest.raises(Limited, match="sign_in_throttled") as told:
        _try("LIN", after=timedelta(minutes=5, seconds=30))
    assert told.value.facts["minutes"] == 10
    assert told.value.facts["retry_after_seconds"] == 570
    _try(after=timedelta(minutes=15, seconds=1))


def test_the_brake_is_per_name_and_address():
    for _ in range(5):
        _try()
    _try(address="192.0.2.2")
    _try("wu")
    _try(address=None)


def test_a_success_forgets_the_failures_of_that_address_only():
    lin = open_account("lin")
    for address in ("192.0.2.1", "192.0.2.2"):
        for _ in range(4):
            _try(address=address)
    services.complete_sign_in(actor=acting(lin), username="Lin", address="192.0.2.1")
    assert SignInAttempt.objects.count() == 4


def test_old_attempts_are_forgotten():
    _try()
    _try("wu", after=timedelta(days=1, minutes=1))
    assert SignInAttempt.objects.count() == 1


def test_the_actor_carries_the_roles_of_this_moment():
    person = open_account("lin")
    account = Account.objects.get(pk=person.id)
    assert api.actor_for(account, Channel.API, "c1") == Actor(person.id, "Lin", frozenset(), Channel.API, "c1")
    api.grant_role(actor=SYSTEM, username="lin", role="operator")
    assert api.actor_for(account, Channel.API, "c1").has_role("operator")
