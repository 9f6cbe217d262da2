"""Cases for programs: one's own and those of the organisations one acts for, their limits, and what happened in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.module_loading import import_string
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.bases import CaseNumber
from qiantang.commons.casework.selectors.cases import subject_of
from qiantang.commons.casework.selectors.steps import is_noted
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Limit, Line, Text
from qiantang.commons.documents import api as documents
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.commons.casework.types import CaseCard, CaseSheet, ClockShown, Told

CaseStates = Annotated[Literal["any", "open"], Field(description="`open`: without those that are closed.")]


class ClockAnswer(Answer):
    key: str
    title: str
    kind: str
    started_on: date
    due: date | None = Field(description="Null: it stands still.")
    provisional: bool = Field(description="The holidays of a year that it needs are not announced yet.")
    lamp: str


class CaseAnswer(Answer):
    number: str
    kind: str
    kind_title: str
    title: str
    state: str
    state_label: str
    final: bool
    waits_for: Literal["staff", "party"] | None
    opened_at: datetime
    clock: ClockAnswer | None = Field(description="The one that ends first; null: none runs.")


class CaseList(Answer):
    total: int
    items: list[CaseAnswer]
    next: str | None


class CaseParty(Answer):
    role: str
    name: str
    uscc: str | None
    until: date | None


class CaseStep(Answer):
    action: str
    label: str
    here: bool = Field(
        description="Taken with the action and at most a note; else it has a form of its own on the page."
    )
    endpoint: str | None = Field(
        description="Where a program takes it by a POST that hands over what the form asks for; null: there is none."
    )


class StepAsked(Body):
    action: Annotated[Line, Field(description="One of the `steps` of the case.")]
    note: Annotated[Text, Field(description="A reason, shown to the parties; some steps need one.")] = ""
    choice: Annotated[Line | None, Field(description="What the step chooses: of choosing a route the route.")] = None


class LinkedCase(Answer):
    kind: str
    number: str
    outgoing: bool


class OldNumber(Answer):
    number: str
    origin: str = Field(description="The register that gave it.")


class CaseWhole(CaseAnswer):
    clocks: list[ClockAnswer]
    parties: list[CaseParty]
    steps: list[CaseStep] = Field(description="What you can do now.")
    links: list[LinkedCase]
    old_numbers: list[OldNumber]
    merged_into: str | None = Field(description="Number of the case in which it goes on.")


class CaseEventAnswer(Answer):
    sequence: int
    at: datetime
    who: str
    sentence: str
    note: str
    internal: bool


class CaseEventList(Answer):
    total: int
    items: list[CaseEventAnswer]
    next: str | None


class DocumentFileAnswer(Answer):
    format: str
    language: str
    sha256: str


class DocumentAnswer(Answer):
    number: str
    title: str
    made_at: datetime
    legal: bool = Field(description="Sealed with a key that the law recognises.")
    revoked_at: datetime | None
    files: list[DocumentFileAnswer]


class DocumentList(Answer):
    total: int
    items: list[DocumentAnswer]
    next: str | None


def list_cases(
    request: HttpRequest,
    state: CaseStates = "any",
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> CaseList:
    open_only = state == "open"
    subject = subject_of(open_only=open_only)
    asked = PageRequest(offset=decode_cursor(cursor, subject=subject) if cursor else 0, size=limit)
    page = casework.cases(actor_of(request), asked, open_only=open_only)
    return CaseList(total=page.total, items=[CaseAnswer(**_card(one)) for one in page.items], next=page.next)


def read_case(request: HttpRequest, number: CaseNumber) -> CaseWhole:
    sheet = casework.case_sheet(actor_of(request), number)
    return CaseWhole(
        **_card(sheet.card),
        clocks=[_clock(one) for one in sheet.clocks],
        parties=[CaseParty(role=one.role, name=one.name, uscc=one.uscc or None, until=one.until) for one in sheet.parties],
        steps=[
            CaseStep(
                action=one.action,
                label=one.label,
                here=not one.elsewhere or is_noted(sheet, one.action),
                endpoint=_endpoint(request, sheet, one.action),
            )
            for one in sheet.steps if not one.blocked
        ],
        links=[LinkedCase(kind=one.kind, number=one.number, outgoing=one.outgoing) for one in sheet.links],
        old_numbers=[OldNumber(number=one.written, origin=one.origin) for one in sheet.old_numbers],
        merged_into=sheet.card.merged_into or None,
    )  # fmt: skip


def take_step(request: HttpRequest, number: CaseNumber, step: StepAsked) -> CaseWhole:
    actor = actor_of(request)
    sheet = casework.case_sheet(actor, number)
    if not sheet.steps:
        raise NotPermitted(
            "casework.step_not_yours"
        )  # who reads a case and has no part in it learns nothing of its steps
    kind, own = CASE_TYPES[sheet.card.kind], is_noted(sheet, step.action)
    take: Callable[..., object] = import_string(kind.noted_by) if own else casework.advance
    told = {"choice": step.choice or ""} if own and step.action in kind.choosing else {}
    if step.choice and not told:
        raise Invalid("casework.choice_unwanted")
    take(actor=actor, number=sheet.card.number, action=step.action, note=step.note, **told)
    return read_case(request, number)


def list_case_events(
    request: HttpRequest, number: CaseNumber, limit: Limit = 50, cursor: CursorText | None = None
) -> CaseEventList:
    sheet = casework.case_sheet(actor_of(request), number)
    page = page_of(sheet.story, subject=f"events|{sheet.card.number}", size=limit, cursor=cursor)
    return CaseEventList(total=page.total, items=[_line(one) for one in page.items], next=page.next)


def list_case_documents(
    request: HttpRequest, number: CaseNumber, limit: Limit = 50, cursor: CursorText | None = None
) -> DocumentList:
    actor = actor_of(request)
    case = casework.case_sheet(actor, number).card.number  # of a case that is not yours nothing is told
    found = documents.documents_of_case(actor, case)
    page = page_of(found, subject=f"documents|{case}", size=limit, cursor=cursor)
    items = [
        DocumentAnswer(
            number=one.number,
            title=one.title,
            made_at=one.made_at,
            legal=one.legal,
            revoked_at=one.revoked_at,
            files=[DocumentFileAnswer(format=f.format, language=f.language, sha256=f.sha256) for f in one.files],
        )
        for one in page.items
    ]
    return DocumentList(total=page.total, items=items, next=page.next)


def _endpoint(request: HttpRequest, sheet: CaseSheet, action: str) -> str | None:
    path = CASE_TYPES[sheet.card.kind].endpoints.get(action)
    version = request.path.partition("/cases/")[0]
    return f"{version}/{path.replace('{number}', sheet.card.number)}" if path else None


def _card(one: CaseCard) -> dict[str, Any]:
    names = ("number", "kind", "kind_title", "title", "state", "state_label", "final", "opened_at")
    clock = _clock(one.clock) if one.clock else None
    return {name: getattr(one, name) for name in names} | {"waits_for": one.waits_for or None, "clock": clock}


def _clock(one: ClockShown) -> ClockAnswer:
    due = one.reading.due
    return ClockAnswer(
        key=one.key,
        title=one.title,
        kind=one.kind,
        started_on=one.started_on,
        due=due.day if due else None,
        provisional=bool(due and due.provisional),
        lamp=one.reading.lamp,
    )


def _line(one: Told) -> CaseEventAnswer:
    return CaseEventAnswer(
        sequence=one.sequence, at=one.at, who=one.who, sentence=one.sentence, note=one.note, internal=one.internal
    )
