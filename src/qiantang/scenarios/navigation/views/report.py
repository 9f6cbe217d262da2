"""The report of an edition: as a page, as DOCX and PDF, and its data annex as CSV."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.navigation.selectors import editions, reporting
from qiantang.scenarios.navigation.services.reporting import annex_csv
from qiantang.scenarios.navigation.services.reporting import report_docx as docx
from qiantang.scenarios.navigation.services.reporting import report_pdf as pdf
from qiantang.scenarios.navigation.types import View
from qiantang.scenarios.navigation.types.report import Figure, Paragraph, Report, Table
from qiantang.scenarios.navigation.views.editions import frame

_BLOCKS = {Paragraph: "paragraph", Figure: "figure", Table: "table"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: HttpRequest, key: int, base: str) -> Report:
    actor = actor_of(request)
    row = editions.ready_edition(actor, key)
    given = request.GET.get("view", "")
    view = View(given) if given in {str(one) for one in View} else View.PUBLIC
    return reporting.report(actor, row, view, base)


@require_GET
def report_page(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    row = editions.ready_edition(actor, key)
    told = _report(request, key, "")
    sections = [(section, [(_BLOCKS[type(block)], block) for block in section.blocks]) for section in told.sections]
    context = frame(request, row, editions.chain_of(row)) | {"report": told, "sections": sections}
    return render(request, "navigation/report.html", context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def report_docx(request: HttpRequest, key: int) -> HttpResponse:
    told = _report(request, key, settings.PUBLIC_URL.rstrip("/"))
    return _file(docx(told), _DOCX, f"navigation-{key}.docx")


@require_GET
def report_pdf(request: HttpRequest, key: int) -> HttpResponse:
    told = _report(request, key, settings.PUBLIC_URL.rstrip("/"))
    return _file(pdf(told), "application/pdf", f"navigation-{key}.pdf")


@require_GET
def annex(request: HttpRequest, key: int) -> HttpResponse:
    told = _report(request, key, settings.PUBLIC_URL.rstrip("/"))
    return _file(annex_csv(told), "text/csv; charset=utf-8", f"navigation-{key}-annex.csv")
