"""Values filled in beforehand that somebody contests; and what one holds as the result of a service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.documents import api as documents
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.portal.hall import policies
from qiantang.portal.hall.rules import RESULT
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.selectors import prefilling as reads
from qiantang.portal.hall.selectors.matters import form_of, matter_row
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services.prefilling import contest_value, settle_value
from qiantang.portal.hall.types import REFUSALS

_ROWS = 20


@require_POST
def value_contest(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a value from elsewhere is wrong."""
    actor, post = actor_of(request), request.POST
    question = post.get("question", "")
    try:
        contest_value(actor=actor, number=number, question=question, said=post.get("said", ""), why=post.get("why", ""))
    except DomainError as refused:
        if refused.code not in REFUSALS:
            raise
        request.session["hall.told"] = told_of(refused.code, refused.facts)
    else:
        request.session["hall.told"] = gettext("Passed on to who keeps this value. Your matter goes on meanwhile.")
    steps = form_of(matter_row(actor, number)).steps
    step = next((one.key for one in steps if any(asked.key == question for asked in one.questions)), steps[0].key)
    return HttpResponseRedirect(reverse("hall:matter-form", args=[number, step]) + "#filled-in")


@never_cache
@require_http_methods(["GET", "POST"])
def contested_list(request: HttpRequest) -> HttpResponse:
    """What is contested of data of this house, for those who keep it."""
    actor, fault = actor_of(request), ""
    reads_only = request.method == "GET"
    decision = policies.may_see_catalogue_desk(actor) if reads_only else policies.may_keep_catalogue(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if request.method == "POST":
        key = request.POST.get("contest", "")
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0  # noqa: PLR2004 - digits of a key
        try:
            settle_value(actor=actor, contest_id=number, reply=request.POST.get("reply", ""))
            return HttpResponseRedirect(reverse("hall:contested-list"))
        except DomainError as refused:
            fault = told_of(refused.code, refused.facts)
    rows = [
        {"row": one, "label": form_reads.label_of(form_of(one.matter), one.question)} for one in reads.open_contests()
    ]
    errors = [{"text": fault, "href": "#rows"}] if fault else []
    return render(
        request,
        "hall/contested_list.html",
        {"rows": rows, "errors": errors, "keeps": bool(policies.may_keep_catalogue(actor))},
        status=422 if fault else 200,
    )


@never_cache
@require_GET
def licence_list(request: HttpRequest) -> HttpResponse:
    """My licences: results of services that were issued to oneself or to whom one acts for, and whether each still holds."""
    actor = actor_of(request)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject="documents") if cursor else 0
    asked = PageRequest(offset=offset, size=_ROWS)
    page = documents.documents(actor, asked, templates=(RESULT.key,), to_actor=True)
    context = {
        "rows": page.items,
        "total": page.total,
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("hall:licence-list") if offset else None,
    }
    return render(request, "hall/licence_list.html", context)
