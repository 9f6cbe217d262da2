"""Tables of a page as files, with a line to cite them by and an address that shows the same later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qiantang.commons.ui.methods.charts import Cell, Table, csv_text
from qiantang.scenarios.monitoring.selectors import asking

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell

_LEFT = frozenset({"snapshot", "sheet", "as", "chart", "from"})
_BYTE_ORDER = "\ufeff"  # without it Excel reads UTF-8 as something else


class ShownSheet(NamedTuple):
    """A table of the page and the address of its file."""

    sheet: Sheet
    csv_url: str


def shown_sheets(request: HttpRequest, asked: Asked, panel: Panel) -> list[ShownSheet]:
    """The tables of a page; one without rows has no file."""
    return [
        ShownSheet(one, _address(request, asked, ("sheet", str(place)), ("as", "csv")) if one.rows else "")
        for place, one in enumerate(panel.sheets, 1)
    ]


def _address(request: HttpRequest, asked: Asked, *more: tuple[str, str]) -> str:
    """The address of the page on its snapshot, with everything that it asks for but the place in a long table."""
    kept = [(name, value) for name in request.GET if name not in _LEFT for value in request.GET.getlist(name) if value]
    number = asking.snapshot_number(asked)
    kept += [("snapshot", str(number))] if number is not None else []
    return f"{asked.path}?{urlencode([*kept, *more])}"


def sheet_file(request: HttpRequest, asked: Asked, panel: Panel) -> HttpResponse | None:
    """The file that ``?sheet=2&as=csv`` asks for, with all rows; None where the page itself is asked for."""
    given = request.GET.get("sheet", "")
    chosen = [one for place, one in enumerate(panel.sheets, 1) if str(place) == given]
    if request.GET.get("as") != "csv" or not chosen:
        return None
    text = _BYTE_ORDER + _text(request, asked, panel, chosen[0])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = asked.path.strip("/").replace("/", "-") or "table"
    response["Content-Disposition"] = f'attachment; filename="{name}-{given}.csv"'
    return response


def _text(request: HttpRequest, asked: Asked, panel: Panel, sheet: Sheet) -> str:
    number = asking.snapshot_number(asked)
    cited = [
        panel.title,
        sheet.title,
        _("as of %(day)s") % {"day": panel.as_of.isoformat()} if panel.as_of else "",
        _("snapshot %(number)s") % {"number": number} if number is not None else "",
        _("demonstration data, all invented") if asking.synthetic() else "",
        asking.absolute(_address(request, asked)),
    ]
    told = [(_("Cite as"), " · ".join(part for part in cited if part))]
    told += [(_("Note"), note) for note in (sheet.note, *panel.notes) if note]
    percent = [_percent([row[place] for row in sheet.rows]) for place in range(len(sheet.head))]
    heads = tuple(f"{head} (%)" if aside else head for head, aside in zip(sheet.head, percent, strict=True))
    table = Table(heads, tuple(tuple(map(_cell, row, percent)) for row in sheet.rows))
    return csv_text([table], told, {})


def _percent(column: list[SheetCell]) -> bool:
    """Whether a column is of shares: its head says so, and its cells are numbers."""
    told = [cell for cell in column if cell.text]
    return bool(told) and all(cell.percent for cell in told)


def _cell(cell: SheetCell, percent: bool) -> Cell:  # noqa: FBT001 - called by map
    """A number as a number; beside texts, a share keeps its sign. What is not known stays empty."""
    if cell.value is None or (cell.percent and not percent):
        return Cell(text=cell.text)
    return Cell(value=cell.value, numeric=True)
