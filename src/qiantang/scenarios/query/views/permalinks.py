"""Permanent links: made from a search, opened again with what it gave then and gives now, and its list to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.forms import desk_request
from qiantang.scenarios.query.selectors import desk, permalinks

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.scenarios.query.selectors.permalinks import Pinned

_LARGEST_LIST = 8_000_000  # bytes: 200,000 ids and room for longer ones


@require_GET
def permalink_new(request: HttpRequest) -> HttpResponse:
    """Makes the link of a search and goes there."""
    made_at = timezone.now().replace(microsecond=0).isoformat()
    statement = permalinks.pinned(actor_of(request), desk_request(request.GET), made_at)
    return HttpResponseRedirect("/search/permalink?" + urlencode({"c": permalinks.sealed(statement)}))


@require_http_methods(["GET", "POST"])
def permalink(request: HttpRequest) -> HttpResponse:
    """Opens a link: what the query gave then, what it gives now; with a list in ``list``, compared with that."""
    word, actor = request.GET.get("c", ""), actor_of(request)
    statement = permalinks.opened(word)
    found = permalinks.replayed(actor, statement)
    exact = found.then is not None and found.then.sha256 == statement.sha256
    context: dict[str, Any] = {
        "statement": statement,
        "word": word,
        "found": found,
        "exact": exact,
        "same": found.now.sha256 == statement.sha256,
        "new": permalinks.changed(found.new) if exact and found.new is not None else None,
        "gone": permalinks.changed(found.gone) if exact and found.gone is not None else None,
        "names_of_today": permalinks.names_of_today(statement),
        "chips": desk.chips(statement.asked),
        "search_url": desk.address(statement.asked, statement.asked.refinements),
        "link": request.build_absolute_uri(f"/search/permalink?{urlencode({'c': word})}"),
    }
    status = 200
    if request.method == "POST":
        try:
            context["new"], context["gone"] = permalinks.compared(actor, statement, _listed(request))
            context["compared"] = True
        except Invalid as error:
            context["list_fault"], status = error.facts.get("given", ""), 422
    return render(request, "query/permalink.html", context, status=status)


def _listed(request: HttpRequest) -> bytes:
    given = request.FILES.get("list")
    return given.read(_LARGEST_LIST) if given is not None else b""


@require_GET
def permalink_list(request: HttpRequest) -> HttpResponse:
    """The ids of then as a text file, one a line: its SHA-256 is that of the statement."""
    statement = permalinks.opened(request.GET.get("c", ""))
    ids = permalinks.then_ids(actor_of(request), statement)
    if ids is None:
        raise Invalid("query.permalink_gone")
    response = HttpResponse("".join(f"{one}\n" for one in ids), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(statement)}.txt"'
    return response


@require_GET
def permalink_statement(request: HttpRequest) -> HttpResponse:
    """The statement as JSON, with its signed form and how the list is checked."""
    word = request.GET.get("c", "")
    statement = permalinks.opened(word)
    told = {
        "query": statement.asked.text,
        "refinements": list(statement.asked.refinements),
        "canonical": permalinks.replayed(actor_of(request), statement).now.canonical,
        "snapshot": statement.snapshot,
        "total": statement.total,
        "ids_sha256": statement.sha256,
        "made_at": statement.made_at,
        "signed": word,
        "verify": "sha256sum of the list, one patent id a line, sorted, each line ended by a line feed; "
        "the signature is checked by opening the link",
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{_name(statement)}.json"'
    return response


def _name(statement: Pinned) -> str:
    return f"query-{statement.snapshot}-{statement.sha256[:8]}"
