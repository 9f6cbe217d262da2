"""Reads of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Subquery
from django.db.models.functions import Coalesce

from qiantang.commons.audit import policies
from qiantang.commons.audit.methods import chain
from qiantang.commons.audit.models import AuditEntry, AuditHead
from qiantang.commons.audit.types import Entry

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_AT_ONCE = 2_000


def entry_of(row: AuditEntry) -> Entry:
    """The value behind a row."""
    return Entry(
        sequence=row.sequence,
        at=row.at,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        channel=row.channel,
        correlation_id=row.correlation_id,
        verb=row.verb,
        subject=row.subject,
        facts=row.facts,
        previous_digest=row.previous_digest,
        digest=row.digest,
    )


def entries(actor: Actor, *, subject: str | None = None, newest: int = 100) -> tuple[Entry, ...]:
    """The newest entries which ``actor`` may read, newest first.

    subject     of this subject only
    newest      how many at most
    """
    rows = AuditEntry.objects.filter(policies.visible_to(actor)).order_by("-sequence")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(entry_of(row) for row in rows[:newest])


def verify() -> int | None:
    """Read the whole journal and return the sequence number at which its chain first fails, or None.

    Finds a changed, missing, added or reordered entry, and a journal cut at its end.
    Memory stays bounded; entries written meanwhile are left to the next run, and nobody waits.
    """
    head = AuditHead.objects.filter(pk=1).first()
    remembered = (head.sequence, head.digest) if head else (0, chain.ORIGIN)
    rows = AuditEntry.objects.filter(sequence__lte=remembered[0]).order_by("sequence")
    broken = chain.first_broken((entry_of(row) for row in rows.iterator(chunk_size=_AT_ONCE)), head=remembered)
    return _first_beyond_head() if broken is None else broken


def _first_beyond_head() -> int | None:
    """An entry newer than the head can only be smuggled in. One statement, so that a write between two is no alarm."""
    newest = AuditHead.objects.filter(pk=1).values("sequence")
    known = Coalesce(Subquery(newest), 0, output_field=BigIntegerField())
    beyond = AuditEntry.objects.filter(sequence__gt=known).order_by("sequence")
    return beyond.values_list("sequence", flat=True).first()
