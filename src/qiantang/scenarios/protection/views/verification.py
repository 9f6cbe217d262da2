"""For the public: a number, a digest, a file or a package, and what it shows and does not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from qiantang.commons.documents import api as documents
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.methods.verifier.packages import EVIDENCE, verify
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, Invalid
from qiantang.scenarios.protection.forms import VerifyForm
from qiantang.scenarios.protection.rules import PUBLIC_UPLOAD_BYTES
from qiantang.scenarios.protection.selectors import pages
from qiantang.scenarios.protection.selectors.wording import told

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@csrf_protect
@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Look something up by number or digest, or check what is uploaded; nothing of it is kept."""
    context: dict[str, Any] = {"asked": False, "errors": [], "most": PUBLIC_UPLOAD_BYTES // 2**20}
    status = 200
    try:
        uploads = request.FILES.getlist("file") if request.method == "POST" else []
        if uploads:
            context.update(_of_upload(uploads[0]))
        else:
            context.update(_of_words(request))
    except DomainError as error:
        context["errors"], status = [{"text": told(error), "href": "#number"}], 422
    return render(request, "protection/verify.html", context, status=status)


def _of_words(request: HttpRequest) -> dict[str, Any]:
    form = VerifyForm(request.GET)
    if not form.is_valid():
        raise Invalid("notary.digest_malformed", algorithm="sha256", given=request.GET.get("sha256", "")[:80])
    number, sha256 = form.cleaned_data["number"].strip(), form.cleaned_data["sha256"].strip().lower()
    if not number and not sha256:
        return {}
    if sha256:
        return _of_digest(sha256)
    one, issued = evidence.reads.public_by_number(number), documents.public_by_number(number)
    found = _shown([one] if one else [])
    return {"asked": True, "number": number, "found": found, "documents": [issued] if issued else []}


def _of_digest(sha256: str) -> dict[str, Any]:
    found, issued = evidence.reads.public_by_digest(sha256), documents.public_by_digest(sha256)
    return {"asked": True, "sha256": sha256, "found": _shown(found), "documents": issued}


def _shown(found: list[Any]) -> list[dict[str, Any]]:
    return [pages.shown(one) for one in found]


def _of_upload(upload: UploadedFile[Any]) -> dict[str, Any]:
    if (upload.size or 0) > PUBLIC_UPLOAD_BYTES:
        raise Invalid("protection.upload_too_large", limit=PUBLIC_UPLOAD_BYTES // 2**20)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "upload"
        with place.open("wb") as out:
            for piece in upload.chunks():
                out.write(piece)
        if _is_package(place):
            report = verify(place)
            return {"asked": True, "report": pages.report_shown(report), "valid": report.valid}
        ((_, digests),) = evidence.custody.digested([place])
    return _of_digest(digests.sha256)


def _is_package(place: Path) -> bool:
    with place.open("rb") as stream:
        head = stream.read(2)
        return head == b"PK" and EVIDENCE.encode() in place.read_bytes()
