"""The search desk: one view, one address, whole or as the fragment ``results``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import slot_items
from qiantang.commons.ui.api import render
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, Limited, NotFound
from qiantang.scenarios.query.forms import GROUPINGS, RANKS, SIZES, SORTS, desk_request, unknown_names
from qiantang.scenarios.query.methods.columns import COOKIE, from_cookie, to_cookie
from qiantang.scenarios.query.selectors import choosing, desk, listing, nothing_found, remarks
from qiantang.scenarios.query.views import kept_history

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.commons.catalogue.api import PlacedItem
    from qiantang.corpus.register.types import SearchResult
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.types import DeskRequest, Layout

_A_YEAR = 365 * 24 * 3600
_OTHERS = ("TF", "IN")  # facets that are counted only where somebody opens them


@require_GET
def search_results(request: HttpRequest) -> HttpResponse:
    """Search: text or number, refinements, order, page; everything lives in the address.

    A query that cannot be read is shown in its box with the place; anything else that is refused is a page of its own.
    How hits are shown is taken from the address, else from the cookie of the last choice.
    """
    asked = desk_request(request.GET)
    layout = asked.layout or from_cookie(request.COOKIES.get(COOKIE, ""))
    context: dict[str, Any] = {
        "q": asked.text,
        "asked": asked,
        "unknown_names": unknown_names(request.GET),
        "kept": [{"name": name, "value": value} for name, value in desk.kept(asked, "q", "sort", "group")],
        "number_answer": desk.number_answer(asked.text),
        "active": desk.chips(asked),
    }
    status = 200
    try:
        if (address := kept_history.spelled_out(request, asked)) is not None:
            return HttpResponseRedirect(address)
        context |= _found(actor_of(request), asked, layout)
    except NotFound:
        context["nothing_loaded"] = True
    except Invalid as error:
        if error.code != "query.syntax":
            raise
        context["error"] = desk.fault(asked, error)
        # htmx shows nothing of an answer with an error status, and this one is there to be read
        status = 200 if request.headers.get("HX-Request") == "true" else 400
    response = render(request, "query/search_results.html", context, fragment="results", status=status)
    if "keep" in request.GET and asked.layout is not None:
        response.set_cookie(COOKIE, to_cookie(asked.layout), max_age=_A_YEAR, samesite="Lax", httponly=True)
    if "result" in context and not asked.cursor:
        kept_history.remember(request, response, context["result"])
    return response


def _found(actor: Actor, asked: DeskRequest, layout: Layout) -> dict[str, Any]:
    result, unranked = _result(actor, asked)
    families = desk.by_family(actor, asked) if asked.grouping and result.total else None
    after = families.next if families else result.next
    snapshot = register.current_snapshot()
    return {
        "result": result,
        "unranked": unranked,
        "remarks": remarks.remarks_on(asked),
        "parameters": desk.parameters(asked),
        "facets": desk.facet_blocks(asked, result),
        "years": choosing.years_block(asked, result, int(snapshot.published_at[:4]) if snapshot else None),
        "other_facets": [(desk.facet_word(key), desk.values_address(asked, key)) for key in _OTHERS],
        "snapshot": result.snapshot,
        "next_url": desk.address(asked, asked.refinements, after) if after else None,
        "first_url": desk.address(asked, asked.refinements) if asked.cursor else None,
        "zero_reason": None if result.total else nothing_found.zero_reason(asked),
        "terms": listing.terms(asked),
        **_drawn(actor, asked, layout, result),
        "families": families,
        "family_rows": listing.family_rows(actor, asked, families, layout) if families else (),
        "layout": layout,
        "columns": listing.column_choices(layout),
        "sorts": (*SORTS, *RANKS),
        "order": asked.rank or asked.sort,
        "groupings": GROUPINGS,
        "sizes": SIZES,
        "layout_kept": desk.kept(asked, "view", "col", "size"),
        "actions": _actions(actor, result),
    }


def _actions(actor: Actor, result: SearchResult) -> tuple[PlacedItem, ...]:
    """What other rooms do with a whole result."""
    told = {"canonical": result.canonical, "total": result.total, "snapshot": result.snapshot}
    return slot_items("search.actions", {"actor": actor, **told})


def _result(actor: Actor, asked: DeskRequest) -> tuple[SearchResult, bool]:
    """The page of hits, and whether it is not in the order asked for: too many hits, or families, which have none."""
    if not asked.rank or asked.grouping:
        return desk.search(actor, asked), bool(asked.rank)
    try:
        return desk.ranked(actor, asked), False
    except Limited as error:
        if error.code != "query.too_many_to_rank":
            raise
        return desk.search(actor, asked), True


def _drawn(actor: Actor, asked: DeskRequest, layout: Layout, result: SearchResult) -> dict[str, Any]:
    if asked.grouping:
        return {"rows": ()}
    return {"rows": listing.rows(actor, asked, result.hits, layout, result.offset)}
