"""Charts of the life of a node: families so far with the logistic curve, owners against patents, branches by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.ui.types import Chart, ChartKind, Mark, Point, Series
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.charts import cited, families, mark, whole

if TYPE_CHECKING:
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
