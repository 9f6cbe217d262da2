"""What the sides and the mediator of a mediation do by a program. Signing stays with the person on the page."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Body, Day, Key
from qiantang.scenarios.protection.rest.bounds import Named, Number, Remark, RowKey, Said, Yes, Yuan
from qiantang.scenarios.protection.rest.deposits import Moment
from qiantang.scenarios.protection.rest.proceedings import ProceedingWhole, act, read_proceeding
from qiantang.scenarios.protection.rest.room import Channel
from qiantang.scenarios.protection.services import agreements, mediators, room

Version = Annotated[int, Field(ge=1, le=10_000, description="Of a proposal.")]


class MediatorWanted(Body):
    mediator: Key = Field(description="Key of one of the `choices`.")


class Disclosure(Body):
    disclosed: Remark = Field(default="", description="Any relation to a side; empty: there is none.")


class Why(Body):
    reason: Remark


class Statement(Body):
    channel: Channel
    text: Said


class ProposalAsked(Body):
    terms: Said
    amount_yuan: Yuan | None = None
    perform_by: Day | None = Field(default=None, description="An agreement needs it.")


class ProposalReply(Body):
    agreed: Yes


class MeetingAsked(Body):
    starts_at: Moment
    place: Named


class Minutes(Body):
    present: Remark = ""
    minutes: Said
    undisputed: Said = Field(default="", description="Facts that both sides do not dispute.")


class BlindBidAsked(Body):
    amount_yuan: Yuan = Field(description="The least that is taken, or the most that is paid.")


def name_mediator(request: HttpRequest, number: Number, wanted: MediatorWanted) -> ProceedingWhole:
    mediators.name_mediator(actor=actor_of(request), number=number, mediator_id=wanted.mediator)
    return read_proceeding(request, number)


def accept_appointment(request: HttpRequest, number: Number, told: Disclosure) -> ProceedingWhole:
    mediators.accept_appointment(actor=actor_of(request), number=number, disclosed=told.disclosed)
    return read_proceeding(request, number)


def decline_appointment(request: HttpRequest, number: Number, why: Why) -> None:
    mediators.decline_appointment(actor=actor_of(request), number=number, reason=why.reason)


def object_to_mediator(request: HttpRequest, number: Number, why: Why) -> ProceedingWhole:
    mediators.object_to_mediator(actor=actor_of(request), number=number, reason=why.reason)
    return read_proceeding(request, number)


def say_in_room(request: HttpRequest, number: Number, said: Statement) -> ProceedingWhole:
    room.say(actor=actor_of(request), number=number, channel=said.channel, text=said.text)
    return read_proceeding(request, number)


def propose_terms(request: HttpRequest, number: Number, proposal: ProposalAsked) -> ProceedingWhole:
    room.propose(actor=actor_of(request), number=number, **proposal.model_dump())
    return read_proceeding(request, number)


def answer_proposal(request: HttpRequest, number: Number, version: Version, reply: ProposalReply) -> ProceedingWhole:
    room.answer_proposal(actor=actor_of(request), number=number, version=version, agreed=reply.agreed)
    return read_proceeding(request, number)


def call_meeting(request: HttpRequest, number: Number, meeting: MeetingAsked) -> ProceedingWhole:
    room.call_session(actor=actor_of(request), number=number, starts_at=meeting.starts_at, place=meeting.place)
    return read_proceeding(request, number)


def write_minutes(request: HttpRequest, number: Number, meeting: RowKey, told: Minutes) -> ProceedingWhole:
    room.write_minutes(actor=actor_of(request), number=number, session=meeting, **told.model_dump())
    return read_proceeding(request, number)


def confirm_minutes(request: HttpRequest, number: Number, meeting: RowKey) -> ProceedingWhole:
    room.confirm_minutes(actor=actor_of(request), number=number, session=meeting)
    return read_proceeding(request, number)


def bid_blind(request: HttpRequest, number: Number, bid: BlindBidAsked) -> ProceedingWhole:
    room.bid_blind(actor=actor_of(request), number=number, amount_yuan=bid.amount_yuan)
    return read_proceeding(request, number)


def agree_extension(request: HttpRequest, number: Number) -> ProceedingWhole:
    room.agree_extension(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def fix_agreement(request: HttpRequest, number: Number) -> ProceedingWhole:
    agreements.lay_out(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def ask_confirmation(request: HttpRequest, number: Number) -> ProceedingWhole:
    agreements.ask_confirmation(actor=actor_of(request), number=number)
    return read_proceeding(request, number)


def note_performance(request: HttpRequest, number: Number, performance: RowKey) -> ProceedingWhole:
    agreements.note_performed(actor=actor_of(request), number=number, key=performance)
    return read_proceeding(request, number)


_AGREED = {
    "terms": "The goods are taken back and 60000 yuan are paid.",
    "amount_yuan": 60_000,
    "perform_by": "2027-03-01",
}
ENDPOINTS = (
    act(
        name_mediator,
        "proceedings/{number}/mediator",
        _("Say which mediator you want"),
        _("Both sides naming the same one is a choice; the office names one alone. 409: this one cannot be asked, and why."),
        {"mediator": 1},
    ),
    act(
        accept_appointment,
        "proceedings/{number}/appointment/acceptance",
        _("Accept to mediate, and tell any relation to a side"),
        _("For the mediator that is asked."),
        {"disclosed": ""},
    ),
    act(
        decline_appointment,
        "proceedings/{number}/appointment/refusal",
        _("Decline to mediate, or step down"),
        _("For the mediator that is asked. The proceeding is not seen any more afterwards."),
        {"reason": "I know the applicant."},
        answer=None,
    ),
    act(
        object_to_mediator,
        "proceedings/{number}/appointment/objection",
        _("Want another mediator"),
        _("Each side once, and always where the mediator told of a relation."),
        {"reason": "We have met before."},
    ),
    act(
        say_in_room,
        "proceedings/{number}/lines",
        _("Say something in the room of a mediation"),
        _("To all (`joint`), or in the talks of one side with the mediator alone; nobody else reads those, nor does the office."),
        {"channel": "joint", "text": "Good day."},
    ),
    act(
        propose_terms,
        "proceedings/{number}/proposals",
        _("Put a proposal, or a counter-proposal"),
        _("It is the next version; none is changed. Who proposes has agreed."),
        _AGREED,
    ),
    act(
        answer_proposal,
        "proceedings/{number}/proposals/{version}/answer",
        _("Agree to the newest proposal, or not"),
        body={"agreed": True},
    ),
    act(
        call_meeting,
        "proceedings/{number}/meetings",
        _("Set a meeting"),
        _("For the mediator."),
        {"starts_at": "2027-02-01T09:30:00+08:00", "place": "room 2"},
    ),
    act(
        write_minutes,
        "proceedings/{number}/meetings/{meeting}/minutes",
        _("Write the minutes of a meeting"),
        _("For the mediator; they may be written anew until both sides have confirmed them."),
        {"present": "both sides", "minutes": "Both said what they want.", "undisputed": "The valve was sold."},
        method="PUT",
    ),
    act(
        confirm_minutes,
        "proceedings/{number}/meetings/{meeting}/confirmation",
        _("Confirm the minutes of a meeting"),
        _("What they call undisputed holds once both sides did."),
    ),
    act(
        bid_blind,
        "proceedings/{number}/bids",
        _("Bid under seal"),
        _("Once both have bid, `bids` tells whether the two meet; the amounts are wiped and told to nobody."),
        {"amount_yuan": 60_000},
    ),
    act(
        agree_extension,
        "proceedings/{number}/extension",
        _("Agree to go on after the term of the mediation"),
        _("It is extended once both sides did."),
    ),
    act(
        fix_agreement,
        "proceedings/{number}/agreement",
        _("Lay the agreement out, to be signed"),
        _("It is made of the newest proposal, to which both sides have agreed. Each signs it as a person on the page, who has just shown who they are: no token does."),
    ),
    act(
        ask_confirmation,
        "proceedings/{number}/confirmation",
        _("Ask the court to confirm the agreement"),
        _("The application is made once both sides did; what the court decides is noted by the office."),
    ),
    act(
        note_performance,
        "proceedings/{number}/performances/{performance}",
        _("Tell that a part of the agreement was performed"),
        _("With the last of them the matter ends."),
    ),
)  # fmt: skip
