"""The page of a matter for both sides, what the office does there, the window, and the forms as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.forms import written_form
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.selectors import matters as reads
from qiantang.portal.hall.selectors import pages, sheets
from qiantang.portal.hall.selectors.catalogue import catalogue, said
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services import forms as form_services
from qiantang.portal.hall.services import handling
from qiantang.portal.hall.services.matters import open_matter

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.kernel.actor import Actor

_DECISIONS = ("complete", "refuse", "not_accept", "revoke_acceptance")


@never_cache
@require_GET
def matter_show(request: HttpRequest, number: str) -> HttpResponse:
    """Where a matter stands, what is asked, its parts, its limits and story, and what can be done now."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, fault: str = "") -> HttpResponse:
    actor = actor_of(request)
    matter, sheet = reads.matter_row(actor, number), casework.case_sheet(actor, number)
    office = policies.is_office(actor)
    context: dict[str, Any] = {
        **sheets.matter_context(actor, matter, sheet),
        "office": office,
        "actions": {step.action for step in sheet.steps if not step.blocked},
        "blocked": [one for one in sheet.steps if one.blocked],
        "overview": pages.overview(reads.form_of(matter), matter.answers),
        "papers": reads.papers_shown(matter),
        "documents": documents.documents_of_case(actor, number),
        "grades": [{"key": key, "word": word} for key, word in pages.GRADES.items()],
        "told": request.session.pop("hall.told", ""),
        "errors": [{"text": fault, "href": "#office-steps"}] if fault else [],
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "hall/matter_show.html", context, status=422 if fault else 200)


@require_POST
def matter_act(request: HttpRequest, number: str) -> HttpResponse:
    """A step of the office."""
    actor, post = actor_of(request), request.POST
    act = post.get("act", "")
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: handling.accept_matter(
            actor=actor,
            number=number,
            missing=post.getlist("missing"),
            missing_by=parse_date(post.get("missing_by", "") or "-"),
        ),
        "ask": lambda: handling.ask_supplement(
            actor=actor,
            number=number,
            gaps=[{"what": line} for line in post.get("gaps", "").splitlines()],
            reason=post.get("reason", ""),
        ),
        "lapse": lambda: handling.lapse_matter(actor=actor, number=number),
        "visit": lambda: handling.note_visit(
            actor=actor, number=number, why=post.get("why", ""), forced=bool(post.get("forced"))
        ),
        **{
            one: lambda one=one: handling.decide_matter(
                actor=actor,
                number=number,
                action=one,
                text=post.get("text", ""),
                valid_until=parse_date(post.get("valid_until", "") or "-"),
            )  # type: ignore[misc] # the default binds the name of each turn
            for one in _DECISIONS
        },
    }
    if act not in acts:
        raise NotFound("casework.unknown", number=number[:40])
    try:
        acts[act]()
    except (Invalid, Conflict, NotPermitted) as refused:
        return _page(request, number, told_of(refused.code, refused.facts))
    return HttpResponseRedirect(reverse("hall:matter-show", args=[number]))


@never_cache
@require_GET
def window_show(request: HttpRequest) -> HttpResponse:
    """The window: a form of work, to begin for a person who stands there."""
    decision = policies.may_receive(actor_of(request))
    if not decision:
        raise NotPermitted(decision.code)
    services = [(one.code, said(one.name)) for one in catalogue().services]
    bundles = [(one.code, said(one.name)) for one in form_reads.bundles()]
    return render(request, "hall/window_show.html", {"services": [*bundles, *services]})


@require_POST
def window_begin(request: HttpRequest) -> HttpResponse:
    """On to the form of the service for the person at the window."""
    from_form = request.POST.get("service", "")
    form_reads.name_of(from_form)
    name = request.POST.get("walk_in", "").strip()
    if not name:
        raise Invalid("hall.walk_in_missing")
    opened = open_matter(actor=actor_of(request), code=from_form, walk_in=name)
    request.session["hall.code"] = {opened.number: opened.code}
    first = form_reads.form_of_service(from_form).steps[0].key
    return HttpResponseRedirect(reverse("hall:matter-form", args=[opened.number, first]))


# --- forms as data -------------------------------------------------------------------------------------------------------


def _ensure_may_look(actor: Actor) -> None:
    decision = policies.may_see_catalogue_desk(actor)
    if not decision:
        raise NotPermitted(decision.code)


@never_cache
@require_http_methods(["GET", "POST"])
def form_list(request: HttpRequest) -> HttpResponse:
    """All editions; bring one in as JSON."""
    actor = actor_of(request)
    _ensure_may_look(actor)
    keeps = policies.may_keep_catalogue(actor)
    fault, typed = "", request.POST.get("told", "")
    if request.method == "POST":
        if not keeps:
            raise NotPermitted(keeps.code)
        try:
            form = form_services.import_form(actor=actor, told=_parsed(typed))
            return HttpResponseRedirect(reverse("hall:form-show", args=[form.key, form.version]))
        except DomainError as refused:
            fault = told_of(refused.code, refused.facts)
    context = {
        "rows": form_reads.editions(),
        "typed": typed,
        "keeps": bool(keeps),
        "errors": [{"text": fault, "href": "#told"}] if fault else [],
    }
    return render(request, "hall/form_list.html", context, status=422 if fault else 200)


def _parsed(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError as fault:
        raise Invalid("hall.form_unsound", defects=str(fault)[:200]) from fault
    if not isinstance(told, dict):
        raise Invalid("hall.form_unsound", defects="not an object")
    return told


@never_cache
@require_http_methods(["GET", "POST"])
def form_show(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """A form as people will see it, all pages below one another; publish it."""
    actor = actor_of(request)
    _ensure_may_look(actor)
    if request.method == "POST":
        form_services.publish_form(actor=actor, key=key, version=version)
        return HttpResponseRedirect(reverse("hall:form-list"))
    form = form_reads.form_edition(key, version)
    steps = [
        {"title": said(one.title), "rows": pages.step_shown(one, {}, [], more=1), "repeat": one.repeat}
        for one in form.steps
    ]
    mine = next(one for one in form_reads.editions() if (one["key"], one["version"]) == (key, version))
    context = {"form_title": said(form.title), "steps": steps, "edition": mine}
    return render(request, "hall/form_show.html", {**context, "keeps": bool(policies.may_keep_catalogue(actor))})


@require_GET
def form_json(request: HttpRequest, key: str, version: int) -> JsonResponse:
    """A form as it can be brought in elsewhere."""
    _ensure_may_look(actor_of(request))
    told = written_form(form_reads.form_edition(key, version))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
