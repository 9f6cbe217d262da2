"""Domain errors that a view let through become pages here, so that no view need catch them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login

from qiantang.commons.accounts.api import actor_of
from qiantang.config import refusals
from qiantang.kernel.errors import DomainError, Limited, NotPermitted, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_log = logging.getLogger(__name__)
_UNAVAILABLE_RETRY_SECONDS = 30


class RefusalMiddleware:
    """NotFound 404 · NotPermitted 403, or the way to sign in · Invalid 422 · Conflict 409 · Limited 429 · Unavailable 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a domain error; None for any other exception, which then takes Django's way."""
        if not isinstance(exception, DomainError):
            return None
        _log.info("refused %s %s: %s", request.method, request.path, exception)
        if isinstance(exception, NotPermitted) and actor_of(request).person_id is None:
            # after signing in, only a page can be asked for again; a form has to be filled in anew
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        response = refusals.page(request, refusals.refusal_of(exception))
        if isinstance(exception, Limited) and "retry_after_seconds" in exception.facts:
            response.headers["Retry-After"] = str(exception.facts["retry_after_seconds"])
        elif isinstance(exception, Unavailable):
            response.headers["Retry-After"] = str(_UNAVAILABLE_RETRY_SECONDS)
        return response
