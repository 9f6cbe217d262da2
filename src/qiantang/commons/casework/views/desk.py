"""The desk of the office: what is due first, what waits for one's word, who is away, who has how much in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import policies
from qiantang.commons.casework.selectors import desk as reads
from qiantang.commons.casework.selectors.absences import absences_shown, kinds_handled, office_of
from qiantang.commons.casework.selectors.signoffs import asked_of
from qiantang.commons.casework.selectors.words import lamp_tone, lamp_word, state_tone
from qiantang.commons.casework.services import office, parties
from qiantang.commons.casework.types import CASE_TYPES, REFUSALS
from qiantang.commons.ui.api import render
from qiantang.kernel.calendar import Lamp
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.casework.types import CaseCard

_SHOWN = 100
_LATE = {Lamp.RED: "harm", Lamp.YELLOW: "wait"}


@never_cache
@require_GET
def desk_show(request: HttpRequest) -> HttpResponse:
    """``?view=``: mine, free (the pool), late (red and yellow), all."""
    return _page(request)


@require_POST
def desk_act(request: HttpRequest) -> HttpResponse:
    """Take a case out of the pool, say that one is away, come back."""
    actor, post = actor_of(request), request.POST
    if not any(policies.is_staff(actor, kind) for kind in CASE_TYPES):  # who only looks over acts on nothing
        raise NotPermitted("casework.desk_refused")
    act = post.get("act", "")
    try:
        if act == "take":
            parties.assign(actor=actor, number=post.get("number", ""), person_id=actor.person_id or 0)
        elif act == "away":
            office.declare_absence(
                actor=actor,
                deputy_id=_key(post.get("deputy", "")),
                person_id=_key(post.get("person", "")),
                start_date=parse_date(post.get("start", "") or "-"),
                end_date=parse_date(post.get("end", "") or "-"),
            )
        elif act == "back":
            office.end_absence(actor=actor, absence_id=_key(post.get("absence", "")))
    except (Invalid, Conflict, NotFound, NotPermitted) as error:
        if error.code not in REFUSALS:
            raise
        return _page(request, error)
    return HttpResponseRedirect(f"{reverse('casework:desk-show')}?view={_view(post.get('view', ''))}")


def _page(request: HttpRequest, error: DomainError | None = None) -> HttpResponse:
    _ensure_office(request)
    actor = actor_of(request)
    view = _view(request.POST.get("view", "") or request.GET.get("view", ""))
    shown = reads.desk(actor, view)
    staff = office_of({role for kind in CASE_TYPES for role in kind.staff})
    texts = [gettext(text) % error.facts for text in REFUSALS[error.code]] if error else []
    context = {
        "view": view,
        "counts": shown.counts,
        "rows": [_row(card) for card in shown.rows[:_SHOWN]],
        "more": max(0, len(shown.rows) - _SHOWN),
        "whole": shown.whole,
        "most": reads.MOST,
        "loads": shown.loads,
        "tasks": [{"task": one, "late": reads.is_late(one)} for one in shown.tasks],
        "sign_offs": asked_of(actor),
        "absences": absences_shown(actor),
        "colleagues": staff,
        "me": actor.person_id,
        "leads": policies.leads_any(actor),
        "may_see_records": bool(policies.may_see_records(actor)),
        "acts": bool(kinds_handled(actor)) and any(policies.is_staff(actor, kind) for kind in CASE_TYPES),
        "keeps_old": policies.may_read_old_files(actor),
        "today": timezone.localdate().isoformat(),
        "errors": [{"text": " ".join(texts), "href": "#absence"}] if error else [],
    }
    return render(request, "casework/desk_show.html", context, status=422 if error else 200)


def _row(card: CaseCard) -> dict[str, object]:
    clock, lamp = card.clock, reads.lamp_of(card)
    return {
        "card": card,
        "tone": state_tone(card),
        "lamp": lamp_word(clock) if clock else "",
        "lamp_tone": lamp_tone(clock) if clock else "",
        "due": clock.reading.due if clock else None,
        "late": _LATE.get(lamp, "") if lamp else "",
    }


def _ensure_office(request: HttpRequest) -> None:
    decision = policies.may_use_desk(actor_of(request))
    if not decision:
        raise NotPermitted(decision.code)


def _view(text: str) -> str:
    return text if text in reads.VIEWS else reads.VIEWS[0]


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0  # noqa: PLR2004 - digits of a key
