"""The vault: confidential objects, encrypted at rest. Nothing comes out without a yes of its room and a line in two journals.

Who may read is for the room to say, by a ``Decision`` of its policy; that a read leaves its line is settled here.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.files.methods.sealing import (
    NotOpened,
    Sealed,
    key_id,
    key_of_text,
    opened_text,
    seal,
    sealed_text,
    unseal,
)
from qiantang.commons.files.models import HeldMatter, SealedObject, SealedReading
from qiantang.commons.files.services.keys import house_key, key_named, keyed
from qiantang.commons.files.types import Opened
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision

__all__ = ["erase", "hide", "keep", "keyed", "read", "shown"]
_WHY = 80


@transaction.atomic
def keep(*, actor: Actor, belongs: str, kind: str, name: str, content: bytes) -> int:
    """Seal an object and keep it; returns its key. The room has asked its own policy.

    belongs  what it belongs to, ``kind:key``: needed to open it
    """
    key = house_key()
    sealed = seal(content, key, belongs)
    token = uuid4().hex
    _write(_place(token), sealed.ciphertext)
    row = SealedObject.objects.create(
        token=token,
        belongs=belongs,
        kind=kind,
        name=sealed_text(name, key, belongs),
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        key_id=key_id(key),
        wrapped_key=sealed.wrapped_key,
        sealed_at=timezone.now(),
        sealed_by_id=actor.person_id,
    )
    facts = {"belongs": belongs, "kind": kind, "sha256": row.sha256, "size_bytes": row.size_bytes}
    audit.record(actor=actor, verb="files.sealed.keep", subject=f"sealed:{row.pk}", facts=facts)
    return row.pk


@transaction.atomic
def read(*, actor: Actor, sealed_id: int, allowed: Decision, read_as: str, why: str) -> Opened:
    """Open an object. A line of who, as what and why is written first, which the party sees.

    allowed  what the policy of the room says; a no is refused here too
    read_as  in which part: ``party``, ``examiner`` …
    errors   NotPermitted (code of the policy) · NotFound ``files.sealed_unknown``, ``files.sealed_erased``
             Conflict ``files.sealed_damaged`` · Unavailable ``files.key_missing``
    """
    if not allowed:
        raise NotPermitted(allowed.code)
    row = SealedObject.objects.filter(pk=sealed_id).first()
    if row is None:
        raise NotFound("files.sealed_unknown")
    if row.erased_at is not None:
        raise NotFound("files.sealed_erased")
    content = _content(row)
    SealedReading.objects.create(
        sealed=row,
        belongs=row.belongs,
        at=timezone.now(),
        person_id=actor.person_id,
        name=actor.name,
        read_as=read_as,
        why=why[:_WHY],
    )
    facts = {"belongs": row.belongs, "kind": row.kind, "as": read_as, "why": why[:_WHY]}
    audit.record(actor=actor, verb="files.sealed.read", subject=f"sealed:{row.pk}", facts=facts)
    return Opened(shown(row.name, row.belongs), row.kind, row.sha256, content)


@transaction.atomic
def erase(*, actor: Actor, sealed_id: int, reason: str) -> None:
    """Make an object unreadable for ever: its key is forgotten, its ciphertext removed. The line stays.

    errors  NotFound ``files.sealed_unknown`` · Conflict ``files.held``
    """
    row = SealedObject.objects.select_for_update().filter(pk=sealed_id, erased_at__isnull=True).first()
    if row is None:
        raise NotFound("files.sealed_unknown")
    ensure_not_held(row.belongs)
    row.wrapped_key, row.name, row.erased_at = "", "", timezone.now()
    row.save(update_fields=["wrapped_key", "name", "erased_at"])
    audit.record(actor=actor, verb="files.sealed.erase", subject=f"sealed:{row.pk}", facts={"reason": reason})
    transaction.on_commit(lambda: _place(row.token).unlink(missing_ok=True))


def ensure_not_held(belongs: str) -> None:
    """errors: Conflict ``files.held``"""
    if HeldMatter.objects.filter(belongs=belongs).exists():
        raise Conflict("files.held")


def hide(text: str, belongs: str) -> str:
    """A short confidential text for a column of the caller's own table."""
    return sealed_text(text, house_key(), belongs) if text else ""


def shown(token: str, belongs: str) -> str:
    """The text behind a token of ``hide``. errors: Conflict ``files.sealed_damaged`` · Unavailable ``files.key_missing``"""
    if not token:
        return ""
    try:
        return opened_text(token, key_named(key_of_text(token)), belongs)
    except NotOpened as fault:
        raise Conflict("files.sealed_damaged") from fault


def _content(row: SealedObject) -> bytes:
    try:
        sealed = Sealed(_place(row.token).read_bytes(), row.wrapped_key)
        content = unseal(sealed, key_named(row.key_id), row.belongs)
    except (NotOpened, OSError) as fault:
        raise Conflict("files.sealed_damaged") from fault
    if sha256(content).hexdigest() != row.sha256:
        raise Conflict("files.sealed_damaged")
    return content


def _place(token: str) -> Path:
    return Path(settings.QIANTANG_HOME) / "vault" / "objects" / token[:2] / token


def _write(place: Path, ciphertext: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, written = tempfile.mkstemp(prefix="sealing-", dir=place.parent)
    draft = Path(written)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(ciphertext)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
