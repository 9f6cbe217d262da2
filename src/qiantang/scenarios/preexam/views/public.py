"""What everyone may read: what is checked, by which rules, in which fields."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.forms import OFFICES
from qiantang.scenarios.preexam.selectors import checking
from qiantang.scenarios.preexam.types import Office

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def first_page(request: HttpRequest) -> HttpResponse:
    """What pre-examination offers today."""
    listed = checking.approved_list(actor_of(request), timezone.localdate())
    return render(request, "preexam/first_page.html", {"listed": listed})


def _day(given: str) -> date:
    """The day asked for, today where none is.

    errors  ``Invalid`` preexam.day
    """
    if not given:
        return timezone.localdate()
    try:
        return date.fromisoformat(given)
    except ValueError as problem:
        raise Invalid("preexam.day", given=given) from problem


@require_GET
def rules_in_force(request: HttpRequest) -> HttpResponse:
    """The rules of a day and office."""
    day = _day(request.GET.get("as_of", ""))
    given = request.GET.get("office", "CN")
    office = Office(given) if given in set(Office) else Office.CN
    rules = checking.rules_in_force(actor_of(request), day, office)
    context = {"rules": rules, "day": day, "office": office.value, "offices": OFFICES}
    return render(request, "preexam/rules.html", context)


@require_GET
def approved_classes(request: HttpRequest) -> HttpResponse:
    """The class table, and whether a symbol lies in it."""
    day = _day(request.GET.get("as_of", ""))
    actor = actor_of(request)
    listed = checking.approved_list(actor, day)
    symbol = request.GET.get("symbol", "").strip()[:60]
    context: dict[str, Any] = {"listed": listed, "day": day, "symbol": symbol}
    if symbol and listed:
        try:
            context["verdict"] = checking.gate(actor, symbol, listed)
        except Invalid:
            context["mistake"] = True
            return render(request, "preexam/classes.html", context, status=400)
    return render(request, "preexam/classes.html", context)
