"""The report of an edition: what it says, with every number led back to the data annex and from there to its patents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qiantang.scenarios.navigation.selectors import (
    dashboard,
    editions,
    findings,
    projects,
    report_notes,
    report_tables,
    samples,
    words,
)
from qiantang.scenarios.navigation.selectors.editions import Book
from qiantang.scenarios.navigation.selectors.report_annex import Annex, shown_value
from qiantang.scenarios.navigation.selectors.report_figures import Figures
from qiantang.scenarios.navigation.types import Decision, View
from qiantang.scenarios.navigation.types.report import Block, Cell, Paragraph, Report, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import AnalystText, Edition
    from qiantang.scenarios.navigation.selectors.editions import FigureShown
    from qiantang.scenarios.navigation.types import Chain


def _tables(row: Edition, book: Book, chain: Chain, annex: Annex) -> dict[str, list[tuple[str, Table]]]:
    """The tables of each part, with the name of the figure that stands above them."""
    return {
        "situation": [
            ("years", report_tables.years(book, annex)),
            ("branches", report_tables.branches(row, chain, annex)),
        ],
        "life": [("", report_tables.curve(book, annex)), ("life", report_tables.life(book, annex))],
        "technology": [
            ("topics", report_tables.topics(row, book, annex)),
            ("matrix", report_tables.matrix(book, chain, annex)),
            ("", report_tables.white_spots(book, chain, annex)),
            ("path", report_tables.main_path(book, annex)),
        ],
        "changes": [("", report_notes.changes(row, chain, annex))],
        "applicants": [
            ("owners", report_tables.owners(book, annex)),
            ("ties", report_tables.ties(book, annex)),
        ],
        "key_patents": [("", report_notes.keys(book, annex))],
        "layout": [("flows", report_tables.flows(book, annex))],
        "position": [("standing", report_tables.standing(row, chain, annex))],
        "risk": [("", report_tables.risks(book, annex))],
    }


@dataclass(slots=True)
class _Maker:
    """Makes the parts of a report."""

    row: Edition
    chain: Chain
    book: Book
    annex: Annex
    told: list[findings.Sentence]
    texts: dict[str, AnalystText]
    tables: dict[str, list[tuple[str, Table]]]
    figures: Figures

    def section(self, key: str) -> Section | None:
        """A part by its key; None where there is nothing to say."""
        if key == "summary":
            return _summary(self.book, self.annex, self.told, self.texts)
        if key == "recommendations":
            return _recommendations(self.row, self.chain)
        if key == "method":
            return _method(self.row, self.chain, self.annex)
        blocks = _sentences(self.book, self.annex, self.told, key)
        for name, table in self.tables.get(key, ()):
            blocks += [*self.figures.of(name), table] if table.rows else []
        blocks += _said(self.texts, key)
        return Section(str(words.SECTIONS[key]), tuple(blocks)) if blocks else None


def report(_actor: Actor, row: Edition, view: View, base: str) -> Report:
    """The report for the public, for enterprises or for decisions: other parts, the same numbers.

    base    scheme and host of the platform, for addresses on paper
    """
    chain = editions.chain_of(row)
    book = editions.book(row, "")
    annex = Annex(base, chain, row.snapshot)
    told = findings.sentences(row, book, chain)
    texts = dashboard.texts(row)
    _sentences(book, annex, told)  # so that the annex begins with the numbers of the summary
    figures = Figures(row, book, chain, base)
    maker = _Maker(row, chain, book, annex, told, texts, _tables(row, book, chain, annex), figures)
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
    chosen = row.parameters.get("topics", {})
    parameters = "; ".join(f"{words.parameter(name)} {value}" for name, value in chosen.items())
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
        *(((_("Parameters of the topics"), parameters),) if parameters else ()),
    )


def _sentences(book: Book, annex: Annex, told: Iterable[findings.Sentence], section: str | None = None) -> list[Block]:
    return [
        Paragraph(one.text, "", tuple(_refs(book, annex, one.figures)))
        for one in told
        if section is None or one.section == section
    ]


def _refs(book: Book, annex: Annex, figures: Iterable[FigureShown]) -> Iterator[Cell]:
    for figure in figures:
        at = annex.number(book, figure)
        yield Cell(str(at), annex.lines[at - 1].url)


def _said(texts: dict[str, AnalystText], section: str) -> list[Block]:
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


def _method(row: Edition, chain: Chain, annex: Annex) -> Section:
    """How it was counted, how well the nodes find what belongs to them, and what cannot be told."""
    limits = (
        *map(Paragraph, _limits()),
        _standards(editions.book(row, ""), annex),
        Paragraph(
            _(
                "Sentences without a name are computed from the numbers in brackets; what a person wrote bears that person's name."
            )
        ),
    )
    quality = report_notes.quality(samples.of_edition(row, chain), annex)
    strategies = report_tables.strategies(row, chain, annex)
    sources = map(Paragraph, words.sources_of(chain))
    return Section(_("Method, quality and limits"), (*limits, quality, strategies, *sources))


def _limits() -> tuple[str, ...]:
    return (
        _(
            "Patents are counted whole; a patent may stand at several nodes, so that parts may make more than the whole."
        ),
        _("Recent years are not complete: an application is published up to eighteen months after its filing."),
        _("The share of the city is told of Chinese patents whose region is known; the others are counted beside it."),
        _(
            "Citations are those on record here; citations normalised by field and year are compared within this industry."
        ),
    )


def _standards(book: Book, annex: Annex) -> Paragraph:
    """What is known of standards and court cases: what was brought in as lists."""
    figures = {name: book[f"marked.{name}"] for name in ("standard", "litigation")}
    if not any(one.value for one in figures.values()):
        return Paragraph(
            _("Standard-essential declarations and court cases are not on record here: nothing is said of them.")
        )
    text = _(
        "Declarations for standards (%(standard)s patents) and court cases (%(litigation)s patents) are those on lists brought in by hand; who is not on them may be missing there."
    ) % {name: shown_value(one) for name, one in figures.items()}
    return Paragraph(text, "", tuple(_refs(book, annex, figures.values())))


def team_only(actor: Actor, row: Edition) -> bool:
    """Whether an edition is not published and so only its team's."""
    return row.published_at is None and projects.is_team(actor, row.project)
