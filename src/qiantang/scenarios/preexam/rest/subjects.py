"""Filings of innovation subjects for programs of who acts for them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework.bases import CaseNumber, Opened, Organisation
from qiantang.commons.catalogue.bases import Answer, Body, Day
from qiantang.scenarios.preexam.selectors import subjects as reads
from qiantang.scenarios.preexam.services import subjects as writes
from qiantang.scenarios.preexam.types import SubjectFacts

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

Count = Annotated[int, Field(ge=0, le=10_000_000)]


class SubjectOpening(Body):
    organisation: Organisation


class SubjectFactsTold(Body):
    """Null takes a fact back; what is left out stays as it was said."""

    founded_on: Day | None = None
    in_existence: bool | None = None
    main_class: Annotated[str, Field(max_length=30, pattern=r"^[^\x00]*$")] | None = None
    contact_name: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")] | None = None
    insured_staff: Count | None = None
    granted_inventions: Count | None = None
    granted_models_and_designs: Count | None = None
    undertaking_signed: bool | None = None
    contact_verified: bool | None = None


class SubjectRuleJudged(Answer):
    rule: str
    text: str
    met: bool | None = Field(description="Null: not known yet.")


class SubjectAnswer(Answer):
    number: str
    state: str
    state_label: str
    organisation: str
    founded_on: date | None
    in_existence: bool | None
    main_class: str
    contact_name: str
    insured_staff: int | None
    granted_inventions: int | None
    granted_models_and_designs: int | None
    undertaking_signed: bool | None
    contact_verified: bool | None
    missing: list[str] = Field(description="Members that have to be told before it can be handed in.")
    rules: list[SubjectRuleJudged] = Field(description="What the rules say of it today; a person judges.")
    editable: bool = Field(description="You can change it now.")


def open_subject_filing(request: HttpRequest, wanted: SubjectOpening) -> Opened:
    actor = organisations.acting_for(actor_of(request), wanted.organisation)
    opened = writes.open_subject_filing(actor=actor)
    return Opened(number=opened.number, code=opened.code)


def read_subject_filing(request: HttpRequest, number: CaseNumber) -> SubjectAnswer:
    return _answer(actor_of(request), number)


def save_subject_facts(request: HttpRequest, number: CaseNumber, told: SubjectFactsTold) -> SubjectAnswer:
    actor = actor_of(request)
    whole = _said(reads.subject(actor, number).told)
    whole |= {name: getattr(told, name) for name in told.model_fields_set}
    whole |= {name: whole[name] or "" for name in ("main_class", "contact_name")}
    writes.save_subject(actor=actor, number=number, told=SubjectFacts(**whole))
    return _answer(actor, number)


def _said(told: Any) -> dict[str, Any]:
    """The facts of a filing by name, the day as one; None or an empty text where nothing was said."""
    kept: dict[str, Any] = {one.name: told.get(one.name) for one in fields(SubjectFacts)}
    day = kept["founded_on"]
    words = {name: kept[name] or "" for name in ("main_class", "contact_name")}
    founded = date.fromisoformat(day) if day else None
    return kept | words | {"founded_on": founded}


def _answer(actor: Actor, number: str) -> SubjectAnswer:
    shown = reads.subject(actor, number)
    card, said = shown.sheet.card, _said(shown.told)
    return SubjectAnswer(
        number=card.number,
        state=card.state,
        state_label=card.state_label,
        organisation=shown.organisation.name,
        missing=[name for name, value in said.items() if value in (None, "")],
        rules=[
            SubjectRuleJudged(rule=one.rule.code, text=gettext(one.rule.text), met=one.met)
            for one in shown.judged.judged
        ],
        editable=shown.editable,
        **said,
    )
