"""One line a record, each with the correlation id of the request or job it belongs to, and nothing that people look for.

An address holds what somebody searches, and the message of an exception may repeat it. So within a request the route
stands for the address, and an exception is told by its type and where it was raised, never by its message.
"""

from __future__ import annotations

import logging
import traceback
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

_OUTSIDE = "-"
_DEEPEST = 10  # exceptions in a chain
CORRELATION: ContextVar[str] = ContextVar("correlation", default=_OUTSIDE)


class CorrelationFilter(logging.Filter):
    """Adds ``correlation_id`` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.correlation_id = CORRELATION.get()
        return True


class ContentFilter(logging.Filter):
    """Puts the route in the place of the address in what Django says of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            route = match.view_name or match.route if match else "no route"
            record.msg, record.args = "%s %s: %s", (request.method, route, getattr(record, "status_code", "-"))
        return True


class LineFormatter(logging.Formatter):
    """The line, and below it the stack of an exception: with its messages outside of requests only."""

    def formatException(  # noqa: N802 - the name of the standard library
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        if CORRELATION.get() == _OUTSIDE or ei[1] is None:
            return super().formatException(ei)
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None and len(told) < _DEEPEST:
            stack = "".join(traceback.format_tb(error.__traceback__))
            told.append(f"{stack}{type(error).__module__}.{type(error).__qualname__} (message withheld)")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nwhich came of:\n\n".join(told)


def logging_to_stderr(level: str) -> dict[str, Any]:
    """Django's LOGGING: one handler, one format, ``level`` for our own loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "correlation": {"()": "qiantang.config.logs.CorrelationFilter"},
            "content": {"()": "qiantang.config.logs.ContentFilter"},
        },
        "formatters": {
            "line": {
                "()": "qiantang.config.logs.LineFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s correlation=%(correlation_id)s %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["correlation", "content"]},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "qiantang": {"level": level},
            "django": {"handlers": [], "level": "WARNING"},
            "django_tasks": {"level": level},
        },
    }
