"""Statistics of proceedings, by the definitions of the white paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms.disputes import YearForm
from qiantang.scenarios.protection.forms.mediation import TableForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.figures import counted_disputes, statistics
from qiantang.scenarios.protection.services import outcomes
from qiantang.scenarios.protection.types import Route
from qiantang.scenarios.protection.views.acting import given, tried

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@require_http_methods(["GET", "POST"])
def statistics_page(request: HttpRequest) -> HttpResponse:
    """POST takes closed proceedings in. ``?year=``: each route from 1 January to 31 December, a dispute counted once however many routes it took."""
    form = YearForm(request.GET)
    year = (form.cleaned_data["year"] if form.is_valid() else None) or timezone.localdate().year
    actor = actor_of(request)
    taken, errors = tried(lambda: _imported(request)) if request.method == "POST" else ("", [])
    first, last = date(year, 1, 1), date(year, 12, 31)
    context = {
        "year": year,
        "rows": [_row(actor, route, first, last) for route in Route],
        "disputes": counted_disputes(actor, first, last),
        "office": policies.is_office(actor),
        "columns": ",".join(outcomes.COLUMNS),
        "taken": taken,
        "errors": errors,
    }
    return render(request, "protection/statistics.html", context, status=422 if errors else 200)


def _imported(request: HttpRequest) -> str:
    return str(outcomes.import_outcomes(actor=actor_of(request), table=given(TableForm, request)["table"]))


def _row(actor: Actor, route: Route, first: date, last: date) -> dict[str, object]:
    return {"route": telling.route_word(route), "told": statistics(actor, route, first, last)}
