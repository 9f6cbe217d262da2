"""A result as a file: choose what, get it at once or watch it being made, fetch it, delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.query.forms import ExportForm, SearchForm
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import COLUMNS, PROPOSED
from qiantang.scenarios.query.methods.exporting.numbers import Spelling
from qiantang.scenarios.query.rules import ROWS_AT_ONCE, RUNNING_AT_ONCE
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.selectors import export_words as words
from qiantang.scenarios.query.selectors import exports as reads
from qiantang.scenarios.query.services.exporting import jobs
from qiantang.scenarios.query.services.exporting.at_once import small_export
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from qiantang.corpus.register.types import SearchResult

_ROWS = 20
_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
    FileFormat.RIS: "application/x-research-info-systems",
    FileFormat.BIBTEX: "application/x-bibtex; charset=utf-8",
    FileFormat.NUMBERS: "text/plain; charset=utf-8",
}


def _asked(request: HttpRequest) -> DeskRequest:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    told = form.cleaned_data
    return DeskRequest(told["q"], tuple(request.GET.getlist("f")), told["sort"])


@require_http_methods(["GET", "POST"])
def export_new(request: HttpRequest) -> HttpResponse:
    """Choose what of a result goes into a file: a small one comes at once, a larger one is made as a job."""
    actor, asked = actor_of(request), _asked(request)
    result = desk.search(actor, asked)
    if request.method == "GET":
        return _form(request, asked, result, ExportForm(initial={"format": FileFormat.XLSX, "columns": PROPOSED}))
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _form(request, asked, result, form, status=400)
    wanted = _wanted(asked, form)
    if result.total <= ROWS_AT_ONCE:
        return _at_once(wanted)
    row = jobs.request_export(actor=actor, asked=wanted, total=result.total)
    return HttpResponseRedirect(reverse("query:export-detail", args=[row.pk]))


def _wanted(asked: DeskRequest, form: ExportForm) -> ExportAsked:
    told = form.cleaned_data
    return ExportAsked(
        query=desk.whole_query(asked),
        sort=asked.sort,
        format=FileFormat(told["format"]),
        columns=tuple(one.key for one in COLUMNS if one.key in told["columns"]),
        spelling=told["spelling"],
        language=get_language() or "zh-hans",
        day=timezone.localdate(),
    )


def _at_once(wanted: ExportAsked) -> HttpResponse:
    with small_export(wanted) as path:
        response = HttpResponse(path.read_bytes(), content_type=_TYPES[wanted.format])
    name = f"patents-{wanted.day.isoformat()}.{wanted.format.value}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(
    request: HttpRequest, asked: DeskRequest, result: SearchResult, form: ExportForm, status: int = 200
) -> HttpResponse:
    chosen, format_now = form["columns"].value() or (), form["format"].value()
    actor = actor_of(request)
    context: dict[str, Any] = {
        "total": result.total,
        "canonical": result.canonical,
        "parameters": desk.parameters(asked),
        "search_url": desk.address(asked, asked.refinements),
        "at_once": result.total <= ROWS_AT_ONCE,
        "most_at_once": ROWS_AT_ONCE,
        "signed_in": actor.person_id is not None,
        "by_relevance": asked.sort == "relevance",
        "formats": [
            {"key": key.value, "word": word, "told": told, "chosen": key.value == format_now}
            for key, (word, told) in words.FORMAT_WORDS.items()
        ],
        "groups": [
            {
                "word": heading,
                "columns": [{"key": k, "word": words.COLUMN_WORDS[k], "chosen": k in chosen} for k in keys],
            }
            for heading, keys in words.COLUMN_GROUPS
        ],
        "spellings": [
            {"key": key.value, "word": word, "example": words.SPELLING_EXAMPLES[key]}
            for key, word in words.SPELLING_WORDS.items()
        ],
        "spelling": form["spelling"].value() or Spelling.PUBLICATION.value,
        "errors": [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()],
    }
    return render(request, "query/export_new.html", context, status=status)


# --- one's own exports --------------------------------------------------------------------------------------------------


@require_GET
def export_list(request: HttpRequest) -> HttpResponse:
    """One's exports, newest first; the public has none and is told how to get some."""
    actor = actor_of(request)
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.SUBJECT) if cursor else 0
    page = reads.exports(actor, PageRequest(offset=offset, size=_ROWS))
    here = reverse("query:export-list")
    context = {
        "rows": [_shown(row) for row in page.items],
        "total": page.total,
        "signed_in": actor.person_id is not None,
        "most_running": RUNNING_AT_ONCE,
        "next_url": f"{here}?page={page.next}" if page.next else None,
        "first_url": here if offset else None,
    }
    return render(request, "query/export_list.html", context)


@require_GET
def export_detail(request: HttpRequest, key: int) -> HttpResponse:
    """One export: how far it is while it is made, where to fetch it once it is there."""
    row = reads.export(actor_of(request), key)
    context = {"row": _shown(row), "progress_url": request.path, "list_url": reverse("query:export-list")}
    return render(request, "query/export_detail.html", context, fragment="progress")


def _shown(row: Any) -> dict[str, Any]:
    file_format = FileFormat(row.format)
    return {
        "key": row.pk,
        "url": reverse("query:export-detail", args=[row.pk]),
        "state": row.state,
        "under_way": row.state in reads.UNDER_WAY,
        "stage": words.STAGE_WORDS.get(row.stage, ""),
        "query": row.query,
        "search_url": desk.address(DeskRequest(row.query, sort=row.sort), ()),
        "format": words.FORMAT_WORDS[file_format][0],
        "columns": [words.COLUMN_WORDS[one] for one in row.columns],
        "has_columns": file_format in (FileFormat.CSV, FileFormat.XLSX, FileFormat.JSON),
        "done": row.done,
        "total": row.total,
        "left": reads.seconds_left(row, timezone.now()),
        "requested_at": row.requested_at,
        "finished_at": row.finished_at,
        "expires_at": row.expires_at,
        "snapshot": row.snapshot,
        "synthetic": row.synthetic,
        "size_bytes": row.size_bytes,
        "sha256": row.sha256,
        "stand_ins": row.stand_ins,
        "gone": row.gone,
        "failure": reads.failure(row),
    }


@require_GET
def export_file(request: HttpRequest, key: int) -> FileResponse:
    """The file, for the one who asked for it."""
    row, path = jobs.open_export(actor=actor_of(request), key=key)
    name = f"patents-{timezone.localdate(row.requested_at).isoformat()}-{row.pk}.{row.format}"
    content_type = _TYPES[FileFormat(row.format)]
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)


@require_POST
def export_cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Stop an export that is under way."""
    jobs.cancel_export(actor=actor_of(request), key=key)
    return HttpResponseRedirect(reverse("query:export-detail", args=[key]))


@require_POST
def export_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete an export with its file."""
    jobs.delete_export(actor=actor_of(request), key=key)
    return HttpResponseRedirect(reverse("query:export-list"))
