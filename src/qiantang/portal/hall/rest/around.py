"""Around a matter: who signs besides, a value that is wrong, a rating, a complaint. One signs oneself, on the page."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework.bases import CaseNumber, Opened
from qiantang.commons.catalogue.bases import Body, Line
from qiantang.portal.hall.rest.matters import HallMatter, Word, matter_answer
from qiantang.portal.hall.services import complaints, rating, signing
from qiantang.portal.hall.services.prefilling import contest_value

Said = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class SignatureAsked(Body):
    role: Literal["joint_owner", "legal_representative", "principal"]
    username: Line = Field(description="Of the account that is asked to sign; it sees the matter from now on.")


class ValueContested(Body):
    question: Word = Field(description="The question that was filled in beforehand.")
    said: Said = Field(description="What it should be.")
    why: Said


class RatingGiven(Body):
    grade: Annotated[int, Field(ge=1, le=5)] = Field(description="5: very satisfied.")
    comment: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] = ""


class ComplaintMade(Body):
    text: Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")] = Field(
        description="What could not be done, and why you think it could."
    )
    matter: CaseNumber | None = Field(default=None, description="Number of the matter it is about; null: about none.")
    organisation: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z -]+$")] | None = Field(
        default=None, description="Credit code of the organisation for which you act; null: for yourself."
    )


def ask_matter_signature(request: HttpRequest, number: CaseNumber, asked: SignatureAsked) -> HallMatter:
    actor = actor_of(request)
    signing.ask_signature(actor=actor, number=number, role=asked.role, username=asked.username)
    return matter_answer(actor, number)


def contest_prefilled_value(request: HttpRequest, number: CaseNumber, told: ValueContested) -> HallMatter:
    actor = actor_of(request)
    contest_value(actor=actor, number=number, question=told.question, said=told.said, why=told.why)
    return matter_answer(actor, number)


def rate_hall_matter(request: HttpRequest, number: CaseNumber, told: RatingGiven) -> HallMatter:
    actor = actor_of(request)
    rating.rate_matter(actor=actor, number=number, grade=told.grade, comment=told.comment)
    return matter_answer(actor, number)


def open_complaint(request: HttpRequest, told: ComplaintMade) -> Opened:
    actor = actor_of(request)
    if told.organisation is not None:
        actor = organisations.acting_for(actor, told.organisation)
    opened = complaints.complain(actor=actor, text=told.text, number=told.matter or "")
    return Opened(number=opened.number, code=opened.code)
