"""Watch lists for programs: one's own pages, what was found there, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Key, Limit
from qiantang.commons.evidence.types import CAPTURE_PAGES_MOST, SCHEDULE_DAYS_MOST
from qiantang.kernel.paging import page_of
from qiantang.scenarios.protection.rest.bounds import CASES_READ, Named, RowKey, Short
from qiantang.scenarios.protection.rest.disputes import DisputeWhole, read_dispute
from qiantang.scenarios.protection.rest.proceedings import act
from qiantang.scenarios.protection.selectors import watching as reads
from qiantang.scenarios.protection.services import watching
from qiantang.scenarios.protection.types import Intake, RightKind

WatchKey = Annotated[Key, Field(description="Key of a watch.")]
Address = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00\s]+$")]
Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]], Field(min_length=1, max_length=14)]  # fmt: skip


class WatchAsked(Body):
    address: Address = Field(description="Of a shop, or of a search in one.")
    words: Words
    every_days: Annotated[int, Field(strict=True, ge=1, le=SCHEDULE_DAYS_MOST)]
    pages: Annotated[int, Field(strict=True, ge=1, le=CAPTURE_PAGES_MOST)] = 1
    first: Literal["known", "draft"] = Field(
        default="known", description="Whether what stands there today is known, or makes a draft as well."
    )
    right_kind: RightKind | None = None
    right_number: Short = ""
    right_title: Named = ""


class WatchAnswer(Answer):
    key: int
    address: str
    words: list[str]
    right_kind: RightKind | None
    right_number: str
    right_title: str
    made_at: datetime
    looked_at: datetime | None
    stopped_at: datetime | None


class WatchList(Answer):
    total: int
    items: list[WatchAnswer]
    next: str | None


class SuspectAnswer(Answer):
    key: int
    address: str
    text: str
    words: list[str]
    first_seen_at: datetime
    last_seen_at: datetime
    there: bool = Field(description="It was there at the last look.")
    known: bool = Field(description="It stood there when the watch began.")
    cleared_at: datetime | None = Field(description="When it was said that it hurts no right.")
    dispute: str | None = Field(description="Number of the draft that was made of it.")


class WatchWhole(WatchAnswer):
    suspects: list[SuspectAnswer] = Field(description="Offers that were found, the newest first.")


def list_watches(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> WatchList:
    rows = [one["row"] for one in reads.watches(actor_of(request))]
    page = page_of(rows, subject="watches", size=limit, cursor=cursor)
    return WatchList(total=page.total, items=[WatchAnswer(**_watch(one)) for one in page.items], next=page.next)


def read_watch(request: HttpRequest, key: WatchKey) -> WatchWhole:
    found = reads.watch(actor_of(request), key)
    return WatchWhole(**_watch(found["row"]), suspects=[_suspect(one) for one in found["suspects"]])


def add_watch(request: HttpRequest, watch: WatchAsked) -> WatchWhole:
    right = Intake(right_kind=watch.right_kind or "", right_number=watch.right_number, right_title=watch.right_title)
    key = watching.add_watch(
        actor=actor_of(request),
        address=watch.address,
        words="\n".join(watch.words),
        every_days=watch.every_days,
        pages=watch.pages,
        first_known=watch.first == "known",
        right=right,
    )
    return read_watch(request, key)


def stop_watch(request: HttpRequest, key: WatchKey) -> WatchWhole:
    watching.stop_watch(actor=actor_of(request), key=key)
    return read_watch(request, key)


def clear_suspect(request: HttpRequest, key: WatchKey, suspect: RowKey) -> WatchWhole:
    watching.clear_suspect(actor=actor_of(request), key=key, suspect=suspect)
    return read_watch(request, key)


def draft_of_suspect(request: HttpRequest, key: WatchKey, suspect: RowKey) -> DisputeWhole:
    return read_dispute(request, watching.draft_of_suspect(actor=actor_of(request), key=key, suspect=suspect))


def _watch(row: Any) -> dict[str, Any]:
    names = set(WatchAnswer.model_fields) - {"key", "right_kind"}
    return {**{name: getattr(row, name) for name in names}, "key": row.pk, "right_kind": row.right_kind or None}


def _suspect(shown: dict[str, Any]) -> SuspectAnswer:
    row = shown["row"]
    names = ("address", "text", "words", "first_seen_at", "last_seen_at", "known", "cleared_at")
    told = {name: getattr(row, name) for name in names}
    return SuspectAnswer(**told, key=row.pk, there=shown["there"], dispute=shown["draft"] or None)


ENDPOINTS = (
    Endpoint(
        call=list_watches,
        path="watches",
        answer=WatchList,
        summary=_("Your watch lists, those that go on first"),
        scope=CASES_READ,
        example="watches",
    ),
    act(
        add_watch,
        "watches",
        _("Have a page watched for offers under your words"),
        _("It is captured now and every so many days; a new offer begins a draft, which you alone file. 503: no browser is installed for captures."),
        {"address": "https://shop.example/list", "words": ["valve"], "every_days": 7},
        answer=WatchWhole,
        status=201,
    ),
    Endpoint(
        call=read_watch,
        path="watches/{key}",
        answer=WatchWhole,
        summary=_("One of your watch lists, with what was found"),
        scope=CASES_READ,
        example="watches/1",
    ),
    act(stop_watch, "watches/{key}/stop", _("Watch a page no more; what was found stays"), answer=WatchWhole),
    act(
        clear_suspect,
        "watches/{key}/suspects/{suspect}/clearance",
        _("Say that an offer hurts no right"),
        answer=WatchWhole,
    ),
    act(
        draft_of_suspect,
        "watches/{key}/suspects/{suspect}/draft",
        _("Begin the draft of a dispute over an offer"),
        answer=DisputeWhole,
        status=201,
    ),
)  # fmt: skip
