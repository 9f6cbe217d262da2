"""Holds and the end of custody: what may not be erased, and files that are taken out of the home for good.

The journal is written here, by the storage itself, whatever room asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.files.models import HeldMatter, SealedObject
from qiantang.commons.files.services import vault
from qiantang.commons.files.types import StoredFile
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.kernel.actor import Actor


@transaction.atomic
def set_hold(*, actor: Actor, belongs: Iterable[str], held: bool) -> None:
    """From now on nothing that belongs to these is erased, or may be again. The room has asked its own policy."""
    for one in sorted(set(belongs)):
        if held:
            HeldMatter.objects.get_or_create(belongs=one, defaults={"since": timezone.now()})
        else:
            HeldMatter.objects.filter(belongs=one).delete()
        verb = "files.hold.set" if held else "files.hold.lift"
        audit.record(actor=actor, verb=verb, subject=one, facts={})


def sealed_of(belongs: str) -> tuple[tuple[int, str, str], ...]:
    """The objects of the vault that belong to something and were not erased: key, kind, SHA-256; oldest first."""
    rows = SealedObject.objects.filter(belongs=belongs, erased_at__isnull=True).order_by("pk")
    return tuple(rows.values_list("pk", "kind", "sha256"))


@transaction.atomic
def erase_all(*, actor: Actor, belongs: str, reason: str) -> int:
    """Erase every object of the vault that belongs to something; returns how many.

    errors  Conflict ``files.held``
    """
    keys = [key for key, _, _ in sealed_of(belongs)]
    for key in keys:
        vault.erase(actor=actor, sealed_id=key, reason=reason)
    return len(keys)


def stored(file: StoredFile) -> bytes:
    """The bytes of a file of the home. errors: NotFound ``files.sealed_unknown``"""
    place = _place(file)
    if not place.is_file():
        raise NotFound("files.sealed_unknown")
    return place.read_bytes()


@transaction.atomic
def discard(*, actor: Actor, file: StoredFile, belongs: str, reason: str) -> bool:
    """Take a file out of the home for good; returns whether it was there. Its digest stays in the journal.

    errors  Conflict ``files.held``
    """
    vault.ensure_not_held(belongs)
    place = _place(file)
    if not place.is_file():
        return False
    facts = {"belongs": belongs, "sha256": file.sha256, "reason": reason}
    audit.record(actor=actor, verb="files.stored.discard", subject=f"stored:{file.folder}", facts=facts)
    transaction.on_commit(lambda: place.unlink(missing_ok=True))
    return True


def _place(file: StoredFile) -> Path:
    if not (len(file.sha256) == StoredFile.DIGITS and file.sha256.isalnum()) or ".." in file.folder:
        raise ValueError("a stored file is named by a folder of the home and its SHA-256")
    return Path(settings.QIANTANG_HOME) / file.folder / file.sha256
