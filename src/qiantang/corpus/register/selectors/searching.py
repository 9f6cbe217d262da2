"""Search: text in the query language to a page of cards, with exact counts."""

from __future__ import annotations

from functools import lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from django.conf import settings

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.documents import card, spelling
from qiantang.corpus.register.methods.highlight import Sought
from qiantang.corpus.register.search import FACETS, INDEX, SORTS
from qiantang.corpus.register.selectors.ties import tied_to
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import SET_READERS, FacetValue, SearchRequest, SearchResult
from qiantang.engines.search.port import FacetCount, FacetRequest, Hits, IndexState, IndexStatus, Query, Sort, Term
from qiantang.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from qiantang.kernel.paging import PageRequest, read_cursor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qiantang.corpus.register.methods.query_language import Node
    from qiantang.corpus.register.selectors.manifests import Manifest
    from qiantang.corpus.register.selectors.view import Register


_Ask: TypeAlias = "Callable[..., Hits]"  # a search of one edition


@lru_cache(maxsize=512)
def parse(text: str) -> Node:
    """A text of the query language as a tree.

    errors  Invalid ``query.syntax`` with position, message, expected and hint
    """
    return language.parse(text)


@lru_cache(maxsize=1)
def _regions() -> Mapping[str, str]:
    return refdata.regions().codes_by_name_in(settings.CITY_CODE)


def sort_of(text: str) -> Sort | None:
    """The order of a request; None for relevance.

    errors  Invalid ``query.sort_unknown``
    """
    if text == "relevance":
        return None
    key = text.removeprefix("-")
    if key not in SORTS:
        raise Invalid("query.sort_unknown", given=text, known=["relevance", *SORTS])
    return Sort(SORTS[key].index[0], descending=text.startswith("-"))


def _facets(request: SearchRequest) -> list[FacetRequest]:
    keys = request.facets
    if not keys:
        return []
    unknown = [key for key in keys if key not in FACETS]
    if unknown:
        raise Invalid("query.facet_unknown", given=unknown, known=list(FACETS))
    sizes = dict(request.facet_sizes)
    return [FacetRequest(str(FACETS[key].facet), sizes.get(key, request.facet_size)) for key in keys]


def compiled(node: Node, names: _Names | None = None) -> Query:
    """A parsed query as the engine is asked."""
    known = names or _Names()
    return language.compile_query(node, regions=_regions(), parties=known, sets=known.in_set, ties=known.tied)


def indexed(here: Register) -> tuple[Manifest, IndexState]:
    """The newest snapshot and the state of the index, which may be of an older one.

    errors  NotFound ``register.empty`` · Unavailable ``search.index_missing``
    """
    here.search.refresh()
    manifest = here.manifest()
    if manifest is None:
        raise NotFound("register.empty")
    state = here.search.state()
    if state.status is IndexStatus.MISSING or state.stamp is None:
        raise Unavailable("search.index_missing", snapshot=manifest.snapshot)
    return manifest, state


class Ready(NamedTuple):
    """A request ready to be asked: its query and order, the page and the edition from which it is read."""

    node: Node
    canonical: str
    query: Query
    sort: Sort | None
    page: PageRequest
    edition: _Edition
    newest: _Edition
    subject: str
    stale: bool

    def next(self, total: int) -> str | None:
        """The cursor of the page after this one."""
        return self.page.cursor_after(subject=self.subject, total=total, edition=str(self.edition))

    def moved(self) -> Conflict:
        """What is said where the edition is gone."""
        return _moved(self.edition, self.newest)


def ready(here: Register, request: SearchRequest, units: str = "") -> Ready:
    """The request, read and bound to an edition of the index.

    units   what a page counts where it is not hits: a cursor over families fits no list of hits
    errors  as ``search``
    """
    node = parse(request.query)
    canonical = language.canonical(node)
    names = _Names()
    query = compiled(node, names)
    sort = sort_of(request.sort)
    manifest, state = indexed(here)
    stamp = state.stamp or 0
    subject = f"{canonical}|{request.sort}{units}"
    newest = _Edition(stamp, state.edition, names.digest())
    offset, edition = 0, newest
    if request.cursor:
        cursor = read_cursor(request.cursor, subject=subject)
        offset, edition = cursor.offset, newest.for_page(cursor.edition, sort)
    page = PageRequest(offset=offset, size=request.size)
    stale = stamp < manifest.snapshot or state.status is IndexStatus.STALE
    return Ready(node, canonical, query, sort, page, edition, newest, subject, stale)


def search(request: SearchRequest) -> SearchResult:
    """Run a query on the newest indexed snapshot.

    A page taken with a cursor is read from the state of the index in which the first page was read, so that nothing
    repeats or is missing although a load came between. Where that state is gone, it is refused.

    errors  Invalid ``query.syntax`` · ``query.sort_unknown`` · ``query.facet_unknown`` · ``paging.*``
            Conflict ``query.snapshot_moved`` · NotFound ``register.empty`` · Unavailable ``search.index_missing``
    """
    wanted = _facets(request)
    here = register()
    asked = ready(here, request)
    ask = partial(here.search.search, edition=asked.edition.state)
    try:
        found = ask(asked.query, page=asked.page, sort=asked.sort, facets=wanted)
        facets = {key: _labelled(ask, key, found.facets[str(FACETS[key].facet)]) for key in request.facets}
    except Conflict as error:
        raise asked.moved() from error
    sought = Sought(language.terms_to_mark(asked.node))
    return SearchResult(
        query=request.query,
        canonical=asked.canonical,
        total=found.total,
        snapshot=asked.edition.stamp,
        hits=tuple([card(hit.id, hit.score, hit.card, sought) for hit in found.hits]),
        facets=facets,
        next=asked.next(found.total),
        stale=asked.stale,
        offset=asked.page.offset,
    )


class _Names:
    """What names in a query stand for, remembered: when it changes, the same text asks for something else."""

    def __init__(self) -> None:
        self._given: list[tuple[str, ...] | None] = []

    def __call__(self, name: str, with_group: bool) -> tuple[str, ...] | None:  # noqa: FBT001 - the shape of ``Parties``
        found = parties.names_of(name, with_group=with_group)
        self._given.append(found)
        return found

    def in_set(self, name: str) -> tuple[str, ...] | None:
        """The patents of a set, asked of each room that keeps some; None where none has it."""
        found = next((ids for read in SET_READERS if (ids := read(name)) is not None), None)
        self._given.append(found)
        return found

    def tied(self, key: str, number: str) -> tuple[str, ...]:
        """The patents that cite a number or claim its priority, by any number of the patent it belongs to."""
        found = tied_to(key, number)
        self._given.append(found)
        return found

    def digest(self) -> str:
        return sha256(repr(self._given).encode()).hexdigest()[:8] if self._given else ""


class _Edition(NamedTuple):
    """What a list of hits is read from: snapshot, state of the index, names that the query stands for."""

    stamp: int
    state: str
    names: str

    def __str__(self) -> str:
        return f"{self.stamp}.{self.state}.{self.names}"

    def for_page(self, told: str, sort: Sort | None) -> _Edition:
        """The edition to read a page from whose cursor tells this one; ``self`` is the newest.

        errors  Conflict ``query.snapshot_moved`` where the query means other names by now · Invalid ``paging.cursor``
        """
        try:
            stamp, state, names = told.split(".")
            began = _Edition(int(stamp), state, names)
        except ValueError:
            raise Invalid("paging.cursor", given=told[:80]) from None
        if began.names != self.names:
            raise _moved(began, self)
        # an order by a value depends on the snapshot alone; that of the best match on how the index is laid out, too
        return self if sort is not None and began.stamp == self.stamp else began


def _moved(began: _Edition, newest: _Edition) -> Conflict:
    return Conflict("query.snapshot_moved", began=began.stamp, snapshot=newest.stamp)


def region_label(code: str) -> str:
    """The Chinese name of a region by its code, today's or its last; a code that no table holds stands for itself.

    The value of the facet stays the code, which is the same whatever the region is called: it goes back into a query.
    """
    regions = refdata.regions()
    return regions.name(code, "zh") if code in regions else code


def _labelled(ask: _Ask, key: str, counts: Sequence[FacetCount]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(c.value), c.count, _label(ask, key, c)) for c in counts)


def _label(ask: _Ask, key: str, count: FacetCount) -> str:
    """How people see a value: for a folded name, a spelling that stands in one of the patents counted; for a region its name."""
    field = FACETS[key]
    if field.kind is language.Kind.REGION:
        return region_label(str(count.value))
    if field.whole is None or field.facet != field.whole:
        return str(count.value)
    query: Query = Term(field.facet, count.value)
    hits = ask(query, page=PageRequest(size=1)).hits
    return spelling(str(count.value), hits[0].card) if hits else str(count.value)


def index_fields() -> tuple[str, ...]:
    """Names of the fields of the index, for the reference."""
    return tuple(field.name for field in INDEX.fields)
