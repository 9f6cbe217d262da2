"""The room of a mediation for programs: mediator, talks, proposals, meetings, bids, agreement."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from qiantang.commons.catalogue.bases import Answer
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from qiantang.scenarios.protection.selectors.room import RoomShown

Channel = Literal["joint", "applicant", "respondent"]


class MediatorAnswer(Answer):
    name: str
    body: str
    fee: str
    accepted: bool
    disclosed: str = Field(description="Relations that the mediator told.")


class MediatorChoice(Answer):
    key: int
    name: str
    body: str
    in_field: bool
    why_not: str | None = Field(description="Why this one cannot be asked; null: nothing is known against it.")


class RoomLine(Answer):
    side: Side
    who: str
    text: str
    at: datetime


class RoomChannel(Answer):
    channel: Channel = Field(description="`joint`, or the talks of one side with the mediator alone.")
    lines: list[RoomLine]


class ProposalAnswer(Answer):
    version: int
    side: Side
    terms: str
    amount_yuan: int | None
    perform_by: date | None
    made_at: datetime
    applicant: bool | None = Field(description="Whether this side agreed; null: it has not answered.")
    respondent: bool | None = Field(description="Whether this side agreed; null: it has not answered.")


class MeetingAnswer(Answer):
    key: int
    starts_at: datetime
    place: str
    present: str
    minutes: str
    undisputed: str
    confirmed_by: list[Side]


class BidRound(Answer):
    round: int
    met: bool


class SignatureAnswer(Answer):
    side: Side
    name: str
    signed_at: datetime


class PerformanceAnswer(Answer):
    key: int
    side: Side
    what: str
    amount_yuan: int | None
    due_date: date
    done_at: datetime | None


class AgreementAnswer(Answer):
    version: int
    sha256: str = Field(description="What is signed: of the content in canonical JSON.")
    content: dict[str, str | int | None]
    signatures: list[SignatureAnswer]
    effective_at: datetime | None
    document: str | None
    confirmation_asked: list[Side]
    court: str | None
    application: str | None = Field(description="Number of the document to the court.")
    performances: list[PerformanceAnswer]


class MediationAnswer(Answer):
    mediator: MediatorAnswer | None
    choices: list[MediatorChoice] = Field(description="Who may be asked, while a mediator is to be chosen.")
    my_choice: int | None
    may_object: bool
    channels: list[RoomChannel] = Field(description="Those you are in; the office is in none.")
    proposals: list[ProposalAnswer] = Field(description="The newest first.")
    meetings: list[MeetingAnswer]
    bids: list[BidRound] = Field(description="Rounds in which both have bid; never an amount.")
    may_bid: bool
    agreement: AgreementAnswer | None
    extension: list[Side] = Field(description="Who agrees to go on after the term.")


def mediation_told(shown: RoomShown) -> MediationAnswer:
    """The room as its side sees it."""
    return MediationAnswer(
        mediator=_mediator(shown.mediator) if shown.mediator else None,
        choices=[
            MediatorChoice(
                key=one["one"].id,
                name=one["one"].name,
                body=one["one"].body,
                in_field=one["in_field"],
                why_not=one["why"] or None,
            )
            for one in shown.candidates
        ],
        my_choice=shown.my_choice,
        may_object=shown.may_object,
        channels=[_channel(one) for one in shown.channels],
        proposals=[_proposal(one["row"]) for one in shown.proposals],
        meetings=[_meeting(one["row"]) for one in shown.sessions],
        bids=[BidRound(round=one, met=met) for one, met in shown.bids.get("done", ())],
        may_bid=shown.talking and bool(shown.bids.get("may_bid")),
        agreement=_agreement(shown.agreement) if shown.agreement else None,
        extension=[Side(one) for one in shown.extension_sides],
    )


def _mediator(told: dict[str, Any]) -> MediatorAnswer:
    return MediatorAnswer(**{name: told[name] for name in MediatorAnswer.model_fields})


def _channel(told: dict[str, Any]) -> RoomChannel:
    lines = [RoomLine(side=one["of"], who=one["who"], text=one["text"], at=one["at"]) for one in told["lines"]]
    return RoomChannel(channel=told["key"], lines=lines)


def _proposal(row: Any) -> ProposalAnswer:
    names = ("version", "side", "terms", "amount_yuan", "perform_by", "made_at")
    answers = {str(side): row.answers.get(side) for side in (Side.APPLICANT, Side.RESPONDENT)}
    return ProposalAnswer(**{name: getattr(row, name) for name in names}, **answers)


def _meeting(row: Any) -> MeetingAnswer:
    names = ("starts_at", "place", "present", "minutes", "undisputed", "confirmed_by")
    return MeetingAnswer(**{name: getattr(row, name) for name in names}, key=row.pk)


def _agreement(told: dict[str, Any]) -> AgreementAnswer:
    row = told["row"]
    done = ("side", "what", "amount_yuan", "due_date", "done_at")
    performed = [
        PerformanceAnswer(**{name: getattr(one["row"], name) for name in done}, key=one["row"].pk)
        for one in told["performances"]
    ]
    names = ("version", "sha256", "content", "effective_at", "confirmation_asked")
    return AgreementAnswer(
        **{name: getattr(row, name) for name in names},
        signatures=[
            SignatureAnswer(side=one.side, name=one.name, signed_at=one.signed_at) for one in told["signatures"]
        ],
        document=row.document or None,
        court=row.court or None,
        application=row.application or None,
        performances=performed,
    )
