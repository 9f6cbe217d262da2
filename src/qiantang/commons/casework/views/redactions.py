"""Public versions of papers: take an original in, mark, look at the preview, confirm as a second person, take the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import policies
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.redactions import readable_case, redactions
from qiantang.commons.casework.services import redacting
from qiantang.commons.casework.types import CASE_TYPES, REFUSALS
from qiantang.commons.casework.types.redaction import LONGEST_TITLE, MOST_MB
from qiantang.commons.documents.types import REFUSALS as OF_PAPERS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_TOLD = (Invalid, Conflict, Limited)
_ALL = {**OF_PAPERS, **REFUSALS}


@never_cache
@require_GET
def redaction_list(request: HttpRequest, number: str) -> HttpResponse:
    """The public versions of a case, and the form that begins one."""
    return _list(request, number)


@require_POST
def redaction_new(request: HttpRequest, number: str) -> HttpResponse:
    """Take an original in."""
    upload = request.FILES.get("original")
    name, content = (upload.name or "", upload.read()) if upload else ("", b"")
    title = request.POST.get("title", "")
    try:
        key = redacting.begin_redaction(actor=actor_of(request), number=number, title=title, name=name, content=content)
    except _TOLD as error:
        return _list(request, number, error)
    return _to(number, key)


@never_cache
@require_GET
def redaction_show(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Passages with their counts, the preview with bars, the way on."""
    return _page(request, number, key)


@require_POST
def redaction_act(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """``act``: mark, ``confirm``; ``back``: the place of a mark that is taken back."""
    actor, post = actor_of(request), request.POST
    try:
        if post.get("act") == "mark":
            texts = post.get("texts", "").splitlines()
            code = post.get("code", "")
            redacting.mark_passages(actor=actor, number=number, key=key, code=code, texts=texts)
        elif post.get("act") == "confirm":
            redacting.confirm_redaction(actor=actor, number=number, key=key, digest=post.get("digest", ""))
        else:
            back = post.get("back", "")
            place = int(back) if back.isascii() and back.isdigit() and len(back) <= 6 else 0  # noqa: PLR2004 - digits of a place
            redacting.unmark_passage(actor=actor, number=number, key=key, place=place)
    except (*_TOLD, NotPermitted) as error:
        if error.code not in _ALL or error.code == "casework.handling_refused":
            raise
        return _page(request, number, key, error)
    return _to(number, key)


@never_cache
@require_GET
def redaction_file(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """The public version; its reading is noted."""
    found = redacting.read_public(actor=actor_of(request), number=number, key=key)
    response = HttpResponse(found.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _to(number: str, key: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("casework:redaction-show", kwargs={"number": number, "key": key}))


def _list(request: HttpRequest, number: str, error: DomainError | None = None) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **_case(actor, number),
        "rows": redactions(actor, number),
        "longest": LONGEST_TITLE,
        "most": MOST_MB,
        "errors": _errors(error),
        "typed": request.POST,
    }
    return render(request, "casework/redaction_list.html", context, status=422 if error else 200)


def _page(request: HttpRequest, number: str, key: int, error: DomainError | None = None) -> HttpResponse:
    actor = actor_of(request)
    seen = redacting.preview_redaction(actor=actor, number=number, key=key)
    chinese = (get_language() or "zh").startswith("zh")
    words = {one.code: one.zh if chinese else one.en for one in seen.reasons}
    context = {
        **_case(actor, number),
        "seen": seen,
        "marks": [
            {"wanted": one, "count": count, "word": words.get(one.code, one.code)}
            for one, count in zip(seen.wanted, seen.counts, strict=True)
        ],
        "reasons": [{"reason": one, "word": words[one.code]} for one in seen.reasons],
        "bars": seen.bars.items(),
        "errors": _errors(error),
        "typed": request.POST,
    }
    status = 200 if error is None else 403 if isinstance(error, NotPermitted) else 422
    return render(request, "casework/redaction_show.html", context, status=status)


def _case(actor: Actor, number: str) -> dict[str, object]:
    case = readable_case(actor, number)
    return {
        "number": shown_number(case.number),
        "case_title": case.title,
        "acts": bool(policies.may_handle(actor, CASE_TYPES[case.kind])),
    }


def _errors(error: DomainError | None) -> list[dict[str, str]]:
    if error is None:
        return []
    return [{"text": " ".join(gettext(text) % error.facts for text in _ALL[error.code]), "href": "#acts"}]
