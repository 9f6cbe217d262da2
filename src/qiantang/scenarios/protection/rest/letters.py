"""Claim charts and letters to platforms of a dispute, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, Day
from qiantang.scenarios.protection.rest.bounds import (
    CASES_READ,
    Deposits,
    LongText,
    Named,
    Number,
    Passage,
    Remark,
    RowKey,
)
from qiantang.scenarios.protection.rest.proceedings import DocumentLanguage, DocumentNumber, act
from qiantang.scenarios.protection.selectors import charts as chart_reads
from qiantang.scenarios.protection.selectors import takedowns as letter_reads
from qiantang.scenarios.protection.services import charts, takedowns
from qiantang.scenarios.protection.services.handing_out import dispute_document

if TYPE_CHECKING:
    from collections.abc import Mapping

VerdictKey = Literal["undecided", "same", "equivalent", "absent"]
Outcome = Literal["sent", "removed", "refused", "countered", "silent"]
Offers = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00\s]+$")]],
    Field(min_length=1, max_length=200),
]


class ChartAsked(Body):
    claim_number: Annotated[int, Field(strict=True, ge=1, le=999)]
    claim_text: LongText
    product: Named


class CellAsked(Body):
    feature: Passage = Field(default="", description="What the product has of the element.")
    verdict: VerdictKey
    deposits: Deposits = Field(default=[], description="Evidence of the dispute for it.")


class ChartElementAnswer(Answer):
    key: int
    text: str
    feature: str
    verdict: VerdictKey
    deposits: list[str]


class ChartAnswer(Answer):
    key: int
    claim_number: int
    claim_text: str
    product: str
    made_at: datetime
    elements: list[ChartElementAnswer]
    result: str = Field(description="What the all-elements rule says of it, in words.")
    decided: int = Field(description="How many elements are decided.")


class ChartList(Answer):
    items: list[ChartAnswer]


class LetterAsked(Body):
    platform: Named
    addresses: Offers = Field(description="Full addresses of the offers.")


class LetterNote(Body):
    answer: Outcome = Field(description="That it was sent, or what the platform did.")
    day: Day
    remark: Remark = ""


class LetterAnswer(Answer):
    key: int
    platform: str
    addresses: list[str]
    document: str
    made_at: datetime
    sent_on: date | None
    answer: Outcome | None
    answered_on: date | None
    act_until: date | None = Field(description="After a counter-statement of the shop: to complain or to sue.")
    remark: str


class LetterList(Answer):
    items: list[LetterAnswer]


def list_charts(request: HttpRequest, number: Number) -> ChartList:
    return ChartList(items=[_chart(one) for one in chart_reads.charts(actor_of(request), number)])


def draw_chart(request: HttpRequest, number: Number, chart: ChartAsked) -> ChartList:
    charts.draw_chart(actor=actor_of(request), number=number, **chart.model_dump())
    return list_charts(request, number)


def fill_cell(request: HttpRequest, number: Number, element: RowKey, cell: CellAsked) -> ChartList:
    charts.fill_cell(actor=actor_of(request), number=number, element=element, **cell.model_dump())
    return list_charts(request, number)


def list_letters(request: HttpRequest, number: Number) -> LetterList:
    rows = letter_reads.takedowns(actor_of(request), number)["rows"]
    return LetterList(items=[_letter(one["row"]) for one in rows])


def make_letter(request: HttpRequest, number: Number, letter: LetterAsked) -> LetterList:
    told = {"platform": letter.platform, "addresses": "\n".join(letter.addresses)}
    takedowns.make_takedown(actor=actor_of(request), number=number, **told)
    return list_letters(request, number)


def note_letter(request: HttpRequest, number: Number, letter: RowKey, note: LetterNote) -> LetterList:
    takedowns.note_answer(actor=actor_of(request), number=number, key=letter, **note.model_dump())
    return list_letters(request, number)


def fetch_letter(
    request: HttpRequest, number: Number, document: DocumentNumber, language: DocumentLanguage = "zh"
) -> HttpResponse:
    content, name = dispute_document(actor=actor_of(request), number=number, paper=document, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chart(shown: Mapping[str, Any]) -> ChartAnswer:
    row = shown["row"]
    elements = [
        ChartElementAnswer(
            key=one.pk, text=one.text, feature=one.feature, verdict=one.verdict, deposits=list(one.deposits)
        )
        for one in (cell["row"] for cell in shown["elements"])
    ]
    names = ("claim_number", "claim_text", "product", "made_at")
    told = {name: getattr(row, name) for name in names}
    return ChartAnswer(**told, key=row.pk, elements=elements, result=shown["result"], decided=shown["decided"])


def _letter(row: Any) -> LetterAnswer:
    names = ("platform", "addresses", "document", "made_at", "sent_on", "act_until", "remark")
    told = {name: getattr(row, name) for name in names}
    return LetterAnswer(**told, key=row.pk, answer=row.outcome or None, answered_on=row.outcome_on)


ENDPOINTS = (
    Endpoint(
        call=list_charts,
        path="disputes/{number}/charts",
        answer=ChartList,
        summary=_("Claim charts of a dispute, newest first"),
        scope=CASES_READ,
        example="disputes/1/charts",
    ),
    act(
        draw_chart,
        "disputes/{number}/charts",
        _("Draw a claim chart"),
        _("The claim is taken apart into its elements."),
        {"claim_number": 1, "claim_text": "1. 一种阀门，包括：壳体；阀芯。", "product": "valve V1"},
        answer=ChartList,
    ),
    act(
        fill_cell,
        "disputes/{number}/elements/{element}",
        _("Say what a product has of an element of a claim"),
        body={"feature": "a housing of brass", "verdict": "same"},
        method="PUT",
        answer=ChartList,
    ),
    Endpoint(
        call=list_letters,
        path="disputes/{number}/letters",
        answer=LetterList,
        summary=_("Letters to platforms of a dispute, oldest first"),
        scope=CASES_READ,
        example="disputes/1/letters",
    ),
    act(
        make_letter,
        "disputes/{number}/letters",
        _("Make a letter to a platform"),
        _("It is made of the intake and the evidence of a filed dispute, and issued as a document. You send it; we send nothing."),
        {"platform": "a shop", "addresses": ["https://shop.example/1"]},
        answer=LetterList,
    ),
    act(
        note_letter,
        "disputes/{number}/letters/{letter}/answer",
        _("Note that a letter was sent, or what the platform did"),
        body={"answer": "sent", "day": "2026-03-02"},
        answer=LetterList,
    ),
    Endpoint(
        call=fetch_letter,
        path="disputes/{number}/documents/{document}",
        answer=None,
        media=("application/pdf",),
        summary=_("A letter of a dispute, as PDF"),
        scope=CASES_READ,
        example="disputes/1/documents/1",
    ),
)  # fmt: skip
