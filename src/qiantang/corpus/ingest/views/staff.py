"""The import desk: upload, watch, read what was refused."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.files.types import Limits
from qiantang.commons.ui.api import render
from qiantang.corpus.ingest import api, tables
from qiantang.corpus.ingest.forms import ImportForm
from qiantang.corpus.ingest.methods.readers import READERS
from qiantang.corpus.ingest.services.disclosing import hand_out_refused_rows, show_refused_rows
from qiantang.corpus.ingest.tables.formats import format_rows
from qiantang.corpus.ingest.types import Terms
from qiantang.corpus.ingest.views.quality import quality_rows
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.kernel.text import inert

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http.response import HttpResponseBase

    from qiantang.corpus.ingest.models import ImportRun
    from qiantang.corpus.ingest.selectors.runs import RefusedRow
    from qiantang.kernel.actor import Actor

_ROWS = 50


def _offset(request: HttpRequest, subject: str) -> int:
    cursor = request.GET.get("page")
    return decode_cursor(cursor, subject=subject) if cursor else 0


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Runs, newest first, and the form that begins one."""
    actor = actor_of(request)
    offset = _offset(request, "import-runs")
    runs = api.import_runs(actor, PageRequest(offset=offset, size=_ROWS))
    faults: dict[str, str] = {}
    decision = api.may_import(actor)
    if request.method == "POST":
        if not decision:
            raise NotPermitted(decision.code)
        form = ImportForm(request.POST, request.FILES)
        faults = {name: str(errors[0]) for name, errors in form.errors.items()}
        if not faults:
            try:
                return HttpResponseRedirect(_begin(actor, form))
            except Invalid as error:
                name = "mapping" if error.code.startswith("mapping.") else "files"
                faults = {
                    name: f"{tables.sentence(error.code, error.facts)} {tables.next_step(error.code, error.facts)}"
                }
    context = {
        "may_import": bool(decision),
        "runs": [tables.run_row(run) for run in runs.items],
        "errors": [{"text": text, "href": f"#{name}"} for name, text in faults.items()],
        "files_error": faults.get("files", ""),
        "mapping_error": faults.get("mapping", ""),
        "licence_error": faults.get("licence", ""),
        "licence": request.POST.get("licence", ""),
        "max_size": f"{Limits().size_bytes // 2**30} GB",
        "formats": format_rows(READERS),
        "next_url": f"?page={runs.next}" if runs.next else None,
        "first_url": "/import" if offset else None,
    }
    return render(request, "ingest/import_list.html", context, status=400 if faults else 200)


def _text_of(upload: UploadedFile[Any] | None) -> str:
    if upload is None:
        return ""
    try:
        return bytes(upload.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("mapping.encoding", file=upload.name) from None


def _begin(actor: Actor, form: ImportForm) -> str:
    mapping = _text_of(form.cleaned_data["mapping"])
    uploads = [(one.name or "upload", one.file) for one in form.cleaned_data["files"]]
    terms = Terms(form.cleaned_data["licence"], form.cleaned_data["published"])
    run = api.request_import(actor=actor, kind="upload", uploads=uploads, mapping=mapping, terms=terms)
    return reverse("ingest:import-detail", args=[run.pk])


@require_GET
def import_detail(request: HttpRequest, run_id: int) -> HttpResponse:
    """One run: progress while it goes, its report and refused rows once it is over."""
    actor = actor_of(request)
    run = api.import_run(actor, run_id)
    context = {
        "run": tables.run_row(run),
        "progress_url": request.path,
        "list_url": reverse("ingest:import-list"),
        "sources": tables.source_rows(run),
        "folders": tables.folder_rows(run),
        "quality": quality_rows((run.report or {}).get("quality")),
        "refused": [],
        "refused_total": 0,
    }
    if run.load and not _asks_for_progress_alone(request):
        offset = _offset(request, f"refused-{run.load}")
        page = show_refused_rows(actor=actor, load=run.load, page=PageRequest(offset=offset, size=_ROWS))
        context |= {
            "refused": tables.refused_table(page.items),
            "refused_total": page.total,
            "refused_elsewhere": _refused_elsewhere(run, page.total),
            "csv_url": reverse("ingest:refused-download", args=[run.pk]) if page.total else None,
            "next_url": f"?page={page.next}#refused" if page.next else None,
            "first_url": f"{request.path}#refused" if offset else None,
        }
    return render(request, "ingest/import_detail.html", context, fragment="progress")


def _refused_elsewhere(run: ImportRun, told: int) -> int:
    """Refused rows of files that an earlier import read: they are counted here and stand there."""
    report = run.report or {"sources": [], "totals": {"refused": 0}}
    whole = sum(source["refusal"] is not None for source in report["sources"])
    return max(0, int(report["totals"]["refused"]) - (told - whole))


def _asks_for_progress_alone(request: HttpRequest) -> bool:
    """Whether htmx looks again how far the run is: then nobody is shown a row."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


_HEADER = ("file", "row", "column", "code", "reason", "raw")


def _line(row: RefusedRow) -> tuple[object, ...]:
    reason = tables.sentence(row.code, row.facts)
    return (inert(row.file), row.row, inert(row.column), row.code, inert(reason), inert(row.raw))


class _Echo:
    def write(self, line: str) -> str:
        return line


@require_GET
@access.needs_step_up
def refused_download(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """All refused rows of a run as CSV (UTF-8 with byte order mark, so that spreadsheets show Chinese)."""
    actor = actor_of(request)
    rows = hand_out_refused_rows(actor=actor, load=api.import_run(actor, run_id).load or 0)
    writer = csv.writer(_Echo())
    lines = (writer.writerow(line) for line in chain((_HEADER,), map(_line, rows)))
    response = StreamingHttpResponse(chain(("\ufeff",), lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{run_id}.csv"'
    return response
