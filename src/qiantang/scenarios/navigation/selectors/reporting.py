"""The report of an edition: what it says, with every number led back to the data annex and from there to its patents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qiantang.scenarios.navigation.selectors import (
    dashboard,
    editions,
    figure_words,
    findings,
    projects,
    report_tables,
    samples,
    words,
)
from qiantang.scenarios.navigation.selectors.editions import Book
from qiantang.scenarios.navigation.types import Decision, FigureKind, View
from qiantang.scenarios.navigation.types.report import Annexed, Cell, Paragraph, Report, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import AnalystText, Edition
    from qiantang.scenarios.navigation.selectors.editions import FigureShown
    from qiantang.scenarios.navigation.types import Chain


@dataclass(slots=True)
class Annex:
    """Numbers the figures that a report uses, in the order of their first use, with what they are made of behind them."""

    base: str
    chain: Chain
    lines: list[Annexed] = field(default_factory=list)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, book: Book, figure: FigureShown) -> int:
        place = (book.node.code, figure.key)
        if place in self._places:
            return self._places[place]
        self._places[place] = at = len(self._places) + 1
        self.lines.append(Annexed(at, "", "", "", "", (), ""))
        made = tuple(self.number(book, book[key]) for key in figure.made_of if key != figure.key)
        name = figure_words.told(figure.key, book, self.chain)
        url = f"{self.base}{figure.url}" if figure.url else ""
        self.lines[at - 1] = Annexed(at, book.node.code, figure.key, name, shown_value(figure), made, url)
        return at

    def cell(self, book: Book, figure: FigureShown) -> Cell:
        """The figure as a cell of a table, with its place in the annex."""
        at = self.number(book, figure)
        return Cell(f"{shown_value(figure)} [{at}]", self.lines[at - 1].url)


_AS_NUMBERS = frozenset({"lift", "curve_fit"})  # rates that are no shares
_YEARS = frozenset({"curve_middle"})


def shown_value(figure: FigureShown) -> str:
    """The value for people; what is not known says so and why."""
    value = figure.value
    if value is None:
        why = words.WHY.get(figure.why)
        return f"{_('not known')} ({why})" if why else _("not known")
    if figure.key in _WORDED:
        return str(_WORDED[figure.key][int(value)])
    if figure.key in _YEARS or figure.key.endswith(".first_year"):
        return f"{value:.0f}"
    if (
        figure.kind == FigureKind.RATE
        and figure.key.partition(".")[0] not in _AS_NUMBERS
        and not figure.key.endswith(".between")
    ):
        return findings.percent(value)
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}"


_WORDED: Mapping[str, Mapping[int, StrOrPromise]] = {
    "gap": words.GAPS,
    "life_stage": words.STAGES_OF_LIFE,
    "curve_phase": words.PHASES,
}


def _tables(row: Edition, book: Book, chain: Chain, annex: Annex, base: str) -> dict[str, list[Table]]:
    """The tables of each part."""
    return {
        "situation": [report_tables.years(book, annex), report_tables.branches(row, chain, annex)],
        "life": [report_tables.curve(book, annex), report_tables.life(book, annex)],
        "technology": [
            report_tables.topics(row, book, annex),
            report_tables.matrix(book, chain, annex),
            report_tables.white_spots(book, chain, annex),
            report_tables.main_path(book, base),
        ],
        "changes": [report_tables.changes(row, chain)],
        "applicants": [report_tables.owners(book, annex)],
        "key_patents": [report_tables.keys(book, base)],
        "layout": [report_tables.flows(book, annex)],
        "position": [report_tables.standing(row, chain, annex)],
        "risk": [report_tables.risks(book, annex)],
    }


@dataclass(slots=True)
class _Maker:
    """Makes the parts of a report."""

    actor: Actor
    row: Edition
    chain: Chain
    book: Book
    annex: Annex
    told: list[findings.Sentence]
    texts: dict[str, AnalystText]
    tables: dict[str, list[Table]]

    def section(self, key: str) -> Section | None:
        """A part by its key; None where there is nothing to say."""
        if key == "summary":
            return _summary(self.book, self.annex, self.told, self.texts)
        if key == "recommendations":
            return _recommendations(self.row, self.chain)
        if key == "method":
            return _method(self.actor, self.row, self.chain)
        blocks = _sentences(self.book, self.annex, self.told, key)
        blocks += [one for one in self.tables.get(key, ()) if one.rows]
        blocks += _said(self.texts, key)
        return Section(str(words.SECTIONS[key]), tuple(blocks)) if blocks else None


def report(actor: Actor, row: Edition, view: View, base: str) -> Report:
    """The report for the public, for enterprises or for decisions: other parts, the same numbers.

    base    scheme and host of the platform, for addresses on paper
    """
    chain = editions.chain_of(row)
    book = editions.book(row, "")
    annex = Annex(base, chain)
    told = findings.sentences(row, book, chain)
    texts = dashboard.texts(row)
    _sentences(book, annex, told)  # so that the annex begins with the numbers of the summary
    maker = _Maker(actor, row, chain, book, annex, told, texts, _tables(row, book, chain, annex, base))
    sections = tuple(one for key in _PARTS[view] if (one := maker.section(key)) is not None)
    return Report(
        title=row.project.title,
        subtitle=_("Industry navigation: %(industry)s") % {"industry": words.name_of(chain)},
        facts=_facts(row, chain, view),
        sections=sections,
        annex=tuple(annex.lines),
        digest=row.digest,
        synthetic=bool(row.synthetic),
        view=str(words.VIEWS[view]),
    )


_PARTS: dict[View, tuple[str, ...]] = {
    View.PUBLIC: (
        *("summary", "situation", "life", "applicants", "key_patents", "layout", "technology", "position"),
        *("recommendations", "changes", "method"),
    ),
    View.ENTERPRISE: (
        *("summary", "key_patents", "risk", "applicants", "layout", "technology", "situation", "life", "changes"),
        "method",
    ),
    View.DECISION: (
        *("summary", "recommendations", "position", "risk", "talent", "situation", "life", "key_patents", "changes"),
        "method",
    ),
}


def _facts(row: Edition, chain: Chain, view: View) -> tuple[tuple[str, str], ...]:
    return (
        (_("Question"), row.project.question),
        (_("Scope"), row.project.scope),
        (_("For"), str(words.VIEWS[view])),
        (_("Edition"), str(row.number)),
        (_("Snapshot"), str(row.snapshot)),
        (_("Published up to"), row.as_of.isoformat() if row.as_of else _("not known")),
        (_("Chain"), _("%(name)s, version %(version)s") % {"name": words.name_of(chain), "version": chain.version}),
        (
            _("Published on"),
            timezone.localdate(row.published_at).isoformat() if row.published_at else _("not published"),
        ),
        (_("Signed by"), row.published_by or _("nobody yet")),
    )


def _sentences(
    book: Book, annex: Annex, told: Iterable[findings.Sentence], section: str | None = None
) -> list[Paragraph | Table]:
    found: list[Paragraph | Table] = []
    for one in told:
        if section is None or one.section == section:
            refs = [annex.number(book, figure) for figure in one.figures]
            found.append(Paragraph(one.text, "", tuple(Cell(str(at), annex.lines[at - 1].url) for at in refs)))
    return found


def _said(texts: dict[str, AnalystText], section: str) -> list[Paragraph | Table]:
    one = texts.get(section)
    return [Paragraph(one.text, one.author_name)] if one is not None else []


def _summary(book: Book, annex: Annex, told: list[findings.Sentence], texts: dict[str, AnalystText]) -> Section:
    return Section(_("Summary"), (*_said(texts, "summary"), *_sentences(book, annex, told)))


def _recommendations(row: Edition, chain: Chain) -> Section | None:
    rows = tuple(
        (
            Cell(one.text),
            Cell(words.node_name(chain, one.node) if one.node else ""),
            Cell(one.owner_name),
            Cell(one.due_date.isoformat()),
            Cell(str(words.DECISIONS[Decision(one.decision)]) + (f": {one.reason}" if one.reason else "")),
            Cell(one.outcome or _("not known yet")),
        )
        for one in row.project.recommendations.all()
    )
    if not rows:
        return None
    head = (_("Recommendation"), _("Node"), _("Who answers"), _("By when"), _("Decision"), _("What came of it"))
    return Section(_("Recommendations"), (Table(_("What the team proposes"), head, rows),))


def _method(actor: Actor, row: Edition, chain: Chain) -> Section:
    """How it was counted, how well the nodes find what belongs to them, and what cannot be told."""
    limits = [
        _(
            "Patents are counted whole; a patent may stand at several nodes, so that parts may make more than the whole."
        ),
        _("Recent years are not complete: an application is published up to eighteen months after its filing."),
        _("The share of the city is told of Chinese patents whose region is known; the others are counted beside it."),
        _(
            "Citations are those on record here; citations normalised by field and year are compared within this industry."
        ),
        _standards(editions.book(row, "")),
        _(
            "Sentences without a name are computed from the numbers in brackets; what a person wrote bears that person's name."
        ),
    ]
    strategies = Table(
        _("Search strategies"),
        (_("Node"), _("Strategy"), _("Patents")),
        tuple(
            (Cell(f"{code} {words.node_name(chain, code)}"), Cell(node.strategy), Cell(f"{node.patents:,}"))
            for code, node in editions.node_rows(row).items()
            if code
        ),
    )
    sources = [Paragraph(one) for one in chain.sources]
    quality = report_tables.quality(samples.samples(actor, row.project))
    return Section(
        _("Method, quality and limits"), (*(Paragraph(one) for one in limits), quality, strategies, *sources)
    )


def _standards(book: Book) -> str:
    """What is known of standards and court cases: what was brought in as lists."""
    facts = {name: f"{book.value(f'marked.{name}') or 0:,}" for name in ("standard", "litigation")}
    if not any(book.value(f"marked.{name}") for name in facts):
        return _("Standard-essential declarations and court cases are not on record here: nothing is said of them.")
    return (
        _(
            "Declarations for standards (%(standard)s patents) and court cases (%(litigation)s patents) are those on lists brought in by hand; who is not on them may be missing there."
        )
        % facts
    )


def team_only(actor: Actor, row: Edition) -> bool:
    """Whether an edition is not published and so only its team's."""
    return row.published_at is None and projects.is_team(actor, row.project)
