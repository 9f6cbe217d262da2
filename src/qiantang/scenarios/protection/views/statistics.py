"""Statistics of proceedings, by the definitions of the white paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms.disputes import YearForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.figures import counted_disputes, statistics
from qiantang.scenarios.protection.types import Route

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@require_GET
def statistics_page(request: HttpRequest) -> HttpResponse:
    """``?year=``: each route from 1 January to 31 December, a dispute counted once however many routes it took."""
    form = YearForm(request.GET)
    year = (form.cleaned_data["year"] if form.is_valid() else None) or timezone.localdate().year
    actor = actor_of(request)
    first, last = date(year, 1, 1), date(year, 12, 31)
    context = {
        "year": year,
        "rows": [_row(actor, route, first, last) for route in Route],
        "disputes": counted_disputes(actor, first, last),
    }
    return render(request, "protection/statistics.html", context)


def _row(actor: Actor, route: Route, first: date, last: date) -> dict[str, object]:
    return {"route": telling.route_word(route), "told": statistics(actor, route, first, last)}
