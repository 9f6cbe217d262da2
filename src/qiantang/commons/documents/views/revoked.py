"""The list of documents that are no longer good, for people and for programs. Everybody sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from qiantang.commons.documents.selectors.documents import revoked_documents
from qiantang.commons.ui.api import render


@require_GET
def revoked_list(request: HttpRequest) -> HttpResponse:
    """Number, kind, since when, why."""
    return render(request, "documents/revoked_list.html", {"rows": revoked_documents()})


@require_GET
def revoked_json(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - anybody sees the same
    """The same for programs, with the digests of all files."""
    rows = [
        {
            "number": one.number,
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            "reason": str(one.revoked_why),
            "replaced_by": one.replaced_by or None,
            "sha256": sorted(set(one.digests.values())),
        }
        for one in revoked_documents()
    ]
    return JsonResponse({"revoked": rows})
