"""One line a record, each with the correlation id of the request or job it belongs to."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

CORRELATION: ContextVar[str] = ContextVar("correlation", default="-")


class CorrelationFilter(logging.Filter):
    """Adds ``correlation_id`` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.correlation_id = CORRELATION.get()
        return True


def logging_to_stderr(level: str) -> dict[str, Any]:
    """Django's LOGGING: one handler, one format, ``level`` for our own loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"correlation": {"()": "qiantang.config.logs.CorrelationFilter"}},
        "formatters": {
            "line": {
                "format": "%(asctime)s %(levelname)s %(name)s correlation=%(correlation_id)s %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["correlation"]},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "qiantang": {"level": level},
            "django": {"handlers": [], "level": "WARNING"},
            "django_tasks": {"level": level},
        },
    }
