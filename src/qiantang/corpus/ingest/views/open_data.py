"""Open data: what is handed out to everybody, and the button that writes a new export."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.ingest import tables
from qiantang.corpus.ingest.selectors.open_data import open_data_state
from qiantang.corpus.ingest.selectors.runs import ensure_may_look
from qiantang.corpus.ingest.services.open_data import request_open_data
from qiantang.corpus.register import api as register


@require_http_methods(["GET", "POST"])
def open_data_list(request: HttpRequest) -> HttpResponse:
    """Exports that are finished, the one under way, and the button for the next."""
    actor = actor_of(request)
    if request.method == "POST":
        request_open_data(actor=actor)
        return HttpResponseRedirect(reverse("ingest:open-data-list"))
    told = open_data_state(actor)
    run = told.newest
    busy = run is not None and run.state in ("queued", "running")
    context = {
        "run": run,
        "busy": busy,
        "failure": tables.sentence(run.error_code, run.error_facts) if run and run.state == "failed" else "",
        "dumps": [{"dump": one, "size_bytes": sum(file.size_bytes for file in one.files)} for one in told.dumps],
        "progress_url": request.path,
    }
    return render(request, "ingest/open_data_list.html", context, fragment="progress")


@require_GET
def open_data_file(request: HttpRequest, dump: str, file: str) -> FileResponse:
    """One file of a finished export; programs fetch it by the open API."""
    ensure_may_look(actor_of(request))
    _, path = register.upkeep.dump_file(register.register(), dump, file)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{dump}-{file}")
