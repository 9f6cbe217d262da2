"""Trade marks, geographical indications, cases, demonstration firms: on the time axis of the patents, from input sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.metrics import api as metrics
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.api import listed
from qiantang.scenarios.monitoring.rules import CITY, GRANTS, OTHER_RIGHTS, YEARS_SHOWN
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric
    from qiantang.kernel.actor import Actor


def other_rights_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """One chart a number, all over the same years; what no sheet states is not known."""
    last = asking.last_year(asked, GRANTS)
    years = tuple(range(last - YEARS_SHOWN + 1, last + 1))
    drawn = [_chart(asked, one, years) for one in asking.known_metrics((GRANTS, *OTHER_RIGHTS))]
    missing = [chart.title for chart in drawn if chart.is_empty]
    notes = (_("Not stated by any sheet yet: %(names)s.") % {"names": "；".join(missing)},) if missing else ()
    return Panel(
        title=_("Patents beside other rights, %(first)s to %(last)s") % {"first": years[0], "last": last},
        lead=_(
            "Numbers of other bodies come from input sheets, each with its source and day; the patents come from the register."
        ),
        charts=tuple(chart for chart in drawn if not chart.is_empty),
        sheets=(_sheets(),),
        notes=notes,
    )


def _chart(asked: Asked, metric: Metric, years: tuple[int, ...]) -> Chart:
    marks, told = [], None
    for year in years:
        one = asking.measured(asking.question(asked, metric.id, region=CITY, first=year, last=year))
        marks.append(
            Mark(one.value if one else None, asking.records_url(one) if one and one.value is not None else None)
        )
        told = one if one and one.value is not None else told
    return Chart(
        kind=ChartKind.STACKED,
        key=metric.id.lower().replace(".", "-"),
        title=asking.name_of(metric),
        unit=asking.unit_of(metric),
        label_head=_("Year"),
        labels=tuple(map(str, years)),
        series=(Series("", tuple(marks)),),
        decimals=metric.decimals,
        citation=asking.citation(asked, told),
    )


def _sheets() -> Sheet:
    """The input sheets that were imported, and the lists of patents."""
    words = {"pledge": _("Patents pledged for a relatively high amount"), "award": _("Patents with a state award")}
    lists = tuple(
        (
            SheetCell(f"{one.title} · {words.get(one.condition, one.condition)}"),
            SheetCell(one.source),
            SheetCell(one.as_of.isoformat()),
            numerals.number(one.kept),
            numerals.number(one.refused),
            SheetCell(_("sample data") if one.sample else _("as stated by the source")),
        )
        for one in listed.lists()
    )
    rows = tuple(
        (
            SheetCell(one.title),
            SheetCell(one.source),
            SheetCell(one.as_of.isoformat()),
            numerals.number(one.kept),
            numerals.number(len(one.refused)),
            SheetCell(_("sample data") if one.sample else _("as stated by the source")),
        )
        for one in metrics.figures.imported_tables()
    )
    head = (_("Input sheet"), _("Source"), _("Day"), _("Figures kept"), _("Rows refused"), _("Kind"))
    return Sheet(_("Input sheets"), head, (*rows, *lists))
