"""Statistics of a result: one page, and each of its tables as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.forms import desk_request
from qiantang.scenarios.query.methods.sheets import sheet
from qiantang.scenarios.query.selectors import desk, figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from qiantang.scenarios.query.types import DeskRequest


def _crossed(request: HttpRequest) -> tuple[str, str] | None:
    """The two fields of a table asked for; None where none is."""
    pair = request.GET.get("rows", ""), request.GET.get("columns", "")
    if pair == ("", ""):
        return None
    if not set(pair) <= set(figures.CROSSED):
        raise Invalid("query.address", fields="rows, columns")
    return pair


@require_GET
def result_statistics(request: HttpRequest) -> HttpResponse:
    """A result by year, applicant, class and so on, and by any two of them (``rows``, ``columns``)."""
    asked, actor = desk_request(request.GET), actor_of(request)
    context: dict[str, Any] = {"asked": asked, "q": asked.text, "active": desk.chips(asked)}
    status = 200
    try:
        snapshot = register.current_snapshot()
        told = figures.figures(actor, asked, (asked.years, *figures.FIELDS))
        tables = [figures.table(asked, one) for one in told.tallies]
        pair = _crossed(request)
        context |= {
            "told": told,
            "years": figures.years(asked, told, int(snapshot.published_at[:4]) if snapshot else None),
            "years_table": tables[0],
            "tables": tables[1:],
            "crossed": figures.crossed(actor, asked, *pair) if pair and told.total else None,
            "rows": request.GET.get("rows", "PA"),
            "columns": request.GET.get("columns", "AY"),
            "fields": [(key, desk.facet_word(key)) for key in figures.CROSSED],
            "suggested": [_suggestion(asked, *one) for one in figures.SUGGESTED],
            "kept": desk.kept(asked),
            "parameters": desk.parameters(asked),
            "list_url": desk.address(asked, asked.refinements),
        }
    except NotFound:
        context["nothing_loaded"] = True
    except Invalid as error:
        if error.code != "query.syntax":
            raise
        context["error"] = desk.fault(asked, error)
        status = 400
    return render(request, "query/statistics.html", context, status=status)


def _suggestion(asked: DeskRequest, rows: str, columns: str) -> dict[str, str]:
    behind = "&".join(one for one in (desk.parameters(asked), f"rows={rows}&columns={columns}") if one)
    label = f"{desk.facet_word(rows)} × {desk.facet_word(columns)}"
    return {"label": label, "url": f"/search/statistics?{behind}#crossed"}


@require_GET
def statistics_file(request: HttpRequest) -> HttpResponse:
    """One table as CSV: by the field ``by``, with up to 10,000 values, or by ``rows`` and ``columns``."""
    asked, actor = desk_request(request.GET), actor_of(request)
    pair = _crossed(request)
    if pair:
        found = figures.crossed(actor, asked, *pair)
        head = [f"{found.rows_label} \\ {found.columns_label}", _("Patents"), *(one.label for one in found.columns)]
        rows: list[list[str | int]] = [
            [one.head.label, one.head.count, *(cell.count for cell in one.cells)] for one in found.rows
        ]
        return _file(_about(found.canonical, found.total, found.snapshot), head, rows, "-".join(pair))
    by = request.GET.get("by", "")
    if by not in figures.CROSSED:
        raise Invalid("query.address", fields="by")
    told = figures.figures(actor, asked, (by,), size=figures.IN_A_FILE)
    table = figures.table(asked, told.tallies[0])
    every = [*table.rows, *([table.unknown] if table.unknown else [])]
    head = [table.label, _("Value in a query"), _("Patents")]
    return _file(
        _about(told.canonical, told.total, told.snapshot), head, [[o.label, o.value, o.count] for o in every], by
    )


def _about(canonical: str, total: int, snapshot: int) -> list[str]:
    return [
        _("Query: %(query)s") % {"query": canonical or _("everything")},
        _("Patents: %(total)s") % {"total": total},
        _("Snapshot: %(snapshot)s") % {"snapshot": snapshot},
    ]


def _file(about: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[str | int]], name: str) -> HttpResponse:
    response = HttpResponse(sheet(about, head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statistics-{name}.csv"'
    return response
