"""The end of documents with the case they belong to: number and digests stay, so that a look-up still answers; no fact does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.documents.models import IssuedDocument, IssuedFile
from qiantang.commons.documents.services.storing import DISPOSED, forget
from qiantang.commons.documents.types import TEMPLATES

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def dispose_documents(*, actor: Actor, case: str, reason: str) -> int:
    """Empty the documents of a case and take their files out of the home; returns how many. The room has asked its policy.

    case    its number, without punctuation
    """
    rows = list(IssuedDocument.objects.select_for_update().filter(case=case).order_by("pk"))
    rows = [row for row in rows if DISPOSED not in row.facts]
    for row in rows:
        last = TEMPLATES[row.template].valid_until
        stays = {last: row.facts[last]} if last and last in row.facts else {}
        row.facts = {DISPOSED: timezone.localdate().isoformat(), **stays}
        row.recipient, row.revoked_note = "", ""
        row.person, row.organisation, row.agent = None, None, None
        row.save(update_fields=["facts", "recipient", "revoked_note", "person", "organisation", "agent"])
        audit.record(
            actor=actor, verb="documents.document.dispose", subject=f"document:{row.number}", facts={"reason": reason}
        )
    _forget_files([row.pk for row in rows])
    return len(rows)


def _forget_files(keys: list[int]) -> None:
    for digest in set(IssuedFile.objects.filter(document__in=keys).values_list("sha256", flat=True)):
        if not IssuedFile.objects.filter(sha256=digest).exclude(document__in=keys).exists():
            transaction.on_commit(partial(forget, digest))
