"""Search history: the queries of this sitting with their numbers, switched on by the reader, combined by ticking."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods import history as past
from qiantang.scenarios.query.types.asking import History
from qiantang.scenarios.query.views.kept_history import forget, history_of, keep

if TYPE_CHECKING:
    from django.http import HttpRequest

_HERE = "/search/history"
_LEAST = 2  # queries that can be combined


@require_http_methods(["GET", "POST"])
def search_history(request: HttpRequest) -> HttpResponse:
    """GET: the list, or on to what the ticked queries find together. POST: on, off, forget one, forget all."""
    history = history_of(request)
    if request.method == "POST":
        return _changed(request, history)
    ticked = [int(one) for one in request.GET.getlist("pick") if one.isdecimal() and len(one) < 9]  # noqa: PLR2004 - places have few digits
    how = request.GET.get("how", "")
    too_few = how in past.JOINS and len(set(ticked)) < _LEAST
    if how in past.JOINS and not too_few:
        return HttpResponseRedirect("/search?" + urlencode({"q": past.combined(ticked, how)}))
    rows = [
        {"past": one, "url": "/search?" + urlencode({"q": one.query}), "ticked": one.number in ticked}
        for one in reversed(history.queries if history else ())
    ]
    return render(request, "query/history.html", {"kept": history is not None, "rows": rows, "too_few": too_few})


def _changed(request: HttpRequest, history: History | None) -> HttpResponse:
    do = request.POST.get("do", "")
    response = HttpResponseRedirect(_HERE)
    match do.partition("-"):
        case ("on", "", "") if history is None:
            keep(request, response, History())
        case ("on", "", ""):
            pass
        case ("off", "", ""):
            forget(response)
        case ("clear", "", ""):
            keep(request, response, History())
        case ("drop", "-", number) if number.isdecimal() and history is not None:
            keep(request, response, past.forgotten(history, int(number)))
        case _:
            raise Invalid("query.address", fields="do")
    return response
