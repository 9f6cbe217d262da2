"""The page of a case, for rooms that have none of their own, and its forms: a step, a note, the clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.selectors.linked import may_read_linked
from qiantang.commons.casework.selectors.sheet import case_sheet, told_of
from qiantang.commons.casework.selectors.words import (
    clock_rows,
    link_rows,
    party_rows,
    pause_reasons,
    state_tone,
)
from qiantang.commons.casework.services import office, parties, stepping, timing
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_KEPT_HERE = (Invalid, Conflict, NotPermitted, NotFound)


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
        "hand_over": lambda: parties.assign(
            actor=actor, number=number, person_id=_key(request.POST.get("person", "")), note=told
        ),
    }
    return _done(request, number, acts.get(request.POST.get("act", ""), lambda: case_sheet(actor, number)))


@require_POST
def case_office(request: HttpRequest, number: str) -> HttpResponse:
    """Among the office: ask for a joint sign-off, answer one, set a conversation, give a task, tick one off."""
    actor, post = actor_of(request), request.POST
    acts: dict[str, Callable[[], object]] = {
        "ask": lambda: office.ask_sign_off(
            actor=actor,
            number=number,
            body=post.get("body", ""),
            person_id=_key(post.get("person", "")),
            due_date=parse_date(post.get("due", "") or "-") or timezone.localdate(),
            silence_counts=bool(post.get("silence")),
        ),
        "agree": lambda: _answered(request, number, agrees=True),
        "disagree": lambda: _answered(request, number, agrees=False),
        "meet": lambda: office.set_meeting(
            actor=actor, number=number, at=_moment(post.get("at", "")), link=post.get("link", "")
        ),
        "task": lambda: timing.add_task(
            actor=actor,
            number=number,
            title=post.get("title", ""),
            assignee_id=_key(post.get("person", "")) or actor.person_id,
            due_date=parse_date(post.get("due", "") or "-"),
        ),
        "tick": lambda: timing.complete_task(actor=actor, number=number, task_id=_key(post.get("task", ""))),
    }
    return _done(request, number, acts.get(post.get("act", ""), lambda: case_sheet(actor, number)))


def _answered(request: HttpRequest, number: str, *, agrees: bool) -> None:
    post = request.POST
    key = _key(post.get("sign_off", ""))
    office.answer_sign_off(
        actor=actor_of(request), number=number, sign_off_id=key, agrees=agrees, note=post.get("note", "")
    )


def _moment(text: str) -> datetime | None:
    """What a field for day and time sends, in the time of the city."""
    found = parse_datetime(text or "-")
    return timezone.make_aware(found) if found is not None and timezone.is_naive(found) else found


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0  # noqa: PLR2004 - digits of a key


def _done(request: HttpRequest, number: str, act: Callable[[], object]) -> HttpResponse:
    """Back to the page; what was refused is told on it, with what was typed still there."""
    try:
        act()
    except _KEPT_HERE as error:
        if error.code not in REFUSALS or error.code == "casework.unknown":
            raise
        return _page(request, number, error=error)
    return HttpResponseRedirect(reverse("casework:case-show", kwargs={"number": number}))


def _page(request: HttpRequest, number: str, error: DomainError | None = None) -> HttpResponse:
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
        "linked": may_read_linked(actor, number),
        "reasons": pause_reasons(),
        "tomorrow": (timezone.localdate() + timedelta(days=1)).isoformat(),
        "mine": sheet.card.assignee_id is not None and sheet.card.assignee_id == actor.person_id,
        "told": told_of(actor, number),
        "errors": errors,
        "typed": request.POST.get("note", ""),
    }
    return render(request, "casework/case_show.html", context, status=422 if error else 200)
