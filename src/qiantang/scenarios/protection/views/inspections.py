"""Inspections and seizures: records with their counts, the table to take along, one record with what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms import inspections as forms
from qiantang.scenarios.protection.selectors import inspections as reads
from qiantang.scenarios.protection.selectors.telling import right_choices
from qiantang.scenarios.protection.services import inspections
from qiantang.scenarios.protection.views.acting import acted, given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def inspection_list(request: HttpRequest) -> HttpResponse:
    """The records of a year one may see, counted; POST records one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        made, errors = tried(lambda: _recorded(request))
        if made:
            return HttpResponseRedirect(reverse("protection:inspection-show", kwargs={"number": int(made)}))
    asked = _asked(request)
    context = {
        **reads.inspections_shown(actor, asked),
        **reads.record_choices(actor),
        "asked": asked,
        "dimensions": reads.dimension_words(),
        "rights": right_choices(),
        "typed": request.POST if errors else {},
        "errors": errors,
    }
    return render(request, "protection/inspection_list.html", context, status=422 if errors else 200)


@never_cache
@require_GET
def inspection_table(request: HttpRequest) -> HttpResponse:
    """The records as CSV."""
    asked = _asked(request)
    text = reads.inspections_table(actor_of(request), asked)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="inspections-{asked.year}.csv"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def inspection_show(request: HttpRequest, number: int) -> HttpResponse:
    """One record; POST notes the outcome, puts numbers right, or says something."""
    if request.method == "POST":
        return acted(request, str(number), _ACTS, _page, "protection:inspection-show")
    return _page(request, str(number))


def _asked(request: HttpRequest) -> reads.Asked:
    form = forms.AskedForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    by = told.get("by") or "district"
    return reads.Asked(
        year=told.get("year") or timezone.localdate().year,
        by=by if by in reads.DIMENSIONS else "district",
        group=told.get("group", "") if "group" in request.GET else None,
    )


def _recorded(request: HttpRequest) -> str:
    told = given(forms.InspectionForm, request)
    authority = told.pop("authority")
    found = inspections.Found(**{**told, "sheet": told["sheet"] or 0})
    return str(inspections.record_inspection(actor=actor_of(request), found=found, authority=authority))


def _outcome(request: HttpRequest, number: str) -> None:
    inspections.note_outcome(actor=actor_of(request), key=int(number), **given(forms.OutcomeForm, request))


def _correct(request: HttpRequest, number: str) -> None:
    inspections.correct_quantity(actor=actor_of(request), key=int(number), **given(forms.QuantityForm, request))


def _say(request: HttpRequest, number: str) -> None:
    inspections.say(actor=actor_of(request), key=int(number), **given(forms.WordForm, request))


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {"outcome": _outcome, "correct": _correct, "say": _say}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    shown = reads.inspection_shown(actor_of(request), int(number))
    context = {**shown, "errors": errors or []}
    return render(request, "protection/inspection_show.html", context, status=422 if errors else 200)
