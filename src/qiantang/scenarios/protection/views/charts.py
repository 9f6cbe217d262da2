"""Claim charts of a dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms.charts import CellForm, ChartForm
from qiantang.scenarios.protection.selectors import charts as reads
from qiantang.scenarios.protection.services import charts
from qiantang.scenarios.protection.views.acting import acted, given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def chart_list(request: HttpRequest, number: str) -> HttpResponse:
    """The charts of a dispute; POST draws one or fills a cell."""
    if request.method == "POST":
        return acted(request, number, _ACTS, _page, "protection:chart-list")
    return _page(request, number)


def _draw(request: HttpRequest, number: str) -> None:
    charts.draw_chart(actor=actor_of(request), number=number, **given(ChartForm, request))


def _fill(request: HttpRequest, number: str) -> None:
    told = given(CellForm, request)
    charts.fill_cell(actor=actor_of(request), number=number, deposits=request.POST.getlist("deposits"), **told)


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {"draw": _draw, "fill": _fill}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "number": number,
        "charts": reads.charts(actor, number),
        "exhibits": reads.pinnable(actor, number),
        "verdicts": reads.verdict_words(),
        "errors": errors or [],
    }
    return render(request, "protection/chart_list.html", context, status=422 if errors else 200)
