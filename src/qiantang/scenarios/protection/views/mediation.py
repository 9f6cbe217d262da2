"""What the forms of a mediation do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts.api import actor_of
from qiantang.scenarios.protection.forms import mediation as forms
from qiantang.scenarios.protection.services import agreements, mediators, room
from qiantang.scenarios.protection.views.acting import given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest


def _choose(request: HttpRequest, number: str) -> None:
    told = given(forms.KeyForm, request)
    mediators.name_mediator(actor=actor_of(request), number=number, mediator_id=told["key"])


def _accept(request: HttpRequest, number: str) -> None:
    mediators.accept_appointment(actor=actor_of(request), number=number, **given(forms.DisclosureForm, request))


def _decline(request: HttpRequest, number: str) -> None:
    mediators.decline_appointment(actor=actor_of(request), number=number, **given(forms.ReasonForm, request))


def _object(request: HttpRequest, number: str) -> None:
    mediators.object_to_mediator(actor=actor_of(request), number=number, **given(forms.ReasonForm, request))


def _say(request: HttpRequest, number: str) -> None:
    room.say(actor=actor_of(request), number=number, **given(forms.SayForm, request))


def _propose(request: HttpRequest, number: str) -> None:
    room.propose(actor=actor_of(request), number=number, **given(forms.ProposalForm, request))


def _answer(request: HttpRequest, number: str) -> None:
    room.answer_proposal(actor=actor_of(request), number=number, **given(forms.AnswerForm, request))


def _call(request: HttpRequest, number: str) -> None:
    told = given(forms.SessionForm, request)
    starts = told["starts_at"]
    if timezone.is_naive(starts):
        starts = timezone.make_aware(starts)
    room.call_session(actor=actor_of(request), number=number, starts_at=starts, place=told["place"])


def _minutes(request: HttpRequest, number: str) -> None:
    room.write_minutes(actor=actor_of(request), number=number, **given(forms.MinutesForm, request))


def _confirm_minutes(request: HttpRequest, number: str) -> None:
    room.confirm_minutes(actor=actor_of(request), number=number, session=given(forms.KeyForm, request)["key"])


def _bid(request: HttpRequest, number: str) -> None:
    room.bid_blind(actor=actor_of(request), number=number, **given(forms.BidForm, request))


def _extend(request: HttpRequest, number: str) -> None:
    room.agree_extension(actor=actor_of(request), number=number)


def _lay_out(request: HttpRequest, number: str) -> None:
    agreements.lay_out(actor=actor_of(request), number=number)


def _ask(request: HttpRequest, number: str) -> None:
    agreements.ask_confirmation(actor=actor_of(request), number=number)


def _decided(request: HttpRequest, number: str) -> None:
    agreements.record_confirmation(actor=actor_of(request), number=number, **given(forms.DecidedForm, request))


def _performed(request: HttpRequest, number: str) -> None:
    agreements.note_performed(actor=actor_of(request), number=number, key=given(forms.KeyForm, request)["key"])


ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "choose_mediator": _choose,
    "accept_appointment": _accept,
    "decline_appointment": _decline,
    "object": _object,
    "say": _say,
    "propose": _propose,
    "answer": _answer,
    "call_session": _call,
    "write_minutes": _minutes,
    "confirm_minutes": _confirm_minutes,
    "bid": _bid,
    "extend": _extend,
    "lay_out": _lay_out,
    "ask_confirmation": _ask,
    "record_confirmation": _decided,
    "performed": _performed,
}
