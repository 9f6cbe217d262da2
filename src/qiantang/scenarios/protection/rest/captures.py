"""Captures of pages, their schedules, and guided collections, for programs."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, Content, CursorText, Limit
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.types import CAPTURE_PAGES_MOST, SCHEDULE_DAYS_MOST
from qiantang.kernel.paging import PageRequest, decode_cursor, page_of
from qiantang.scenarios.protection.rest.bounds import Named, Passage, Yes
from qiantang.scenarios.protection.rest.proceedings import act
from qiantang.scenarios.protection.rules import DEPOSITS_READ, DEPOSITS_WRITE

if TYPE_CHECKING:
    from qiantang.commons.evidence.types import CaptureTold, CollectionTold

_SUBJECT = "captures"
_SIGNS = r"^[A-Za-z0-9-]+$"
CaptureNumber = Annotated[str, Field(min_length=1, max_length=32, pattern=_SIGNS, description="Number of a capture.")]
CollectionNumber = Annotated[
    str, Field(min_length=1, max_length=32, pattern=_SIGNS, description="Number of a collection.")
]
FileName = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._-]+$", description="One of its `files`.")
]
Address = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00\s]+$")]
StepName = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[a-z_]+$")]


class CaptureAsked(Body):
    url: Address
    purpose: Named = Field(description="For what it is; it stands in the deposit.")
    pages: Annotated[int, Field(strict=True, ge=1, le=CAPTURE_PAGES_MOST)] = 1
    shop: Yes = Field(default=False, description="Prices and the seller are read as well.")
    every_days: Annotated[int, Field(strict=True, ge=1, le=SCHEDULE_DAYS_MOST)] | None = Field(
        default=None, description="Again every so many days; null: once."
    )


class CaptureFile(Answer):
    name: str
    size: int


class CaptureAnswer(Answer):
    number: str
    url: str
    purpose: str
    state: str
    asked_at: datetime
    ended_at: datetime | None
    reasons: list[str] = Field(description="Why it is not whole.")
    title: str
    schedule: str | None
    deposit: str | None
    files: list[CaptureFile] = Field(description="Told of a single capture.")


class CaptureList(Answer):
    total: int
    items: list[CaptureAnswer]
    next: str | None


class CaptureAccepted(Answer):
    capture: str | None = Field(description="Number of the capture.")
    schedule: str | None = Field(description="Number of the schedule, which makes the first capture by itself.")


class CollectionAsked(Body):
    kind: Literal["photo", "video", "purchase"]
    title: Named
    capture: CaptureNumber | None = Field(default=None, description="The capture that it adds to.")


class CollectionPart(Body):
    step: StepName
    note: Passage = ""
    name: Named = Field(default="", description="Of the file.")
    content: Content | None = Field(default=None, description="The file in base64; it has 20 MB at most.")


class CollectionItem(Answer):
    step: str
    note: str
    deposit: str | None
    name: str
    added_at: datetime


class CollectionAnswer(Answer):
    number: str
    kind: str
    title: str
    capture: str | None
    opened_at: datetime
    closed_at: datetime | None
    deposit: str | None = Field(description="The whole, once it is closed.")
    items: list[CollectionItem]
    missing: list[str] = Field(description="Steps that it still needs.")


class CollectionList(Answer):
    total: int
    items: list[CollectionAnswer]
    next: str | None


def list_captures(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> CaptureList:
    asked = PageRequest(offset=decode_cursor(cursor, subject=_SUBJECT) if cursor else 0, size=limit)
    page = evidence.collected.captures(actor_of(request), asked)
    return CaptureList(total=page.total, items=[_capture(one) for one in page.items], next=page.next)


def read_capture(request: HttpRequest, number: CaptureNumber) -> CaptureAnswer:
    return _capture(evidence.collected.capture_told(actor_of(request), number))


def request_capture(request: HttpRequest, wanted: CaptureAsked) -> CaptureAccepted:
    actor, told = actor_of(request), wanted.model_dump()
    if told["every_days"] is not None:
        return CaptureAccepted(capture=None, schedule=evidence.collecting.schedule_capture(actor=actor, **told))
    del told["every_days"]
    return CaptureAccepted(capture=evidence.collecting.request_capture(actor=actor, **told), schedule=None)


def fetch_capture_file(request: HttpRequest, number: CaptureNumber, name: FileName) -> FileResponse:
    place = evidence.collecting.open_product(actor=actor_of(request), number=number, name=name)
    # never shown in our own name: what another site wrote must not run here
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=f"{number}-{name}", content_type="application/octet-stream"
    )


def stop_schedule(request: HttpRequest, number: CaptureNumber) -> None:
    evidence.collecting.stop_schedule(actor=actor_of(request), number=number)


def list_collections(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> CollectionList:
    rows = evidence.collected.collections(actor_of(request))
    page = page_of(rows, subject="collections", size=limit, cursor=cursor)
    return CollectionList(total=page.total, items=[_collection(one) for one in page.items], next=page.next)


def read_collection(request: HttpRequest, number: CollectionNumber) -> CollectionAnswer:
    return _collection(evidence.collected.collection_told(actor_of(request), number))


def begin_collection(request: HttpRequest, wanted: CollectionAsked) -> CollectionAnswer:
    return read_collection(
        request, evidence.collecting.begin_collection(actor=actor_of(request), **wanted.model_dump())
    )


def add_to_collection(request: HttpRequest, number: CollectionNumber, part: CollectionPart) -> CollectionAnswer:
    evidence.collecting.add_to_collection(
        actor=actor_of(request),
        number=number,
        step=part.step,
        note=part.note,
        stream=io.BytesIO(part.content) if part.content is not None else None,
        name=part.name,
    )
    return read_collection(request, number)


def close_collection(request: HttpRequest, number: CollectionNumber) -> CollectionAnswer:
    evidence.collecting.close_collection(actor=actor_of(request), number=number)
    return read_collection(request, number)


def _capture(told: CaptureTold) -> CaptureAnswer:
    names = ("number", "url", "purpose", "state", "asked_at", "ended_at", "title", "schedule", "deposit")
    return CaptureAnswer(
        **{name: getattr(told, name) for name in names},
        reasons=[reason for reason, _detail in told.reasons],
        files=[CaptureFile(name=name, size=size) for name, size in told.files],
    )


def _collection(told: CollectionTold) -> CollectionAnswer:
    names = ("number", "kind", "title", "capture", "opened_at", "closed_at", "deposit")
    each = ("step", "note", "deposit", "name", "added_at")
    rest: dict[str, Any] = {name: getattr(told, name) for name in names}
    items = [CollectionItem(**{name: getattr(one, name) for name in each}) for one in told.items]
    return CollectionAnswer(**rest, items=items, missing=list(told.missing))


ENDPOINTS = (
    Endpoint(
        call=list_captures,
        path="captures",
        answer=CaptureList,
        summary=_("Your captures of pages, newest first"),
        scope=DEPOSITS_READ.key,
        example="captures",
    ),
    act(
        request_capture,
        "captures",
        _("Have a page captured, once or on a schedule"),
        _("It is made by a job and becomes a deposit. 503: no browser is installed for captures."),
        {"url": "https://shop.example/1", "purpose": "an offer of the valve"},
        answer=CaptureAccepted,
        status=201,
        scope=DEPOSITS_WRITE.key,
    ),
    Endpoint(
        call=read_capture,
        path="captures/{number}",
        answer=CaptureAnswer,
        summary=_("One of your captures, and what it brought"),
        scope=DEPOSITS_READ.key,
        example="captures/1",
    ),
    Endpoint(
        call=fetch_capture_file,
        path="captures/{number}/files/{name}",
        answer=None,
        media=("application/octet-stream",),
        summary=_("A file of a capture"),
        detail=_("Fetching it is a line of the chain of custody."),
        scope=DEPOSITS_READ.key,
        refuses=(409,),
        example="captures/1/files/page.txt",
    ),
    act(
        stop_schedule,
        "schedules/{number}/stop",
        _("Stop a schedule of captures"),
        answer=None,
        scope=DEPOSITS_WRITE.key,
    ),
    Endpoint(
        call=list_collections,
        path="collections",
        answer=CollectionList,
        summary=_("Your guided collections of evidence"),
        scope=DEPOSITS_READ.key,
        example="collections",
    ),
    act(
        begin_collection,
        "collections",
        _("Begin a guided collection of evidence"),
        body={"kind": "photo", "title": "the stand at the fair"},
        answer=CollectionAnswer,
        status=201,
        scope=DEPOSITS_WRITE.key,
    ),
    Endpoint(
        call=read_collection,
        path="collections/{number}",
        answer=CollectionAnswer,
        summary=_("One of your collections, and what it still needs"),
        scope=DEPOSITS_READ.key,
        example="collections/1",
    ),
    act(
        add_to_collection,
        "collections/{number}/items",
        _("Put a file or words to a step of a collection"),
        _("A file becomes a deposit of its own at once."),
        {"step": "place", "note": "hall 3, stand 12"},
        answer=CollectionAnswer,
        scope=DEPOSITS_WRITE.key,
        takes_file=True,
    ),
    act(
        close_collection,
        "collections/{number}/close",
        _("Close a collection, as one deposit"),
        _("409: steps are missing."),
        answer=CollectionAnswer,
        scope=DEPOSITS_WRITE.key,
    ),
)
