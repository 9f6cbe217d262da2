"""Old files on the desk: a list is brought in, one is entered at the window, refused rows are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import policies
from qiantang.commons.casework.selectors import old_files as reads
from qiantang.commons.casework.services import old_files
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.casework.types.old_files import COLUMNS, OldFile
from qiantang.commons.casework.workflow import OLD_FILE
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotFound

if TYPE_CHECKING:
    from qiantang.commons.casework.types import OpenedCase

_TOLD = (Invalid, Conflict, NotFound, Limited)
_ALL = {**REFUSALS, **OF_NUMBERS}


@never_cache
@require_GET
def old_file_list(request: HttpRequest) -> HttpResponse:
    """The form for a list, the form for one file, and the lists that were brought in."""
    return _page(request)


@require_POST
def old_file_act(request: HttpRequest) -> HttpResponse:
    """``act``: a list (``list``), one file (``file``), an old number of a case that is there (``alias``)."""
    actor, post = actor_of(request), request.POST
    made: OpenedCase | None = None
    try:
        if post.get("act") == "list":
            upload = request.FILES.get("list")
            if upload is None:
                raise Invalid("casework.old_list_unreadable")
            name, content = upload.name or "", upload.read()
            batch = old_files.import_old_files(actor=actor, name=name, content=content, origin=post.get("origin", ""))
            return HttpResponseRedirect(reverse("casework:old-list-show", kwargs={"key": batch.id}))
        if post.get("act") == "file":
            made = old_files.register_old_file(actor=actor, origin=post.get("origin", ""), told=_told(request))
        elif post.get("act") == "alias":
            case = post.get("case", "")
            old_files.add_alias(actor=actor, number=case, origin=post.get("origin", ""), told=_told(request))
            return HttpResponseRedirect(reverse("casework:case-show", kwargs={"number": case}))
    except _TOLD as error:
        if error.code not in _ALL:
            raise
        return _page(request, error=error)
    return _page(request, made=made)


@never_cache
@require_GET
def old_list_show(request: HttpRequest, key: int) -> HttpResponse:
    """What became of one list; the refused rows with reason and what they said."""
    batch, refused = reads.import_shown(actor_of(request), key)
    reasons = [
        {"why": gettext(_ALL[code][0]) if code in _ALL else code, "count": n} for code, n in batch.reasons.items()
    ]
    context = {"batch": batch, "refused": refused, "reasons": reasons if len(reasons) > 1 else []}
    return render(request, "casework/old_list_show.html", context)


def _told(request: HttpRequest) -> OldFile:
    post = request.POST
    texts = {name: post.get(name, "").strip() for name in ("number", "title", "applicant", "uscc", "shelf", "outcome")}
    try:
        day = parse_date(post.get("date", "") or "-")
    except ValueError:
        raise Invalid("casework.old_date_unreadable", given=post.get("date", "")[:40]) from None
    return OldFile(**texts, old_date=day, open=bool(post.get("open")))


def _page(request: HttpRequest, made: OpenedCase | None = None, error: DomainError | None = None) -> HttpResponse:
    actor = actor_of(request)
    texts = [gettext(text) % error.facts for text in _ALL[error.code]] if error else []
    context = {
        "lists": reads.imports(actor),
        "acts": policies.is_staff(actor, OLD_FILE),
        "made": made,
        "heads": [heads[0] for heads in COLUMNS.values()],
        "errors": [{"text": " ".join(texts), "href": "#entry"}] if error else [],
        "typed": request.POST,
    }
    return render(request, "casework/old_file_list.html", context, status=422 if error else 200)
