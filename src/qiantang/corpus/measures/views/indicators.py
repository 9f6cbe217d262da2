"""The dictionary of indicators, one page an indicator, the records behind it, and its series as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import Dimension
from qiantang.commons.ui.api import render
from qiantang.corpus.measures import tables
from qiantang.corpus.measures.policies import may_freeze
from qiantang.corpus.register import api as register

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.commons.metrics.types import Measurement, Question

_GROUPS = ("regional", "creation", "use", "protection", "movement", "register")
_ON_A_PAGE = 50
_ASKED = (
    *("region", "from", "to", "day", "by", "only", "address", "sharing", "boundaries", "classes", "basis"),
    *("scheme", "snapshot"),
)


def _language() -> str:
    return get_language() or "zh-hans"


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators with what they mean, by the list they belong to."""
    found = api.metrics()
    names = [*_GROUPS, *sorted({one.group for one in found} - set(_GROUPS))]
    groups = [
        (tables.group_word(name), tables.rows([m for m in found if m.group == name], _language())) for name in names
    ]
    context = {"groups": groups, "total": len(found), "tables": api.figures.imported_tables()}
    return render(request, "measures/indicator_list.html", context)


def _question(request: HttpRequest, id: str) -> Question:  # noqa: A002 the word of the address
    """What the address asks; without any word the city, by year where it can be divided so."""
    told: dict[str, Any] = {name: request.GET.get(name, "") for name in _ASKED}
    one = api.metric(id)
    if not any(told.values()):
        told["region"] = settings.CITY_CODE
        told["by"] = "year" if Dimension.YEAR in one.dimensions else ""
    return api.question_from(told | {"metric": one.id})


@require_GET
def indicator_page(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 the word of the address
    """One indicator: definition, rule, value or why it is not known, series, records."""
    question = _question(request, id)
    told = api.measure(question)
    one, language = told.metric, _language()
    pinned = tables.address(replace(question, snapshot=told.snapshot))
    context = {
        "metric": one,
        "told": told,
        "name": one.name.told(language),
        "definition": one.definition.told(language),
        "unit": one.unit.told(language),
        "value": tables.shown(told.value, one.decimals),
        "reason": tables.reason(told.reason, language),
        "facts": tables.facts(told, language),
        "parts": tables.parts(told, language),
        "series": tables.series(told, language),
        "heads": [tables.dimension_word(name) for name in question.by],
        "form": tables.form(one, question),
        "records_url": f"{reverse('measures:indicator-records', args=[one.id])}?{pinned}" if told.records else None,
        "file_url": f"{reverse('measures:indicator-file', args=[one.id])}?{pinned}" if question.by else None,
        "permalink": _permalink(told),
        "may_freeze": told.known and bool(may_freeze(actor_of(request))),
        "frozen_words": parse_qsl(tables.address(replace(question, by=(), snapshot=told.snapshot))),
        "citation": tables.citation(told, settings.PUBLIC_URL + _permalink(told), language),
    }
    return render(request, "measures/indicator_page.html", context)


def _permalink(told: Measurement) -> str:
    pinned = replace(told.question, by=told.question.by, snapshot=told.snapshot)
    return f"{reverse('measures:indicator', args=[told.metric.id])}?{tables.address(pinned)}"


@require_GET
def indicator_records(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 the word of the address
    """The patents behind an indicator, a page of them; as many as it says."""
    question = replace(_question(request, id), by=())
    page = api.records(question, size=_ON_A_PAGE, cursor=request.GET.get("cursor") or None)
    told = api.measure(replace(question, snapshot=page.snapshot))
    here = tables.address(replace(question, snapshot=page.snapshot))
    rows: list[dict[str, Any]] = []
    if page.snapshot is not None and page.ids:
        with register.results.snapshot_reader(page.snapshot) as reader:
            rows = [tables.record_row(one) for one in reader.records(page.ids) if one is not None]
    context = {
        "metric": told.metric,
        "name": told.metric.name.told(_language()),
        "told": told,
        "facts": tables.facts(told, _language()),
        "rows": rows,
        "total": page.total,
        "next_url": f"?{here}&cursor={page.next}" if page.next else None,
        "back_url": f"{reverse('measures:indicator', args=[told.metric.id])}?{here}",
    }
    return render(request, "measures/indicator_records.html", context)


@require_GET
def indicator_file(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 the word of the address
    """The series as CSV, with a line that says what it is and where it comes from."""
    told = api.measure(_question(request, id))
    text = tables.series_file(told, settings.PUBLIC_URL + _permalink(told), _language())
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{told.metric.id}.csv"'
    return response
