"""Similar patents: for a patent, a claim, a question in plain words, or a text that is kept nowhere.

A text of one's own is sent in the body of the request, never in the address, and answered with the page: nothing of it is
stored, logged or put into a message.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.forms import SimilarForm
from qiantang.scenarios.query.selectors import desk, similar
from qiantang.scenarios.query.types import DeskRequest, SimilarWanted

_PAGE = "query/similar.html"


@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "POST"])
def similar_patents(request: HttpRequest) -> HttpResponse:
    """The form; with something asked, the patents most like it, and on demand how much is probably missing."""
    form = SimilarForm(request.POST if request.method == "POST" else request.GET)
    actor = actor_of(request)
    context: dict[str, Any] = {"state": similar.state(actor), "most": SimilarForm.MOST}
    if not form.is_valid():
        context |= {"wanted": form.as_typed(), "errors": form.told()}
        return render(request, _PAGE, context, status=400)
    wanted = form.wanted()
    context |= {"wanted": wanted, "subject": similar.subject(actor, wanted)}
    if not wanted.asks:
        return render(request, _PAGE, context)
    try:
        context |= _answered(request, wanted)
    except NotFound as error:
        if error.code != "register.empty":
            raise
        context["nothing_loaded"] = True
    except Invalid as error:
        if error.code != "query.syntax":
            raise
        context |= {"error": desk.fault(DeskRequest(text=wanted.query), error)}
        return render(request, _PAGE, context, status=400)
    return render(request, _PAGE, context)


def _answered(request: HttpRequest, wanted: SimilarWanted) -> dict[str, Any]:
    actor = actor_of(request)
    result = similar.similar(actor, wanted)
    relevant = request.POST.getlist("relevant")
    told: dict[str, Any] = {
        "result": result,
        "relevant": relevant,
        "offers_elsewhere": result.meaning.snapshot is not None,
    }
    do = request.POST.get("do")
    if do == "estimate":
        told["recall"] = similar.recall(result, frozenset(relevant))
        told["least"] = similar.LEAST_COMMON
    if do == "elsewhere":
        told["elsewhere"] = similar.elsewhere(actor, wanted)
    return told


@never_cache
@sensitive_post_parameters("text")
@require_POST
def similar_elsewhere(request: HttpRequest) -> HttpResponse:
    """The part of the page with what is told in the other language, which takes a second or some."""
    form = SimilarForm(request.POST)
    if not form.is_valid() or not form.wanted().asks:
        raise Invalid("query.address", fields=_("what is asked"))
    found = similar.elsewhere(actor_of(request), form.wanted())
    return render(request, "query/similar/elsewhere.html", {"elsewhere": found})


@require_GET
def similar_to_patent(_request: HttpRequest, patent_id: str) -> HttpResponse:
    """From the page of a patent to the patents like it."""
    return HttpResponseRedirect("/similar?" + urlencode({"patent": patent_id}))
