"""The wall screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.portal.cockpit.selectors.screen import city_of, screen
from qiantang.scenarios.monitoring.api import CITY

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def screen_page(request: HttpRequest) -> HttpResponse:
    """The city on one screen, without scrolling at 1920 by 1080."""
    told = screen(actor_of(request), CITY, None, timezone.localdate())
    context = {"screen": told, "city": city_of(CITY, get_language() or "zh"), "now": timezone.now()}
    return render(request, "cockpit/screen.html", context)
