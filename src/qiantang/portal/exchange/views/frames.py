"""One service as another site shows it in a frame."""

from __future__ import annotations

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from qiantang.commons.ui.api import render
from qiantang.portal.exchange.selectors.platforms import embedding_origins
from qiantang.portal.hall.api import service_shown


@require_GET
@xframe_options_exempt
def frame_show(request: HttpRequest, code: str) -> HttpResponse:
    """What the service is, what it takes, and the way to it; only sites that operators have entered may frame it."""
    answer = render(request, "exchange/frame_show.html", {"service": service_shown(code)})
    origins = embedding_origins()
    answer._csp_replace = {"frame-ancestors": origins or [NONE]}  # type: ignore[attr-defined]  # noqa: SLF001 - how django-csp is told of one answer
    return answer
