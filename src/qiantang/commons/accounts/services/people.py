"""Writes: accounts, roles, passwords, and the brake on guessing passwords."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts import policies
from qiantang.commons.accounts.models import Account, RoleGrant, SignInAttempt
from qiantang.commons.accounts.selectors import people as selectors
from qiantang.commons.accounts.types import Role, clashing_role
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.accounts.types import Person
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision

FAILURES_ALLOWED = 5
WINDOW = timedelta(minutes=15)
_ATTEMPTS_KEPT = timedelta(days=1)
_USERNAME_LONGEST = 150


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password: str,
    roles: Iterable[str] = (),
) -> Person:
    """Open an account for a person.

    username    letters, digits and @ . + - _; an e-mail address will do; capitals and width make no difference
    roles       keys of ``Role``
    errors      NotPermitted · Invalid ``accounts.username_malformed``, ``accounts.display_name_missing``,
                ``accounts.password_weak``, ``accounts.role_unknown``
                Conflict ``accounts.username_taken``, ``accounts.role_clash``
    """
    _ensure(policies.may_keep_accounts(actor))
    canonical = _checked_username(username)
    if not display_name.strip():
        raise Invalid("accounts.display_name_missing", username=canonical)
    wanted: list[Role] = []
    for role in dict.fromkeys(roles):
        wanted.append(_fitting(frozenset(wanted), _checked_role(role)))
    account = Account(username=canonical, display_name=display_name.strip(), is_staff=bool(wanted))
    set_password(account, password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise Conflict("accounts.username_taken", username=canonical) from None
    RoleGrant.objects.bulk_create(RoleGrant(account=account, role=role) for role in wanted)
    audit.record(
        actor=actor,
        verb="accounts.account.create",
        subject=f"account:{account.pk}",
        facts={"username": canonical, "roles": sorted(wanted)},
    )
    return selectors.person_of(account)


@transaction.atomic
def grant_role(*, actor: Actor, username: str, role: str) -> Person:
    """Grant a role; granting it again changes nothing.

    errors  NotPermitted, also ``accounts.role_own`` · NotFound ``accounts.account_unknown``
            Invalid ``accounts.role_unknown`` · Conflict ``accounts.role_clash``: two duties that one person may not hold
    """
    _ensure(policies.may_keep_accounts(actor))
    checked = _checked_role(role)
    account = selectors.account_by_username(actor, username)
    if actor.person_id == account.pk:
        raise NotPermitted("accounts.role_own")
    _fitting(frozenset(account.grants.exclude(role=checked).values_list("role", flat=True)), checked)
    _, new = RoleGrant.objects.get_or_create(account=account, role=checked)
    if new:
        Account.objects.filter(pk=account.pk).update(is_staff=True)
        audit.record(
            actor=actor,
            verb="accounts.role.grant",
            subject=f"account:{account.pk}",
            facts={"role": str(checked)},
        )
    return selectors.person_of(account)


@transaction.atomic
def revoke_role(*, actor: Actor, username: str, role: str) -> Person:
    """Take a role away; one that is not held changes nothing. It ends at the next request of the person.

    errors  NotPermitted · NotFound ``accounts.account_unknown`` · Invalid ``accounts.role_unknown``
    """
    _ensure(policies.may_keep_accounts(actor))
    checked = _checked_role(role)
    account = selectors.account_by_username(actor, username)
    gone, _ = RoleGrant.objects.filter(account=account, role=checked).delete()
    if gone:
        Account.objects.filter(pk=account.pk).update(is_staff=account.grants.exists())
        audit.record(
            actor=actor,
            verb="accounts.role.revoke",
            subject=f"account:{account.pk}",
            facts={"role": str(checked)},
        )
    return selectors.person_of(account)


@transaction.atomic
def change_password(*, actor: Actor, username: str, new_password: str, current_password: str | None = None) -> None:
    """Change a password; ends every other session of the account and lifts its sign-in brake.

    current_password    needed for one's own
    errors              NotFound · NotPermitted · Invalid ``accounts.password_wrong``, ``accounts.password_weak``
    """
    account = selectors.account_by_username(actor, username)
    _ensure(policies.may_change_password(actor, account.pk))
    if actor.person_id == account.pk and not account.check_password(current_password or ""):
        raise Invalid("accounts.password_wrong", username=account.username)
    set_password(account, new_password)
    account.save(update_fields=["password"])
    SignInAttempt.objects.filter(username=account.username).delete()
    audit.record(actor=actor, verb="accounts.password.change", subject=f"account:{account.pk}", facts={})


@transaction.atomic
def begin_sign_in(*, username: str, address: str | None, now: datetime | None = None) -> None:
    """Note an attempt to sign in, before the password is looked at, so that parallel guesses count too.

    username    as typed
    address     IP address of the caller; None where unknown
    now         aware; default the present
    errors      Limited ``accounts.sign_in_throttled`` after five attempts without success in fifteen minutes;
                facts ``minutes`` and ``retry_after_seconds``
    """
    moment = now or timezone.now()
    canonical = Account.canonical_username(username)[:_USERNAME_LONGEST]
    SignInAttempt.objects.filter(tried_at__lt=moment - _ATTEMPTS_KEPT).delete()
    recent = SignInAttempt.objects.filter(username=canonical, address=address, tried_at__gt=moment - WINDOW)
    tried = list(recent.order_by("-tried_at").values_list("tried_at", flat=True)[:FAILURES_ALLOWED])
    if len(tried) == FAILURES_ALLOWED:
        seconds = math.ceil((tried[-1] + WINDOW - moment).total_seconds())
        raise Limited(
            "accounts.sign_in_throttled",
            username=canonical,
            failures=FAILURES_ALLOWED,
            minutes=math.ceil(seconds / 60),
            retry_after_seconds=seconds,
        )
    SignInAttempt.objects.create(username=canonical, address=address, tried_at=moment)


@transaction.atomic
def complete_sign_in(*, actor: Actor, username: str, address: str | None) -> None:
    """The person has shown who they are: forget the attempts from this address and write the journal."""
    _complete(actor, "accounts.session.start", username, address)


@transaction.atomic
def complete_step_up(*, actor: Actor, username: str, address: str | None) -> None:
    """The person has shown anew who they are, within a session: likewise."""
    _complete(actor, "accounts.session.step_up", username, address)


def _complete(actor: Actor, verb: str, username: str, address: str | None) -> None:
    canonical = Account.canonical_username(username)
    SignInAttempt.objects.filter(username=canonical, address=address).delete()
    audit.record(actor=actor, verb=verb, subject=f"account:{actor.person_id}", facts={})


def _ensure(decision: Decision) -> None:
    if not decision:
        raise NotPermitted(decision.code)


def _checked_username(username: str) -> str:
    canonical = Account.canonical_username(username)
    try:
        UnicodeUsernameValidator()(canonical)
    except ValidationError:
        raise Invalid("accounts.username_malformed", username=username[:_USERNAME_LONGEST]) from None
    if len(canonical) > _USERNAME_LONGEST:
        raise Invalid("accounts.username_malformed", username=username[:_USERNAME_LONGEST])
    return canonical


def _checked_role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise Invalid("accounts.role_unknown", role=role, known=", ".join(Role)) from None


def _fitting(held: frozenset[str], role: Role) -> Role:
    clash = clashing_role(held, role)
    if clash is not None:
        raise Conflict("accounts.role_clash", role=str(role), held=str(clash))
    return role


def set_password(account: Account, password: str) -> None:
    """Put a password on a row, unsaved; for services of this room. errors: Invalid ``accounts.password_weak``"""
    try:
        validate_password(password, user=account)
    except ValidationError as weak:
        raise Invalid("accounts.password_weak", reasons=" ".join(weak.messages)) from None
    account.set_password(password)


def keep_reading_mode(*, actor: Actor, mode: str) -> None:
    """Keep how somebody wants to read; of who is not signed in, the browser alone keeps it."""
    if actor.person_id is not None:
        Account.objects.filter(pk=actor.person_id).update(reading_mode=mode)


def reading_mode_of(person_id: int) -> str:
    """How a person wants to read; empty: never said."""
    return Account.objects.values_list("reading_mode", flat=True).get(pk=person_id)
