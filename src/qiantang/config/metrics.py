"""Figures for Prometheus: of all processes of this server since they began, and of the register as it stands.

Source: Prometheus text exposition format 0.0.4. Keep the address inside: what it tells is of use to operators only.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qiantang.config.middleware.metrics import counts
from qiantang.corpus.register.api import current_snapshot, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_STARTED = time.time()


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Every figure; what is not known has no line."""
    answers, seconds = counts.told()
    lines = [
        *_family("qiantang_start_time_seconds", "gauge", "When this process began.", [({}, _STARTED)]),
        *_family(
            "qiantang_answers_total",
            "counter",
            "Answers by route, method and class of status.",
            [({"route": a.route, "method": a.method, "status": a.status}, count) for a, count in answers.items()],
        ),
        *_family(
            "qiantang_answer_seconds_total",
            "counter",
            "Time spent on answers by route.",
            [({"route": route}, spent) for route, spent in seconds.items()],
        ),
        *_of_the_register(),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=MEDIA_TYPE)


def _of_the_register() -> Iterable[str]:
    newest = current_snapshot()
    if newest is None:
        return
    yield from _family("qiantang_snapshot", "gauge", "Number of the newest snapshot.", [({}, newest.number)])
    yield from _family("qiantang_patents", "gauge", "Patents in the newest snapshot.", [({}, newest.patents)])
    engine = register().search
    engine.refresh()
    stamp = engine.state().stamp
    if stamp is not None:
        yield from _family("qiantang_index_snapshot", "gauge", "Snapshot that the search index holds.", [({}, stamp)])


def _family(name: str, kind: str, told: str, rows: list[tuple[Mapping[str, str], float]]) -> Iterable[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"
    for labels, value in rows:
        inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
