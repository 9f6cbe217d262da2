"""The page of a case, for rooms that have none of their own, and its forms: a step, a note, the clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.selectors.words import clock_rows, link_rows, party_rows, pause_reasons, state_tone
from qiantang.commons.casework.services import parties, stepping, timing
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT_HERE = (Invalid, Conflict, NotPermitted)


@never_cache
@require_GET
def case_show(request: HttpRequest, number: str) -> HttpResponse:
    """State, next steps, clocks, story, parties."""
    return _page(request, number)


@require_POST
def case_step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step of the workflow."""

    def act() -> None:
        stepping.advance(
            actor=actor_of(request),
            number=number,
            action=request.POST.get("action", ""),
            note=request.POST.get("note", ""),
        )

    return _done(request, number, act)


@require_POST
def case_note(request: HttpRequest, number: str) -> HttpResponse:
    """Note something for the office."""
    text = request.POST.get("note", "")
    return _done(request, number, lambda: stepping.note(actor=actor_of(request), number=number, text=text))


@require_POST
def case_clock(request: HttpRequest, number: str) -> HttpResponse:
    """Stop the clocks, let them go on, take the case, put it back."""
    actor, told = actor_of(request), request.POST.get("note", "")
    acts: dict[str, Callable[[], object]] = {
        "pause": lambda: timing.pause(actor=actor, number=number, reason=request.POST.get("reason", ""), note=told),
        "resume": lambda: timing.resume(actor=actor, number=number, note=told),
        "take": lambda: parties.assign(actor=actor, number=number, person_id=actor.person_id or 0),
        "release": lambda: parties.release(actor=actor, number=number, note=told),
    }
    return _done(request, number, acts.get(request.POST.get("act", ""), lambda: case_sheet(actor, number)))


def _done(request: HttpRequest, number: str, act: Callable[[], object]) -> HttpResponse:
    """Back to the page; what was refused is told on it, with what was typed still there."""
    try:
        act()
    except _KEPT_HERE as error:
        if error.code not in REFUSALS:
            raise
        return _page(request, number, error=error)
    return HttpResponseRedirect(reverse("casework:case-show", kwargs={"number": number}))


def _page(request: HttpRequest, number: str, error: Invalid | Conflict | NotPermitted | None = None) -> HttpResponse:
    actor = actor_of(request)
    sheet = case_sheet(actor, number)
    errors = []
    if error:
        texts = [gettext(text) % error.facts for text in REFUSALS[error.code]]
        errors = [{"text": " ".join(texts), "href": "#steps"}]
    context = {
        "sheet": sheet,
        "tone": state_tone(sheet.card),
        "clocks": clock_rows(sheet.clocks),
        "parties": party_rows(sheet.parties),
        "links": link_rows(sheet.links),
        "reasons": pause_reasons(),
        "mine": sheet.card.assignee_id is not None and sheet.card.assignee_id == actor.person_id,
        "errors": errors,
        "typed": request.POST.get("note", ""),
    }
    return render(request, "casework/case_show.html", context, status=422 if error else 200)
