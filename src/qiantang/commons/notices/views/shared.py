"""The inbox of an organisation for which one acts: what it was told, and who of its people has read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.notices.selectors import shared
from qiantang.commons.notices.services import opening, proving
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 20


@require_GET
def organisation_inbox(request: HttpRequest, organisation: int) -> HttpResponse:
    """Notices to an organisation, newest first; who looks at them has a copy of their own from then on."""
    actor = actor_of(request)
    inboxes = shared.organisation_inboxes(actor)
    here = next((one for one in inboxes if one.id == organisation), None)
    if here is None:
        raise NotFound("notices.no_such_inbox")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=shared.subject_of(organisation)) if cursor else 0
    asked = PageRequest(offset=offset, size=_ROWS)
    opening.take_copies(actor=actor, organisation=organisation, keys=shared.keys_on(actor, organisation, asked))
    page = shared.organisation_inbox(actor, organisation, asked)
    proving.note_shown(actor=actor, notices=[one.notice for one in page.items])
    address = reverse("notices:organisation-inbox", args=[organisation])
    context = {
        "here": here,
        "inboxes": inboxes,
        "told": page.items,
        "total": page.total,
        "next_url": f"{address}?page={page.next}" if page.next else None,
        "first_url": address if offset else None,
    }
    return render(request, "notices/organisation_inbox.html", context)
