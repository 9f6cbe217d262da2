"""Inspections and seizures for programs: for the authority that recorded them, the right holder, the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Day, Key, Limit
from qiantang.kernel.paging import page_of
from qiantang.scenarios.protection.rest.bounds import CASES_READ, Named, Passage, Short, Yuan
from qiantang.scenarios.protection.rest.proceedings import act
from qiantang.scenarios.protection.rest.public import Year
from qiantang.scenarios.protection.selectors import inspections as reads
from qiantang.scenarios.protection.services import inspections
from qiantang.scenarios.protection.types import RightKind
from qiantang.scenarios.protection.types.marks import GoodsVerdict, InspectionKind, InspectionOutcome

InspectionKey = Annotated[Key, Field(description="Key of a record.")]
Unit = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00]+$")]


class InspectionAsked(Body):
    authority: Key | None = Field(default=None, description="One of those you enforce for; null: the first.")
    kind: InspectionKind
    happened_on: Day
    goods: Named
    unit: Unit
    quantity: Yuan | None = Field(default=None, description="0: none; null: not known.")
    value_yuan: Yuan | None = Field(default=None, description="0: none; null: not known.")
    district: Short = ""
    place: Named = ""
    sheet: Key | None = Field(default=None, description="A sheet that is shared with the authority.")
    right_kind: RightKind | None = None
    right_number: Short = ""
    right_title: Named = ""


class WordAsked(Body):
    text: Passage = ""
    verdict: GoodsVerdict | None = Field(
        default=None, description="What the goods are; the right holder alone says so."
    )


class InspectionAnswer(Answer):
    key: int
    authority: str
    kind: InspectionKind
    happened_on: date
    goods: str
    quantity: int | None
    unit: str
    value_yuan: int | None
    district: str
    place: str
    right_kind: RightKind | None
    right_number: str
    outcome: InspectionOutcome
    outcome_on: date | None
    synthetic: bool


class InspectionWordAnswer(Answer):
    of_holder: bool
    verdict: GoodsVerdict | None
    text: str
    said_at: datetime


class InspectionWhole(InspectionAnswer):
    words: list[InspectionWordAnswer]


class InspectionList(Answer):
    total: int
    items: list[InspectionAnswer]
    next: str | None


def list_inspections(
    request: HttpRequest, year: Year | None = None, limit: Limit = 50, cursor: CursorText | None = None
) -> InspectionList:
    counted = year or timezone.localdate().year
    rows = reads.inspection_lines(actor_of(request), counted)
    page = page_of(rows, subject=f"inspections|{counted}", size=limit, cursor=cursor)
    return InspectionList(
        total=page.total, items=[InspectionAnswer(**_line(one)) for one in page.items], next=page.next
    )


def read_inspection(request: HttpRequest, key: InspectionKey) -> InspectionWhole:
    shown = reads.inspection_shown(actor_of(request), key)
    words = [
        InspectionWordAnswer(of_holder=one.holder, verdict=one.verdict or None, text=one.text, said_at=one.said_at)
        for one in (word["word"] for word in shown["words"])
    ]
    return InspectionWhole(**_line(shown), words=words)


def record_inspection(request: HttpRequest, found: InspectionAsked) -> InspectionWhole:
    told = found.model_dump(exclude={"authority"})
    told |= {"sheet": found.sheet or 0, "right_kind": found.right_kind or ""}
    key = inspections.record_inspection(
        actor=actor_of(request), found=inspections.Found(**told), authority=found.authority
    )
    return read_inspection(request, key)


def say_of_inspection(request: HttpRequest, key: InspectionKey, word: WordAsked) -> InspectionWhole:
    inspections.say(actor=actor_of(request), key=key, text=word.text, verdict=word.verdict or "")
    return read_inspection(request, key)


def _line(shown: dict[str, Any]) -> dict[str, Any]:
    row = shown["row"]
    names = set(InspectionAnswer.model_fields) - {"key", "authority", "right_kind"}
    told = {name: getattr(row, name) for name in names}
    return {**told, "key": row.pk, "authority": shown["who"], "right_kind": row.right_kind or None}


ENDPOINTS = (
    Endpoint(
        call=list_inspections,
        path="inspections",
        answer=InspectionList,
        summary=_("Inspections and seizures of a year that you may see"),
        scope=CASES_READ,
        example="inspections?year=2026",
    ),
    act(
        record_inspection,
        "inspections",
        _("Record an inspection or a seizure"),
        _("For who enforces for an authority; the right holder is told where a sheet is named. What came of it is noted on the page."),
        {
            "kind": "seizure",
            "happened_on": "2026-03-01",
            "goods": "gift boxes",
            "unit": "box",
            "quantity": 12,
            "right_kind": "trade_mark",
            "right_number": "G12345",
        },
        answer=InspectionWhole,
        status=201,
    ),
    Endpoint(
        call=read_inspection,
        path="inspections/{key}",
        answer=InspectionWhole,
        summary=_("A record of an inspection, with what was said of it"),
        scope=CASES_READ,
        example="inspections/1",
    ),
    act(
        say_of_inspection,
        "inspections/{key}/words",
        _("Say something of an inspection: the authority to the right holder, or back"),
        body={"text": "The thread is missing.", "verdict": "fake"},
        answer=InspectionWhole,
    ),
)  # fmt: skip
