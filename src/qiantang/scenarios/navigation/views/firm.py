"""Micro-navigation: a firm looks at itself from its own patents, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import bars, render
from qiantang.kernel.errors import Limited, NotFound
from qiantang.scenarios.navigation.selectors import firm
from qiantang.scenarios.navigation.selectors.telling import refusal_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_LONGEST = 200


@require_GET
def firm_page(request: HttpRequest) -> HttpResponse:
    """The firm named in ``name``; without one, the question alone."""
    name = request.GET.get("name", "").strip()[:_LONGEST]
    context: dict[str, Any] = {"name": name, "fault": "", "page": None}
    status = 200
    if name:
        try:
            page = firm.firm_page(actor_of(request), name)
            context |= {"page": page, "years": bars([(one.label, one.count, one.url) for one in page.years])}
        except (NotFound, Limited) as error:
            context["fault"] = refusal_words(error)
            status = 404 if isinstance(error, NotFound) else 429
    return render(request, "navigation/firm.html", context, status=status)
