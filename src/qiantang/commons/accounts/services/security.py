"""Writes: a second factor, recovery codes, sessions noted and ended, an account recovered."""

from __future__ import annotations

import secrets
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.methods import totp
from qiantang.commons.accounts.methods.sealing import opened, sealed
from qiantang.commons.accounts.models import Account, RecoveryCode, SecondFactor, SignedIn, SignInAttempt
from qiantang.commons.accounts.selectors.security import has_second_factor
from qiantang.commons.accounts.selectors.tokens import digest_of
from qiantang.commons.accounts.services.people import set_password
from qiantang.commons.accounts.types import MadeFactor
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

PURPOSE = "second factor"
CODES_AT_ONCE = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH = 12
_AGENT = 200
_KEPT = timedelta(days=30)


@transaction.atomic
def begin_second_factor(*, actor: Actor) -> MadeFactor:
    """A new secret for an app; it counts only when a code of it was given. errors: NotPermitted · Conflict where one is in force"""
    account = own_account(actor)
    if has_second_factor(account.pk):
        raise Conflict("accounts.second_factor_there")
    secret = secrets.token_bytes(totp.SECRET_BYTES)
    kept = sealed(secret, house_key=settings.SECRET_KEY, purpose=PURPOSE)
    SecondFactor.objects.update_or_create(
        account=account, defaults={"secret": kept, "created_at": timezone.now(), "last_step": 0}
    )
    address = totp.provisioning_address(secret, name=account.username, issuer="Qiantang")
    return MadeFactor(totp.shown_secret(secret), address)


@transaction.atomic
def confirm_second_factor(*, actor: Actor, code: str, now: datetime | None = None) -> tuple[str, ...]:
    """Let the app count from now on; returns recovery codes, shown this once.

    errors  NotPermitted · NotFound ``accounts.second_factor_missing`` · Invalid ``accounts.code_wrong``
    """
    account = own_account(actor)
    row = SecondFactor.objects.select_for_update().filter(account=account, confirmed_at__isnull=True).first()
    if row is None:
        raise NotFound("accounts.second_factor_missing")
    if not _accepts(row, code, now or timezone.now()):
        raise Invalid("accounts.code_wrong")
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    audit.record(actor=actor, verb="accounts.second_factor.confirm", subject=f"account:{account.pk}", facts={})
    return _new_codes(actor, account)


@transaction.atomic
def remove_second_factor(*, actor: Actor) -> None:
    """Do without the app again. errors: NotPermitted · NotFound ``accounts.second_factor_missing``"""
    account = own_account(actor)
    gone, _ = SecondFactor.objects.filter(account=account).delete()
    if not gone:
        raise NotFound("accounts.second_factor_missing")
    audit.record(actor=actor, verb="accounts.second_factor.remove", subject=f"account:{account.pk}", facts={})


@transaction.atomic
def make_recovery_codes(*, actor: Actor) -> tuple[str, ...]:
    """Ten new recovery codes; those before open nothing any more. errors: NotPermitted"""
    return _new_codes(actor, own_account(actor))


@transaction.atomic
def check_second_factor(*, account_id: int, code: str, now: datetime | None = None) -> bool:
    """Whether a code is the app's of now, or a recovery code, which is used up by it."""
    row = SecondFactor.objects.select_for_update().filter(account_id=account_id, confirmed_at__isnull=False).first()
    if row is not None and _accepts(row, code, now or timezone.now()):
        return True
    return _used_up(account_id, code)


@transaction.atomic
def recover_account(*, username: str, recovery_code: str, new_password: str) -> None:
    """Set a new password with a recovery code, which is used up; ends all sessions and lifts the sign-in brake.

    The caller has counted the attempt (``begin_sign_in``), so that codes cannot be tried out.
    errors  Invalid ``accounts.recovery_wrong``, ``accounts.password_weak``
    """
    account = Account.objects.filter(username=Account.canonical_username(username), is_active=True).first()
    if account is None or not _used_up(account.pk, recovery_code):
        raise Invalid("accounts.recovery_wrong")
    set_password(account, new_password)
    account.save(update_fields=["password"])
    _end(SignedIn.objects.filter(account=account).values_list("session_key", flat=True))
    SignInAttempt.objects.filter(username=account.username).delete()
    actor = Actor(person_id=account.pk, name=account.display_name)
    audit.record(actor=actor, verb="accounts.account.recover", subject=f"account:{account.pk}", facts={})


@transaction.atomic
def note_session(*, actor: Actor, session_key: str, address: str | None, agent: str) -> None:
    """Remember a session that has just begun; those that are long over are forgotten."""
    now = timezone.now()
    SignedIn.objects.filter(began_at__lt=now - _KEPT).delete()
    told = {"account_id": actor.person_id, "address": address, "agent": agent[:_AGENT], "began_at": now}
    SignedIn.objects.update_or_create(session_key=session_key, defaults=told)


@transaction.atomic
def end_session(*, actor: Actor, session: int) -> None:
    """End one of one's own sessions at once, on whatever device. errors: NotPermitted · NotFound ``accounts.session_unknown``"""
    account = own_account(actor)
    row = SignedIn.objects.filter(account=account, pk=session).first()
    if row is None:
        raise NotFound("accounts.session_unknown")
    _end([row.session_key])
    audit.record(actor=actor, verb="accounts.session.revoke", subject=f"account:{account.pk}", facts={})


@transaction.atomic
def end_other_sessions(*, actor: Actor, current: str) -> int:
    """End all of one's own sessions but this one; returns how many there were. errors: NotPermitted"""
    account = own_account(actor)
    keys = list(
        SignedIn.objects.filter(account=account).exclude(session_key=current).values_list("session_key", flat=True)
    )
    _end(keys)
    if keys:
        facts = {"sessions": len(keys)}
        audit.record(actor=actor, verb="accounts.session.revoke", subject=f"account:{account.pk}", facts=facts)
    return len(keys)


def _end(keys: Iterable[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in list(keys):
        store(key).delete()
        SignedIn.objects.filter(session_key=key).delete()


def own_account(actor: Actor) -> Account:
    """The row of who asks, for services of this room. errors: NotPermitted ``accounts.security_sign_in_first``"""
    account = Account.objects.filter(pk=actor.person_id).first() if actor.person_id is not None else None
    if account is None:
        raise NotPermitted("accounts.security_sign_in_first")
    return account


def _accepts(row: SecondFactor, code: str, now: datetime) -> bool:
    secret = opened(row.secret, house_key=settings.SECRET_KEY, purpose=PURPOSE)
    step = totp.matching_step(secret, code, now.timestamp(), row.last_step) if secret is not None else None
    if step is None:
        return False
    row.last_step = step
    row.save(update_fields=["last_step"])
    return True


def _used_up(account_id: int, code: str) -> bool:
    typed = "".join(sign for sign in code.lower() if sign in _ALPHABET)
    gone, _ = RecoveryCode.objects.filter(account_id=account_id, digest=digest_of(f"{account_id}:{typed}")).delete()
    return bool(gone)


def _new_codes(actor: Actor, account: Account) -> tuple[str, ...]:
    made = ["".join(secrets.choice(_ALPHABET) for _place in range(_CODE_LENGTH)) for _code in range(CODES_AT_ONCE)]
    RecoveryCode.objects.filter(account=account).delete()
    now = timezone.now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=digest_of(f"{account.pk}:{code}"), made_at=now) for code in made
    )
    audit.record(actor=actor, verb="accounts.recovery.make", subject=f"account:{account.pk}", facts={})
    return tuple("-".join(code[place : place + 4] for place in (0, 4, 8)) for code in made)
