"""Counts answers and their time by route: never by address, which holds what somebody looks for."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_METHODS = frozenset({"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Answered(NamedTuple):
    """What is counted together: route, method and class of status."""

    route: str
    method: str
    status: str


class _Counts:
    """What this process has answered since it began."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answers: Counter[Answered] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)


_counts = _Counts()


def counted() -> tuple[dict[Answered, int], dict[str, float]]:
    """Answers by route, method and class of status; seconds by route."""
    with _counts.lock:
        return dict(_counts.answers), dict(_counts.seconds)


class MetricsMiddleware:
    """Comes first, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        match = request.resolver_match
        route = (match.view_name or match.route) if match else "none"
        method = request.method if request.method in _METHODS else "other"
        with _counts.lock:
            _counts.answers[Answered(route, method or "other", f"{response.status_code // 100}xx")] += 1
            _counts.seconds[route] += took
        return response
