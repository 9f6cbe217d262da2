"""Some acts ask anew who is there: signing, sealing, paying out, exporting, and whatever changes how an account is kept safe."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

Given = ParamSpec("Given")
SHOWN_AT = "shown_at"  # key of the session: when the person last showed who they are, seconds since 1970
GOOD_FOR_SECONDS = 10 * 60


def note_shown(request: HttpRequest) -> None:
    """The person has just shown who they are."""
    request.session[SHOWN_AT] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within the last ten minutes."""
    return time.time() - int(request.session.get(SHOWN_AT, 0)) <= GOOD_FOR_SECONDS


def needs_step_up(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """A view that is reached only within ten minutes after password (and code) were shown; else by way of a page that asks.

    A form that was sent has to be sent again: the way leads back to the page it stood on.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *given: Given.args, **named: Given.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated or is_fresh(request):
            return view(request, *given, **named)
        back = request.get_full_path() if request.method == "GET" else _page_before(request)
        return HttpResponseRedirect(f"{reverse('accounts:step-up')}?{urlencode({'next': back})}")

    return guarded


def safe_next(request: HttpRequest, given: str) -> str:
    """An address of this house to go on to; the start page for any other."""
    allowed = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if allowed else "/"


def _page_before(request: HttpRequest) -> str:
    return safe_next(request, request.headers.get("Referer", ""))
