"""One short code for each request: in the logs, in the answer's header, on the error page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from qiantang.config.logs import CORRELATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

HEADER = "X-Correlation-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{3,35}")


class CorrelationMiddleware:
    """Takes the id from the header where a caller gave a sane one, else makes twelve hexadecimal digits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        code = given if _ACCEPTED.fullmatch(given) else uuid4().hex[:12]
        token = CORRELATION.set(code)
        try:
            response = self.get_response(request)
        finally:
            CORRELATION.reset(token)
        response.headers[HEADER] = code
        return response
