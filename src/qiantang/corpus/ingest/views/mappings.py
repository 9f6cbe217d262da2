"""The mapping desk: what the columns of an unknown table are, with a preview; saved mappings, to look at and take away."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.ingest import api, tables
from qiantang.corpus.ingest.forms import FIELD_WORDS, GROUP_WORDS, RANK_WORDS, TYPE_WORDS, draft_from
from qiantang.corpus.ingest.methods.mapping import FIELDS, SEVERAL
from qiantang.corpus.ingest.methods.mapping.draft import (
    columns_of,
    mapping_text,
    preview,
    suggested,
    suggested_sign,
    type_words,
    with_type_words,
)
from qiantang.corpus.ingest.methods.mapping.suggesting import DATE_FORMS
from qiantang.corpus.ingest.selectors.mappings import saved_mapping, saved_mappings, unknown_table
from qiantang.corpus.ingest.services.mappings import import_again, save_mapping
from qiantang.corpus.ingest.types import FileRefused
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from qiantang.corpus.ingest.methods.mapping.draft import Column, Draft, PreviewRow
    from qiantang.corpus.ingest.selectors.mappings import UnknownTable
    from qiantang.kernel.actor import Actor

_EXAMPLE = date(2019, 12, 31)  # a day whose parts nobody takes for each other
_UNFIT = re.compile(r"[^a-z0-9]+")


@require_http_methods(["GET", "POST"])
def mapping_form(request: HttpRequest, run_id: int) -> HttpResponse:
    """The form over one file of a run. POST with ``save`` saves and loads; any other POST shows the preview."""
    actor = actor_of(request)
    file = request.GET.get("file", "")
    table = unknown_table(actor, run_id, file)
    if request.method == "POST":
        draft = with_type_words(draft_from(request.POST, table.rows), table.rows, request.POST.getlist("word"))
    else:
        draft = suggested(table.rows, _name_from(file))
    fault = ""
    if "save" in request.POST:
        try:
            return HttpResponseRedirect(_saved(actor, run_id, table, draft))
        except Invalid as error:
            fault = _told(error)
    context = {
        "file": file,
        "run_url": reverse("ingest:import-detail", args=[run_id]),
        "here": request.get_full_path(),
        "errors": [{"text": fault, "href": "#mapping-form"}] if fault else [],
        **_form_context(table, draft, request.POST if request.method == "POST" else None),
        **_preview_context(table, draft),
    }
    return render(request, "ingest/mapping_form.html", context, fragment="preview", status=400 if fault else 200)


def _name_from(file: str) -> str:
    stem = file.rpartition("/")[2].rpartition(".")[0]
    return _UNFIT.sub("-", stem.lower()).strip("-")[:40] or "vendor-export"


def _saved(actor: Actor, run_id: int, table: UnknownTable, draft: Draft) -> str:
    save_mapping(actor=actor, table=table, draft=draft)
    again = import_again(actor=actor, run=api.import_run(actor, run_id))
    return reverse("ingest:import-detail", args=[again.pk])


def _told(error: Invalid) -> str:
    return f"{tables.sentence(error.code, error.facts)} {tables.next_step(error.code, error.facts)}"


def _form_context(table: UnknownTable, draft: Draft, posted: QueryDict | None) -> dict[str, Any]:
    columns = columns_of(table.rows, draft.header_row)
    typed = next((place for place, field in draft.columns.items() if field == "type"), None)
    words = [] if typed is None else type_words(table.rows, draft.header_row, typed)
    return {
        "draft": draft,
        "columns": [_column(one, table, draft, posted) for one in columns],
        "groups": _groups(),
        "ranks": list(RANK_WORDS.items()),
        "types": list(TYPE_WORDS.items()),
        "type_words": [{"word": word, "type": draft.types.get(word, "")} for word in words],
        "date_forms": [(form, _EXAMPLE.strftime(form)) for form in DATE_FORMS],
        "header_rows": range(1, min(len(table.rows), 10) + 1),
    }


def _column(column: Column, table: UnknownTable, draft: Draft, posted: QueryDict | None) -> dict[str, Any]:
    """``separator`` is there before a field is chosen, so that whoever chooses one need not look for it."""
    field = draft.columns.get(column.place, "")
    sign = draft.separators.get(field, "")
    if not field and posted is None:
        sign = suggested_sign(column, table.rows, draft.header_row)
    elif not field and posted is not None:
        sign = posted.get(f"separator-{column.place}", "")
    return {
        "column": column,
        "field": field,
        "separator": "\\n" if sign == "\n" else sign,
        "several": field in SEVERAL,
    }


def _groups() -> list[dict[str, Any]]:
    return [
        {"word": word, "fields": [(name, FIELD_WORDS[name]) for name, one in FIELDS.items() if one.group == key]}
        for key, word in GROUP_WORDS.items()
    ]


def _preview_context(table: UnknownTable, draft: Draft) -> dict[str, Any]:
    text = mapping_text(draft, columns_of(table.rows, draft.header_row), 1)
    try:
        rows = preview(text, table.head, table.source.open)
    except Invalid as error:
        return {"preview": [], "preview_fault": _told(error)}
    except FileRefused as refused:
        told = refused.refusal
        return {"preview": [], "preview_fault": tables.sentence(told.code, told.facts)}
    return {"preview": _shown(rows), "preview_fault": ""}


def _shown(rows: Sequence[PreviewRow]) -> list[dict[str, Any]]:
    return [{"row": one.row, "record": tables.previewed(one.observation), "refusal": _reason(one)} for one in rows]


def _reason(row: PreviewRow) -> str:
    return tables.sentence(row.refusal.code, row.refusal.facts) if row.refusal else ""


@require_GET
def mapping_list(request: HttpRequest) -> HttpResponse:
    """Every saved mapping with its versions."""
    context = {
        "mappings": [
            {
                "name": one.name,
                "version": one.version,
                "saved_at": one.saved_at,
                "saved_by": one.saved_by,
                "columns": len([header for header in one.header if header]),
                "url": reverse("ingest:mapping-download", args=[one.name, one.version]),
            }
            for one in saved_mappings(actor_of(request))
        ],
        "list_url": reverse("ingest:import-list"),
    }
    return render(request, "ingest/mapping_list.html", context)


@require_GET
def mapping_download(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """One version as the TOML file that ``qiantang import --mapping`` takes."""
    saved = saved_mapping(actor_of(request), name, version)
    response = HttpResponse(saved.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{saved.name}-{saved.version}.toml"'
    return response
