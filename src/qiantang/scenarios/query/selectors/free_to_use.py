"""What the free-to-use list shows: rights that ended, how and since when, and whether the family lives on elsewhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes import api as classes
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.legalstatus import EVENT_NAMES, EventKind
from qiantang.scenarios.query.methods import free_to_use as free
from qiantang.scenarios.query.types import Chip, FacetChoice
from qiantang.scenarios.query.types.asking import FreeRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.corpus.register.types import Ending, FacetValue, PatentCard, SearchResult
    from qiantang.kernel.actor import Actor

_PAGE = 20
_SHOWN = {"region": 15}  # of a narrowing only the most frequent values; of the others all
_ALL = 100


@dataclass(frozen=True, slots=True)
class FreePatent:
    """One right that ended. ``event`` is what ended it, in words; empty: the end of its term did.

    twin    it was given up so that an invention patent of the same day could be granted
    """

    card: PatentCard
    ending: Ending | None
    event: str
    twin: bool


@dataclass(frozen=True, slots=True)
class Sector:
    """Fields of technology under their sector, each with its exact count."""

    name: str
    fields: list[FacetChoice]


def found(_actor: Actor, asked: FreeRequest, cursor: str, *, size: int = _PAGE) -> SearchResult:
    """A page of the list, the latest ends first.

    errors  as ``corpus.register.api.search``; the place of a slip is that in the words
    """
    register.parse(asked.words)  # by themselves: inside brackets they might become another query
    return register.search(SearchRequest(free.query_of(asked), sort="-SD", size=size, cursor=cursor or None, facets=()))


def patents(result: SearchResult) -> list[FreePatent]:
    """The rights of a page with what ended them."""
    endings = register.desk.endings([hit.patent_id for hit in result.hits])
    return [_patent(hit, endings.get(hit.patent_id)) for hit in result.hits]


def _patent(card: PatentCard, ending: Ending | None) -> FreePatent:
    twin = ending is not None and free.was_given_up_for_a_twin(ending.code, ending.text)
    return FreePatent(card, ending, _event_word(ending), twin)


def _event_word(ending: Ending | None) -> str:
    if ending is None or ending.kind is None:
        return ""
    name = EVENT_NAMES[EventKind(ending.kind)]
    return name.zh if (get_language() or "zh").startswith("zh") else name.en


def address(asked: FreeRequest, cursor: str = "") -> str:
    """The address of the list; what is not narrowed is left out."""
    given = [(name, value) for name, value in asdict(asked).items() if value]
    if cursor:
        given.append(("page", cursor))
    return "/free-to-use?" + urlencode(given) if given else "/free-to-use"


def choices(asked: FreeRequest, name: str) -> list[FacetChoice]:
    """The values of one narrowing, each with the number of rights it leads to under the others in force."""
    key = free.KEYS[name]
    counted = register.search(
        SearchRequest(free.query_of(asked, but=name), facets=(key,), facet_size=_SHOWN.get(name, _ALL), size=1)
    )
    chosen = getattr(asked, name)
    made = [_choice(asked, name, value, chosen) for value in _offered(name, counted.facets[key])]
    if chosen and all(one.value != chosen for one in made):
        made.append(_choice(asked, name, None, chosen))
    return made


def _offered(name: str, values: Iterable[FacetValue]) -> list[FacetValue]:
    if name == "year":
        return sorted(values, key=lambda one: one.value, reverse=True)
    return sorted(values, key=lambda one: int(one.value)) if name == "field" else list(values)


def _choice(asked: FreeRequest, name: str, counted: FacetValue | None, chosen: str) -> FacetChoice:
    value = counted.value if counted else chosen
    other = FreeRequest(**(asdict(asked) | {name: "" if value == chosen else value}))
    return FacetChoice(value, value_word(name, value), counted.count if counted else 0, address(other), value == chosen)


def value_word(name: str, value: str) -> str:
    """A value of a narrowing in the reader's language."""
    language = get_language() or "zh"
    if name == "field":
        return classes.FIELDS[int(value) - 1].name(language)
    if name == "region":
        regions = refdata.regions()
        return _("not known") if value == "unknown" else regions.name(value, language) if value in regions else value
    return word_for({"why": "status", "type": "type"}[name], value) if name in ("why", "type") else value


def sectors(fields: Iterable[FacetChoice]) -> list[Sector]:
    """Fields under the five sectors of WIPO."""
    language = get_language() or "zh"
    told: dict[str, list[FacetChoice]] = {}
    for one in fields:
        told.setdefault(classes.FIELDS[int(one.value) - 1].sector(language), []).append(one)
    return [Sector(name, own) for name, own in told.items()]


def chips(asked: FreeRequest) -> list[Chip]:
    """What narrows the list now, each with the address without it."""
    given = asdict(asked)
    return [
        Chip(
            given["words"] if name == "words" else value_word(name, given[name]),
            address(FreeRequest(**(given | {name: ""}))),
        )
        for name in given
        if given[name]
    ]


def as_search(asked: FreeRequest) -> str:
    """What stands behind the ``?`` of the same list as a search, where it can be saved, exported and narrowed further."""
    return urlencode({"q": free.query_of(asked), "sort": "-SD"})
