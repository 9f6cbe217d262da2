"""Capture a page: ask, watch, look at what it brought; schedules."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.evidence import api as evidence
from qiantang.commons.ui.api import render
from qiantang.engines.capture.port import PICTURE
from qiantang.kernel.errors import DomainError, Unavailable
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.protection.forms import CaptureForm
from qiantang.scenarios.protection.selectors import capture_pages as pages
from qiantang.scenarios.protection.selectors.wording import told

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_ROWS = 12
_SUBJECT = "captures"


@require_http_methods(["GET", "POST"])
def capture_list(request: HttpRequest) -> HttpResponse:
    """One's captures with their pictures, and the form for another one."""
    actor = actor_of(request)
    form = CaptureForm(request.POST if request.method == "POST" else None)
    fault = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_asked(actor, form))
        except DomainError as error:
            fault = told(error)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=_SUBJECT) if cursor else 0
    page = evidence.collected.captures(actor, PageRequest(offset=offset, size=_ROWS))
    context: dict[str, Any] = {
        "signed_in": actor.person_id is not None,
        "no_browser": _no_browser(),
        "typed": {name: request.POST.get(name, "") for name in ("url", "purpose", "pages", "shop", "every_days")},
        "errors": [{"text": fault, "href": "#url"}] if fault else [],
        "rows": [pages.shown(one) for one in page.items],
        "total": page.total,
        "schedules": evidence.collected.schedules(actor) if actor.person_id is not None else [],
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("protection:capture-list") if offset else None,
    }
    return render(request, "protection/capture_list.html", context, status=422 if fault else 200)


def _no_browser() -> str:
    try:
        evidence.collecting.ensure_capturing()
    except Unavailable as error:
        return told(error)
    return ""


def _asked(actor: Actor, form: CaptureForm) -> str:
    """Ask for a capture, or for a schedule with its first one; returns where to look."""
    wish = form.wish()
    if wish.every_days:
        evidence.collecting.schedule_capture(
            actor=actor,
            url=wish.url,
            purpose=wish.purpose,
            pages=wish.pages,
            shop=wish.shop,
            every_days=wish.every_days,
        )
        return reverse("protection:capture-list")
    number = evidence.collecting.request_capture(
        actor=actor, url=wish.url, purpose=wish.purpose, pages=wish.pages, shop=wish.shop
    )
    return reverse("protection:capture-detail", args=[number])


@require_GET
def capture_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One capture: how far it is, what it is worth, what it brought, how it was done."""
    found = evidence.collected.capture_told(actor_of(request), number)
    context = {**pages.whole(found), "here": reverse("protection:capture-detail", args=[found.number])}
    return render(request, "protection/capture_detail.html", context, fragment="state")


@require_GET
def capture_preview(request: HttpRequest, number: str) -> FileResponse:
    """The small picture of the list."""
    return FileResponse(
        evidence.collected.preview_shown(actor_of(request), number).open("rb"), content_type="image/jpeg"
    )


@require_POST
def capture_product(request: HttpRequest, number: str, name: str) -> FileResponse:
    """One product; looking at it is an act of the chain of custody, so it is asked for by POST."""
    actor = actor_of(request)
    place = evidence.collecting.open_product(actor=actor, number=number, name=name)
    kind = "image/png" if name == PICTURE else mimetypes.guess_type(name)[0] or "application/octet-stream"
    # never shown in our own name: what another site wrote must not run here
    return FileResponse(place.open("rb"), as_attachment=True, filename=f"{number}-{name}", content_type=kind)


@require_POST
def schedule_stop(request: HttpRequest, number: str) -> HttpResponse:
    evidence.collecting.stop_schedule(actor=actor_of(request), number=number)
    return HttpResponseRedirect(reverse("protection:capture-list") + "#schedules")
