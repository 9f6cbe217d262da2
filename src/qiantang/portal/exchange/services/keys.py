"""The keys that sign events: secret halves as files of the home, public ones with their history in the database."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.disk import write_secret
from qiantang.kernel.errors import NotPermitted, Unavailable
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.methods import envelopes
from qiantang.portal.exchange.models import FeedHead, FeedKey

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_BYTES = 32


def signing_secret() -> bytes:
    """The secret that signs now; the first one is made when it is first asked for.

    errors  Unavailable ``exchange.key_missing``
    """
    row = FeedKey.objects.filter(until__isnull=True).first() or _first()
    return _secret(row.kid, str(settings.QIANTANG_HOME))


def sign(event: dict[str, Any]) -> dict[str, Any]:
    """An envelope with its signature."""
    return envelopes.signed(event, signing_secret())


@transaction.atomic
def change_key(*, actor: Actor) -> str:
    """Sign with a new key from now on; the old one introduces it and stays in the history. Returns the new kid.

    errors  NotPermitted ``exchange.operator_only``
    """
    decision = policies.may_keep(actor)
    if not decision:
        raise NotPermitted(decision.code)
    _locked()
    old_secret = signing_secret()
    now = timezone.now()
    old = FeedKey.objects.get(until__isnull=True)
    FeedKey.objects.filter(pk=old.pk).update(until=now)
    key = _made()
    FeedKey.objects.create(
        kid=key["kid"],
        public=key["x"],
        since=now,
        introduced_by=old.kid,
        introduction=envelopes.introduced(key, old_secret),
    )
    audit.record(actor=actor, verb="exchange.key.change", subject=f"key:{key['kid']}", facts={"old": old.kid})
    return key["kid"]


@transaction.atomic
def _first() -> FeedKey:
    _locked()
    found = FeedKey.objects.filter(until__isnull=True).first()
    if found is not None:
        return found
    key = _made()
    return FeedKey.objects.create(kid=key["kid"], public=key["x"], since=timezone.now())


def _locked() -> None:
    FeedHead.objects.get_or_create(pk=1)
    FeedHead.objects.select_for_update().get(pk=1)


def _made() -> dict[str, str]:
    secret = token_bytes(_BYTES)
    key = envelopes.public_jwk(secret)
    place = _place(key["kid"], str(settings.QIANTANG_HOME))
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(place, secret)
    return key


def _place(kid: str, home: str) -> Path:
    return Path(home) / "exchange" / "keys" / kid


@lru_cache(maxsize=8)
def _secret(kid: str, home: str) -> bytes:
    try:
        return _place(kid, home).read_bytes()
    except OSError as fault:
        raise Unavailable("exchange.key_missing", key=kid) from fault
