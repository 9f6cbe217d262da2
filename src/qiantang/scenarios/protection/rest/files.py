"""Adjudication, handing over and assistance by a program: papers, the request, sending, what is asked of the centre."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Body
from qiantang.scenarios.protection.rest.bounds import Deposits, LongText, Number, Short, Yes
from qiantang.scenarios.protection.rest.proceedings import ProceedingWhole, act, read_proceeding
from qiantang.scenarios.protection.services import assistance, connectors, papers

Aids = Annotated[
    list[Literal["advice", "opinion", "evidence", "overseas", "lawyer", "fees"]], Field(min_length=1, max_length=6)
]


class PaperAsked(Body):
    text: LongText
    deposits: Deposits = Field(
        default=[], description="Evidence by the numbers of your deposits; it is opened with the paper."
    )


class AidAsked(Body):
    kind: Literal["person", "small", "research", "large"] = Field(description="Who asks.")
    services: Aids
    accused: Yes = Field(default=False, description="The right is held against who asks.")
    seat_in_city: Yes | None = None
    act_in_city: Yes | None = None
    country: Short = ""


def draw_up_request(request: HttpRequest, number: Number) -> ProceedingWhole:
    papers.draw_up_request(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def hand_in_paper(request: HttpRequest, number: Number, paper: PaperAsked) -> ProceedingWhole:
    papers.hand_in(actor=actor_of(request), number=number, text=paper.text, deposits=paper.deposits)
    return read_proceeding(request, number)


def send_over(request: HttpRequest, number: Number) -> ProceedingWhole:
    connectors.send_over(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def ask_for_help(request: HttpRequest, number: Number, aid: AidAsked) -> ProceedingWhole:
    assistance.ask_for_help(actor=actor_of(request), number=number, **aid.model_dump())
    return read_proceeding(request, number)


ENDPOINTS = (
    act(
        draw_up_request,
        "proceedings/{number}/request",
        _("Draw up the request of an adjudication"),
        _("It is made of what the intake told, once: asked again it stays as it is."),
    ),
    act(
        hand_in_paper,
        "proceedings/{number}/papers",
        _("Hand a paper in: an answer, or a statement with evidence"),
        _("Of an adjudication. The first paper of the respondent after the request was served is the answer. 409: papers are not taken at this stage."),
        {"text": "The product lacks the second element of the claim.", "deposits": []},
    ),
    act(
        send_over,
        "proceedings/{number}/sending",
        _("Send the papers to the other body"),
        _("With it you agree that they go there; nothing is sent without it. What the body says comes back as `messages`."),
    ),
    act(
        ask_for_help,
        "proceedings/{number}/aid",
        _("Say who asks for assistance, and what for"),
        _("The rules of eligibility are judged and told; the office decides. It may be said anew until it is checked."),
        {"kind": "small", "services": ["opinion"], "seat_in_city": True},
        method="PUT",
    ),
)  # fmt: skip
