"""Matters across lines of work for programs."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.bases import CaseNumber
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.graph import matter_of, timeline_of
from qiantang.commons.catalogue.bases import Answer, CursorText, Limit
from qiantang.kernel.paging import page_of


class MatterCase(Answer):
    number: str
    kind: str
    kind_title: str
    title: str
    state: str
    state_label: str
    opened_at: datetime
    merged_into: str | None


class MatterLink(Answer):
    first: str
    second: str
    kind: str


class MatterThing(Answer):
    case: str
    noun: str
    reference: str
    title: str
    kind: str
    since: datetime


class MatterAnswer(Answer):
    number: str
    cases: list[MatterCase]
    links: list[MatterLink] = Field(description="Read from the first to the second.")
    things: list[MatterThing] = Field(description="Documents, evidence, patents.")
    whole: bool = Field(description="False: more cases belong to it than are told.")


class MatterLineAnswer(Answer):
    case: str
    at: datetime
    who: str
    sentence: str
    note: str
    internal: bool


class TimelineAnswer(Answer):
    total: int
    items: list[MatterLineAnswer]
    next: str | None


def read_matter(request: HttpRequest, number: CaseNumber) -> MatterAnswer:
    matter = matter_of(actor_of(request), number)
    return MatterAnswer(
        number=matter.start,
        cases=[
            MatterCase(
                number=one.number,
                kind=one.kind,
                kind_title=one.kind_title,
                title=one.title,
                state=one.state,
                state_label=one.state_label,
                opened_at=one.opened_at,
                merged_into=one.merged_into or None,
            )
            for one in matter.cards
        ],
        links=[MatterLink(first=one.first, second=one.second, kind=one.kind) for one in matter.edges],
        things=[
            MatterThing(
                case=shown_number(one.case),
                noun=one.noun,
                reference=one.reference,
                title=one.title,
                kind=one.kind,
                since=one.at,
            )
            for one in matter.things
        ],
        whole=matter.whole,
    )


def list_matter_lines(
    request: HttpRequest, number: CaseNumber, limit: Limit = 50, cursor: CursorText | None = None
) -> TimelineAnswer:
    actor = actor_of(request)
    matter = matter_of(actor, number)
    page = page_of(timeline_of(actor, matter), subject=f"timeline|{matter.start}", size=limit, cursor=cursor)
    items = [
        MatterLineAnswer(
            case=one.number, at=one.at, who=one.who, sentence=one.sentence, note=one.note, internal=one.internal
        )
        for one in page.items
    ]
    return TimelineAnswer(total=page.total, items=items, next=page.next)
