"""Steps of the centre for programs: those that decide about nobody. What decides is done by a person on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.bases import CaseNumber
from qiantang.commons.catalogue.bases import Body
from qiantang.scenarios.preexam.rest.contents import ItemNumber
from qiantang.scenarios.preexam.rest.drafts import DraftAnswer, draft_answer
from qiantang.scenarios.preexam.services import examining, following
from qiantang.scenarios.preexam.types.drafts import NewItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.kernel.actor import Actor

_PART = Literal["request", "abstract", "claims", "description", "drawings", "design"]


class AssignmentTold(Body):
    to: Literal["first", "me"] = Field(
        default="first", description="`first`: nearest class, then least in hand, without those who have an interest."
    )


class ItemWritten(Body):
    part: _PART
    claim: ItemNumber | None = None
    paragraph: ItemNumber | None = None
    rule: Annotated[str, Field(max_length=12, pattern=r"^[^\x00]*$")] = ""
    text: Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")] = Field(
        description="What is wrong; the parties see it when the notice is sent."
    )


class ItemsSettled(Body):
    items: Annotated[list[ItemNumber], Field(max_length=1_000)] = Field(
        description="Answered items that are settled; all others are noted as not settled."
    )


def accept_draft(request: HttpRequest, number: CaseNumber) -> DraftAnswer:
    return _done(request, number, examining.accept_draft)


def assign_draft(request: HttpRequest, number: CaseNumber, told: AssignmentTold) -> DraftAnswer:
    actor = actor_of(request)
    examining.assign_draft(actor=actor, number=number, person_id=actor.person_id if told.to == "me" else None)
    return draft_answer(actor, number)


def write_draft_item(request: HttpRequest, number: CaseNumber, item: ItemWritten) -> DraftAnswer:
    actor = actor_of(request)
    written = NewItem(item.part, item.claim, item.paragraph, item.rule, item.text)
    examining.add_item(actor=actor, number=number, item=written)
    return draft_answer(actor, number)


def drop_draft_item(request: HttpRequest, number: CaseNumber, item: ItemNumber) -> DraftAnswer:
    actor = actor_of(request)
    examining.drop_item(actor=actor, number=number, item=item)
    return draft_answer(actor, number)


def settle_draft_items(request: HttpRequest, number: CaseNumber, told: ItemsSettled) -> DraftAnswer:
    actor = actor_of(request)
    examining.settle_items(actor=actor, number=number, settled=frozenset(told.items))
    return draft_answer(actor, number)


def send_draft_notice(request: HttpRequest, number: CaseNumber) -> DraftAnswer:
    return _done(request, number, examining.request_amendment)


def set_fast_track_mark(request: HttpRequest, number: CaseNumber) -> DraftAnswer:
    return _done(request, number, following.set_mark)


def _done(request: HttpRequest, number: str, act: Callable[..., str]) -> DraftAnswer:
    actor: Actor = actor_of(request)
    act(actor=actor, number=number)
    return draft_answer(actor, number)
