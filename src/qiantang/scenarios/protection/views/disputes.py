"""A dispute: the intake, the routes on offer, the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms.disputes import ExhibitForm, IntakeForm
from qiantang.scenarios.protection.selectors import disputes as reads
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.figures import route_figures
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.types import Route
from qiantang.scenarios.protection.views.acting import acted, given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@require_GET
def first_page(request: HttpRequest) -> HttpResponse:
    """What protection offers, and what closed proceedings say of each route."""
    figures = route_figures(actor_of(request))
    office = policies.is_office(actor_of(request))
    context = {"office": office, "routes": [telling.route_shown(route, (), figures[route]) for route in Route]}
    return render(request, "protection/first_page.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def dispute_list(request: HttpRequest) -> HttpResponse:
    """The disputes one may see; POST begins one. Its query code is shown once."""
    actor = actor_of(request)
    opened = disputes.open_dispute(actor=actor) if request.method == "POST" else None
    context = {
        "opened": opened,
        "rows": reads.disputes(actor) if actor.person_id is not None else (),
        "signed_in": actor.person_id is not None,
        "may_bring": bool(policies.may_bring(actor)),
        "office": policies.is_office(actor),
    }
    return render(request, "protection/dispute_list.html", context)


@never_cache
@require_GET
def dispute_show(request: HttpRequest, number: str) -> HttpResponse:
    """One dispute."""
    return _page(request, number)


@require_POST
def dispute_act(request: HttpRequest, number: str) -> HttpResponse:
    """Save, attach, file, choose, withdraw."""
    return acted(request, number, _ACTS, _page, "protection:dispute-show")


def _save(request: HttpRequest, number: str) -> None:
    told = IntakeForm(request.POST)
    given(IntakeForm, request)
    if told.is_valid():
        disputes.save_intake(actor=actor_of(request), number=number, told=told.told())


def _attach(request: HttpRequest, number: str) -> None:
    disputes.add_exhibit(actor=actor_of(request), number=number, **given(ExhibitForm, request))


def _choose(request: HttpRequest, number: str) -> str:
    chosen = disputes.choose_route(actor=actor_of(request), number=number, route=request.POST.get("route", ""))
    return reverse("protection:matter-show", kwargs={"number": chosen})


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "save": _save,
    "attach": _attach,
    "file": lambda request, number: disputes.file_dispute(actor=actor_of(request), number=number),
    "choose": _choose,
    "withdraw": lambda request, number: disputes.withdraw_dispute(actor=actor_of(request), number=number),
}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    shown = reads.dispute(actor, number)
    saving = bool(errors) and request.POST.get("do") == "save"
    typed: dict[str, Any] | None = dict(request.POST.items()) if saving else None
    context = {
        "shown": shown,
        "groups": telling.field_rows(shown.told, typed),
        "routes": telling.route_rows(shown, route_figures(actor)),
        "closed": telling.closed_rows(shown),
        "notes": telling.rule_rows(shown.routing.notes),
        "open_rules": telling.rule_rows(shown.routing.open),
        "exhibits": telling.exhibit_rows(shown.exhibits),
        "missing": [str(telling.fact_word(name)) for name in shown.missing],
        "proceedings": telling.proceeding_rows(shown.proceedings),
        "errors": errors or [],
    }
    return render(request, "protection/dispute_show.html", context, status=422 if errors else 200)
