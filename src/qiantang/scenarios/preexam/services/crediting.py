"""The ledger of credit: breaches with their evidence, measures by the rules of a day, appeals decided by another person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.kernel.calendar import add_months
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.models import CreditAppeal, CreditEntry
from qiantang.scenarios.preexam.rules import BREACHES
from qiantang.scenarios.preexam.selectors.credit import BREACH, appeal_ends, proposed

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_EVIDENCE = 300
_SAID = 2000


@transaction.atomic
def note_breach(*, actor: Actor, organisation_id: int, rule: str, evidence: str, number: str = "") -> int:
    """Note a breach of a subject or an agency; returns the key of the line. It has points, and follows from no rule by itself.

    rule      code of ``BREACHES``
    evidence  case, document and day
    number    of the case it happened in
    errors    NotPermitted ``preexam.supervisor_only`` · Invalid ``preexam.credit_rule``, ``preexam.credit_evidence``
    """
    _ensure_keeper(actor)
    if rule not in BREACHES:
        raise Invalid("preexam.credit_rule")
    if not evidence.strip():
        raise Invalid("preexam.credit_evidence")
    return _entered(
        actor,
        CreditEntry(
            organisation_id=organisation_id,
            rule=rule,
            measure=BREACH,
            points=BREACHES[rule].points,
            evidence=evidence.strip()[:_EVIDENCE],
            case_id=casework.case_id_of(actor, number) if number else None,
            since=timezone.localdate(),
        ),
    )


@transaction.atomic
def take_measure(*, actor: Actor, organisation_id: int, rule: str) -> int:
    """Take the measure that the rules propose today; returns the key of the line.

    The facts on which the proposal rests and the version of the rules are its evidence.
    rule     as it stands on the page of who decides
    errors   NotPermitted ``preexam.supervisor_only`` · Conflict ``preexam.nothing_proposed``
    """
    _ensure_keeper(actor)
    now = proposed(actor, organisation_id)
    if not now.rule or now.rule != rule:
        raise Conflict("preexam.nothing_proposed")
    today = timezone.localdate()
    told = ", ".join(f"{name}={value}" for name, value in sorted(now.facts.items()))
    return _entered(
        actor,
        CreditEntry(
            organisation_id=organisation_id,
            rule=rule,
            measure=now.measure,
            evidence=told[:_EVIDENCE],
            facts=dict(now.facts),
            rules_version=now.judged.version[:80],
            since=today,
            until=add_months(today, now.months) if now.months else None,
        ),
    )


def _entered(actor: Actor, row: CreditEntry) -> int:
    row.at, row.by_id = timezone.now(), actor.person_id
    row.save()
    facts = {"rule": row.rule, "measure": row.measure, "evidence": row.evidence, **row.facts}
    subject = f"organisation:{row.organisation_id}"
    audit.record(actor=actor, verb="preexam.credit.note", subject=subject, facts=facts)
    return row.pk


@transaction.atomic
def file_appeal(*, actor: Actor, entry_id: int, said: str) -> None:
    """Object to a line: once, within the days of the table, by who acts for the organisation.

    errors  NotFound ``preexam.credit_unknown`` · NotPermitted ``accounts.mandate_missing`` · Invalid ``casework.note_missing``
            Conflict ``preexam.appeal_closed``
    """
    row = _line(entry_id)
    organisations.ensure_acting_for(actor, row.organisation_id, policies.SCOPE)
    if not said.strip():
        raise Invalid("casework.note_missing")
    if timezone.localdate() > appeal_ends(row):
        raise Conflict("preexam.appeal_closed", days=limits_on(row.since).appeal_days)
    try:
        with transaction.atomic():
            CreditAppeal.objects.create(
                entry=row, said=said.strip()[:_SAID], filed_at=timezone.now(), filed_by_id=actor.person_id
            )
    except IntegrityError:
        raise Conflict("preexam.appeal_closed", days=limits_on(row.since).appeal_days) from None
    audit.record(actor=actor, verb="preexam.credit.appeal", subject=f"credit:{row.pk}", facts={})


@transaction.atomic
def decide_appeal(*, actor: Actor, entry_id: int, upheld: bool, answer: str) -> None:
    """Decide on an appeal, by another person than who made the line. Upheld, the line counts no more; it stays to be read.

    errors  NotFound ``preexam.credit_unknown`` · NotPermitted ``preexam.supervisor_only``, ``preexam.appeal_own``
            Invalid ``casework.note_missing``
    """
    _ensure_keeper(actor)
    row = _line(entry_id)
    appeal = CreditAppeal.objects.select_for_update().filter(entry=row, decided_at__isnull=True).first()
    if appeal is None:
        raise NotFound("preexam.credit_unknown")
    if row.by_id == actor.person_id:
        raise NotPermitted("preexam.appeal_own")
    if not answer.strip():
        raise Invalid("casework.note_missing")
    appeal.upheld, appeal.answer = upheld, answer.strip()[:_SAID]
    appeal.decided_at, appeal.decided_by_id = timezone.now(), actor.person_id
    appeal.save(update_fields=["upheld", "answer", "decided_at", "decided_by"])
    audit.record(actor=actor, verb="preexam.credit.decide", subject=f"credit:{row.pk}", facts={"upheld": upheld})


def _line(entry_id: int) -> CreditEntry:
    row = CreditEntry.objects.filter(pk=entry_id).first()
    if row is None:
        raise NotFound("preexam.credit_unknown")
    return row


def _ensure_keeper(actor: Actor) -> None:
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
