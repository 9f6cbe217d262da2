"""The content of a draft for programs of those who may open it: each reading is noted and told to the parties, as on the
page. Items, the answers to them, changes that are declared.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.bases import CaseNumber
from qiantang.commons.catalogue.bases import Answer, Body, Text
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.telling import described
from qiantang.scenarios.preexam.rest.checking import DraftReport
from qiantang.scenarios.preexam.rest.drafts import DraftAnswer, draft_answer
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.prior_art import cited_documents
from qiantang.scenarios.preexam.services import answering, concluding, reading

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_MOST = 1_000
Place = Annotated[int, Field(ge=0, le=100_000)]
ItemNumber = Annotated[int, Field(ge=1, le=100_000)]
Version = Annotated[int, Field(ge=1, le=999, description="Number of a version; null: the newest.")]


class DraftItemTold(Answer):
    number: int
    round: int = Field(description="0: not sent yet.")
    part: str
    claim: int | None
    paragraph: int | None
    rule: str
    said: str
    answer: str
    settled: bool | None = Field(description="By the examiner after the answer; null: not yet.")


class CitedTold(Answer):
    key: int
    reference: str
    category: str
    claims: list[int]
    passage: str
    version: int
    told: bool = Field(description="False: the applicant does not know it yet.")


class DraftContent(Answer):
    number: str
    version: int
    name: str
    content: str = Field(description="The file in base64.")
    report: DraftReport = Field(description="What the rules of the day said of it.")
    items: list[DraftItemTold] = Field(description="What the examiner wrote, and the answers.")
    cited: list[CitedTold] = Field(description="Documents that were held against claims.")
    words: str = Field(description="Of the conclusion, once it is confirmed.")


class ChangeTold(Answer):
    place: int = Field(description="In this list, from 0; by it a change is declared.")
    part: str
    old: list[int] = Field(description="Paragraphs before; empty: inserted.")
    new: list[int] = Field(description="Paragraphs now; empty: deleted.")
    claims: list[int]
    items: list[int] = Field(description="Items that asked for it.")
    undeclared: bool


class ChangeList(Answer):
    items: list[ChangeTold]


class ItemAnswered(Body):
    item: ItemNumber = Field(description="Number of an item of the open round.")
    text: Text = Field(description="What was done about it, or why it does not hold.")


class AnswersTold(Body):
    answers: Annotated[list[ItemAnswered], Field(min_length=1, max_length=_MOST)]


class ChangesDeclared(Body):
    places: Annotated[list[Place], Field(max_length=_MOST)] = Field(description="From the list of changes.")
    why: Text = Field(description="The reason, shown to the examiner.")


def read_draft_content(request: HttpRequest, number: CaseNumber, version: Version | None = None) -> DraftContent:
    actor = actor_of(request)
    opened = reading.open_version(actor=actor, number=number, version=version)
    shown = reads.draft(actor, number)
    blind = shown.reads_as == "second_reader"
    items = () if blind else reading.items_of(actor, shown.row, sent_only=not shown.sheet.internal)
    return DraftContent(
        number=shown.sheet.card.number,
        version=opened.number,
        name=opened.name,
        content=base64.b64encode(opened.content).decode(),
        report=DraftReport.model_validate(described(opened.report)),
        items=[DraftItemTold(**{name: getattr(one, name) for name in DraftItemTold.model_fields}) for one in items],
        cited=[
            CitedTold(
                key=one.key,
                reference=one.reference,
                category=one.category,
                claims=list(one.claims),
                passage=one.passage,
                version=one.version,
                told=one.told,
            )
            for one in cited_documents(shown.row, reads_as=shown.reads_as)
        ],
        words=concluding.opened_words(actor, shown.row) if reads.sees_words(shown) else "",
    )


def answer_draft_items(request: HttpRequest, number: CaseNumber, told: AnswersTold) -> DraftAnswer:
    actor = actor_of(request)
    answering.answer_items(actor=actor, number=number, answers=_answers(actor, number, told))
    return draft_answer(actor, number)


def _answers(actor: Actor, number: str, told: AnswersTold) -> dict[int, str]:
    """By the number of the item. A page shows the items of the open round alone; here what is no such item is told, not lost.

    errors  NotFound · Invalid ``preexam.item_unknown``
    """
    shown = reads.draft(actor, number)
    known = reads.open_items(shown.row)
    found: dict[int, str] = {}
    if not shown.edits:
        return found  # the service says why
    for at, one in enumerate(told.answers):
        if one.item not in known or one.item in found:
            place = {"place": f"body.told.answers.{at}.item", "message": "no item of the open round, or answered twice"}
            raise Invalid("preexam.item_unknown", item=one.item, errors=[place])
        found[one.item] = one.text
    return found


def list_draft_changes(request: HttpRequest, number: CaseNumber) -> ChangeList:
    found = answering.compare_versions(actor=actor_of(request), number=number)
    return ChangeList(
        items=[
            ChangeTold(
                place=at,
                part=one.part,
                old=list(one.old),
                new=list(one.new),
                claims=list(one.claims),
                items=list(one.items),
                undeclared=one.undeclared,
            )
            for at, one in enumerate(found)
        ]
    )


def declare_draft_changes(request: HttpRequest, number: CaseNumber, told: ChangesDeclared) -> DraftAnswer:
    actor = actor_of(request)
    answering.declare_changes(actor=actor, number=number, places=frozenset(told.places), why=told.why)
    return draft_answer(actor, number)
