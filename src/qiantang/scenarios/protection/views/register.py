"""The register of mediators, codes of parties, delegations, and the limits of law."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms import mediation as forms
from qiantang.scenarios.protection.forms.disputes import DayForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.jurisdiction import seats_shown
from qiantang.scenarios.protection.selectors.limits import limits_from
from qiantang.scenarios.protection.selectors.mediators import register_of_mediators
from qiantang.scenarios.protection.services import access, delegations, mediators
from qiantang.scenarios.protection.types import Intake
from qiantang.scenarios.protection.views.acting import given, tried


@never_cache
@require_http_methods(["GET", "POST"])
def mediator_list(request: HttpRequest) -> HttpResponse:
    """Who mediates; POST takes a register in."""
    actor = actor_of(request)
    taken, errors = "", list[dict[str, str]]()
    if request.method == "POST":
        taken, errors = tried(
            lambda: str(mediators.import_mediators(actor=actor, table=given(forms.TableForm, request)["table"]))
        )
    context = {
        "rows": [{**one, "fields": telling.field_words(one["fields"])} for one in register_of_mediators(actor)],
        "office": policies.is_office(actor),
        "columns": ",".join(mediators.COLUMNS),
        "taken": taken,
        "errors": errors,
    }
    return render(request, "protection/mediator_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join a matter as a side, by number and one-time code."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":

        def act() -> str:
            told = given(forms.JoinForm, request)
            access.join_by_code(actor=actor, **told)
            return str(told["number"])

        number, errors = tried(act)
        if number:
            return HttpResponseRedirect(reverse("protection:matter-show", kwargs={"number": number.strip()}))
    context = {"errors": errors, "signed_in": actor.person_id is not None}
    return render(request, "protection/join.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest) -> HttpResponse:
    """Enter a mediation that a court delegated: the office does."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":

        def act() -> str:
            told = given(forms.DelegationForm, request)
            intake = Intake(respondent=told.pop("respondent"), right_title=told.pop("right_title"))
            return delegations.take_delegation(actor=actor, told=intake, **told)

        number, errors = tried(act)
        if number:
            return HttpResponseRedirect(reverse("protection:matter-show", kwargs={"number": number}))
    context = {"errors": errors, "office": policies.is_office(actor)}
    return render(request, "protection/delegate.html", context, status=422 if errors else 200)


@require_GET
def limit_list(request: HttpRequest) -> HttpResponse:
    """The limits of law, and for ``?from=`` the day on which each ends."""
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    zh = (get_language() or "").startswith("zh")
    context = {"rows": limits_from(actor_of(request), day, zh=zh), "day": day, "seats": seats_shown()}
    return render(request, "protection/limit_list.html", context)
