"""Is the process alive, and can it serve? For load balancers, the service manager and ``./run demo``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qiantang.engines.search import port as search_port

if TYPE_CHECKING:
    from django.http import HttpRequest

_log = logging.getLogger(__name__)


def database() -> None:
    """The relational database answers a query; raises whatever its driver raises where it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def search() -> None:
    """The search engine answers, and where it has an index all of it can be read; raises ``Unavailable`` where not."""
    search_port.check_reachable(settings.SEARCH_ADAPTER, settings.SEARCH_OPTIONS)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """200 where every check of ``settings.READINESS_CHECKS`` passes, else 503; says which one did not, never why."""
    verdicts = {name: _passes(path) for name, path in settings.READINESS_CHECKS.items()}
    sound = all(verdicts.values())
    told = {"status": "ready" if sound else "not ready", "checks": verdicts}
    return JsonResponse(told, status=200 if sound else 503)


def _passes(dotted_path: str) -> bool:
    try:
        import_string(dotted_path)()
    except Exception:  # noqa: BLE001 - any fault of a part means that it is not ready
        _log.exception("readiness check %s failed", dotted_path)
        return False
    return True
