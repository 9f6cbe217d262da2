"""Putting patents into a dossier: one, those of a number list, or the hits of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid, Limited
from qiantang.scenarios.query.forms import AddForm
from qiantang.scenarios.query.selectors import adding, dossiers
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.services import dossiers as services
from qiantang.scenarios.query.types import REFUSALS
from qiantang.scenarios.query.views.telling import told

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@require_http_methods(["GET"])
def dossier_add_patent(request: HttpRequest, patent_id: str) -> HttpResponse:
    """From the page of a patent to the choice of a dossier."""
    return _page(request, actor_of(request), adding.Wanted(patent=patent_id))


@require_http_methods(["GET", "POST"])
def dossier_add(request: HttpRequest) -> HttpResponse:
    """Which dossier: one there is, or a new one; POST puts the patents in."""
    actor = actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    form = AddForm(given)
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    wanted = adding.wanted_in(form.cleaned_data, given.getlist("f"))
    if request.method == "GET":
        return _page(request, actor, wanted)
    try:
        key, number = _put_in(actor, wanted, form.cleaned_data["dossier"], form.cleaned_data["name"])
    except (Invalid, Conflict, Limited) as error:
        if error.code not in REFUSALS:  # of the search or of a number: a page of its own
            raise
        return _page(request, actor, wanted, fault=told(error))
    text = ngettext("%(number)s patent was put in.", "%(number)s patents were put in.", number)
    messages.success(request, text % {"number": f"{number:,}"})
    return HttpResponseRedirect(reverse("query:dossier-page", args=[key]))


def _put_in(actor: Actor, wanted: adding.Wanted, dossier: int | None, name: str) -> tuple[int, int]:
    ids = adding.patents(actor, wanted)
    if not ids:
        raise Invalid("query.nothing_to_add")
    key = dossier or services.make_dossier(actor=actor, name=name)
    return key, services.add_patents(actor=actor, key=key, patent_ids=ids)


def _page(request: HttpRequest, actor: Actor, wanted: adding.Wanted, fault: str = "") -> HttpResponse:
    ensure_may_keep(actor)
    context = {
        "choices": dossiers.writable(actor),
        "told": adding.told(actor, wanted),
        "kept": wanted.parameters(),
        "errors": [{"text": fault, "href": "#name"}] if fault else [],
    }
    return render(request, "query/dossier_add.html", context, status=422 if fault else 200)
