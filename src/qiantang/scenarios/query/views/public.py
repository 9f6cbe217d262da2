"""The search desk: one view, one address, whole or as the fragment ``results``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.forms import SearchForm
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.types import DeskRequest
from qiantang.scenarios.query.views import kept_history

if TYPE_CHECKING:
    from django.http import HttpRequest


def _asked(request: HttpRequest) -> DeskRequest:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    told = form.cleaned_data
    return DeskRequest(told["q"], tuple(request.GET.getlist("f")), told["sort"], told["page"])


@require_GET
def search_results(request: HttpRequest) -> HttpResponse:
    """Search: text or number, refinements, order, page; everything lives in the address.

    A query that cannot be read is shown in its box with the place; anything else that is refused is a page of its own.
    """
    asked = _asked(request)
    context: dict[str, Any] = {
        "q": asked.text,
        "sort": asked.sort,
        "kept": [{"name": "f", "value": one} for one in asked.refinements],
        "number_answer": desk.number_answer(asked.text),
        "active": desk.chips(asked),
    }
    status = 200
    try:
        if (address := kept_history.spelled_out(request, asked)) is not None:
            return HttpResponseRedirect(address)
        result = desk.search(actor_of(request), asked)
    except NotFound:
        context["nothing_loaded"] = True
    except Invalid as error:
        if error.code != "query.syntax":
            raise
        context["error"] = desk.fault(asked, error)
        # htmx shows nothing of an answer with an error status, and this one is there to be read
        status = 200 if request.headers.get("HX-Request") == "true" else 400
    else:
        context |= {
            "result": result,
            "asked": asked,
            "parameters": desk.parameters(asked),
            "facets": desk.facet_blocks(asked, result),
            "snapshot": result.snapshot,
            "next_url": desk.address(asked, asked.refinements, result.next) if result.next else None,
            "first_url": desk.address(asked, asked.refinements) if asked.cursor else None,
            "zero_reason": None if result.total else desk.zero_reason(asked),
        }
    response = render(request, "query/search_results.html", context, fragment="results", status=status)
    if "result" in context and not asked.cursor:
        kept_history.remember(request, response, context["result"])
    return response
