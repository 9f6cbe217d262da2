"""Tables of a report; every number leads to the data annex."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.scenarios.navigation.selectors import charts, dashboard, editions, figure_words, words
from qiantang.scenarios.navigation.selectors.editions import Book
from qiantang.scenarios.navigation.types.report import Cell, Table

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.report_annex import Annex
    from qiantang.scenarios.navigation.types import Chain

OWNERS, FLOWS, TIES, YEARS = 15, 15, 20, 20  # rows of a report, and of the figure above them


def years(book: Book, annex: Annex) -> Table:
    rows = book.rows("situation")[-YEARS:]
    partial = _("not complete")  # not within the braces below, where nothing is translated
    return Table(
        _("Filings by year"),
        (_("Year"), _("Patents")),
        tuple(
            (
                Cell(one["label"] + (f" ({partial})" if one["note"] else "")),
                annex.cell(book, one["figures"][0]),
            )
            for one in rows
        ),
    )


def branches(row: Edition, chain: Chain, annex: Annex) -> Table:
    made = []
    for code, node in editions.node_rows(row).items():
        if code:
            book = Book(row, node)
            made.append(
                (
                    Cell(f"{code} {words.node_name(chain, code)}"),
                    annex.cell(book, book["total"]),
                    annex.cell(book, book["in_force"]),
                    annex.cell(book, book["cagr"]),
                )
            )
    head = (_("Node"), _("Patents"), _("In force"), _("Growth a year"))
    return Table(_("Branches of the chain"), head, tuple(made))


def life(book: Book, annex: Annex) -> Table:
    """The curve and the indicator set: what the life cycle is told by."""
    head = (
        *(_("Filing year"), _("Owners that file"), _("New families"), _("Families so far"), _("Logistic curve")),
        *(_("Growth v"), _("Maturity α"), _("Decay β"), _("Novelty N")),
    )
    rows = tuple(
        (Cell(one["label"]), *(annex.cell(book, figure) for figure in one["figures"]))
        for one in book.rows("life")[-YEARS:]
    )
    return Table(_("Life cycle: indicator set and logistic curve"), head, rows)


def curve(book: Book, annex: Annex) -> Table:
    keys_ = ("curve_ceiling", "curve_low", "curve_high", "curve_middle", "curve_span", "curve_fit", "curve_phase")
    rows = tuple(
        (Cell(figure_words.told(key, book, annex.chain)), annex.cell(book, book[key]))
        for key in (*keys_, "life_stage", "cycle_time")
    )
    return Table(_("Life cycle in figures"), (_("Measure"), _("Value")), rows)


def topics(row: Edition, book: Book, annex: Annex) -> Table:
    labels = dashboard.topic_labels(row, book.node.code)
    return Table(
        _("Topics, by the words of titles"),
        (_("Topic"), _("Named by a person"), _("Patents")),
        tuple(
            (
                Cell(" · ".join(str(one["label"]).split())),
                Cell(labels.get(one["value"], "")),
                annex.cell(book, one["figures"][0]),
            )
            for one in book.rows("topics")
        ),
    )


def matrix(book: Book, chain: Chain, annex: Annex) -> Table:
    language = words.language()
    return Table(
        _("Effects against means, in patents"),
        (_("Effect"), *(one.name(language) for one in chain.means)),
        tuple(
            (Cell(effect.name(language)), *(annex.cell(book, figure) for figure in one["figures"]))
            for effect, one in zip(chain.effects, book.rows("matrix"), strict=False)
        ),
    )


def white_spots(book: Book, chain: Chain, annex: Annex) -> Table:
    return Table(
        _("Thin cells: candidates for a chance"),
        (_("Effect"), _("Means"), _("Patents"), _("Share of what would be expected")),
        tuple(
            (Cell(one["effect"]), Cell(one["means"]), annex.cell(book, one["figure"]), annex.cell(book, one["lift"]))
            for one in dashboard.white_spots(book, chain)
        ),
    )


def main_path(book: Book, annex: Annex) -> Table:
    """The first of the main paths that weigh the same; a citation weighs as many search paths as run over it (SPC)."""
    told = dashboard.paths(book)
    steps = told[0]["steps"] if told else ()
    weights = {str(one["value"]): one["figures"][0] for one in book.rows("path_drawing")}
    arcs = ["", *(f"{one}\t{other}" for (one, _r), (other, _s) in pairwise(steps))]
    return Table(
        _("Main path of citations, oldest first"),
        (_("Step"), _("Patent"), _("Filed on"), _("Weight of the citation (SPC)")),
        tuple(
            (
                Cell(str(at)),
                Cell(
                    f"{record.number_shown} {record.title or ''}" if record else key,
                    f"{annex.base}{reverse('register:patent-page', args=[key])}",
                ),
                Cell(record.filing_date.isoformat() if record and record.filing_date else _("not known")),
                annex.cell(book, weights[arc]) if arc in weights else Cell(""),
            )
            for at, ((key, record), arc) in enumerate(zip(steps, arcs, strict=True), 1)
        ),
    )


def ties(book: Book, annex: Annex) -> Table:
    """Owners who stand together on patents; of inventors a report keeps no names."""
    return Table(
        _("Owners that work together: the strongest ties"),
        (_("Owner"), _("Other owner"), _("Patents of both")),
        tuple(
            (*(Cell(end) for end in str(one["value"]).split("\t")), annex.cell(book, one["figures"][0]))
            for one in charts.strongest_ties(book)[:TIES]
        ),
    )


def owners(book: Book, annex: Annex) -> Table:
    return Table(
        _("Owners by families"),
        (_("Owner"), _("Families"), _("Patents"), pgettext("of an owner", "Part")),
        tuple(
            (
                Cell(one["label"]),
                annex.cell(book, one["figures"][0]),
                annex.cell(book, one["figures"][1]),
                Cell(str(words.ROLES.get(one["note"], ""))),
            )
            for one in book.rows("applicants")[:OWNERS]
        ),
    )


def flows(book: Book, annex: Annex) -> Table:
    return Table(
        _("From where to where families lead"),
        (_("From"), _("Protected at"), _("Families"), _("Of key patents")),
        tuple(
            (Cell(one["origin"]), Cell(one["office"]), annex.cell(book, one["families"]), annex.cell(book, one["key"]))
            for one in dashboard.flows(book)[:FLOWS]
        ),
    )


def standing(row: Edition, chain: Chain, annex: Annex) -> Table:
    made = []
    for code, node in editions.node_rows(row).items():
        book = Book(row, node)
        made.append(
            (
                Cell(f"{code} {words.node_name(chain, code)}".strip()),
                *(annex.cell(book, book[key]) for key in ("city", "city_share", "rta", "city_growth", "firms", "gap")),
            )
        )
    head = (_("Node"), _("City"), _("Share"), "RTA", _("Growth"), _("Owners in the city"), _("What it asks for"))
    return Table(_("The city at each node"), head, tuple(made))


def risks(book: Book, annex: Annex) -> Table:
    return Table(
        _("Owners outside the city with Chinese patents in force"),
        (_("Owner"), _("Patents"), _("With more than eight years left")),
        tuple(
            (Cell(one["label"]), annex.cell(book, one["figures"][0]), annex.cell(book, one["figures"][1]))
            for one in book.rows("risk")[:OWNERS]
        ),
    )


def strategies(row: Edition, chain: Chain, annex: Annex) -> Table:
    """What each node was found by, and how many patents that found."""
    rows = []
    for code, node in editions.node_rows(row).items():
        if code:
            book = Book(row, node)
            name = f"{code} {words.node_name(chain, code)}"
            rows.append((Cell(name), Cell(node.strategy), annex.cell(book, book["total"])))
    return Table(_("Search strategies"), (_("Node"), _("Strategy"), _("Patents")), tuple(rows))
