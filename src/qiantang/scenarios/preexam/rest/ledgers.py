"""Quota and credit for programs of who acts for a subject or an agency: read, an increment asked for, an objection, a
registration as agency.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework.bases import Organisation
from qiantang.commons.catalogue.bases import Answer, Body, Key
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.selectors import ledgers as reads
from qiantang.scenarios.preexam.services import agencies, crediting, spending

Said = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]


class AgencyTold(Body):
    organisation: Organisation
    attorneys: Annotated[int, Field(ge=1, le=10_000)] = Field(description="How many patent attorneys it has.")
    contact: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]


class IncrementAsked(Body):
    why: Said


class AppealTold(Body):
    entry: Key = Field(description="Key of the line of credit that is objected to.")
    said: Said


class QuotaTold(Answer):
    year: int
    granted: int
    used: int
    left: int
    increment: str | None = Field(description="asked, granted or refused; null: none was asked for.")


class CreditTold(Answer):
    entry: int
    rule: str
    measure: str
    points: int
    evidence: str
    since: date
    until: date | None
    case: str | None
    appeal: str | None = Field(description="open, upheld or dismissed; null: nobody objected.")
    appeal_until: date = Field(description="Last day on which one can object.")


class LedgerAnswer(Answer):
    organisation: str
    agency: bool
    quota: QuotaTold
    points: int
    standing: str | None = Field(description="The gravest measure in force; null: none.")
    standing_until: date | None
    credit: list[CreditTold]


def read_ledger(request: HttpRequest, uscc: Organisation) -> LedgerAnswer:
    office = Actor.system("code of an organisation")  # whose ledger it is, is asked where the ledger is read
    return _answer(actor_of(request), organisations.organisation_by_uscc(office, uscc).id)


def register_agency(request: HttpRequest, told: AgencyTold) -> LedgerAnswer:
    actor = organisations.acting_for(actor_of(request), told.organisation)
    agencies.register_agency(actor=actor, attorneys=told.attorneys, contact=told.contact)
    assert actor.organisation_id is not None
    return _answer(actor, actor.organisation_id)


def ask_increment(request: HttpRequest, uscc: Organisation, told: IncrementAsked) -> LedgerAnswer:
    actor = organisations.acting_for(actor_of(request), uscc)
    assert actor.organisation_id is not None
    spending.ask_increment(actor=actor, organisation_id=actor.organisation_id, why=told.why)
    return _answer(actor, actor.organisation_id)


def object_to_credit(request: HttpRequest, uscc: Organisation, told: AppealTold) -> LedgerAnswer:
    actor = organisations.acting_for(actor_of(request), uscc)
    assert actor.organisation_id is not None
    crediting.file_appeal(actor=actor, entry_id=told.entry, said=told.said)
    return _answer(actor, actor.organisation_id)


def _answer(actor: Actor, organisation: int) -> LedgerAnswer:
    shown = reads.ledgers(actor, organisation)
    return LedgerAnswer(
        organisation=shown.organisation.name,
        agency=shown.agency,
        quota=QuotaTold(
            year=shown.quota.year,
            granted=shown.quota.granted,
            used=shown.quota.used,
            left=shown.quota.left,
            increment=shown.quota.increment or None,
        ),
        points=shown.standing.points,
        standing=shown.standing.measure or None,
        standing_until=shown.standing.until,
        credit=[
            CreditTold(
                entry=one.entry.pk,
                rule=one.entry.rule,
                measure=one.entry.measure,
                points=one.entry.points,
                evidence=one.entry.evidence,
                since=one.entry.since,
                until=one.entry.until,
                case=one.case or None,
                appeal=one.appeal or None,
                appeal_until=one.appeal_until,
            )
            for one in shown.credit
        ],
    )
