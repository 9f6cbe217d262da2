"""Documents for those who may see them: the list, one with its files, and the office revokes."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.documents import policies
from qiantang.commons.documents.forms import RevokeForm
from qiantang.commons.documents.selectors import documents as reads
from qiantang.commons.documents.selectors.words import LANGUAGE_NAMES, REASONS
from qiantang.commons.documents.services.issuing import document_file, revoke_document
from qiantang.commons.documents.types import MEDIA_TYPES, TEMPLATES, Format
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 20


@never_cache
@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """What was issued to oneself, or to those one acts for; for an office what it issued."""
    actor = actor_of(request)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.SUBJECT) if cursor else 0
    page = reads.documents(actor, PageRequest(offset=offset, size=_ROWS))
    context = {
        "rows": page.items,
        "total": page.total,
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("documents:document-list") if offset else None,
    }
    return render(request, "documents/document_list.html", context)


@never_cache
@require_GET
def document_show(request: HttpRequest, number: str) -> HttpResponse:
    """One document: what it is, whether it is still good, its files."""
    actor = actor_of(request)
    told = reads.document_told(actor, number)
    context = {
        "told": told,
        "files": [{"told": one, "language": LANGUAGE_NAMES.get(one.language, one.language)} for one in told.files],
        "why": REASONS[told.revoked_why] if told.revoked_why else "",
        "may_revoke": bool(policies.may_revoke(actor, TEMPLATES[told.template])) and told.revoked_at is None,
        "reasons": [{"key": one.value, "word": word} for one, word in REASONS.items()],
    }
    return render(request, "documents/document_show.html", context)


@never_cache
@require_GET
def document_take(request: HttpRequest, number: str, language: str, name: str) -> HttpResponse:
    """A file. That it was taken is noted in the journal."""
    told = _named(name)
    content, found = document_file(actor=actor_of(request), number=number, language=language, format_=told)
    response = HttpResponse(content, content_type=MEDIA_TYPES[found.format])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(number, language, found.format)}"'
    return response


def _named(name: str) -> Format:
    with suppress(ValueError):
        return Format(name)
    raise NotFound("documents.format_missing", format=name[:10])


def _file_name(number: str, language: str, format_: Format) -> str:
    safe = "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign == "-"))[:30]
    return f"{safe}-{language}.{format_}"


@require_POST
@access.needs_step_up
def document_revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Revoke, after the office has shown anew who it is."""
    actor = actor_of(request)
    asked = RevokeForm(request.POST).asked()
    revoke_document(actor=actor, number=number, why=asked.why, note=asked.note, replaced_by=asked.replaced_by)
    return HttpResponseRedirect(reverse("documents:document-show", args=[number]))
