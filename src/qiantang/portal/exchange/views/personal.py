"""Whom the house may tell how one's matters go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotFound
from qiantang.portal.exchange.selectors.platforms import my_platforms
from qiantang.portal.exchange.services.platforms import agree


@never_cache
@require_http_methods(["GET", "POST"])
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The platforms, and what one has agreed to; a form changes one."""
    actor = actor_of(request)
    if request.method == "POST":
        key = request.POST.get("platform", "")
        if not key.isdecimal() or len(key) > 15:  # noqa: PLR2004 - digits of a key
            raise NotFound("exchange.platform_unknown")
        agree(actor=actor, platform=int(key), agreed=request.POST.get("agreed") == "yes")
        return HttpResponseRedirect(reverse("exchange:agreement-list"))
    return render(request, "exchange/agreement_list.html", {"rows": my_platforms(actor)})
