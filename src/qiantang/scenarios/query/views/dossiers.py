"""Dossiers: those open to the reader, one of them, its settings, its history and what has changed in it."""

from __future__ import annotations

import csv
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.query.forms import DossierForm
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.rules import LINK_DAYS
from qiantang.scenarios.query.selectors import acts
from qiantang.scenarios.query.selectors import dossiers as reads
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.services import dossiers as services
from qiantang.scenarios.query.views.telling import Echo, harmless, told

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS, _PATENTS = 20, 50


@require_http_methods(["GET", "POST"])
def dossier_index(request: HttpRequest) -> HttpResponse:
    """The dossiers open to the reader, and the form that begins one."""
    actor = actor_of(request)
    ensure_may_keep(actor)
    fault, typed = "", ""
    if request.method == "POST":
        form = DossierForm(request.POST)
        form.is_valid()
        typed = form.cleaned_data.get("name", "")
        try:
            key = services.make_dossier(actor=actor, name=typed)
            return HttpResponseRedirect(reverse("query:dossier-page", args=[key]))
        except (Invalid, Conflict) as error:
            fault = told(error)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject="dossiers") if cursor else 0
    page = reads.dossiers(actor, PageRequest(offset=offset, size=_ROWS))
    context = {
        "dossiers": page.items,
        "total": page.total,
        "typed": typed,
        "errors": [{"text": fault, "href": "#name"}] if fault else [],
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("query:dossier-index") if offset else None,
    }
    return render(request, "query/dossier_index.html", context, status=422 if fault else 200)


@require_GET
def dossier_page(request: HttpRequest, key: int) -> HttpResponse:
    """One dossier: its patents in order, by rating or by day; ``?tag=`` those with a tag."""
    actor = actor_of(request)
    row = reads.dossier_row(actor, key)
    given = request.GET.get("order", "")
    order = given if given in reads.ORDERS else "place"
    tag = request.GET.get("tag", "")[:40]
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.entries_subject(key, order, tag)) if cursor else 0
    page = reads.entries(row, PageRequest(offset=offset, size=_PATENTS), order=order, tag=tag)
    kept = f"order={order}&tag={tag}&" if order != "place" or tag else ""
    context = {
        "dossier": reads.shown(actor, row),
        "entries": page.items,
        "total": page.total,
        "order": order,
        "tag": tag,
        "tags": reads.tags_of(row),
        "movable": order == "place" and not tag,
        "next_url": f"?{kept}page={page.next}" if page.next else None,
        "first_url": (f"?{kept}".rstrip("&") if kept else "?") if offset else None,
    }
    return render(request, "query/dossier_page.html", context)


@require_http_methods(["GET", "POST"])
def dossier_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Name, purpose, alert, sharing and links; for the owner."""
    actor = actor_of(request)
    row = reads.managed_row(actor, key)
    fault = ""
    if request.method == "POST":
        form = DossierForm(request.POST)
        form.is_valid()
        given = form.cleaned_data
        try:
            services.change_dossier(
                actor=actor, key=key, name=given.get("name", ""), about=given.get("about", ""), watch=form.watched()
            )
        except (Invalid, Conflict) as error:
            fault = told(error)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("query:dossier-page", args=[key]))
    context: dict[str, Any] = {
        "dossier": reads.shown(actor, row),
        "errors": [{"text": fault, "href": "#name"}] if fault else [],
        "shares": row.shares.select_related("person").order_by("person__username"),
        "links": [{"id": one.pk, "until": one.until, "url": reads.link_url(one)} for one in reads.links_in_force(row)],
        "days": LINK_DAYS,
    }
    return render(request, "query/dossier_edit.html", context, status=422 if fault else 200)


@require_POST
def dossier_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a dossier with all that is in it."""
    services.delete_dossier(actor=actor_of(request), key=key)
    messages.success(request, _("Deleted."))
    return HttpResponseRedirect(reverse("query:dossier-index"))


@require_GET
def dossier_history(request: HttpRequest, key: int) -> HttpResponse:
    """Who did what, newest first."""
    actor = actor_of(request)
    row = reads.dossier_row(actor, key)
    subject = f"dossier-history|{key}"
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=subject) if cursor else 0
    page = acts.history(row, PageRequest(offset=offset, size=_PATENTS), subject)
    context = {
        "dossier": reads.shown(actor, row),
        "acts": page.items,
        "total": page.total,
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("query:dossier-history", args=[key]) if offset else None,
    }
    return render(request, "query/dossier_history.html", context)


@require_GET
def dossier_changes(request: HttpRequest, key: int, snapshot: int) -> HttpResponse:
    """What an alert told on one snapshot."""
    actor = actor_of(request)
    row = reads.dossier_row(actor, key)
    counts = reads.change_counts(row, snapshot)
    given = request.GET.get("kind", "")
    kind = Change(given) if given in counts else next((Change(one) for one in counts), Change.STATUS)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=f"dossier-changes|{key}|{snapshot}|{kind}") if cursor else 0
    page = reads.changes(actor, key, snapshot, kind, PageRequest(offset=offset, size=_PATENTS))
    context = {
        "dossier": reads.shown(actor, row),
        "snapshot": snapshot,
        "kind": kind,
        "views": [{"kind": one, "count": count} for one, count in counts.items()],
        "patents": page.items,
        "total": page.total,
        "next_url": f"?kind={kind}&page={page.next}" if page.next else None,
        "first_url": f"?kind={kind}" if offset else None,
    }
    return render(request, "query/dossier_changes.html", context)


@require_GET
def dossier_numbers(request: HttpRequest, key: int) -> StreamingHttpResponse:
    """Numbers, ratings and tags as CSV; all fields of the patents come by an export of the search in the dossier."""
    row = reads.dossier_row(actor_of(request), key)
    writer = csv.writer(Echo())
    head: list[list[object]] = [[_("Place"), _("Patent id"), _("Number"), _("Title"), _("Rating"), _("Tags")]]
    rows: Iterator[list[object]] = (
        [one.place, one.patent_id, one.number, one.title or "", one.rating or "", "; ".join(one.tags)]
        for one in reads.every_entry(row)
    )
    content = (writer.writerow([harmless(cell) for cell in line]) for line in chain(head, rows))
    response = StreamingHttpResponse(chain(["\ufeff"], content), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dossier-{key}.csv"'
    return response


@require_GET
def dossier_copy(request: HttpRequest) -> HttpResponse:
    """All one's own dossiers as JSON, to take away."""
    content = json.dumps({"dossiers": reads.kept_by(actor_of(request))}, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="dossiers.json"'
    return response
