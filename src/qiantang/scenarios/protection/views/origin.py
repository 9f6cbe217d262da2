"""Geographical indications, the page on which anybody checks a code, and reports of fakes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, Limited
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms import origin as forms
from qiantang.scenarios.protection.selectors import origin as reads
from qiantang.scenarios.protection.selectors.sheets import region_word
from qiantang.scenarios.protection.selectors.telling import tellable, told
from qiantang.scenarios.protection.services.origin import checking, issuing, keeping
from qiantang.scenarios.protection.views.acting import acted, given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SEEN = 40  # signs of a code in an address that are put into the form


@never_cache
@require_http_methods(["GET", "POST"])
def indication_list(request: HttpRequest) -> HttpResponse:
    """All indications; POST enters one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        made, errors = tried(lambda: str(keeping.add_indication(actor=actor, **given(forms.IndicationForm, request))))
        if made:
            return HttpResponseRedirect(reverse("protection:indication-show", kwargs={"number": int(made)}))
    context = {"rows": reads.indication_rows(), "office": policies.is_office(actor), "errors": errors}
    return render(request, "protection/indication_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def indication_show(request: HttpRequest, number: int) -> HttpResponse:
    """One indication; POST does what its keeper does. Codes that were issued are handed out as a table, once."""
    if request.method == "POST" and request.POST.get("do") == "issue":
        return _issued(request, number)
    if request.method == "POST":
        return acted(request, str(number), _ACTS, _page, "protection:indication-show")
    return _page(request, str(number))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def origin_check(request: HttpRequest) -> HttpResponse:
    """Check a code. An address with ?code= (of the square on a package) fills the form in; only sending it counts a look."""
    code = (request.POST.get("code") or request.GET.get("code", ""))[:_SEEN]
    context: dict[str, object] = {"code": code, "checked": None, "not_proved": reads.not_proved(), "errors": []}
    if request.method == "GET":
        return render(request, "protection/origin_check.html", context)
    address = access.address_of(request)
    try:
        checked = checking.check_code(actor=actor_of(request), code=code, address=address)
    except DomainError as error:
        if not tellable(error):
            raise
        context["errors"] = [{"text": told(error), "href": "#id_code"}]
        status = 429 if isinstance(error, Limited) else 404
        return render(request, "protection/origin_check.html", context, status=status)
    context |= {"checked": checked, "district": region_word(checked.district)}
    return render(request, "protection/origin_check.html", context)


@never_cache
@sensitive_post_parameters("code", "contact", "description", "seller")
@require_http_methods(["GET", "POST"])
def fake_list(request: HttpRequest) -> HttpResponse:
    """Report a fake, without an account; for the office the reports, which become clues or are closed."""
    actor = actor_of(request)
    errors, done = list[dict[str, str]](), ""
    if request.method == "POST":
        act = _SETTLES.get(request.POST.get("do", ""), _reported)
        done, errors = tried(lambda: act(request))
        if done.startswith("/"):
            return HttpResponseRedirect(done)
    today = timezone.localdate()
    context = {
        **reads.fake_rows(actor),
        "indications": reads.indication_rows(),
        "districts": [(code, region_word(code)) for code in regions().children(settings.CITY_CODE, today)],
        "office": policies.is_office(actor),
        "reported": done,
        "typed": request.POST if errors else {"code": request.GET.get("code", "")[:_SEEN]},
        "errors": errors,
    }
    return render(request, "protection/fake_list.html", context, status=422 if errors else 200)


def _reported(request: HttpRequest) -> str:
    told_here = given(forms.FakeForm, request)
    address = access.address_of(request)
    return str(checking.report_fake(actor=actor_of(request), address=address, **told_here))


def _clue(request: HttpRequest) -> str:
    key = given(forms.SettleForm, request)["key"]
    number = checking.make_clue(actor=actor_of(request), key=key)
    return reverse("protection:matter-show", kwargs={"number": number})


def _close(request: HttpRequest) -> str:
    checking.close_report(actor=actor_of(request), **given(forms.SettleForm, request))
    return reverse("protection:fake-list")


_SETTLES: Mapping[str, Callable[[HttpRequest], str]] = {"clue": _clue, "close": _close}


def _issued(request: HttpRequest, number: int) -> HttpResponse:
    try:
        codes = issuing.issue_codes(actor=actor_of(request), key=number, **given(forms.IssueForm, request))
    except DomainError as error:
        if not tellable(error):
            raise
        return _page(request, str(number), errors=[{"text": told(error), "href": "#main"}])
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["place", "code", "address"])
    base = settings.PUBLIC_URL.rstrip("/") + reverse("protection:origin-check")
    writer.writerows([place, code, f"{base}?code={code}"] for place, code in enumerate(codes, start=1))
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codes-of-origin.csv"'
    return response


def _rate(request: HttpRequest, number: str) -> None:
    keeping.enter_rate(actor=actor_of(request), key=int(number), **given(forms.RateForm, request))


def _authorise(request: HttpRequest, number: str) -> None:
    keeping.authorise_user(actor=actor_of(request), key=int(number), **given(forms.OriginUserForm, request))


def _revoke(request: HttpRequest, number: str) -> None:
    keeping.revoke_user(actor=actor_of(request), key=int(number), **given(forms.RevokeForm, request))


def _plot(request: HttpRequest, number: str) -> None:
    keeping.add_plot(actor=actor_of(request), key=int(number), **given(forms.PlotForm, request))


def _hand_over(request: HttpRequest, number: str) -> None:
    keeping.hand_over(actor=actor_of(request), key=int(number), **given(forms.HandOverForm, request))


def _void(request: HttpRequest, number: str) -> None:
    issuing.void_batch(actor=actor_of(request), key=int(number), **given(forms.VoidForm, request))


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "rate": _rate,
    "authorise": _authorise,
    "revoke": _revoke,
    "plot": _plot,
    "hand_over": _hand_over,
    "void": _void,
}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    context = {**reads.indication_shown(actor_of(request), int(number)), "errors": errors or []}
    return render(request, "protection/indication_show.html", context, status=422 if errors else 200)
