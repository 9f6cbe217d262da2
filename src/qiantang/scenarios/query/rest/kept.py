"""A person's number lists and dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Key, Limit, Line
from qiantang.scenarios.query.rest.pages import page_asked
from qiantang.scenarios.query.rules import ADDED_AT_ONCE
from qiantang.scenarios.query.selectors import dossiers as files
from qiantang.scenarios.query.selectors import number_lists as lists
from qiantang.scenarios.query.services import dossiers as keeping
from qiantang.scenarios.query.services import numbering
from qiantang.scenarios.query.types import ListVerdict

ListKey = Annotated[Key, Field(description="Key of a number list.")]
DossierKey = Annotated[Key, Field(description="Key of a dossier that is open to you.")]
Verdict = Annotated[ListVerdict | None, Field(description="Only lines of this verdict.")]
EntryOrder = Annotated[Literal["place", "rating", "added"], Field(description="Order of the patents.")]
Tag = Annotated[Line | None, Field(description="Only patents with this tag.")]


class NumberListTold(Answer):
    key: int
    name: str
    made_at: datetime
    checked_at: datetime
    snapshot: int = Field(description="On which the numbers were looked up.")
    total: int
    counts: dict[str, int] = Field(description="Lines by verdict.")


class NumberLists(Answer):
    total: int
    items: list[NumberListTold]
    next: str | None


class NumbersWanted(Body):
    name: Line = Field(description="Under which it is found again.")
    numbers: list[Line] = Field(min_length=1, max_length=5_000, description="Patent numbers in any style.")


class NumberLineTold(Answer):
    line: int
    given: str
    verdict: str = Field(
        description="`found`, `unknown`, `check_digit`, `ambiguous`, `duplicate` or `unreadable`.",
    )
    told: str = Field(description="What is to be said of it, for people.")
    patent_id: str | None
    title: str | None


class NumberLines(Answer):
    total: int
    items: list[NumberLineTold]
    next: str | None


class DossierTold(Answer):
    key: int
    name: str
    about: str
    owner: str
    mine: bool
    writable: bool
    patents: int
    query: str = Field(description="Searches in exactly its patents.")
    changed_at: datetime


class Dossiers(Answer):
    total: int
    items: list[DossierTold]
    next: str | None


class DossierEntryTold(Answer):
    key: int
    patent_id: str
    number: str
    title: str | None
    status: str
    on_record: bool
    rating: int | None = Field(description="1 to 5.")
    tags: list[str]
    comments: int
    added_at: datetime
    added_by: str


class DossierEntries(Answer):
    total: int
    items: list[DossierEntryTold]
    next: str | None


class PatentsToAdd(Body):
    patent_ids: list[Line] = Field(min_length=1, max_length=ADDED_AT_ONCE, description="Patent ids.")


class Added(Answer):
    added: int = Field(description="How many were not in it before.")


def list_number_lists(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> NumberLists:
    page = lists.number_lists(actor_of(request), page_asked(limit, cursor, "number-lists"))
    return NumberLists(total=page.total, items=[_list_told(one) for one in page.items], next=page.next)


def make_number_list(request: HttpRequest, wanted: NumbersWanted) -> NumberListTold:
    actor, text = actor_of(request), "\n".join(one.replace("\n", " ") for one in wanted.numbers)
    key = numbering.make_number_list(actor=actor, name=wanted.name, text=text)
    return _list_told(lists.shown(lists.list_row(actor, key)))


def list_lines(
    request: HttpRequest,
    key: ListKey,
    verdict: Verdict = None,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> NumberLines:
    asked = page_asked(limit, cursor, lists.lines_subject(key, verdict))
    page = lists.lines(actor_of(request), key, verdict, asked)
    items = [
        NumberLineTold(
            line=one.line,
            given=one.given,
            verdict=one.verdict,
            told=one.said,
            patent_id=one.patent_id or None,
            title=one.title or None,
        )
        for one in page.items
    ]
    return NumberLines(total=page.total, items=items, next=page.next)


def delete_number_list(request: HttpRequest, key: ListKey) -> None:
    numbering.delete_number_list(actor=actor_of(request), key=key)


def _list_told(one: lists.ListShown) -> NumberListTold:
    return NumberListTold(
        key=one.id,
        name=one.name,
        made_at=one.made_at,
        checked_at=one.checked_at,
        snapshot=one.snapshot,
        total=one.total,
        counts={str(verdict): count for verdict, _, count in one.counts},
    )


def list_dossiers(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> Dossiers:
    page = files.dossiers(actor_of(request), page_asked(limit, cursor, "dossiers"))
    items = [
        DossierTold(
            key=one.id,
            name=one.name,
            about=one.about,
            owner=one.owner,
            mine=one.mine,
            writable=one.writable,
            patents=one.patents,
            query=one.query,
            changed_at=one.changed_at,
        )
        for one in page.items
    ]
    return Dossiers(total=page.total, items=items, next=page.next)


def list_dossier_patents(
    request: HttpRequest,
    key: DossierKey,
    order: EntryOrder = "place",
    tag: Tag = None,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> DossierEntries:
    row = files.dossier_row(actor_of(request), key)
    asked = page_asked(limit, cursor, files.entries_subject(key, order, tag or ""))
    page = files.entries(row, asked, order=order, tag=tag or "")
    items = [
        DossierEntryTold(
            key=one.id,
            patent_id=one.patent_id,
            number=one.number,
            title=one.title,
            status=one.status,
            on_record=one.on_record,
            rating=one.rating,
            tags=list(one.tags),
            comments=one.comments,
            added_at=one.added_at,
            added_by=one.added_by,
        )
        for one in page.items
    ]
    return DossierEntries(total=page.total, items=items, next=page.next)


def add_dossier_patents(request: HttpRequest, key: DossierKey, wanted: PatentsToAdd) -> Added:
    added = keeping.add_patents(actor=actor_of(request), key=key, patent_ids=wanted.patent_ids)
    return Added(added=added)
