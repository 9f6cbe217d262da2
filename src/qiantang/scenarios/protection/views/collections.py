"""Guided collections: begin, go through the steps, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.types import COLLECTIONS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid
from qiantang.scenarios.protection.selectors.wording import COLLECTION_KINDS, COLLECTION_STEPS, told

if TYPE_CHECKING:
    from qiantang.commons.evidence.types import CollectionTold


@require_http_methods(["GET", "POST"])
def collection_list(request: HttpRequest) -> HttpResponse:
    """One's collections, and the form for another one."""
    actor, fault = actor_of(request), ""
    if request.method == "POST":
        sent = {name: request.POST.get(name, "") for name in ("kind", "title", "capture")}
        try:
            number = evidence.collecting.begin_collection(
                actor=actor, kind=sent["kind"], title=sent["title"], capture=sent["capture"] or None
            )
            return HttpResponseRedirect(reverse("protection:collection-detail", args=[number]))
        except DomainError as error:
            fault = told(error)
    context = {
        "signed_in": actor.person_id is not None,
        "kinds": [{"key": key, "word": COLLECTION_KINDS[key]} for key in COLLECTIONS],
        "capture": (request.POST or request.GET).get("capture", "")[:40],
        "rows": [{"told": one, "kind": COLLECTION_KINDS[one.kind]} for one in evidence.collected.collections(actor)],
        "errors": [{"text": fault, "href": "#title"}] if fault else [],
    }
    return render(request, "protection/collection_list.html", context, status=422 if fault else 200)


@require_GET
def collection_detail(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, evidence.collected.collection_told(actor_of(request), number))


def _page(request: HttpRequest, found: CollectionTold, fault: str = "") -> HttpResponse:
    steps = []
    for one in COLLECTIONS[found.kind]:
        title, advice = COLLECTION_STEPS[one.key]
        items = [item for item in found.items if item.step == one.key]
        steps.append({"told": one, "title": title, "advice": advice, "items": items})
    context: dict[str, Any] = {
        "row": found,
        "kind": COLLECTION_KINDS[found.kind],
        "steps": steps,
        "missing": [COLLECTION_STEPS[key][0] for key in found.missing],
        "errors": [{"text": fault, "href": "#steps"}] if fault else [],
    }
    return render(request, "protection/collection_detail.html", context, status=422 if fault else 200)


@require_POST
def collection_add(request: HttpRequest, number: str) -> HttpResponse:
    """A file or words to one step."""
    actor, upload, step = actor_of(request), request.FILES.get("file"), request.POST.get("step", "")
    try:
        evidence.collecting.add_to_collection(
            actor=actor,
            number=number,
            step=step,
            note=request.POST.get("note", ""),
            stream=cast("BinaryIO", upload.file) if upload is not None else None,
            name=upload.name or "" if upload is not None else "",
        )
    except (Invalid, Conflict) as error:
        return _page(request, evidence.collected.collection_told(actor, number), told(error))
    return HttpResponseRedirect(reverse("protection:collection-detail", args=[number]) + f"#step-{step}")


@require_POST
def collection_close(request: HttpRequest, number: str) -> HttpResponse:
    """The whole as one deposit."""
    actor = actor_of(request)
    try:
        deposit = evidence.collecting.close_collection(actor=actor, number=number)
    except Conflict as error:
        return _page(request, evidence.collected.collection_told(actor, number), told(error))
    return HttpResponseRedirect(reverse("protection:deposit-detail", args=[deposit]))
