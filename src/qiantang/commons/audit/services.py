"""Writes: an entry, a use of personal data, a consent given or withdrawn."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import policies
from qiantang.commons.audit.methods import chain
from qiantang.commons.audit.models import AuditEntry, AuditHead, DataConsent
from qiantang.commons.audit.selectors import USE, agreeing_to, consent_purpose
from qiantang.commons.audit.types import PURPOSES, Basis, Entry
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qiantang.kernel.actor import Actor

_VERB = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@transaction.atomic
def record(*, actor: Actor, verb: str, subject: str, facts: Mapping[str, object]) -> int:
    """Add an entry inside the caller's transaction, as late in it as possible: others wait for the head until it ends.

    verb        ``app.noun.verb``, lower case
    subject     what was acted upon, ``kind:key``
    facts       text, whole numbers, truth values, None, lists and mappings of them; where the actor acts for an
                organisation, its key is added as ``for_organisation``
    returns     the entry's sequence number
    errors      NotPermitted ``audit.reads_only`` where the actor only reads: what was done in the transaction is undone
                ValueError for a malformed verb, TypeError for facts the chain cannot hold: faults of the caller's code
    """
    if not _VERB.fullmatch(verb):
        raise ValueError(f"a verb is app.noun.verb in lower case, not {verb!r}")
    decision = policies.may_write(actor, verb)
    if not decision:
        raise NotPermitted(decision.code)
    if actor.organisation_id is not None:
        facts = {**facts, "for_organisation": actor.organisation_id}
    # On PostgreSQL the lock on the head orders the writers; on SQLite the transaction itself is exclusive.
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": chain.ORIGIN})
    entry = chain.sealed(
        Entry(
            sequence=head.sequence + 1,
            at=timezone.now().astimezone(UTC),
            actor_id=actor.person_id,
            actor_name=actor.name,
            channel=str(actor.channel),
            correlation_id=actor.correlation_id,
            verb=verb,
            subject=subject,
            facts=chain.checked_facts(facts),
            previous_digest=head.digest,
            digest="",
        ),
    )
    AuditEntry.objects.create(**_columns(entry))
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry.sequence


def _columns(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


@transaction.atomic
def use_data(
    *,
    actor: Actor,
    purpose: str,
    for_whom: str,
    scope: str,
    counts: Mapping[str, int],
    snapshot: int | None = None,
    people: Collection[int] = (),
) -> int:
    """Note that personal data are read or handed out; returns the number of the use, under which its receipt is had.

    for_whom    who gets the data, in a few words
    scope       what of them: ``load:7``, ``register:erasure`` … and nothing of their content
    counts      how many of what
    people      keys of the accounts concerned, where the purpose rests on consent: each must have agreed
    errors      NotPermitted ``audit.consent_missing`` · ``audit.consent_expired`` · ``audit.consent_withdrawn``
                KeyError for a purpose nobody declared, ValueError for consent of nobody: faults of the caller's code
    """
    known = PURPOSES[purpose]
    if known.basis is Basis.CONSENT:
        if not people:
            raise ValueError(f"{purpose} rests on consent: name the people")
        _ensure_consent(purpose, set(people))
    ends = None if known.days is None else (timezone.now() + timedelta(days=known.days)).astimezone(UTC)
    facts = {
        "purpose": purpose,
        "basis": known.basis,
        "source": known.source,
        "for_whom": for_whom,
        "scope": scope,
        "counts": counts,
        "until": ends and ends.date().isoformat(),
        "snapshot": snapshot,
        "people": sorted(people),
    }
    return record(actor=actor, verb=USE, subject=f"purpose:{purpose}", facts=facts)


def _ensure_consent(purpose: str, people: set[int]) -> None:
    lacking = people - agreeing_to(purpose)
    if not lacking:
        return
    last = DataConsent.objects.filter(purpose=purpose, person_id__in=lacking).order_by("given_at", "pk")
    newest = {row.person_id: row for row in last}  # the last one stays
    if len(newest) < len(lacking):
        raise NotPermitted("audit.consent_missing", purpose=purpose, people=len(lacking) - len(newest))
    withdrawn = sum(1 for row in newest.values() if row.withdrawn_at is not None)
    if withdrawn:
        raise NotPermitted("audit.consent_withdrawn", purpose=purpose, people=withdrawn)
    raise NotPermitted("audit.consent_expired", purpose=purpose, people=len(lacking))


@transaction.atomic
def give_consent(*, actor: Actor, purpose: str, person_id: int, evidence: str = "") -> None:
    """Agree to a purpose from now on, for as long as the purpose says; where there is consent already, it begins anew.

    evidence    where an operator does it for the person: reference of the document
    errors      NotPermitted ``audit.consent_not_yours`` · Invalid ``audit.purpose_unknown``, ``audit.consent_not_asked``
    """
    known = consent_purpose(purpose)
    _ensure_own(actor, person_id, evidence)
    now = timezone.now()
    until = now + timedelta(days=known.days or 0)
    DataConsent.objects.create(purpose=purpose, person_id=person_id, given_at=now, until=until, evidence=evidence)
    facts = {"purpose": purpose, "until": until.astimezone(UTC).date().isoformat(), "evidence": evidence}
    record(actor=actor, verb="audit.consent.give", subject=f"account:{person_id}", facts=facts)


@transaction.atomic
def withdraw_consent(*, actor: Actor, purpose: str, person_id: int, evidence: str = "") -> None:
    """Agree no longer; from this moment every use is refused. Where there is no consent, nothing changes.

    errors      those of ``give_consent``
    """
    consent_purpose(purpose)
    _ensure_own(actor, person_id, evidence)
    now = timezone.now()
    standing = DataConsent.objects.filter(purpose=purpose, person_id=person_id, withdrawn_at=None, until__gt=now)
    if standing.update(withdrawn_at=now):
        facts = {"purpose": purpose, "evidence": evidence}
        record(actor=actor, verb="audit.consent.withdraw", subject=f"account:{person_id}", facts=facts)


def _ensure_own(actor: Actor, person_id: int, evidence: str) -> None:
    decision = policies.may_speak_for(actor, person_id, evidence)
    if not decision:
        raise NotPermitted(decision.code)
