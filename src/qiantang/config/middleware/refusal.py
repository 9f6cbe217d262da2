"""Domain errors that a view let through become answers here, so that no view need catch them."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login

from qiantang.commons.accounts.api import actor_of
from qiantang.config import problems, refusals
from qiantang.kernel.errors import DomainError, Limited, NotPermitted, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_log = logging.getLogger(__name__)
_UNAVAILABLE_RETRY_SECONDS = 30
_NOT_KNOWN = 401


class RefusalMiddleware:
    """NotFound 404 · NotPermitted 403, or the way to sign in · Invalid 422 · Conflict 409 · Limited 429 · Unavailable 503.

    To a program NotPermitted is 401 where nobody is known who asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a domain error; None for any other exception, which then takes Django's way."""
        return answer_to(request, exception) if isinstance(exception, DomainError) else None


def answer_to(request: HttpRequest, error: DomainError) -> HttpResponse:
    """What a refusal looks like to who asked. Logged are route and code: addresses and facts may hold what was looked for."""
    route = request.resolver_match.view_name if request.resolver_match else "-"
    _log.info("refused %s %s: %s", request.method, route, error.code)
    refusal = refusals.refusal_of(error)
    if isinstance(error, NotPermitted) and actor_of(request).person_id is None:
        if not problems.wanted(request):
            # after signing in, only a page can be asked for again; a form has to be filled in anew
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        refusal = replace(refusal, status=_NOT_KNOWN)
    response = refusals.answer(request, refusal, error.facts)
    if isinstance(error, NotPermitted) and problems.wanted(request):
        response.headers["WWW-Authenticate"] = problems.challenge(error)
    if isinstance(error, Limited) and "retry_after_seconds" in error.facts:
        response.headers["Retry-After"] = str(error.facts["retry_after_seconds"])
    elif isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(_UNAVAILABLE_RETRY_SECONDS)
    return response
