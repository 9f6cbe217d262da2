"""The data annex of a report: its numbers in the order of their first use, how each was counted, and what opens it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.scenarios.navigation.selectors import figure_words, findings, words
from qiantang.scenarios.navigation.types import FigureKind
from qiantang.scenarios.navigation.types.report import Annexed, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from qiantang.scenarios.navigation.selectors.editions import Book, FigureShown
    from qiantang.scenarios.navigation.types import Chain


_GLUE = "\N{NO-BREAK SPACE}"  # a number and its place stay on one line


@dataclass(slots=True)
class Annex:
    """Numbers what a report prints, in the order of first use, with what a number is made of behind it.

    base      scheme and host of the platform, for addresses on paper
    snapshot  on which the edition was counted
    """

    base: str
    chain: Chain
    snapshot: int | None
    lines: list[Annexed] = field(default_factory=list)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, book: Book, figure: FigureShown) -> int:
        """The place of a figure of the edition."""
        place = (book.node.code, figure.key)
        if place in self._places:
            return self._places[place]
        self._places[place] = at = len(self._places) + 1
        self.lines.append(Annexed(at, "", "", "", "", (), ""))
        made = tuple(self.number(book, book[key]) for key in figure.made_of if key != figure.key)
        name = figure_words.told(figure.key, book, self.chain)
        url = f"{self.base}{figure.url}" if figure.url else ""
        how = _counted(figure, self.snapshot)
        self.lines[at - 1] = Annexed(
            at, book.node.code, figure.key, name, shown_value(figure), made, url, _unit(figure), how
        )
        return at

    def cell(self, book: Book, figure: FigureShown) -> Cell:
        """The figure as a cell of a table, with its place in the annex."""
        at = self.number(book, figure)
        return Cell(f"{shown_value(figure)}{_GLUE}[{at}]", self.lines[at - 1].url)

    def noted(self, line: Annexed) -> str:
        """A number that is no figure of the edition, as it is printed: its value and its place in the annex.

        line    its ``number`` is given here, ``url`` is an address within the platform
        """
        place = (line.node, line.key)
        if place not in self._places:
            self._places[place] = at = len(self._places) + 1
            url = f"{self.base}{line.url}" if line.url else ""
            self.lines.append(
                Annexed(at, line.node, line.key, line.name, line.value, line.made_of, url, line.unit, line.counted)
            )
        return f"{line.value}{_GLUE}[{self._places[place]}]"


_AS_NUMBERS = frozenset({"lift", "curve_fit"})  # rates that are no shares
_YEARS = frozenset({"curve_middle"})
_SPANS = frozenset({"curve_span", "cycle_time"})
_MARGINS = frozenset({"margin_city", "margin_all"})  # patents of all industries: counts without a list
_OF_FAMILIES = frozenset(
    {
        *("families", "families_abroad", "new", "sofar", "flow", "keyflow"),
        *("curve", "curve_ceiling", "curve_low", "curve_high"),
    }
)
_WORDED: Mapping[str, Mapping[int, StrOrPromise]] = {
    "gap": words.GAPS,
    "life_stage": words.STAGES_OF_LIFE,
    "curve_phase": words.PHASES,
}


def shown_value(figure: FigureShown) -> str:
    """The value for people; what is not known says so and why."""
    value = figure.value
    if value is None:
        why = words.WHY.get(figure.why)
        return f"{_('not known')} ({why})" if why else _("not known")
    if figure.key in _WORDED:
        return str(_WORDED[figure.key][int(value)])
    if _is_year(figure):
        return f"{value:.0f}"
    if _is_share(figure):
        return findings.percent(value)
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}"


def _is_year(figure: FigureShown) -> bool:
    return figure.key in _YEARS or figure.key.endswith(".first_year")


def _is_share(figure: FigureShown) -> bool:
    return (
        figure.kind == FigureKind.RATE
        and figure.key.partition(".")[0] not in _AS_NUMBERS
        and not figure.key.endswith(".between")
    )


def _unit(figure: FigureShown) -> str:
    """What a figure is told in."""
    head = figure.key.partition(".")[0]
    if figure.key in _WORDED:
        return pgettext("unit", "in words")
    if _is_year(figure):
        return pgettext("unit", "year")
    if _is_share(figure):
        return pgettext("unit", "per cent")
    if figure.key in _SPANS:
        return pgettext("unit", "years")
    if head in _OF_FAMILIES or figure.key.endswith(".families"):
        return pgettext("unit", "families")
    patents = figure.kind == FigureKind.COUNT or figure.key in _MARGINS
    return pgettext("unit", "patents") if patents else pgettext("unit", "number")


def _counted(figure: FigureShown, snapshot: int | None) -> str:
    """How a figure came to be."""
    if figure.kind == FigureKind.COUNT:
        return _("counted on snapshot %(snapshot)s") % {"snapshot": snapshot}
    if figure.made_of:
        return _("computed from the numbers named here, on snapshot %(snapshot)s") % {"snapshot": snapshot}
    return _("computed by its method on snapshot %(snapshot)s") % {"snapshot": snapshot}
