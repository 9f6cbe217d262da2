"""A chart in the reader's language: contract, tables, file."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.commons.ui.methods.charts import Cell, Heads, Table, contract, csv_text, tables
from qiantang.commons.ui.types import Chart

_STRONGEST = 12  # nodes of a network that a phone shows: FEW of charts.js
BYTE_ORDER = "\ufeff"  # without it Excel reads UTF-8 as something else


def chart_words() -> dict[str, str]:
    """What the script says on a chart, and what the columns of its file are called."""
    return {
        "provisional": _("provisional"),
        "strongest": _("The %(n)s strongest; all of them stand in the table.") % {"n": _STRONGEST},
        "unknown": _("not known"),
        "more": pgettext("on a scale", "more"),
        "less": pgettext("on a scale", "less"),
        "low": _("band from"),
        "high": _("band to"),
        "records": _("opens its records"),
        "other": pgettext("group of the rest", "other"),
    }


def chart_contract(chart: Chart) -> dict[str, object]:
    """What the script draws from."""
    told = contract(chart, chart_words())
    if chart.outline and not chart.outline.startswith("/"):
        told["outline"] = static(chart.outline)
    return told


def chart_tables(chart: Chart) -> list[Table]:
    """The figures of the chart for reading aloud, copying and paper."""
    return tables(
        chart,
        Heads(
            label=_("What"),
            value=_("Value"),
            size=_("Size"),
            group=_("Group"),
            origin=pgettext("of a link", "From"),
            destination=pgettext("of a link", "To"),
        ),
    )


def citation_line(chart: Chart) -> str:
    """One line for paper and files: metric, source, as-of day, snapshot, review number, address."""
    told = chart.citation
    parts = [
        told.metric,
        _("Source: %(source)s") % {"source": told.source} if told.source else "",
        _("as of %(day)s") % {"day": told.as_of.isoformat()} if told.as_of else "",
        _("snapshot %(number)s") % {"number": told.snapshot} if told.snapshot is not None else "",
        _("Map review number: %(number)s") % {"number": told.map_review} if told.map_review else "",
        _("demonstration data, all invented") if told.synthetic else "",
        told.address or told.permalink,
    ]
    return " · ".join(part for part in parts if part)


_MOST_WORDS = 1500  # letters: who listens to a picture longer than that reads the table


def headline(chart: Chart) -> str:
    """The question with the unit."""
    return _("%(title)s (%(unit)s)") % {"title": chart.title, "unit": chart.unit} if chart.unit else chart.title


def told_in_words(chart: Chart) -> str:
    """What a chart shows, for who does not see it: its title, then its figures row by row."""
    rows = [
        ", ".join(filter(None, (_cell_words(cell, chart.decimals) for cell in row)))
        for table in chart_tables(chart)
        for row in table.rows
    ]
    told = f"{headline(chart)} {'; '.join(rows)}"
    return told if len(told) <= _MOST_WORDS else f"{told[:_MOST_WORDS].rpartition(';')[0]} …"


def _cell_words(cell: Cell, places: int) -> str:
    if not cell.numeric:
        return cell.text
    value = _("not known") if cell.value is None else f"{cell.value:,.{places}f}"
    provisional = _("provisional")
    return f"{value} ({provisional})" if cell.provisional else value


def chart_csv(chart: Chart) -> str:
    """The figures as a CSV file that tells what it is."""
    told = [(_("Question"), chart.title), (_("Cite as"), citation_line(chart))]
    told += [(_("Method"), chart.citation.method)] if chart.citation.method else []
    told += [(_("Note"), chart.note)] if chart.note else []
    return BYTE_ORDER + csv_text(chart_tables(chart), told, chart_words())
