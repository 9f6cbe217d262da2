"""Charts of the life of a node: families so far with the logistic curve, owners against patents, branches by year; and
the main path of citations over the years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qiantang.commons.ui.types import Chart, ChartKind, Link, Mark, Node, Point, Series
from qiantang.scenarios.navigation.methods.drawing import lanes
from qiantang.scenarios.navigation.methods.main_path import CIRCLE, KEY, ON_PATH
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.charts import cited, families, mark, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import Book
    from qiantang.scenarios.navigation.types import Chain

_MOST_LINES = 6


def curve(row: Edition, book: Book) -> Chart:
    """Families so far, and the curve fitted to them where it can be told."""
    rows = book.rows("life")
    series = [Series(_("Families so far"), tuple(mark(one["figures"][2]) for one in rows))]
    if any(one["figures"][3].value is not None for one in rows):
        told = (Mark(None if (v := one["figures"][3].value) is None else round(v, 1)) for one in rows)
        series.append(Series(_("Logistic curve"), tuple(told)))
    return Chart(
        kind=ChartKind.LINE,
        key="curve",
        title=_("How far is it from saturation?"),
        unit=_("families"),
        label_head=_("Filing year"),
        labels=tuple(one["label"] for one in rows),
        series=tuple(series),
        note=_("Complete years alone. A curve tells what follows if nothing new begins; its ceiling has wide bounds."),
        citation=cited(row, families(row), book.node.code),
    )


def activity(row: Edition, book: Book) -> Chart:
    """Owners against patents, a point a year: both grow, then the owners, then the patents become fewer."""
    points = [
        Point(one["label"], one["figures"][0].value, filed.value, None, "", filed.url)
        for one in book.rows("life")
        if (filed := book[f"year.{one['value']}"]).value is not None
    ]
    return Chart(
        kind=ChartKind.SCATTER,
        key="activity",
        title=_("Do more owners file more patents?"),
        label_head=_("Filing year"),
        points=tuple(points),
        x_name=_("Owners that file"),
        y_name=_("Patents filed"),
        note=_("Read it from year to year: up and to the right is growth, back to the left means that owners give up."),
        citation=cited(row, whole(row), book.node.code),
    )


def branch_years(row: Edition, book: Book, chain: Chain) -> Chart:
    """The branches by filing year; the last years are not complete."""
    rows = book.rows("branch_years")
    first = int(rows[0]["note"])
    years = [str(first + at) for at in range(len(rows[0]["figures"]))]
    partial = {one["value"] for one in book.rows("situation") if one["note"] == "partial"}
    return Chart(
        kind=ChartKind.LINE if len(rows) <= _MOST_LINES else ChartKind.HEAT,
        key="branch-years",
        title=_("Which branches grow?"),
        unit=_("patents"),
        label_head=_("Filing year") if len(rows) <= _MOST_LINES else _("Node"),
        labels=tuple(years),
        series=tuple(
            Series(
                words.node_name(chain, one["value"]),
                tuple(mark(f, provisional=y in partial) for y, f in zip(years, one["figures"], strict=True)),
            )
            for one in rows
        ),
        note=_("The pale last years are not complete: an application is published up to eighteen months after filing."),
        citation=cited(row, whole(row), book.node.code),
    )


def main_path(row: Edition, book: Book, names: Mapping[str, str]) -> Chart:
    """The main path over the years of filing, with the key routes beside it.

    names   of patents by their ids
    """
    rows = book.rows("path_drawing")
    nodes = [one for one in rows if "\t" not in one["value"]]
    known = [int(one["label"]) for one in nodes if one["label"]]
    years = range(min(known), max(known) + 1) if known else range(0)
    labels = [*([_("not known")] if len(known) < len(nodes) else []), *map(str, years)]
    places = {one["value"]: labels.index(one["label"] or labels[0]) for one in nodes}
    return Chart(
        kind=ChartKind.PATH,
        key="main-path",
        title=_("Along which patents did the knowledge flow?"),
        unit=_("search paths"),
        label_head=_("Patent"),
        value_head=_("Weight of the citation (SPC)"),
        x_name=_("Filing year"),
        labels=tuple(labels),
        nodes=_nodes(nodes, places, names),
        links=tuple(
            Link(source, target, one["figures"][0].value or 0, None, KEY in one["note"].split())
            for one in rows
            for source, tab, target in [str(one["value"]).partition("\t")]
            if tab
        ),
        note=_(
            "From the cited to the citing patent, by year of filing. The weight of a citation is the number of ways from a first to a last patent that run over it (SPC); the orange way is the best over the weightiest citation (key route). Members of a family are one; so are patents that cite each other in a circle, which are marked."
        ),
        citation=cited(
            row,
            _("Citations within the node alone; a mark opens the patents that were made one in it."),
            book.node.code,
        ),
    )


def _nodes(rows: Sequence[Mapping[str, Any]], places: Mapping[str, int], names: Mapping[str, str]) -> tuple[Node, ...]:
    """The patents, each at the place of its year, those of the main path in one lane."""
    lane = lanes(places, [one["value"] for one in rows if ON_PATH in one["note"].split()])
    return tuple(
        Node(
            one["value"],
            names.get(one["value"], one["value"]),
            one["figures"][0].value or 1,
            _group(one["note"].split()),
            one["figures"][0].url,
            places[one["value"]],
            lane[one["value"]],
        )
        for one in rows
    )


def _group(marks: list[str]) -> str:
    """What a node is; one that was made of a circle says so before anything else."""
    if CIRCLE in marks:
        return _("A circle made one")
    return _("On the main path") if ON_PATH in marks else _("On a key route")
