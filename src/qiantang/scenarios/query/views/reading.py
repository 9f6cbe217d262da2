"""Reading: the whole text of one patent with the terms of a search in their colours, and on to the next of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.register import api as register
from qiantang.scenarios.query.forms import desk_request
from qiantang.scenarios.query.selectors import desk, listing, reading

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_FURTHEST = 12  # digits of a place in a list


@require_GET
def read_patent(request: HttpRequest, number: str) -> HttpResponse:
    """One patent in full, by its id; ``at`` is its place in the list of the search that the address holds."""
    asked = desk_request(request.GET)
    record = register.get(number)
    if record.patent_id != number:
        behind = request.GET.urlencode()
        return HttpResponseRedirect(f"/search/read/{quote(record.patent_id)}" + (f"?{behind}" if behind else ""))
    at = request.GET.get("at", "")
    place = int(at) if at.isascii() and at.isdecimal() and len(at) <= _FURTHEST else None
    actor = actor_of(request)
    around = reading.around(actor, asked, record.patent_id, place)
    context = {
        "patent": record,
        "q": asked.text,
        "reading": reading.reading(actor, record, listing.terms(asked)),
        "moved": place is not None and around is None,
        "around": around,
        "place": around.place + 1 if around else None,
        "before_url": reading.read_url(asked, around.before, around.place - 1) if around else None,
        "after_url": reading.read_url(asked, around.after, around.place + 1) if around else None,
        "list_url": desk.address(asked, asked.refinements),
    }
    return render(request, "query/read_patent.html", context)
