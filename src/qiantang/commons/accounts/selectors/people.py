"""Reads: people, and the actor behind a request."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings

from qiantang.commons.accounts import policies
from qiantang.commons.accounts.models import Account
from qiantang.commons.accounts.rules import PUBLIC_CONTACT
from qiantang.commons.accounts.selectors.organisations import organisation_ids
from qiantang.commons.accounts.types import Person, Role
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest


def actor_for(
    user: AbstractBaseUser | AnonymousUser,
    channel: Channel,
    correlation_id: str,
    organisation_id: int | None = None,
) -> Actor:
    """The actor for a signed-in account with the roles it holds now, or the public. One query where signed in.

    organisation_id     for which the person wants to act; counts only while a mandate is in force. One query more
    """
    if not isinstance(user, Account):
        return Actor(person_id=None, name="public", channel=channel, correlation_id=correlation_id)
    actor = Actor(
        person_id=user.pk,
        name=user.display_name,
        roles=frozenset(user.grants.values_list("role", flat=True)),
        channel=channel,
        correlation_id=correlation_id,
    )
    if organisation_id is not None and organisation_id in organisation_ids(actor):
        return replace(actor, organisation_id=organisation_id)
    return actor


def attach_actor(request: HttpRequest, actor: Actor) -> None:
    """Remember who asks; the middleware does it, tests of views may."""
    request.__dict__["actor"] = actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks. The public where no middleware has looked yet, which may do least."""
    actor = request.__dict__.get("actor")
    return actor if isinstance(actor, Actor) else Actor.public()


def address_of(request: HttpRequest) -> str | None:
    """The caller's IP address, None where unknown.

    Behind ``settings.PROXIES`` web servers of the house it is the entry so many places from the end of
    ``X-Forwarded-For``: what stands before that, the caller may have written.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        passed_on = request.headers.get("X-Forwarded-For", "").split(",")
        told = passed_on[-settings.PROXIES].strip() if len(passed_on) >= settings.PROXIES else ""
    try:
        return str(ip_address(told))
    except ValueError:
        return None


def people(actor: Actor) -> tuple[Person, ...]:
    """The people whom ``actor`` may see, by user name."""
    found = Account.objects.filter(policies.visible_to(actor)).prefetch_related("grants").order_by("username")
    return tuple(person_of(account) for account in found)


def people_by_key(keys: Collection[int]) -> dict[int, Person]:
    """Accounts by key, those among them that exist; for rooms that hold the keys already."""
    found = Account.objects.filter(pk__in=keys).prefetch_related("grants")
    return {account.pk: person_of(account) for account in found}


def public_contacts() -> tuple[str, ...]:
    """The display names of active operators who agree at this moment to be named in public, sorted."""
    agreeing = audit.agreeing_to(PUBLIC_CONTACT.code)
    found = Account.objects.filter(pk__in=agreeing, is_active=True, grants__role=Role.OPERATOR)
    return tuple(sorted(found.values_list("display_name", flat=True)))


def person_of_actor(actor: Actor) -> Person:
    """The signed-in person.

    errors  NotPermitted ``audit.sign_in_first``
    """
    account = None if actor.person_id is None else Account.objects.filter(pk=actor.person_id).first()
    if account is None:
        raise NotPermitted("audit.sign_in_first")
    return person_of(account)


def person_by_username(actor: Actor, username: str) -> Person:
    """One person.

    errors  NotFound ``accounts.account_unknown``, also where ``actor`` may not see it
    """
    return person_of(account_by_username(actor, username))


def account_by_username(actor: Actor, username: str) -> Account:
    """The row of an account which ``actor`` may see."""
    try:
        return Account.objects.filter(policies.visible_to(actor)).get(username=Account.canonical_username(username))
    except Account.DoesNotExist:
        raise NotFound("accounts.account_unknown", username=username) from None


def person_of(account: Account) -> Person:
    """The value behind a row."""
    return Person(
        id=account.pk,
        username=account.username,
        display_name=account.display_name,
        roles=frozenset(grant.role for grant in account.grants.all()),
        active=account.is_active,
    )
