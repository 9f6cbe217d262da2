"""Assistance: what the forms of a matter do, the pool, the experts' own page, the library, guidance abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms import assistance as forms
from qiantang.scenarios.protection.forms.mediation import KeyForm, ReasonForm, TableForm
from qiantang.scenarios.protection.selectors import assistance as reads
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.services import assistance, library
from qiantang.scenarios.protection.views.acting import given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def expert_list(request: HttpRequest) -> HttpResponse:
    """Who may be asked for an opinion; POST takes the pool in."""
    actor = actor_of(request)
    taken, errors = "", list[dict[str, str]]()
    if request.method == "POST":
        taken, errors = tried(
            lambda: str(assistance.import_experts(actor=actor, table=given(TableForm, request)["table"]))
        )
    context = {
        "rows": [{**one, "fields": telling.field_words(one["fields"])} for one in reads.pool(actor)],
        "office": policies.is_office(actor),
        "columns": ",".join(assistance.COLUMNS),
        "taken": taken,
        "errors": errors,
    }
    return render(request, "protection/expert_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def opinion_list(request: HttpRequest) -> HttpResponse:
    """What the reader is asked as an expert; POST hands an opinion in, or declines it."""
    errors = list[dict[str, str]]()
    if request.method == "POST":

        def act() -> str:
            key = given(KeyForm, request)["key"]
            if request.POST.get("do") == "decline":
                told = given(ReasonForm, request)
                assistance.decline_opinion(actor=actor_of(request), opinion_id=key, reason=told["reason"])
            else:
                parts = {name.removeprefix("part_"): text for name, text in request.POST.items() if name != "key"}
                assistance.hand_in_opinion(
                    actor=actor_of(request), opinion_id=key, parts={k: str(v) for k, v in parts.items()}
                )
            return "done"

        _done, errors = tried(act)
    context = {"rows": reads.my_opinions(actor_of(request)), "errors": errors}
    return render(request, "protection/opinion_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def library_list(request: HttpRequest) -> HttpResponse:
    """Closed cases without names; POST publishes one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":

        def act() -> str:
            library.publish_library_case(actor=actor, key=given(KeyForm, request)["key"])
            return "done"

        _done, errors = tried(act)
    office = policies.is_office(actor)
    context = {"rows": reads.library(actor, office=office), "office": office, "errors": errors}
    return render(request, "protection/library_list.html", context, status=422 if errors else 200)


@require_GET
def abroad_list(request: HttpRequest) -> HttpResponse:
    """What to know first of forums abroad."""
    return render(request, "protection/abroad_list.html", {"rows": reads.abroad()})


def _ask(request: HttpRequest, number: str) -> None:
    assistance.ask_for_help(actor=actor_of(request), number=number, **given(forms.AidForm, request))


def _accept(request: HttpRequest, number: str) -> None:
    assistance.accept_help(actor=actor_of(request), number=number, **given(forms.AcceptForm, request))


def _expert(request: HttpRequest, number: str) -> None:
    assistance.ask_expert(actor=actor_of(request), number=number, **given(forms.AskExpertForm, request))


def _advice(request: HttpRequest, number: str) -> None:
    assistance.issue_advice(actor=actor_of(request), number=number, **given(forms.AdviceForm, request))


def _library(request: HttpRequest, number: str) -> None:
    library.write_library_case(actor=actor_of(request), number=number, **given(forms.LibraryForm, request))


ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "ask_for_help": _ask,
    "accept_help": _accept,
    "ask_expert": _expert,
    "issue_advice": _advice,
    "write_library": _library,
}
