"""The steps of the office in a draft, and of its party after passing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.scenarios.preexam.forms.drafts import EventForm, FilingForm, UploadForm
from qiantang.scenarios.preexam.selectors.drafts import draft_row
from qiantang.scenarios.preexam.services import concluding, examining, following, screening
from qiantang.scenarios.preexam.views.acting import acted
from qiantang.scenarios.preexam.views.drafts import page_of

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@never_cache
@require_POST
def draft_act(request: HttpRequest, number: str) -> HttpResponse:
    """``act`` names the step; what it needs comes with it."""
    actor = actor_of(request)
    steps = {**_office(request, actor, number), **_after(request, actor, number)}
    return acted(request, number, steps.get(request.POST.get("act", ""), lambda: draft_row(actor, number)), page_of)


def _office(request: HttpRequest, actor: Actor, number: str) -> dict[str, Callable[[], object]]:
    told = request.POST
    note = told.get("note", "")
    person = told.get("person", "")
    return {
        "take": lambda: casework.parties.assign(actor=actor, number=number, person_id=actor.person_id or 0),
        "accept": lambda: examining.accept_draft(actor=actor, number=number),
        "not_accept": lambda: examining.refuse_draft(
            actor=actor, number=number, reason=told.get("reason", ""), note=note
        ),
        "assign": lambda: examining.assign_draft(
            actor=actor, number=number, person_id=int(person) if person.isdecimal() else None
        ),
        "propose": lambda: concluding.propose_conclusion(
            actor=actor, number=number, outcome=told.get("outcome", ""), reasons=told.getlist("reason"), said=note
        ),
        "confirm": lambda: concluding.confirm_conclusion(actor=actor, number=number, outcome=told.get("outcome", "")),
        "send_back": lambda: concluding.send_back(actor=actor, number=number, note=note),
        "take_second": lambda: concluding.take_second_reading(actor=actor, number=number),
        "order_second": lambda: concluding.order_second_reading(actor=actor, number=number),
        "deliver_second": lambda: concluding.deliver_second_reading(
            actor=actor, number=number, outcome=told.get("outcome", ""), said=note
        ),
        "judge_alike": lambda: screening.judge_look_alike(
            actor=actor, number=number, older=told.get("older", ""), harmless=told.get("harmless") == "yes"
        ),
        "close_late": lambda: examining.close_late(actor=actor, number=number),
    }


def _after(request: HttpRequest, actor: Actor, number: str) -> dict[str, Callable[[], object]]:
    told = request.POST

    def file() -> object:
        stream, name = UploadForm.source(request.POST, request.FILES)
        said = FilingForm(told).told()
        return following.record_filing(actor=actor, number=number, stream=stream, name=name, **said)

    return {
        "file": file,
        "mark": lambda: following.set_mark(actor=actor, number=number),
        "cancel_mark": lambda: following.cancel_mark(
            actor=actor, number=number, breach=told.get("breach", ""), note=told.get("note", "")
        ),
        "event": lambda: following.note_event(actor=actor, number=number, **EventForm(told).told()),
    }
