"""The whole text of a patent with the terms of a query in their colours, and how often each stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.colours import Stretch, stretches, times
from qiantang.corpus.register.types import Part, SearchRequest
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.selectors.listing import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.corpus.register.types import Neighbours, PatentRecord, Text
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.types import DeskRequest


@dataclass(frozen=True, slots=True)
class Passage:
    """One text in one language: its coloured stretches, and names for those that links lead to."""

    text: Text
    stretches: tuple[Stretch, ...]
    named: Mapping[int, str]
    hits: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document: the original first, translations after it."""

    key: str
    title: str
    passages: tuple[Passage, ...]
    hits: int


@dataclass(frozen=True, slots=True)
class TermCount:
    """A term, how often it stands in the whole document, the anchor of its first hit (empty: none), its colour from 1."""

    term: str
    count: int
    first: str
    colour: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to be read: ``hits`` are the places where a term begins; two terms at one place are one hit."""

    sections: tuple[Section, ...]
    terms: tuple[TermCount, ...]
    hits: int


def reading(_actor: Actor, record: PatentRecord, terms: Sequence[str]) -> Reading:
    """The title, abstract, claims and description of a patent, as far as a source gave them."""
    words = {
        Part.TITLE: _("Title"),
        Part.ABSTRACT: _("Abstract"),
        Part.CLAIMS: _("Claims"),
        Part.DESCRIPTION: _("Description"),
    }
    counts = [0] * len(terms)
    firsts: dict[int, str] = {}
    sections = []
    for part, title in words.items():
        texts = sorted((one for one in record.texts if one.part == part), key=lambda one: one.machine)
        passages = []
        for one in texts:
            found = stretches(one.text, terms)
            passages.append(_passage(one, found, firsts))
            counts = [had + more for had, more in zip(counts, times(found, len(terms)), strict=True)]
        sections.append(Section(part.value, title, tuple(passages), sum(one.hits for one in passages)))
    told = tuple(
        TermCount(term, counts[place], firsts.get(place, ""), place % COLOURS + 1) for place, term in enumerate(terms)
    )
    return Reading(tuple(sections), told, sum(one.hits for one in sections))


def _passage(text: Text, found: tuple[Stretch, ...], firsts: dict[int, str]) -> Passage:
    named: dict[int, str] = {}
    for place, one in enumerate(found):
        fresh = [term for term in one.begins if term not in firsts]
        if fresh:
            named[place] = f"hit-{fresh[0] + 1}"
            firsts.update(dict.fromkeys(fresh, named[place]))
    return Passage(text, found, named, sum(1 for one in found if one.begins))


def around(_actor: Actor, asked: DeskRequest, patent_id: str, place: int | None) -> Neighbours | None:
    """The patents before and after in the list of the search; None where it is not read out of one."""
    if place is None:
        return None
    try:
        desk.ensure_refinements(asked)
        request = SearchRequest(desk.whole_query(asked), sort=asked.sort)
        return register.desk.neighbours(request, patent_id, place)
    except Invalid:
        return None


def read_url(asked: DeskRequest, patent_id: str | None, place: int) -> str | None:
    """Where another patent of the list is read; None where there is none."""
    if patent_id is None:
        return None
    behind = "&".join(part for part in (desk.parameters(asked), urlencode({"at": place})) if part)
    return f"/search/read/{quote(patent_id)}?{behind}"
