"""Trade secrets: sealed in the browser, deposited by the digest of the container, opened with a reason that goes on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.evidence import api as evidence
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, Invalid
from qiantang.scenarios.protection.forms import DepositForm
from qiantang.scenarios.protection.selectors.wording import told

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@require_http_methods(["GET", "POST"])
def secret_new(request: HttpRequest) -> HttpResponse:
    """Seal and deposit; what arrives here is the container or its digests, never what is in it."""
    actor = actor_of(request)
    form, fault = DepositForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST":
        try:
            number = _deposited(actor, form, request)
            return HttpResponseRedirect(reverse("protection:deposit-detail", args=[number]))
        except DomainError as error:
            fault = told(error)
    context = {
        "signed_in": actor.person_id is not None,
        "typed": {name: request.POST.get(name, "") for name in ("name", "statement", "keep")},
        "errors": [{"text": fault, "href": "#secret"}] if fault else [],
    }
    return render(request, "protection/secret_new.html", context, status=422 if fault else 200)


def _deposited(actor: Actor, form: DepositForm, request: HttpRequest) -> str:
    if not form.is_valid():
        raise Invalid("protection.digests_malformed")
    name, statement = form.cleaned_data["name"] or _("Trade secret"), form.cleaned_data["statement"]
    upload = request.FILES.get("container")
    if upload is not None:
        return evidence.collecting.deposit_container(
            actor=actor, name=name, statement=statement, stream=cast("BinaryIO", upload.file)
        )
    listed = form.listed()
    if not listed:
        raise Invalid("evidence.nothing")
    one = listed[0].digests
    return evidence.collecting.deposit_container(
        actor=actor,
        name=name,
        statement=statement,
        digests={"sha256": one.sha256, "sm3": one.sm3},
        size_bytes=one.size_bytes,
    )


@require_GET
def secret_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Open a container, and, for its owner, who else may."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, fault: str = "", href: str = "#reason") -> HttpResponse:
    found = evidence.collected.container_told(actor_of(request), number)
    context: dict[str, Any] = {
        "row": found,
        "typed": {name: request.POST.get(name, "") for name in ("reason", "username", "days", "why")},
        "errors": [{"text": fault, "href": href}] if fault else [],
    }
    return render(request, "protection/secret_detail.html", context, status=422 if fault else 200)


@require_POST
def secret_open(request: HttpRequest, number: str) -> HttpResponse | FileResponse:
    """The container, once the reason is on record; where the platform keeps none, the record alone."""
    try:
        place = evidence.collecting.open_container(
            actor=actor_of(request), number=number, reason=request.POST.get("reason", "")
        )
    except Invalid as error:
        return _page(request, number, told(error))
    if place is None:
        return HttpResponseRedirect(reverse("protection:secret-detail", args=[number]))
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=f"{number}.qtsc", content_type="application/octet-stream"
    )


@require_POST
def secret_grant(request: HttpRequest, number: str) -> HttpResponse:
    """Leave for one account, for some days."""
    days = request.POST.get("days", "")
    try:
        evidence.collecting.grant_opening(
            actor=actor_of(request),
            number=number,
            username=request.POST.get("username", "")[:150],
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,  # noqa: PLR2004 - the service bounds it
            reason=request.POST.get("why", ""),
        )
    except DomainError as error:
        return _page(request, number, told(error), "#username")
    return HttpResponseRedirect(reverse("protection:secret-detail", args=[number]))


@require_POST
def secret_revoke(request: HttpRequest, number: str, grant: int) -> HttpResponse:
    evidence.collecting.revoke_opening(actor=actor_of(request), number=number, grant=grant)
    return HttpResponseRedirect(reverse("protection:secret-detail", args=[number]))
