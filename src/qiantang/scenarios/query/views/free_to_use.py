"""The free-to-use list: published inventions whose right ended, by field of technology, year and region. Open to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.methods import free_to_use as free
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.selectors import free_to_use as selected
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def free_list(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by what stands in the address; each number beside a choice is the length of the list behind it."""
    asked = free.request_from({name: request.GET.getlist(name) for name in request.GET})
    cursor = request.GET.get("page", "")[:200]
    context: dict[str, Any] = {"asked": asked, "active": selected.chips(asked)}
    status = 200
    try:
        result = selected.found(actor_of(request), asked, cursor)
    except NotFound:
        context["nothing_loaded"] = True
    except Invalid as error:
        if error.code != "query.syntax":
            raise
        context["error"] = desk.fault(DeskRequest(asked.words), error)
        status = 400
    else:
        context |= {
            "result": result,
            "patents": selected.patents(result),
            "sectors": selected.sectors(selected.choices(asked, "field")),
            "facets": [(name, selected.choices(asked, name)) for name in ("why", "type", "year", "region")],
            "next_url": selected.address(asked, result.next) if result.next else None,
            "first_url": selected.address(asked) if cursor else None,
            "as_search": selected.as_search(asked),
        }
    return render(request, "query/free_to_use.html", context, status=status)
