"""What an expert is asked, and hands in, by a program."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Key, Limit
from qiantang.kernel.paging import page_of
from qiantang.scenarios.protection.rest.bounds import CASES_READ, LongText
from qiantang.scenarios.protection.rest.disputes import DisputeFacts, facts_told
from qiantang.scenarios.protection.rest.mediation import Why
from qiantang.scenarios.protection.rest.proceedings import act
from qiantang.scenarios.protection.selectors import assistance as reads
from qiantang.scenarios.protection.services import assistance

OpinionKey = Annotated[Key, Field(description="Key of an opinion.")]
PartKey = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]


class OpinionPart(Answer):
    part: str
    title: str
    text: str


class OpinionAnswer(Answer):
    key: int
    kind: str
    title: str
    question: str
    asked_at: datetime
    handed_in_at: datetime | None
    ended_at: datetime | None = Field(description="Null: it waits for you.")
    facts: DisputeFacts
    parts: list[OpinionPart] = Field(description="Of what it is built; each one is needed.")


class OpinionList(Answer):
    total: int
    items: list[OpinionAnswer]
    next: str | None


class OpinionAsked(Body):
    parts: dict[PartKey, LongText] = Field(max_length=20, description="The texts by `part`.")


def list_opinions(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> OpinionList:
    page = page_of(reads.my_opinions(actor_of(request)), subject="opinions", size=limit, cursor=cursor)
    return OpinionList(total=page.total, items=[_opinion(one) for one in page.items], next=page.next)


def hand_in_opinion(request: HttpRequest, key: OpinionKey, opinion: OpinionAsked) -> None:
    assistance.hand_in_opinion(actor=actor_of(request), opinion_id=key, parts=opinion.parts)


def decline_opinion(request: HttpRequest, key: OpinionKey, why: Why) -> None:
    assistance.decline_opinion(actor=actor_of(request), opinion_id=key, reason=why.reason)


def _opinion(shown: dict[str, Any]) -> OpinionAnswer:
    row = shown["row"]
    names = ("kind", "question", "asked_at", "handed_in_at", "ended_at")
    return OpinionAnswer(
        **{name: getattr(row, name) for name in names},
        key=row.pk,
        title=shown["title"],
        facts=facts_told(shown["told"]),
        parts=[OpinionPart(part=one["key"], title=one["word"], text=one["text"]) for one in shown["parts"]],
    )


ENDPOINTS = (
    Endpoint(
        call=list_opinions,
        path="opinions",
        answer=OpinionList,
        summary=_("Opinions that you are asked for as an expert, newest first"),
        scope=CASES_READ,
        example="opinions",
    ),
    act(
        hand_in_opinion,
        "opinions/{key}/text",
        _("Hand an opinion in"),
        _("Every part of its kind. It goes to the office, not to the party, and is not changed afterwards."),
        {"parts": {"basis": "Claim 1.", "comparison": "Alike.", "conclusion": "It falls under it.", "open": "Nothing."}},
        answer=None,
    ),
    act(
        decline_opinion,
        "opinions/{key}/refusal",
        _("Decline to write an opinion"),
        body={"reason": "I know the applicant."},
        answer=None,
    ),
)  # fmt: skip
