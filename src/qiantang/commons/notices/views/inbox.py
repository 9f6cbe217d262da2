"""The inbox: what happened, what to do, by when; read and unread."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.notices import policies
from qiantang.commons.notices.selectors import inbox as reads
from qiantang.commons.notices.selectors.shared import organisation_inboxes
from qiantang.commons.notices.services import issuing, proving
from qiantang.commons.ui.api import render
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 20
_DIGITS = 18


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """One's notices, newest first; ``?show=unread`` leaves out what was read."""
    actor = actor_of(request)
    unread = request.GET.get("show") == "unread"
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.subject_of(unread=unread)) if cursor else 0
    page = reads.inbox(actor, PageRequest(offset=offset, size=_ROWS), unread=unread)
    proving.note_shown(actor=actor, notices=page.items)
    here = reverse("notices:inbox")
    kept = "show=unread&" if unread else ""
    context = {
        "notices": page.items,
        "total": page.total,
        "unread_only": unread,
        "waiting": reads.unread_count(actor),
        "inboxes": organisation_inboxes(actor),
        "may_see_templates": bool(policies.may_see_templates(actor)),
        "next_url": f"{here}?{kept}page={page.next}" if page.next else None,
        "first_url": f"{here}?{kept}".rstrip("?&") if offset else None,
    }
    return render(request, "notices/inbox.html", context)


@require_POST
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Note that it was read, and go where it leads."""
    return HttpResponseRedirect(issuing.mark_read(actor=actor_of(request), notice=notice))


@require_POST
def read_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Note that it was read, and stay."""
    issuing.mark_read(actor=actor_of(request), notice=notice)
    return HttpResponseRedirect(_back(request))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that all were read."""
    issuing.mark_all_read(actor=actor_of(request))
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    told = request.POST.get("organisation", "")
    if told.isdecimal() and len(told) < _DIGITS:
        return reverse("notices:organisation-inbox", args=[int(told)])
    here = reverse("notices:inbox")
    return f"{here}?show=unread" if request.POST.get("show") == "unread" else here
