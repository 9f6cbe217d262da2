"""Number lists: take one in, see line by line what it is, go on from there."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, Limited
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.query.forms import NumberListForm
from qiantang.scenarios.query.rules import MOST_LINES
from qiantang.scenarios.query.selectors import number_lists as reads
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.services import numbering
from qiantang.scenarios.query.types import ListVerdict
from qiantang.scenarios.query.views.telling import Echo, harmless, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.errors import DomainError

_ROWS, _LINES = 20, 50


@require_http_methods(["GET", "POST"])
def list_index(request: HttpRequest) -> HttpResponse:
    """One's lists, newest first, and the form that takes one in."""
    actor = actor_of(request)
    ensure_may_keep(actor)
    fault, typed = "", ""
    if request.method == "POST":
        form = NumberListForm(request.POST, request.FILES)
        try:
            return HttpResponseRedirect(reverse("query:list-report", args=[_made(actor, form)]))
        except (Invalid, Limited) as error:
            fault, typed = _told(error), request.POST.get("numbers", "")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject="number-lists") if cursor else 0
    page = reads.number_lists(actor, PageRequest(offset=offset, size=_ROWS))
    context = {
        "lists": page.items,
        "total": page.total,
        "typed": typed,
        "most": MOST_LINES,
        "errors": [{"text": fault, "href": "#numbers"}] if fault else [],
        "next_url": f"?page={page.next}" if page.next else None,
        "first_url": reverse("query:list-index") if offset else None,
    }
    return render(request, "query/list_index.html", context, status=422 if fault else 200)


def _told(error: DomainError) -> str:
    codes = str(error.facts.get("findings", "")).split(", ")
    words = pgettext("between things in a list", ", ").join(str(reads.FINDINGS.get(code, code)) for code in codes)
    return told(error, findings=words)


def _made(actor: Actor, form: NumberListForm) -> int:
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    given, file = form.cleaned_data, form.cleaned_data["file"]
    upload = (file.name or "upload", file.file) if file else None
    return numbering.make_number_list(actor=actor, name=given["name"], text=given["numbers"], upload=upload)


@require_GET
def list_report(request: HttpRequest, key: int) -> HttpResponse:
    """What each line of a list is; ``?verdict=`` shows the lines of one verdict."""
    actor = actor_of(request)
    row = reads.list_row(actor, key)
    given = request.GET.get("verdict", "")
    verdict = ListVerdict(given) if given in set(ListVerdict) else None
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.lines_subject(key, verdict)) if cursor else 0
    page = reads.lines(actor, key, verdict, PageRequest(offset=offset, size=_LINES))
    kept = f"verdict={verdict}&" if verdict else ""
    context = {
        "list": reads.shown(row),
        "verdict": verdict,
        "lines": page.items,
        "total": page.total,
        "next_url": f"?{kept}page={page.next}" if page.next else None,
        "first_url": f"?{kept}".rstrip("&?") or "?" if offset else None,
    }
    return render(request, "query/list_report.html", context)


@require_GET
def list_csv(request: HttpRequest, key: int) -> StreamingHttpResponse:
    """The whole report as CSV, read as it is sent."""
    lines = reads.every_line(actor_of(request), key)
    writer = csv.writer(Echo())
    head: list[list[object]] = [
        [_("Line"), _("As given"), _("What it is"), _("Remark"), _("Patent id"), _("Number"), _("Title")]
    ]
    rows: Iterator[list[object]] = (
        [one.line, one.given, one.word, one.said, one.patent_id, one.number, one.title] for one in lines
    )
    content = (writer.writerow([harmless(cell) for cell in row]) for row in chain(head, rows))
    response = StreamingHttpResponse(chain(["\ufeff"], content), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="number-list-{key}.csv"'
    return response


@require_POST
def list_check(request: HttpRequest, key: int) -> HttpResponse:
    """Look its numbers up again."""
    numbering.check_again(actor=actor_of(request), key=key)
    messages.success(request, _("Looked up again."))
    return HttpResponseRedirect(reverse("query:list-report", args=[key]))


@require_POST
def list_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a list."""
    numbering.delete_number_list(actor=actor_of(request), key=key)
    messages.success(request, _("Deleted."))
    return HttpResponseRedirect(reverse("query:list-index"))
