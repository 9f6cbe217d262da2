"""One's deposits: make one, watch it being stamped, take its package."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.types import Kind
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, Invalid, NotFound
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.protection.forms import CHOSEN_KINDS, DepositForm, Listed
from qiantang.scenarios.protection.selectors import pages
from qiantang.scenarios.protection.selectors.wording import KINDS, told

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http.response import HttpResponseBase

    from qiantang.kernel.actor import Actor

_ROWS = 20
_LANGUAGES = ("zh", "en")


@require_GET
def deposit_list(request: HttpRequest) -> HttpResponse:
    """One's deposits, newest first; the public is told what a deposit is."""
    actor = actor_of(request)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=evidence.reads.SUBJECT) if cursor else 0
    page = evidence.reads.deposits(actor, PageRequest(offset=offset, size=_ROWS))
    context = {
        "rows": [pages.shown(one) for one in page.items],
        "total": page.total,
        "signed_in": actor.person_id is not None,
        "sees_all": evidence.reads.sees_all(actor),
        "log": evidence.log.log(),
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("protection:deposit-list") if offset else None,
    }
    return render(request, "protection/deposit_list.html", context)


@require_http_methods(["GET", "POST"])
def deposit_new(request: HttpRequest) -> HttpResponse:
    """Deposit: the browser digests, or, without a script, the platform does."""
    actor = actor_of(request)
    form = DepositForm(request.POST if request.method == "POST" else None)
    fault = ""
    if request.method == "POST":
        try:
            if not form.is_valid():
                raise Invalid("protection.digests_malformed")
            number = _deposited(actor, form, request.FILES.getlist("files"))
            return HttpResponseRedirect(reverse("protection:deposit-detail", args=[number]))
        except DomainError as error:
            fault = told(error)
    context = {
        "signed_in": actor.person_id is not None,
        "kinds": [{"key": one.value, "word": KINDS[one]} for one in CHOSEN_KINDS],
        "typed": {name: request.POST.get(name, "") for name in ("name", "kind", "statement", "collected_at", "keep")},
        "errors": [{"text": fault, "href": "#files"}] if fault else [],
    }
    return render(request, "protection/deposit_new.html", context, status=422 if fault else 200)


def _deposited(actor: Actor, form: DepositForm, uploads: list[UploadedFile[Any]]) -> str:
    keep, listed = form.cleaned_data["keep"], form.listed()
    if uploads and (keep or not listed):
        return _of_uploads(actor, form, uploads, keep=keep)
    if not listed:
        raise Invalid("evidence.nothing")
    return _of_listed(actor, form, listed)


def _of_uploads(actor: Actor, form: DepositForm, uploads: list[UploadedFile[Any]], *, keep: bool) -> str:
    if len(uploads) == 1 and keep:
        (one,) = uploads
        return evidence.deposit_file(
            actor=actor, stream=cast("BinaryIO", one.file), asked=_asked(form, one.name or "", {}, 0)
        )
    digested = [Listed(one.name or _("object"), evidence.custody.digests_of_upload(one.chunks())) for one in uploads]
    return _of_listed(actor, form, digested)


def _of_listed(actor: Actor, form: DepositForm, listed: list[Listed]) -> str:
    if len(listed) > 1:
        name = form.cleaned_data["name"] or _("%(count)s files") % {"count": len(listed)}
        statement = form.cleaned_data["statement"]
        return evidence.deposit_batch(actor=actor, name=name, files=listed, statement=statement)
    (one,) = listed
    digests = {"sha256": one.digests.sha256, "sm3": one.digests.sm3}
    return evidence.deposit(actor=actor, asked=_asked(form, one.name, digests, one.digests.size_bytes))


def _asked(form: DepositForm, name: str, digests: dict[str, str], size: int) -> evidence.Asked:
    collected = form.collected()
    return evidence.Asked(
        name=form.cleaned_data["name"] or name,
        digests=digests,
        size_bytes=size,
        kind=form.chosen_kind(),
        statement=form.cleaned_data["statement"],
        collected_at=timezone.make_aware(collected) if collected and timezone.is_naive(collected) else collected,
    )


@require_GET
def deposit_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One deposit: its stage, what proves it, what a court would ask, its chain of custody."""
    actor = actor_of(request)
    found = evidence.deposit_told(actor, number)
    row = pages.shown(found)
    context: dict[str, Any] = {
        "row": row,
        "points": pages.points(actor, found),
        "custody": pages.custody_shown(actor, found.number),
        "is_batch": found.kind is Kind.BATCH,
        "here": reverse("protection:deposit-detail", args=[found.number]),
    }
    return render(request, "protection/deposit_detail.html", context, fragment="state")


@require_POST
@access.needs_step_up
def deposit_package(request: HttpRequest, number: str) -> HttpResponseBase:
    """The package; taking it is an act of the chain of custody, so it is asked for by POST."""
    actor = actor_of(request)
    found = evidence.deposit_told(actor, number)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "package.zip"
        evidence.make_package(actor=actor, number=found.number, target=target)
        return FileResponse(target.open("rb"), as_attachment=True, filename=f"{found.number}.zip")


@require_POST
@access.needs_step_up
def deposit_certificate(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The certificate alone."""
    if language not in _LANGUAGES:
        raise NotFound("protection.language", given=language[:8])
    actor = actor_of(request)
    found = evidence.deposit_told(actor, number)
    content = evidence.make_certificate(actor=actor, number=found.number, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-{language}.pdf"'
    return response


@require_GET
def log_head(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - anybody sees the same
    """The newest signed checkpoint with what proves it against older ones, for witnesses and whoever watches the log."""
    return JsonResponse(evidence.log.log_document())
