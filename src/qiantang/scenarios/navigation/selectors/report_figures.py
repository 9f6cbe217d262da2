"""Figures of a report: the charts of the edition, each of no more rows than the table below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.scenarios.navigation.selectors import charts, charts_life, dashboard, editions, report_tables
from qiantang.scenarios.navigation.types.report import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qiantang.commons.ui.types import Chart
    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import Book
    from qiantang.scenarios.navigation.types import Chain


class Figures:
    """Draws and numbers the figures of a report in the order in which they are asked for.

    base  scheme and host of the platform, for addresses on paper
    """

    def __init__(self, row: Edition, book: Book, chain: Chain, base: str) -> None:
        self._base = base
        self._count = 0
        self._makers: Mapping[str, Callable[[], Chart]] = {
            "years": lambda: _last(charts.trend(row, book), report_tables.YEARS),
            "branches": lambda: charts.branches(row, book, chain),
            "life": lambda: _last(charts_life.curve(row, book), report_tables.YEARS),
            "topics": lambda: charts.topics(row, book, dashboard.topic_labels(row, "")),
            "path": lambda: charts_life.main_path(row, book, dashboard.path_names(book)),
            "matrix": lambda: charts.matrix(row, book, chain),
            "owners": lambda: charts.applicants(row, book),
            "ties": lambda: charts.network(row, book, "owners", {}, report_tables.TIES),
            "flows": lambda: charts.layout(row, book, most=report_tables.FLOWS),
            "standing": lambda: charts.standing(
                row, [editions.Book(row, node) for code, node in editions.node_rows(row).items() if code], chain
            ),
        }

    def of(self, table: str) -> list[Figure]:
        """The figure of a table by its name; none where it has none or nothing is known."""
        chart = self._makers[table]() if table in self._makers else None
        if chart is None or chart.is_empty:
            return []
        self._count += 1
        told = chart.citation
        return [Figure(self._count, replace(chart, citation=replace(told, address=f"{self._base}{told.permalink}")))]


def _last(chart: Chart, most: int) -> Chart:
    """The last labels of a chart and their marks."""
    series = tuple(one._replace(marks=one.marks[-most:]) for one in chart.series)
    return replace(chart, labels=chart.labels[-most:], series=series)
