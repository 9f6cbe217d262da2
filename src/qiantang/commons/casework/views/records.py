"""The records of cases for those who keep them: how long each is kept, holds, packages, disposal by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.casework import policies
from qiantang.commons.casework.methods.retention import retention_rules
from qiantang.commons.casework.selectors import records as reads
from qiantang.commons.casework.selectors.words import disposal_tone, disposal_word
from qiantang.commons.casework.services.archiving import disposing, holding, packing
from qiantang.commons.casework.types import CASE_TYPES, REFUSALS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_ROWS = 30


@never_cache
@require_GET
def record_list(request: HttpRequest) -> HttpResponse:
    """``?view=``: open (a disposal waits), held, done; ``?number=`` leads to one case."""
    actor = actor_of(request)
    counts = reads.record_counts(actor)
    typed, missed = request.GET.get("number", "").strip(), False
    if typed:
        try:
            found = reads.record_told(actor, typed)
        except (Invalid, NotFound):
            missed = True
        else:
            return HttpResponseRedirect(reverse("casework:record-show", kwargs={"number": found.number}))
    view = request.GET.get("view", "")
    view = view if view in reads.VIEWS else "open"
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.subject_of(view)) if cursor else 0
    page = reads.records(actor, PageRequest(offset=offset, size=_ROWS), view=view)
    here = f"{reverse('casework:record-list')}?view={view}"
    context = {
        "view": view,
        "counts": counts,
        "rows": [{"told": one, "word": disposal_word(one), "tone": disposal_tone(one)} for one in page.items],
        "total": page.total,
        "next_url": f"{here}&page={page.next}" if page.next else None,
        "first_url": here if offset else None,
        "rules": [
            {
                "rule": rule,
                "source": gettext(rule.source),
                "kinds": [gettext(CASE_TYPES[kind].title) for kind in rule.kinds if kind in CASE_TYPES],
            }
            for rule in retention_rules()
        ],
        "typed": typed if missed else "",
    }
    return render(request, "casework/record_list.html", context)


@never_cache
@require_GET
def record_show(request: HttpRequest, number: str) -> HttpResponse:
    """One case: rule, day, what stands against its disposal, holds, packages."""
    return _page(request, actor_of(request), number)


@require_POST
def record_act(request: HttpRequest, number: str) -> HttpResponse:
    """Place or lift a hold, agree, dispose, decline."""
    actor = actor_of(request)
    told = reads.record_told(actor, number)
    decision = policies.may_keep_records(actor, CASE_TYPES[told.kind])
    if not decision:
        raise NotPermitted(decision.code)
    try:
        _act(request, actor, number)
    except (Invalid, Conflict, NotPermitted) as error:
        return _page(request, actor, number, error)
    return HttpResponseRedirect(reverse("casework:record-show", kwargs={"number": told.number}))


def _act(request: HttpRequest, actor: Actor, number: str) -> None:
    post = request.POST
    act = post.get("act", "")
    if act == "hold":
        holding.place_hold(actor=actor, number=number, why=post.get("why", ""), until=_day(post.get("until", "")))
    elif act == "lift":
        key = post.get("hold", "")
        holding.lift_hold(actor=actor, number=number, hold=int(key) if key.isdecimal() and len(key) < 18 else 0)  # noqa: PLR2004 - digits of a key
    elif act == "agree":
        disposing.agree(actor=actor, number=number)
    elif act == "dispose":
        disposing.dispose(actor=actor, number=number)
    elif act == "decline":
        day = _day(post.get("not_before", "")) or timezone.localdate()
        disposing.decline(actor=actor, number=number, reason=post.get("reason", ""), not_before=day)
    else:
        raise Invalid("casework.note_missing")


def _day(text: str) -> date | None:
    """errors: Invalid ``casework.hold_until`` for what is no day"""
    if not text.strip():
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Invalid("casework.hold_until")
    return found


@require_POST
@access.needs_step_up
def record_package(request: HttpRequest, number: str) -> HttpResponse:
    """The archive package; taking it is noted in the journal, so it is asked for by POST."""
    actor = actor_of(request)
    told = reads.record_told(actor, number)
    try:
        content = packing.make_package(actor=actor, number=number)
    except Conflict as error:
        return _page(request, actor, number, error)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{told.number}.zip"'
    return response


def _page(request: HttpRequest, actor: Actor, number: str, error: DomainError | None = None) -> HttpResponse:
    told = reads.record_told(actor, number)
    context = {
        "record": told,
        "word": disposal_word(told),
        "tone": disposal_tone(told),
        "source": gettext(told.rule.source) if told.rule else "",
        "blocked": _sentence(told.blocked) if told.blocked else "",
        "keeper": bool(policies.may_keep_records(actor, CASE_TYPES[told.kind])),
        "mine": told.agreed_by_id is not None and told.agreed_by_id == actor.person_id,
        "errors": [{"text": _sentence(error.code, error.facts), "href": ""}] if error else [],
    }
    status = 200 if error is None else 403 if isinstance(error, NotPermitted) else 422
    return render(request, "casework/record_show.html", context, status=status)


def _sentence(code: str, facts: object = None) -> str:
    known = REFUSALS.get(code)
    if known is None:
        return code
    said = " ".join(gettext(one) for one in known)
    return said % facts if facts else said
