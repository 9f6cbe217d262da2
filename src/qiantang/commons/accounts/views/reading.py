"""How somebody wants to read: kept in the browser, and with the account of who is signed in, for every device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.views.decorators.http import require_POST

from qiantang.commons.accounts.selectors.people import actor_of
from qiantang.commons.accounts.services.people import keep_reading_mode
from qiantang.commons.accounts.services.stepping_up import safe_next
from qiantang.commons.ui import api as ui
from qiantang.commons.ui.types import READING_MODE_COOKIE


@require_POST
def reading_mode_set(request: HttpRequest) -> HttpResponse:
    """Keep the wish and go back to where the person was."""
    mode = ui.asked_reading_mode(request)
    if mode is None:
        return HttpResponseBadRequest("mode: standard, large or elder")
    keep_reading_mode(actor=actor_of(request), mode=mode)
    if actor_of(request).person_id is not None:
        request.session[READING_MODE_COOKIE] = str(mode)
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))
    ui.keep_reading_mode(request, response, mode)
    return response
