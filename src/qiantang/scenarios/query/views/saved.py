"""Saved queries: keep, change, delete, and see what their alerts found. Everything here is the person's own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.query.forms import SORTS, SavedQueryForm
from qiantang.scenarios.query.methods.columns import COOKIE, from_cookie
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.selectors import desk, listing
from qiantang.scenarios.query.selectors import saved as reads
from qiantang.scenarios.query.services import saving
from qiantang.scenarios.query.types import DeskRequest
from qiantang.scenarios.query.views.telling import told

if TYPE_CHECKING:
    from qiantang.kernel.errors import DomainError

_ROWS = 20
_CHANGED_ROWS = 50
_NAME_FROM_QUERY = 60


@require_GET
def saved_list(request: HttpRequest) -> HttpResponse:
    """One's saved queries, by name."""
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject="saved-queries") if cursor else 0
    page = reads.saved_queries(actor_of(request), PageRequest(offset=offset, size=_ROWS))
    context = {
        "queries": page.items,
        "total": page.total,
        "sorts": dict(SORTS),
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("query:saved-list") if offset else None,
    }
    return render(request, "query/saved_list.html", context)


@require_http_methods(["GET", "POST"])
def saved_new(request: HttpRequest) -> HttpResponse:
    """Save the query of an address, GET as the search desk writes it, POST to keep it."""
    actor = actor_of(request)
    reads.ensure_may_keep(actor)
    if request.method == "GET":
        asked = _asked(SavedQueryForm(request.GET), request.GET.getlist("f"))
        layout = from_cookie(request.COOKIES.get(COOKIE, ""))  # as the reader saw the hits
        asked = replace(asked, layout=layout if layout.table and layout.columns else None)
        name = asked.text[:_NAME_FROM_QUERY] or _("All patents")
        return _form(request, asked, name, frozenset({Change.NEW}))
    form = SavedQueryForm(request.POST)
    asked = _asked(form, request.POST.getlist("f"))
    try:
        saving.save_query(actor=actor, name=form.cleaned_data["name"], asked=asked, watch=form.watched())
    except (Invalid, Conflict) as error:
        return _form(request, asked, form.cleaned_data["name"], form.watched(), error=error)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("query:saved-list"))


@require_http_methods(["GET", "POST"])
def saved_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change a saved query."""
    actor = actor_of(request)
    row = reads.shown(reads.saved_row(actor, key))
    if request.method == "GET":
        asked = reads.asked_by(reads.saved_row(actor, key))
        return _form(request, asked, row.name, frozenset(map(Change, row.watches)), key=key)
    form = SavedQueryForm(request.POST)
    asked = _asked(form, request.POST.getlist("f"))
    try:
        saving.change_saved_query(
            actor=actor, key=key, name=form.cleaned_data["name"], asked=asked, watch=form.watched()
        )
    except (Invalid, Conflict) as error:
        return _form(request, asked, form.cleaned_data["name"], form.watched(), key=key, error=error)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("query:saved-list"))


@require_POST
def saved_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a saved query with all that belongs to it."""
    saving.delete_saved_query(actor=actor_of(request), key=key)
    messages.success(request, _("Deleted."))
    return HttpResponseRedirect(reverse("query:saved-list"))


@require_GET
def saved_changes(request: HttpRequest, key: int, snapshot: int) -> HttpResponse:
    """What an alert found on one snapshot: a view for each kind of change, as many patents as the notice said."""
    actor = actor_of(request)
    report = reads.report(actor, key, snapshot)
    given = request.GET.get("kind", "")
    kind = Change(given) if given in set(Change) else next((one for one in Change if report.counts[one]), Change.NEW)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.changes_subject(key, snapshot, kind)) if cursor else 0
    page = reads.changed_patents(actor, key, snapshot, kind, PageRequest(offset=offset, size=_CHANGED_ROWS))
    context = {
        "report": report,
        "kind": kind,
        "views": [{"kind": one, "count": report.counts[one]} for one in Change if report.counts[one]],
        "patents": page.items,
        "total": page.total,
        "next_url": f"?kind={kind}&page={page.next}" if page.next else None,
        "first_url": f"?kind={kind}" if offset else None,
    }
    return render(request, "query/saved_changes.html", context)


@require_GET
def saved_copy(request: HttpRequest) -> HttpResponse:
    """All one's saved queries as JSON, to take away."""
    content = json.dumps({"saved_queries": reads.kept_by(actor_of(request))}, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="saved-queries.json"'
    return response


def _asked(form: SavedQueryForm, refinements: list[str]) -> DeskRequest:
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    asked = form.asked(refinements)
    desk.ensure_refinements(asked)
    return asked


def _form(
    request: HttpRequest,
    asked: DeskRequest,
    name: str,
    watch: frozenset[Change],
    *,
    key: int | None = None,
    error: DomainError | None = None,
) -> HttpResponse:
    fault, text = None, ""
    if isinstance(error, Invalid) and error.code == "query.syntax":
        fault = desk.fault(asked, error)
    elif error is not None:
        text = told(error)
    context: dict[str, Any] = {
        "key": key,
        "name": name,
        "asked": asked,
        "sorts": SORTS,
        "columns": listing.column_choices(asked.layout) if asked.layout else [],
        "narrowed": [chip.label for chip in desk.chips(asked)],
        "watch": {kind: kind in watch for kind in Change},
        "error": fault,
        "errors": [{"text": text, "href": "#name"}] if text else [],
    }
    return render(request, "query/saved_form.html", context, status=422 if error else 200)
