"""The gallery, and the switch between standard and larger text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template import RequestContext, Template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.ui import api
from qiantang.commons.ui.api import render
from qiantang.commons.ui.types import Case


def drawn(request: HttpRequest, case: Case) -> str:
    """One component in one state, as the browser gets it."""
    markup = f'{{% cotton {case.component} :attrs="given" only %}}{{{{ body }}}}{{% endcotton %}}'
    if case.inside:
        markup = f"{{% cotton {case.inside} %}}{markup}{{% endcotton %}}"
    template = Template(markup)
    return str(template.render(RequestContext(request, {"given": dict(case.given), "body": case.body})))


@require_GET
def gallery(request: HttpRequest, cases: Sequence[Case]) -> HttpResponse:
    """Every component in every state; ``cases`` of one component stand together."""
    groups = [
        {"component": name, "cases": [{"state": case.state, "html": drawn(request, case)} for case in group]}
        for name, group in groupby(cases, key=lambda case: case.component)
    ]
    return render(request, "ui/gallery_list.html", {"groups": groups})


@require_POST
def reading_mode_set(request: HttpRequest) -> HttpResponse:
    """Keep the wish in a cookie for a year and go back to where the person was."""
    mode = api.asked_reading_mode(request)
    if mode is None:
        return HttpResponseBadRequest("mode: standard, large or elder")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    api.keep_reading_mode(request, response, mode)
    return response
