"""Writes: the filing of a subject, and what people say of findings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, OpenedCase, PartyRole
from qiantang.kernel import numbers
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.models import SubjectFiling, WrongFinding
from qiantang.scenarios.preexam.rules import DEFAULT, FACT_NAMES
from qiantang.scenarios.preexam.selectors import open_filing, subject_row
from qiantang.scenarios.preexam.types import SubjectFacts, ToldWrong
from qiantang.scenarios.preexam.workflow import SUBJECT_FILING

if TYPE_CHECKING:
    from qiantang.kernel.decision import Decision

MOST_A_DAY = 2_000


@transaction.atomic
def open_subject_filing(*, actor: Actor, profile: str = DEFAULT.key) -> OpenedCase:
    """Begin the filing of the organisation for which the actor acts; its number is reserved at once.

    errors  NotPermitted ``preexam.act_for_first``, ``accounts.mandate_missing`` · Conflict ``preexam.subject_filed_already``
    """
    _ensure(policies.may_file(actor))
    assert actor.organisation_id is not None
    there = open_filing(actor.organisation_id)
    if there is not None:
        raise Conflict("preexam.subject_filed_already", number=str(parse_case_number(there)))
    named = organisations.organisations_named([actor.organisation_id])[actor.organisation_id]
    party = NewParty(PartyRole.APPLICANT, organisation_id=named.id)
    opened = casework.open_case(actor=actor, kind=SUBJECT_FILING.key, title=named.name, parties=[party])
    SubjectFiling.objects.create(case_id=opened.id, organisation_id=named.id, profile=profile, saved_at=timezone.now())
    return opened


@transaction.atomic
def save_subject(*, actor: Actor, number: str, told: SubjectFacts) -> None:
    """Keep what a subject says of itself; it need not be complete.

    errors  NotFound · NotPermitted · Conflict ``preexam.not_editable``
    """
    row = _own(actor, number)
    if not SUBJECT_FILING.state(casework.case_sheet(actor, number).card.state).editable_by:
        raise Conflict("preexam.not_editable")
    said = asdict(told)
    said["founded_on"] = told.founded_on.isoformat() if told.founded_on else None
    row.facts = {**row.facts, **said}
    row.saved_at = timezone.now()
    row.save(update_fields=["facts", "saved_at"])
    audit.record(actor=actor, verb="preexam.subject.save", subject=f"filing:{row.pk}", facts={"profile": row.profile})


@transaction.atomic
def submit_subject(*, actor: Actor, number: str) -> str:
    """Hand a filing in. What is missing is told all at once; what the rules say is for a person to judge.

    errors  NotFound · NotPermitted · Invalid ``preexam.facts_missing`` · Conflict ``casework.step_not_from_here``
    """
    row = _own(actor, number)
    missing = [gettext(FACT_NAMES[name]) for name in SubjectFacts.__slots__ if row.facts.get(name) in (None, "")]
    if missing:
        raise Invalid("preexam.facts_missing", missing="、".join(missing))
    return casework.advance(actor=actor, number=number, action="submit", facts={"complete": 1})


@transaction.atomic
def note_findings(*, actor: Actor, number: str, abnormal_filings: int, dishonest: bool) -> None:
    """Note what the centre found in the registers of credit. errors: NotFound · NotPermitted ``preexam.office_only``"""
    row = subject_row(actor, number)
    _ensure(policies.may_find(actor))
    row.facts = {**row.facts, "abnormal_filings": abnormal_filings, "dishonest": dishonest}
    row.save(update_fields=["facts"])
    facts = {"abnormal_filings": abnormal_filings, "dishonest": dishonest}
    audit.record(actor=actor, verb="preexam.subject.find", subject=f"filing:{row.pk}", facts=facts)


def _own(actor: Actor, number: str) -> SubjectFiling:
    row = subject_row(actor, number)
    organisations.ensure_acting_for(actor, row.organisation_id, "preexam.file")
    return row


def _ensure(decision: Decision) -> None:
    if not decision:
        raise NotPermitted(decision.code)


@transaction.atomic
def report_wrong_finding(*, actor: Actor, told: ToldWrong) -> int:
    """Note that somebody holds a finding to be wrong; returns the key of the note. Who it was is not kept with it.

    errors  NotPermitted (``policies.may_check``) · Invalid ``preexam.rule`` · ``preexam.place`` · ``preexam.publication``
            Limited ``preexam.too_many_reports``: more than ``MOST_A_DAY`` in a day
    """
    decision = policies.may_check(actor)
    if not decision:
        raise NotPermitted(decision.code or "preexam.closed")
    rule = rulebook().get(told.rule)
    if rule is None:
        raise Invalid("preexam.rule", given=told.rule)
    if told.end < told.start:
        raise Invalid("preexam.place")
    now = timezone.now()
    if WrongFinding.objects.filter(told_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Limited("preexam.too_many_reports", most=MOST_A_DAY)
    row = WrongFinding.objects.create(
        rule=told.rule,
        rule_version=told.rule_version,
        rules_version=told.rules_version,
        part=told.part.value,
        claim=told.claim,
        paragraph=told.paragraph,
        start=told.start,
        end=told.end,
        publication_number=_publication(told.publication_number),
        excerpt=told.excerpt[:40] if told.may_keep_text else "",
        told_at=now,
    )
    facts = {"rule": told.rule, "rule_version": told.rule_version, "with_text": bool(row.excerpt)}
    nobody = Actor.system("report of a wrong finding")  # the page promises that no name is kept, here neither
    audit.record(actor=nobody, verb="preexam.finding.dispute", subject=f"wrong-finding:{row.pk}", facts=facts)
    return row.pk


def _publication(given: str) -> str:
    if not given.strip():
        return ""
    try:
        return numbers.parse(given).canonical
    except Invalid as problem:
        raise Invalid("preexam.publication", given=given) from problem
