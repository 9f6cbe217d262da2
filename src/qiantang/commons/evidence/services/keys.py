"""The log's signing keys: secret halves as files of the home, public ones with their history in the database."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import moment
from qiantang.commons.evidence.methods.verifier.proving import key_introduction
from qiantang.commons.evidence.models import LogKey, LogState
from qiantang.disk import write_secret
from qiantang.kernel.errors import NotPermitted, Unavailable

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_ID_DIGITS = 16


def current_key() -> LogKey:
    """The key that signs now; the first one is made when it is first asked for.

    errors  Unavailable ``evidence.key_missing``, when signing
    """
    found = LogKey.objects.order_by("-pk").first()
    return found or _first_key()


@transaction.atomic
def _first_key() -> LogKey:
    LogState.objects.get_or_create(pk=1)
    LogState.objects.select_for_update().get(pk=1)
    return LogKey.objects.order_by("-pk").first() or _made(follows=None)


def sign(key: LogKey, message: bytes) -> str:
    """The signature, hexadecimal."""
    return _secret(key.key_id, str(settings.QIANTANG_HOME)).sign(message).hex()


@transaction.atomic
def change_key(*, actor: Actor, reason: str, revoke: bool = False) -> str:
    """Sign with a new key from now on; the old one introduces it. Returns the id of the new key.

    revoke  what the old key is said to have signed from now on is not believed any more
    errors  NotPermitted ``evidence.operator_only``
    """
    decision = policies.may_keep_log(actor)
    if not decision:
        raise NotPermitted(decision.code)
    LogState.objects.get_or_create(pk=1)
    LogState.objects.select_for_update().get(pk=1)
    old = current_key()
    new = _made(follows=old)
    if revoke:
        LogKey.objects.filter(pk=old.pk).update(revoked_at=moment(timezone.now()))
    facts = {"new": new.key_id, "old": old.key_id, "revoked": revoke, "reason": reason}
    audit.record(actor=actor, verb="evidence.key.change", subject=f"key:{new.key_id}", facts=facts)
    return new.key_id


def _made(*, follows: LogKey | None) -> LogKey:
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    key_id = sha256(bytes.fromhex(public)).hexdigest()[:_ID_DIGITS]
    place = _place(key_id, str(settings.QIANTANG_HOME))
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(place, secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    row = LogKey(key_id=key_id, public=public, follows=follows.key_id if follows else "", since=moment(timezone.now()))
    told = key_introduction({"follows": row.follows, "public": row.public, "since": row.since})
    row.endorsement = sign(follows, told) if follows else secret.sign(told).hex()
    row.save()
    return row


def _place(key_id: str, home: str) -> Path:
    return Path(home) / "evidence" / "keys" / f"{key_id}.pem"


@lru_cache(maxsize=8)
def _secret(key_id: str, home: str) -> Ed25519PrivateKey:
    try:
        found = load_pem_private_key(_place(key_id, home).read_bytes(), None)
    except OSError as fault:
        raise Unavailable("evidence.key_missing", key=key_id) from fault
    assert isinstance(found, Ed25519PrivateKey)
    return found
