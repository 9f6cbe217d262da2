"""The page of deadlines, and the calendar behind its secret address."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.portal.deadlines import selectors, services
from qiantang.portal.deadlines.types import REFUSALS


@never_cache
@require_GET
def deadline_list(request: HttpRequest) -> HttpResponse:
    """What is due for the patents of the organisation one acts for."""
    return _page(request)


@never_cache
@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """A new calendar address, shown in this answer only; or none any more."""
    actor = actor_of(request)
    if request.POST.get("act") == "revoke":
        services.revoke_feed(actor=actor)
        return HttpResponseRedirect(reverse("deadlines:deadline-list"))
    secret = services.make_feed(actor=actor)
    return _page(request, address=request.build_absolute_uri(reverse("deadlines:feed-show", args=[secret])))


@require_POST
def notice_note(request: HttpRequest) -> HttpResponse:
    """Note a notice of grant."""
    try:
        received = date.fromisoformat(request.POST.get("received", ""))
    except ValueError:
        received = None
    try:
        services.note_grant_notice(
            actor=actor_of(request), number=request.POST.get("number", ""), received_date=received
        )
    except Invalid as error:
        texts = " ".join(gettext(text) for text in REFUSALS[error.code])
        return _page(request, errors=[{"text": texts, "href": "#number"}])
    return HttpResponseRedirect(reverse("deadlines:deadline-list"))


@require_safe
@never_cache
def feed_show(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - the address is the key
    """The calendar behind a secret address."""
    return HttpResponse(selectors.calendar_of(secret), content_type="text/calendar; charset=utf-8")


def _page(request: HttpRequest, *, address: str = "", errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    rows = [{"deadline": one, "words": selectors.words_of(one)} for one in selectors.deadlines_for(actor, today)]
    context = {
        "rows": rows,
        "today": today,
        "address": address,
        "has_feed": selectors.has_feed(actor),
        "covering": selectors.covering(actor),
        "errors": errors or [],
    }
    return render(request, "deadlines/deadline_list.html", context, status=422 if errors else 200)
