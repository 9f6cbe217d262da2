"""A page of hits as it is drawn: the chosen columns, the terms in their colours, families with their members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.colours import Stretch, stretches
from qiantang.corpus.register.types import PageFacts
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.columns import columns_of, facts_needed
from qiantang.scenarios.query.selectors import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qiantang.corpus.register.types import FamilyResult, MemberHit, PatentCard
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.types import DeskRequest, Layout

COLOURS = 8
_MOST_NAMES = 3
_MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact of a hit: ``kind`` says how it is drawn (text, number, day, count, status), ``url`` where it leads."""

    key: str
    label: str
    kind: str
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as it is drawn.

    cells    none: the usual form of a card
    title, snippet  the coloured stretches; None: one colour is enough, the marks of the hit say where
    """

    hit: PatentCard
    cells: tuple[Cell, ...]
    title: tuple[Stretch, ...] | None
    snippet: tuple[Stretch, ...] | None
    read_url: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family as it is drawn: its first member as a row, how many were found, its members, and the searches for both."""

    row: Row
    found: int
    size: int
    members: tuple[MemberHit, ...]
    found_url: str
    family_url: str


def column_words() -> dict[str, str]:
    return {
        "number": _("Number"),
        "applicant": _("Applicant"),
        "inventor": _("Inventor"),
        "filing": _("Filing date"),
        "publication": _("Published on"),
        "grant": _("Grant date"),
        "status": _("Legal status"),
        "since": _("Status since"),
        "expiry": _("Expiry date"),
        "type": _("Type"),
        "office": _("Office"),
        "ipc": _("IPC"),
        "region": _("Region"),
        "claims": _("Claims"),
        "cited": _("Cited by"),
        "family": _("Family size"),
        "text": _("Passage"),
    }


def terms(asked: DeskRequest) -> tuple[str, ...]:
    """The terms of a query that texts show in colours; none where it cannot be read."""
    try:
        return register.desk.terms_of(desk.whole_query(asked))
    except Invalid:
        return ()


def rows(
    _actor: Actor, asked: DeskRequest, hits: Sequence[PatentCard], layout: Layout, start: int | None
) -> tuple[Row, ...]:
    """The hits of a page as they are drawn.

    start  the place of the first among all hits, from 0; None: they are not one after the other in the list
    """
    columns = columns_of(layout)
    facts = register.desk.page_facts([one.patent_id for one in hits], facts_needed(columns))
    words = column_words()
    looked_for = terms(asked)
    many = len(looked_for) > 1
    behind = desk.parameters(asked)
    made = []
    for place, hit in enumerate(hits):
        told = facts.get(hit.patent_id, PageFacts())
        at = "" if start is None else urlencode({"at": start + place})
        query = "&".join(part for part in (behind, at) if part)
        made.append(
            Row(
                hit=hit,
                cells=tuple(_cell(key, words[key], hit, told) for key in columns if key != "text"),
                title=stretches(hit.title, looked_for) if many else None,
                snippet=stretches(hit.snippet, looked_for) if many else None,
                read_url=f"/search/read/{quote(hit.patent_id)}" + (f"?{query}" if query else ""),
            )
        )
    return tuple(made)


# key -> (kind, the value out of card and facts)
_CELLS: dict[str, tuple[str, Callable[[PatentCard, PageFacts], object]]] = {
    "number": ("number", lambda hit, _: hit.number),
    "applicant": ("text", lambda hit, _: _names(hit.applicants)),
    "inventor": ("text", lambda _, facts: _names(facts.inventors or ())),
    "filing": ("day", lambda hit, _: hit.filing_date),
    "publication": ("day", lambda hit, _: hit.date),
    "grant": ("day", lambda _, facts: facts.grant_date),
    "status": ("status", lambda hit, _: hit.status),
    "since": ("day", lambda _, facts: facts.status_date),
    "expiry": ("day", lambda _, facts: facts.expiry_date),
    "type": ("text", lambda hit, _: _word("TY", hit.type)),
    "office": ("text", lambda _, facts: _word("CC", facts.office)),
    "ipc": ("text", lambda hit, _: "、".join(hit.ipc[:_MOST_NAMES]) or None),
    "region": ("text", lambda _, facts: _word("CI", facts.region_code)),
    "claims": ("count", lambda _, facts: facts.claim_count),
    "cited": ("count", lambda _, facts: facts.cited_by),
    "family": ("count", lambda _, facts: facts.family_size),
}
_PLACES = {"cited": "#cited-by", "family": "#family"}


def _cell(key: str, label: str, hit: PatentCard, facts: PageFacts) -> Cell:
    kind, value = _CELLS[key]
    url = f"/patents/{quote(hit.patent_id)}{_PLACES[key]}" if key in _PLACES else ""
    return Cell(key, label, kind, value(hit, facts), url)


def _word(key: str, value: str | None) -> str | None:
    return desk.value_word(key, value, value) if value else None


def _names(names: Sequence[str]) -> str | None:
    if len(names) <= _MOST_NAMES:
        return "；".join(names) or None
    more = _("and others, %(number)s in all") % {"number": len(names)}
    return "；".join(names[:_MOST_NAMES]) + " " + more


def family_rows(actor: Actor, asked: DeskRequest, result: FamilyResult, layout: Layout) -> tuple[FamilyRow, ...]:
    """The families of a page as they are drawn."""
    drawn = rows(actor, asked, [one.first for one in result.hits], layout, None)
    field = "SF" if asked.grouping == "simple" else "EF"
    made = []
    for row, one in zip(drawn, result.hits, strict=True):
        found_url = family_url = ""
        if one.family_id is not None:
            condition = desk.refinement(field, one.family_id)
            found_url = desk.address(_one_by_one(asked), [*asked.refinements, condition])
            family_url = "/search?" + urlencode([("f", condition)])
        size = max(1, len(one.members))
        made.append(FamilyRow(row, one.found, size, one.members[:_MOST_MEMBERS], found_url, family_url))
    return tuple(made)


def _one_by_one(asked: DeskRequest) -> DeskRequest:
    return replace(asked, grouping="", cursor="")


def column_choices(layout: Layout) -> list[dict[str, object]]:
    """The columns as boxes to tick."""
    chosen = columns_of(layout) or columns_of(replace(layout, table=True))
    return [{"key": key, "label": label, "chosen": key in chosen} for key, label in column_words().items()]
