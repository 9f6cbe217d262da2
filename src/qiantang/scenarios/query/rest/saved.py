"""A person's saved queries: the same services as their page, so the same bounds, alerts and journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Key, Limit, Line
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.forms import SORTS
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.rest.pages import page_asked
from qiantang.scenarios.query.rest.search import Order, QueryText
from qiantang.scenarios.query.selectors import saved as reads
from qiantang.scenarios.query.services import saving
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from qiantang.scenarios.query.types import SavedShown

SavedKey = Annotated[Key, Field(description="Key of a saved query.")]
Snapshot = Annotated[Key, Field(description="Number of a snapshot.")]
Kind = Annotated[Change, Field(description="New hits, or hits whose legal status or owner changed.")]


class QueryToSave(Body):
    name: Line = Field(description="Under which it is found again.")
    query: QueryText = ""
    sort: Order = "relevance"
    watch: list[Change] = Field(default=[], max_length=3, description="What an alert shall tell of.")


class Report(Answer):
    snapshot: int
    counts: dict[str, int] = Field(description="Patents by kind of change.")


class Saved(Answer):
    key: int
    name: str
    query: str = Field(description="As understood.")
    sort: str
    watches: list[str] = Field(description="What its alert tells of; empty: there is none.")
    checked_in: int | None = Field(description="Newest snapshot on which the alert was checked.")
    hits: int | None = Field(description="How many there were then.")
    fault: str = Field(description="Code of what keeps it from being checked; empty: nothing.")
    changed_at: datetime
    reports: list[Report] = Field(description="What the alert found, the newest first.")


class SavedList(Answer):
    total: int
    items: list[Saved]
    next: str | None


class Changed(Answer):
    patent_id: str
    number: str
    title: str | None
    on_record: bool
    before: str
    after: str
    owners: list[str]


class ChangedList(Answer):
    snapshot: int
    since_snapshot: int
    kind: str
    total: int
    items: list[Changed]
    next: str | None


def list_saved(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> SavedList:
    page = reads.saved_queries(actor_of(request), page_asked(limit, cursor, "saved-queries"))
    return SavedList(total=page.total, items=[_told(one) for one in page.items], next=page.next)


def read_saved(request: HttpRequest, key: SavedKey) -> Saved:
    return _told(reads.shown(reads.saved_row(actor_of(request), key)))


def save_query(request: HttpRequest, wanted: QueryToSave) -> Saved:
    orders = [key for key, _word in SORTS]
    if wanted.sort not in orders:
        raise Invalid("query.sort_unknown", given=wanted.sort, known=orders)
    asked = DeskRequest(text=wanted.query, sort=wanted.sort)
    key = saving.save_query(actor=actor_of(request), name=wanted.name, asked=asked, watch=frozenset(wanted.watch))
    return read_saved(request, key)


def delete_saved(request: HttpRequest, key: SavedKey) -> None:
    saving.delete_saved_query(actor=actor_of(request), key=key)


def list_changes(
    request: HttpRequest,
    key: SavedKey,
    snapshot: Snapshot,
    kind: Kind = Change.NEW,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> ChangedList:
    actor = actor_of(request)
    report = reads.report(actor, key, snapshot)
    asked = page_asked(limit, cursor, reads.changes_subject(key, snapshot, kind))
    page = reads.changed_patents(actor, key, snapshot, kind, asked)
    items = [
        Changed(
            patent_id=one.patent_id,
            number=one.number,
            title=one.title,
            on_record=one.on_record,
            before=one.before,
            after=one.after,
            owners=list(one.owners),
        )
        for one in page.items
    ]
    return ChangedList(
        snapshot=snapshot,
        since_snapshot=report.since_snapshot,
        kind=kind,
        total=page.total,
        items=items,
        next=page.next,
    )


def _told(one: SavedShown) -> Saved:
    return Saved(
        key=one.id,
        name=one.name,
        query=one.canonical,
        sort=one.sort,
        watches=list(one.watches),
        checked_in=one.checked_in,
        hits=one.hits,
        fault=one.fault,
        changed_at=one.changed_at,
        reports=[Report(snapshot=snapshot, counts=dict(counts)) for snapshot, counts in one.reports],
    )
