"""Writes: the filing of a subject."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, OpenedCase, PartyRole
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.models import SubjectFiling
from qiantang.scenarios.preexam.rules import DEFAULT, FACT_NAMES
from qiantang.scenarios.preexam.selectors.subjects import open_filing, subject_row
from qiantang.scenarios.preexam.types import SubjectFacts
from qiantang.scenarios.preexam.workflow import SUBJECT_FILING

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision


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
def submit_subject(*, actor: Actor, number: str, note: str = "") -> str:
    """Hand a filing in. What is missing is told all at once; what the rules say is for a person to judge.

    errors  NotFound · NotPermitted · Invalid ``preexam.facts_missing`` · Conflict ``casework.step_not_from_here``
    """
    row = _own(actor, number)
    missing = [gettext(FACT_NAMES[name]) for name in SubjectFacts.__slots__ if row.facts.get(name) in (None, "")]
    if missing:
        raise Invalid("preexam.facts_missing", missing="、".join(missing))
    return casework.advance(actor=actor, number=number, action="submit", note=note, facts={"complete": 1})


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
