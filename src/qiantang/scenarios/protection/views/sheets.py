"""Sheets of right holders, the page of those who enforce, and the register of authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms import marks as forms
from qiantang.scenarios.protection.rules.marks import AUTHORITY_WORDS
from qiantang.scenarios.protection.selectors import sheets as reads
from qiantang.scenarios.protection.selectors.telling import right_choices
from qiantang.scenarios.protection.services import alerts, applications, authorities, sheets
from qiantang.scenarios.protection.views.acting import acted, given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def sheet_list(request: HttpRequest) -> HttpResponse:
    """One's own sheets; POST writes one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        made, errors = tried(lambda: str(sheets.make_sheet(actor=actor, **_sheet_given(request))))
        if made:
            return HttpResponseRedirect(reverse("protection:sheet-show", kwargs={"number": int(made)}))
    typed = request.POST if errors else {}
    parts = [{**one, "text": typed.get(one["key"], "")} for one in reads.part_rows(None)]
    context = {
        "rows": reads.sheet_list(actor),
        "may": bool(policies.may_bring(actor)),
        "parts": parts,
        "typed": typed,
        "rights": right_choices(),
        "enforces": bool(policies.may_enforce(actor)),
        "errors": errors,
    }
    return render(request, "protection/sheet_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def sheet_show(request: HttpRequest, number: int) -> HttpResponse:
    """A sheet; POST writes, shares, withdraws, alerts, applies, or answers for an authority."""
    if request.method == "POST":
        return acted(request, str(number), _ACTS, _page, "protection:sheet-show")
    return _page(request, str(number))


@never_cache
@require_http_methods(["GET", "POST"])
def enforcement(request: HttpRequest) -> HttpResponse:
    """What an authority has before it; POST decides on an application."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        done, errors = tried(lambda: _decided(request))
        if done:
            return HttpResponseRedirect(reverse("protection:enforcement"))
    context = {**reads.enforcement_shown(actor), "errors": errors}
    return render(request, "protection/enforcement.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def authority_list(request: HttpRequest) -> HttpResponse:
    """The register of authorities; POST enters one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        made, errors = tried(lambda: str(authorities.add_authority(actor=actor, **given(forms.AuthorityForm, request))))
        if made:
            return HttpResponseRedirect(reverse("protection:authority-list"))
    context = {
        "rows": reads.authority_rows(),
        "kinds": [(str(one), gettext(word)) for one, word in AUTHORITY_WORDS.items()],
        "office": policies.is_office(actor),
        "errors": errors,
    }
    return render(request, "protection/authority_list.html", context, status=422 if errors else 200)


def _decided(request: HttpRequest) -> str:
    applications.decide_application(actor=actor_of(request), **given(forms.DecideApplicationForm, request))
    return "done"


def _sheet_given(request: HttpRequest) -> dict[str, Any]:
    return {**given(forms.SheetForm, request), "parts": given(forms.SheetPartsForm, request)}


def _save(request: HttpRequest, number: str) -> None:
    sheets.save_sheet(actor=actor_of(request), key=int(number), **_sheet_given(request))


def _share(request: HttpRequest, number: str) -> None:
    sheets.share_sheet(actor=actor_of(request), key=int(number), **given(forms.AuthorityKeyForm, request))


def _withdraw(request: HttpRequest, number: str) -> None:
    sheets.withdraw_sheet(actor=actor_of(request), key=int(number), **given(forms.AuthorityKeyForm, request))


def _alert(request: HttpRequest, number: str) -> None:
    chosen = [int(one) for one in request.POST.getlist("authorities") if one.isdecimal()]
    alerts.send_alert(actor=actor_of(request), key=int(number), authorities=chosen, **given(forms.AlertForm, request))


def _alert_withdraw(request: HttpRequest, number: str) -> None:
    alerts.withdraw_alert(actor=actor_of(request), key=int(number), **given(forms.AlertKeyForm, request))


def _alert_answer(request: HttpRequest, number: str) -> None:
    alerts.answer_alert(actor=actor_of(request), key=int(number), **given(forms.AlertAnswerForm, request))


def _apply(request: HttpRequest, number: str) -> None:
    told = given(forms.AuthorityKeyForm, request)
    applications.file_application(actor=actor_of(request), key=int(number), **told)


def _renew(request: HttpRequest, number: str) -> None:
    told = given(forms.ApplicationKeyForm, request)
    applications.renew_application(actor=actor_of(request), key=int(number), **told)


def _apply_withdraw(request: HttpRequest, number: str) -> None:
    told = given(forms.ApplicationKeyForm, request)
    applications.withdraw_application(actor=actor_of(request), key=int(number), **told)


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "save": _save,
    "share": _share,
    "withdraw": _withdraw,
    "alert": _alert,
    "alert_withdraw": _alert_withdraw,
    "alert_answer": _alert_answer,
    "apply": _apply,
    "renew": _renew,
    "apply_withdraw": _apply_withdraw,
}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    sheets.note_read(actor=actor, key=int(number))
    shown = reads.sheet_shown(actor, int(number))
    context = {**shown, "rights": right_choices(), "errors": errors or []}
    return render(request, "protection/sheet_show.html", context, status=422 if errors else 200)
