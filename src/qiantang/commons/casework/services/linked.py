"""Verified keys of parties, flags on them, and the reading of both, which the journal knows. A flag refuses nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import policies
from qiantang.commons.casework.methods.codes import keyed_digest
from qiantang.commons.casework.methods.linked_keys import flag_bound, folded_key, masked_key
from qiantang.commons.casework.models import CaseParty, EntityFlag, VerifiedKey
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.linked import (
    entity_of,
    flags_in_force,
    keys_in_force,
    links_of,
    of_entities,
)
from qiantang.commons.casework.services.parties import ensure
from qiantang.commons.casework.types.linked import Entity, KeyKind, KeySource
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from datetime import date

    from qiantang.commons.casework.models import Case
    from qiantang.commons.casework.types.linked import PartyLinks
    from qiantang.kernel.actor import Actor

PURPOSE = "verified key"
_NEED = range(4, 301)
_EVIDENCE = range(2, 301)
_REASON = range(4, 1001)


@transaction.atomic
def read_linked(*, actor: Actor, number: str, need: str) -> tuple[PartyLinks, ...]:
    """Who is linked with the parties of a case, for who says for what; that it was read, and for what, stands in the journal.

    errors  NotFound · NotPermitted ``casework.linked_refused`` · Invalid ``casework.linked_need``
    """
    case = case_row(actor, number)
    ensure(policies.may_see_linked(actor, case))
    why = " ".join(need.split())
    if len(why) not in _NEED:
        raise Invalid("casework.linked_need")
    found = links_of(actor, case)
    facts = {"need": why, "linked": sum(len(one.links) for one in found)}
    audit.record(actor=actor, verb="casework.linked.read", subject=f"case:{case.number}", facts=facts)
    return found


@transaction.atomic
def verify_key(
    *,
    actor: Actor,
    number: str,
    party: int,
    kind: str,
    value: str,
    source: str,
    evidence: str,
    as_of: date | None,
) -> int:
    """Note that a key of a party was verified, how and when; returns its key. The value itself is kept nowhere.

    party       of ``PartyLinks.id``; the same key verified again takes the place of the one before
    errors      NotFound ``casework.linked_party`` · NotPermitted ``casework.linked_refused``
                Invalid ``casework.linked_by_name``, ``casework.key_{kind,value,evidence,day}``
    """
    case, entity = _party(actor, number, party)
    if kind not in set(KeyKind):
        raise Invalid("casework.key_kind")
    folded = folded_key(KeyKind(kind), value)
    if not folded:
        raise Invalid("casework.key_value")
    said, day = _checked(source, evidence, as_of)
    now = timezone.now()
    digest = keyed_digest(settings.SECRET_KEY, PURPOSE, kind, folded)
    keys_in_force().filter(of_entities([entity]), kind=kind, digest=digest).update(ended_at=now)
    row = VerifiedKey.objects.create(
        **_whose(entity),
        kind=kind,
        digest=digest,
        masked=masked_key(KeyKind(kind), folded),
        source=source,
        evidence=said,
        as_of=day,
        verified_at=now,
        verified_by_id=actor.person_id,
    )
    _record(actor, case, "casework.key.verify", {"key": row.pk, "kind": kind, "party": party})
    return row.pk


def _checked(source: str, evidence: str, as_of: date | None) -> tuple[str, date]:
    """The evidence in one line, and the day. errors: as ``verify_key`` says of it and of the day"""
    said = " ".join(evidence.split())
    if source not in set(KeySource) or len(said) not in _EVIDENCE:
        raise Invalid("casework.key_evidence")
    if as_of is None or as_of > timezone.localdate():
        raise Invalid("casework.key_day")
    return said, as_of


@transaction.atomic
def end_key(*, actor: Actor, number: str, key: int, why: str) -> None:
    """A key holds no longer, or was noted in error: from now on it links nobody.

    errors  NotFound ``casework.key_unknown`` · NotPermitted ``casework.linked_refused`` · Invalid ``casework.note_missing``
    """
    case = _case(actor, number)
    said = " ".join(why.split())[:300]
    if not said:
        raise Invalid("casework.note_missing")
    row = keys_in_force().filter(of_entities(_entities(case)), pk=key).first()
    if row is None:
        raise NotFound("casework.key_unknown")
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    _record(actor, case, "casework.key.end", {"key": row.pk, "kind": row.kind, "why": said})


@transaction.atomic
def flag_entity(*, actor: Actor, number: str, party: int, reason: str, until: date | None) -> int:
    """Ask colleagues to look twice at a party, until a day on which the flag ends by itself; returns its key.

    errors  NotFound ``casework.linked_party`` · NotPermitted ``casework.linked_refused``
            Invalid ``casework.linked_by_name``, ``casework.flag_reason``, ``casework.flag_until``
            Conflict ``casework.flag_there``: the same person has one on this party already
    """
    case, entity = _party(actor, number, party)
    said = " ".join(reason.split())
    if len(said) not in _REASON:
        raise Invalid("casework.flag_reason")
    today = timezone.localdate()
    most = today + timedelta(days=flag_bound(today).days)
    if until is None or not today < until <= most:
        raise Invalid("casework.flag_until", most=most.isoformat())
    if flags_in_force().filter(of_entities([entity]), raised_by_id=actor.person_id).exists():
        raise Conflict("casework.flag_there")
    row = EntityFlag.objects.create(
        **_whose(entity),
        reason=said,
        raised_at=timezone.now(),
        raised_by_id=actor.person_id or 0,  # the policy lets in people alone
        raised_in=case,
        expires_on=until,
    )
    _record(actor, case, "casework.flag.raise", {"flag": row.pk, "party": party, "until": until.isoformat()})
    return row.pk


@transaction.atomic
def review_flag(*, actor: Actor, number: str, flag: int, note: str) -> None:
    """A second person has looked at a flag and lets it stand until its day.

    errors  NotFound ``casework.flag_unknown`` · NotPermitted ``casework.linked_refused``, ``casework.flag_own``
            Invalid ``casework.note_missing`` · Conflict ``casework.flag_reviewed``
    """
    case, row = _flag(actor, number, flag)
    if row.reviewed_at is not None:
        raise Conflict("casework.flag_reviewed")
    _settle(actor, row, note, upheld=True)
    _record(actor, case, "casework.flag.review", {"flag": row.pk})


@transaction.atomic
def lift_flag(*, actor: Actor, number: str, flag: int, note: str) -> None:
    """A second person ends a flag before its day, whether it was reviewed or not. errors: as ``review_flag``, but no Conflict"""
    case, row = _flag(actor, number, flag)
    _settle(actor, row, note, upheld=False)
    _record(actor, case, "casework.flag.lift", {"flag": row.pk})


def _settle(actor: Actor, row: EntityFlag, note: str, *, upheld: bool) -> None:
    said = " ".join(note.split())[:1000]
    if not said:
        raise Invalid("casework.note_missing")
    row.reviewed_at, row.reviewed_by_id = timezone.now(), actor.person_id
    row.upheld, row.review = upheld, said
    row.save(update_fields=["reviewed_at", "reviewed_by", "upheld", "review"])


def _flag(actor: Actor, number: str, flag: int) -> tuple[Case, EntityFlag]:
    case = _case(actor, number)
    row = flags_in_force().select_for_update().filter(of_entities(_entities(case)), pk=flag).first()
    if row is None:
        raise NotFound("casework.flag_unknown")
    if row.raised_by_id == actor.person_id:
        raise NotPermitted("casework.flag_own")
    return case, row


def _case(actor: Actor, number: str) -> Case:
    case = case_row(actor, number, lock=True)
    ensure(policies.may_flag(actor, case))
    return case


def _party(actor: Actor, number: str, party: int) -> tuple[Case, Entity]:
    case = _case(actor, number)
    row = CaseParty.objects.filter(case=case, pk=party).first()
    if row is None:
        raise NotFound("casework.linked_party")
    entity = entity_of(row)
    if entity is None:
        raise Invalid("casework.linked_by_name")
    return case, entity


def _entities(case: Case) -> list[Entity]:
    found = [entity_of(row) for row in CaseParty.objects.filter(case=case)]
    return [one for one in found if one is not None]


def _whose(entity: Entity) -> dict[str, int]:
    return {f"{entity.noun}_id": entity.key}


def _record(actor: Actor, case: Case, verb: str, facts: dict[str, object]) -> None:
    audit.record(actor=actor, verb=verb, subject=f"case:{case.number}", facts=facts)
