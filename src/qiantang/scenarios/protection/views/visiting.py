"""A matter for a party without an account: number and one-time code open it once, for half an hour."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, NotFound
from qiantang.scenarios.protection.forms.mediation import JoinForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.visits import visit_shown
from qiantang.scenarios.protection.services import access, visiting
from qiantang.scenarios.protection.views.acting import given

_KEY = "protection_visit"


@never_cache
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """Ask for number and code."""
    errors = list[dict[str, str]]()
    if request.method == "POST":
        try:
            request.session[_KEY] = access.use_code(actor=actor_of(request), **given(JoinForm, request))
            return HttpResponseRedirect(reverse("protection:visit-matter"))
        except DomainError as error:
            if not telling.tellable(error):
                raise
            errors = [{"text": telling.told(error), "href": "#id_code"}]
    return render(request, "protection/visit.html", {"errors": errors}, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def visited(request: HttpRequest) -> HttpResponse:
    """The matter; POST answers the invitation to mediate."""
    key = request.session.get(_KEY)
    if not isinstance(key, int):
        raise NotFound("protection.visit_over")
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        try:
            visiting.answer_invitation(actor=actor, key=key, agreed=request.POST.get("answer") == "agree")
            return HttpResponseRedirect(reverse("protection:visit-matter"))
        except DomainError as error:
            if not telling.tellable(error):
                raise
            errors = [{"text": telling.told(error), "href": "#main"}]
    visiting.note_look(actor=actor, key=key)
    shown = visit_shown(actor, key)
    context = {
        "shown": shown,
        "side": telling.side_word(shown.side),
        "route": telling.route_word(shown.route),
        "matter": telling.matter_word(shown.matter),
        "exhibits": telling.exhibit_rows(shown.exhibits),
        "errors": errors,
    }
    return render(request, "protection/visit_matter.html", context, status=422 if errors else 200)
