"""The figures of a report as pictures, for paper and word processors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from qiantang.commons.ui.api import drawings
from qiantang.kernel.errors import Unavailable

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.types.report import Report


class Drawn(NamedTuple):
    """A figure: its picture (SVG), what it shows in words, and what stands below it."""

    svg: str
    words: str
    caption: str
    note: str
    citation: str


def figures_of(report: Report) -> dict[int, Drawn]:
    """The figures by their numbers, all drawn at once.

    errors  Unavailable ``navigation.report_failed`` where they cannot be drawn
    """
    figures = report.figures()
    try:
        made = drawings([one.chart for one in figures])
    except Unavailable as error:
        raise Unavailable("navigation.report_failed") from error
    return {
        one.number: Drawn(drawn.svg, drawn.words, _caption(one.number, drawn.headline), one.chart.note, drawn.citation)
        for one, drawn in zip(figures, made, strict=True)
    }


def _caption(number: int, title: str) -> str:
    return _("Figure %(number)s: %(title)s") % {"number": number, "title": title}
