"""The form of the desk "Could not get it done"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.portal.hall import policies
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services.complaints import complain


@never_cache
@require_http_methods(["GET", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    """What could not be done; it becomes a case that a supervisor answers."""
    actor, fault = actor_of(request), ""
    number, text = request.POST.get("number", request.GET.get("number", "")).strip()[:40], request.POST.get("text", "")
    if request.method == "POST":
        try:
            opened = complain(actor=actor, text=text, number=number)
            return HttpResponseRedirect(reverse("casework:case-show", args=[opened.number]))
        except (Invalid, NotFound) as refused:
            fault = told_of(refused.code, refused.facts)
    context = {
        "number": number,
        "typed": text,
        "may_begin": bool(policies.may_begin(actor)),
        "errors": [{"text": fault, "href": "#text"}] if fault else [],
    }
    return render(request, "hall/complaint_new.html", context, status=422 if fault else 200)
