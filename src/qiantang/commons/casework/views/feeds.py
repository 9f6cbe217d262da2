"""Calendars of cases for calendar programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.selectors.feeds import calendar_of
from qiantang.commons.casework.services.feeds import make_feed
from qiantang.commons.ui.api import render


@require_safe
@never_cache
def show(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - the address is the key
    """The calendar behind a secret address."""
    return HttpResponse(calendar_of(secret), content_type="text/calendar; charset=utf-8")


@require_POST
@never_cache
def make(request: HttpRequest, number: str) -> HttpResponse:
    """A new calendar address, shown this once."""
    secret = make_feed(actor=actor_of(request), number=number)
    address = request.build_absolute_uri(reverse("casework:feed-show", kwargs={"secret": secret}))
    back = reverse("casework:case-show", kwargs={"number": number})
    return render(request, "casework/feed_made.html", {"address": address, "back": back, "number": number})
