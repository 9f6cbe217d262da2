"""Sharing a dossier: with accounts, and by a link that opens it for reading."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.query.forms import LinkForm, ShareForm
from qiantang.scenarios.query.selectors import dossiers as reads
from qiantang.scenarios.query.services import sharing

_PATENTS = 50


def _back(key: int, place: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("query:dossier-edit", args=[key]) + f"#{place}")


@require_POST
def dossier_share(request: HttpRequest, key: int) -> HttpResponse:
    """Open it to an account."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    told = form.cleaned_data
    sharing.share_dossier(actor=actor_of(request), key=key, username=told["username"], may_write=told["may_write"])
    messages.success(request, _("Shared."))
    return _back(key, "sharing")


@require_POST
def dossier_unshare(request: HttpRequest, key: int, share: int) -> HttpResponse:
    """Close it to an account."""
    sharing.unshare_dossier(actor=actor_of(request), key=key, share=share)
    return _back(key, "sharing")


@require_POST
def dossier_link(request: HttpRequest, key: int) -> HttpResponse:
    """Make a link."""
    form = LinkForm(request.POST)
    form.is_valid()
    sharing.make_link(actor=actor_of(request), key=key, days=form.cleaned_data.get("days") or 0)
    messages.success(request, _("The link stands below; whoever has it may read the dossier."))
    return _back(key, "links")


@require_POST
def dossier_revoke(request: HttpRequest, key: int, link: int) -> HttpResponse:
    """Revoke a link."""
    sharing.revoke_link(actor=actor_of(request), key=key, link=link)
    messages.success(request, _("The link opens nothing any more."))
    return _back(key, "links")


@never_cache
@require_GET
def dossier_shared(request: HttpRequest, token: str) -> HttpResponse:
    """A dossier for whoever has the link: patents, ratings, tags; no comments, no names, no history, no way in."""
    row, link = reads.dossier_behind(token)
    subject = reads.entries_subject(row.pk, "place", "")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=subject) if cursor else 0
    page = reads.entries(row, PageRequest(offset=offset, size=_PATENTS))
    context = {
        "name": row.name,
        "about": row.about,
        "until": link.until,
        "entries": page.items,
        "total": page.total,
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": "?" if offset else None,
    }
    response = render(request, "query/dossier_shared.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
