"""How a person's account is kept safe: second factor, recovery codes, sessions."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from qiantang.commons.accounts.models import ExternalIdentity, Passkey, RecoveryCode, SecondFactor, SignedIn
from qiantang.commons.accounts.types import IdentityShown, PasskeyShown, SessionShown

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.kernel.actor import Actor


def has_second_factor(account_id: int | None) -> bool:
    """Whether an account asks for a code after the password."""
    if account_id is None:
        return False
    return SecondFactor.objects.filter(account_id=account_id, confirmed_at__isnull=False).exists()


def recovery_left(account_id: int | None) -> int:
    """How many recovery codes an account has."""
    if account_id is None:
        return 0
    return RecoveryCode.objects.filter(account_id=account_id).count()


def passkeys_of(actor: Actor) -> tuple[PasskeyShown, ...]:
    """The passkeys of the person who asks, oldest first."""
    if actor.person_id is None:
        return ()
    rows = Passkey.objects.filter(account_id=actor.person_id).order_by("made_at", "pk")
    return tuple(PasskeyShown(row.pk, row.name, row.made_at, row.last_used_at) for row in rows)


def identities_of(actor: Actor) -> tuple[IdentityShown, ...]:
    """The identity providers by which the person who asks may sign in, oldest first."""
    if actor.person_id is None:
        return ()
    rows = ExternalIdentity.objects.filter(account_id=actor.person_id).order_by("linked_at", "pk")
    return tuple(IdentityShown(row.pk, row.issuer, row.linked_at, row.last_used_at) for row in rows)


def sessions_of(actor: Actor, current: str | None) -> tuple[SessionShown, ...]:
    """The sessions of the person who asks that are still open, newest first.

    current     key of the session in which the question is asked
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if actor.person_id is None:
        return ()
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = SignedIn.objects.filter(account_id=actor.person_id, began_at__gt=since).order_by("-began_at")
    return tuple(
        SessionShown(row.pk, row.address, row.agent, row.began_at, current=row.session_key == current)
        for row in rows
        if store().exists(row.session_key)
    )


def subjects_at(issuer: str, people: Collection[int]) -> tuple[str, ...]:
    """By which names an identity provider knows some people; those it does not know are left out."""
    rows = ExternalIdentity.objects.filter(issuer=issuer, account_id__in=list(people))
    return tuple(rows.order_by("subject").values_list("subject", flat=True))
