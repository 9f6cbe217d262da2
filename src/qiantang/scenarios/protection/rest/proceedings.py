"""A proceeding for programs, whatever its route: what it is about, its evidence, and the parts of its route."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, Line
from qiantang.scenarios.protection.rest.bounds import CASES_READ, CASES_WRITE, Number
from qiantang.scenarios.protection.rest.disputes import (
    DisputeFacts,
    ExhibitAnswer,
    ProceedingBrief,
    exhibits_told,
    facts_told,
    proceedings_told,
)
from qiantang.scenarios.protection.rest.room import MediationAnswer, mediation_told
from qiantang.scenarios.protection.selectors.assistance import aid_of
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.selectors.files import exchanged, papers_of
from qiantang.scenarios.protection.selectors.matters import matter
from qiantang.scenarios.protection.selectors.room import room
from qiantang.scenarios.protection.services import access, disputes, serving, steps
from qiantang.scenarios.protection.services.handing_out import matter_document
from qiantang.scenarios.protection.types import Method, Outcome, PaperKind, Route, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.selectors.matters import MatterShown

DocumentNumber = Annotated[
    str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9-]+$", description="Number of a document.")
]
DocumentLanguage = Annotated[Literal["zh", "en"], Field(description="In which it is told.")]
_WITH_PAPERS = frozenset({Route.ADJUDICATION, Route.POLICE})


class ServiceAnswer(Answer):
    key: int
    side: Side
    method: Method
    sent_at: datetime
    counts_on: date | None = Field(description="From when it counts as served; null: it does not yet.")
    read_at: datetime | None
    failed: str | None = Field(description="Why it did not arrive; null: it did, or is on the way.")


class PaperAnswer(Answer):
    key: int
    kind: PaperKind
    side: Side
    text: str
    sha256: str
    deposits: list[str]
    made_at: datetime
    document: str | None = Field(description="Number of the issued document.")
    services: list[ServiceAnswer]


class RuleJudged(Answer):
    rule: str
    text: str
    met: bool | None = Field(description="Null: it cannot be judged by what was said.")


class AidAnswer(Answer):
    asked: dict[str, str | bool | list[str] | None] | None = Field(description="As it was sent; null: nothing yet.")
    rules: list[RuleJudged]
    documents: list[str] = Field(description="Numbers of the opinions that were issued.")


class MessageAnswer(Answer):
    id: str
    outgoing: bool
    kind: str
    at: datetime
    acknowledged_at: datetime | None
    fault: str | None


class ProceedingWhole(Answer):
    number: str
    kind: str
    route: Route
    state: str
    state_label: str
    side: Side = Field(description="Who you are in it.")
    dispute: str | None = Field(description="Null: you do not see it.")
    reference: str | None = Field(description="Of the other body.")
    facts: DisputeFacts
    exhibits: list[ExhibitAnswer] = Field(description="Your own, and what was opened to you.")
    rules: list[str] = Field(description="Codes of the rules that offered the route.")
    outcome: Outcome | None = Field(description="Null: it goes on.")
    amount_yuan: int | None
    others: list[ProceedingBrief] = Field(description="Other proceedings of the dispute, as far as you see it.")
    mediation: MediationAnswer | None
    papers: list[PaperAnswer] | None = Field(description="The file of an adjudication; null: the route has none.")
    aid: AidAnswer | None
    messages: list[MessageAnswer] | None = Field(description="To and from another body; null: the route has none.")
    synthetic: bool


class JoinAsked(Body):
    code: Line = Field(description="The one-time code of the letter.")


def read_proceeding(request: HttpRequest, number: Number) -> ProceedingWhole:
    actor = actor_of(request)
    serving.note_read(actor=actor, number=number)
    return whole(actor, number)


def join_proceeding(request: HttpRequest, number: Number, asked: JoinAsked) -> ProceedingWhole:
    access.join_by_code(actor=actor_of(request), number=number, code=asked.code)
    return read_proceeding(request, number)


def open_evidence(request: HttpRequest, number: Number) -> ProceedingWhole:
    disputes.open_evidence(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def fetch_proceeding_document(
    request: HttpRequest, number: Number, document: DocumentNumber, language: DocumentLanguage = "zh"
) -> HttpResponse:
    content, name = matter_document(actor=actor_of(request), number=number, paper=document, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def whole(actor: Actor, number: str) -> ProceedingWhole:
    """A proceeding as its page shows it. errors: NotFound ``casework.unknown``"""
    shown = matter(actor, number, steps.steps_for)
    row, card = shown.row, shown.sheet.card
    return ProceedingWhole(
        number=row.number,
        kind=row.kind,
        route=row.route,
        state=row.state,
        state_label=card.state_label,
        side=shown.side,
        dispute=shown.dispute or None,
        reference=row.reference or None,
        facts=facts_told(shown.told),
        exhibits=exhibits_told(shown.exhibits),
        rules=list(shown.reasons),
        outcome=Outcome(row.outcome) if row.outcome else None,
        amount_yuan=shown.amount_yuan,
        others=proceedings_told(shown.others),
        synthetic=shown.synthetic,
        **_parts(actor, shown),
    )


def _parts(actor: Actor, shown: MatterShown) -> dict[str, Any]:
    """What the route adds, as on the page; null where the route has no such part."""
    number, side, route = shown.row.number, shown.side, shown.row.route
    told: dict[str, Any] = dict.fromkeys(("mediation", "papers", "aid", "messages"))
    if route is Route.MEDIATION:
        return {**told, "mediation": mediation_told(room(actor, number, side))}
    if route is Route.ASSISTANCE:
        return {**told, "aid": _aid(aid_of(actor, proceeding_row(actor, number), side))}
    if route in _WITH_PAPERS:
        told["papers"] = [_paper(one) for one in papers_of(actor, number, side)]
    if route is not Route.ADJUDICATION:
        told["messages"] = [_message(one) for one in exchanged(actor, number)]
    return told


def _aid(shown: dict[str, Any]) -> AidAnswer:
    rules = [RuleJudged(rule=one["rule"], text=one["text"], met=one["met"]) for one in shown["rules"]]
    return AidAnswer(asked=shown["asked"], rules=rules, documents=shown["documents"])


def _paper(shown: dict[str, Any]) -> PaperAnswer:
    row = shown["row"]
    services = [
        ServiceAnswer(
            key=made.pk,
            side=made.side,
            method=made.method,
            sent_at=made.sent_at,
            counts_on=made.counts_on,
            read_at=made.read_at,
            failed=made.failed or None,
        )
        for made in (one["row"] for one in shown["services"])
    ]
    names = ("kind", "side", "text", "sha256", "deposits", "made_at")
    told = {name: getattr(row, name) for name in names}
    return PaperAnswer(**told, key=row.pk, document=shown["document"] or None, services=services)


def _message(shown: dict[str, Any]) -> MessageAnswer:
    names = ("id", "outgoing", "kind", "at", "acknowledged_at")
    return MessageAnswer(**{name: shown[name] for name in names}, fault=shown["fault"] or None)


def act(  # noqa: PLR0913 - an endpoint as a row of its table
    call: Callable[..., object],
    path: str,
    summary: str,
    detail: str = "",
    body: Mapping[str, object] | None = None,
    *,
    method: str = "POST",
    answer: type[Answer] | None = ProceedingWhole,
    status: int = 200,
    scope: str = CASES_WRITE,
    takes_file: bool = False,
) -> Endpoint:
    """An act of this room as an endpoint: what the state of things does not allow is 409 in each of them.

    answer  None: nothing comes back
    """
    example = re.sub(r"{\w+}", "1", path)
    return Endpoint(
        call=call,
        path=path,
        method=method,
        status=status if answer else 204,
        answer=answer,
        summary=summary,
        detail=detail,
        scope=scope,
        refuses=(409,),
        example=example,
        body=body,
        takes_file=takes_file,
    )


ENDPOINTS = (
    Endpoint(
        call=read_proceeding,
        path="proceedings/{number}",
        answer=ProceedingWhole,
        summary=_("A proceeding of a dispute: side, evidence, and what its route has"),
        detail=_("As on its page: papers that have arrived at your side count as read once you have asked for it."),
        scope=CASES_READ,
        example="proceedings/1",
    ),
    Endpoint(
        call=fetch_proceeding_document,
        path="proceedings/{number}/documents/{document}",
        answer=None,
        media=("application/pdf",),
        summary=_("A document that was issued in a proceeding, as PDF"),
        scope=CASES_READ,
        example="proceedings/1/documents/1",
    ),
    act(
        join_proceeding,
        "proceedings/{number}/join",
        _("Join a proceeding as a side, by the one-time code of the letter"),
        _("Five wrong codes use it up. Steps that need a note alone, such as to agree, are taken as steps of the case."),
        {"code": "ABCDEFGHJK"},
    ),
    act(open_evidence, "proceedings/{number}/disclosure", _("Let the other side see your evidence")),
)  # fmt: skip
