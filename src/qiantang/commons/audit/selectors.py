"""Reads of the journal, of data uses and of consents."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Count, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from qiantang.commons.audit import policies
from qiantang.commons.audit.methods import chain
from qiantang.commons.audit.methods.receipts import entry_in, receipt_from
from qiantang.commons.audit.models import AuditEntry, AuditHead, DataConsent
from qiantang.commons.audit.types import PURPOSES, Basis, Consent, Entry, Purpose, PurposeTold, ReceiptState
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

_AT_ONCE = 2_000
_YEAR = timedelta(days=365)
USE = "audit.data.use"


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


def head() -> tuple[int, str]:
    """Sequence and digest of the newest entry; (0, 64 zeros) for an empty journal. To be deposited where nobody rewrites it."""
    row = AuditHead.objects.filter(pk=1).first()
    return (row.sequence, row.digest) if row else (0, chain.ORIGIN)


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


def uses(actor: Actor, *, newest: int = 100) -> tuple[Entry, ...]:
    """The newest uses of data which ``actor`` may see, newest first."""
    rows = AuditEntry.objects.filter(policies.visible_to(actor), verb=USE).order_by("-sequence")
    return tuple(entry_of(row) for row in rows[:newest])


def receipt(actor: Actor, use: int) -> dict[str, object]:
    """The receipt of one use by its number.

    errors  NotFound ``audit.use_unknown``, also where ``actor`` may not see it
    """
    row = AuditEntry.objects.filter(policies.visible_to(actor), verb=USE, pk=use).first()
    if row is None:
        raise NotFound("audit.use_unknown", use=use)
    return receipt_from(entry_of(row))


def check_receipt(content: bytes) -> ReceiptState:
    """Whether a receipt is as it was handed out, whether this journal has it, and whether its chain is whole.

    errors  Invalid ``audit.receipt_malformed``
    """
    entry = entry_in(content)
    if chain.digest_of(entry) != entry.digest:
        return ReceiptState.CHANGED
    if not AuditEntry.objects.filter(verb=USE, pk=entry.sequence, digest=entry.digest).exists():
        return ReceiptState.UNKNOWN
    return ReceiptState.SOUND if verify() is None else ReceiptState.BROKEN


def purposes() -> tuple[PurposeTold, ...]:
    """Every purpose declared, by code, with how often data were used for it in the last year. Anybody may see this."""
    recent = AuditEntry.objects.filter(verb=USE, at__gte=timezone.now() - _YEAR)
    counted = dict(recent.order_by().values_list("subject").annotate(Count("sequence")))
    agreeing = Counter(code for code, _ in set(_valid().values_list("purpose", "person_id")))
    found = sorted(PURPOSES, key=lambda one: one.code)
    return tuple(PurposeTold(one, counted.get(f"purpose:{one.code}", 0), agreeing[one.code]) for one in found)


def consents_of(actor: Actor, person_id: int) -> tuple[Consent, ...]:
    """All consents of a person, newest first, ended ones too.

    errors  NotPermitted ``audit.consent_not_yours`` where ``actor`` is neither the person nor an operator
    """
    if actor.person_id != person_id and not (actor.has_role("operator") or actor.has_role("system")):
        raise NotPermitted("audit.consent_not_yours")
    rows = DataConsent.objects.filter(person_id=person_id).order_by("-given_at", "-pk")
    return tuple(
        Consent(row.purpose, row.person_id, row.given_at, row.until, row.withdrawn_at, row.evidence) for row in rows
    )


def agreeing_to(purpose: str) -> frozenset[int]:
    """The people who agree to a purpose at this moment."""
    return frozenset(_valid().filter(purpose=consent_purpose(purpose).code).values_list("person_id", flat=True))


def consent_purpose(code: str) -> Purpose:
    """errors: Invalid ``audit.purpose_unknown`` · ``audit.consent_not_asked``"""
    if code not in PURPOSES:
        raise Invalid("audit.purpose_unknown", purpose=code, known=", ".join(PURPOSES.names()))
    if PURPOSES[code].basis is not Basis.CONSENT:
        raise Invalid("audit.consent_not_asked", purpose=code)
    return PURPOSES[code]


def _valid() -> QuerySet[DataConsent]:
    return DataConsent.objects.filter(withdrawn_at=None, until__gt=timezone.now())
