"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.portal.hall.selectors import home as selectors


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One box, live figures, what can be done; ``build`` is the fragment that follows the demonstration city."""
    context = {
        "figures": selectors.home_figures(actor_of(request)),
        "build": selectors.build_under_way(),
        "examples": selectors.examples(),
    }
    return render(request, "hall/home.html", context, fragment="build")
