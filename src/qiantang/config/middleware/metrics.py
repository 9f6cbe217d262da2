"""Counts answers and their time by route: never by address, which holds what somebody looks for.

A server is several processes. Each counts for itself and, once a second at most, leaves what it has in a file beside those
of the others, so that whichever is asked tells for all. A process that ended is still told of, so that nothing counts down.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter, defaultdict
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import orjson
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

_METHODS = frozenset({"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PAUSE = 1.0  # seconds between two files of one process


class Answered(NamedTuple):
    """What is counted together: route, method and class of status."""

    route: str
    method: str
    status: str


class Counts:
    """What one process has answered since it began, in a folder with what its siblings have.

    place  the folder of the server; made with the first file
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._lock = Lock()
        self._answers: Counter[Answered] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._written = 0.0

    def add(self, answered: Answered, seconds: float) -> None:
        with self._lock:
            self._answers[answered] += 1
            self._seconds[answered.route] += seconds
            now = time.monotonic()
            if now - self._written >= _PAUSE:
                self._written = now
                with suppress(OSError):  # a full disk is told of elsewhere; the answer goes out
                    self._write()

    def _write(self) -> None:
        if not self._place.is_dir():
            _sweep(self._place.parent)
            self._place.mkdir(parents=True, exist_ok=True)
        told = ([[*one, count] for one, count in self._answers.items()], self._seconds)
        written = self._place / f"{os.getpid()}.new"
        written.write_bytes(orjson.dumps(told))
        written.replace(written.with_suffix(".json"))

    def told(self) -> tuple[dict[Answered, int], dict[str, float]]:
        """Answers by route, method and class of status; seconds by route; of all processes of this server."""
        with self._lock:
            answers, seconds = Counter(self._answers), Counter(self._seconds)
        for one in self._place.glob("*.json"):
            if one.stem != str(os.getpid()):
                counted, spent = orjson.loads(one.read_bytes())
                answers.update({Answered(*names): count for *names, count in counted})
                seconds.update(spent)
        return dict(answers), dict(seconds)


def _sweep(place: Path) -> None:
    """Remove what servers have left that are no more."""
    for one in place.glob("*"):
        try:
            os.kill(int(one.name), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(one, ignore_errors=True)
        except PermissionError:  # somebody else's process, and alive
            continue


counts = Counts(settings.QIANTANG_HOME / "run" / "answers" / str(os.getppid()))


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
        counts.add(Answered(route, method or "other", f"{response.status_code // 100}xx"), took)
        return response
