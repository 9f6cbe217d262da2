"""Search: text in the query language to a page of cards, with exact counts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.documents import card, spelling
from qiantang.corpus.register.search import FACETS, INDEX, SORTS
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import FacetValue, SearchRequest, SearchResult
from qiantang.engines.search.port import FacetCount, FacetRequest, IndexStatus, Query, SearchEngine, Sort, Term
from qiantang.kernel.errors import Invalid, Unavailable
from qiantang.kernel.paging import PageRequest, decode_cursor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.corpus.register.methods.query_language import Node


@lru_cache(maxsize=512)
def parse(text: str) -> Node:
    """A text of the query language as a tree.

    errors  Invalid ``query.syntax`` with position, message, expected and hint
    """
    return language.parse(text)


@lru_cache(maxsize=1)
def _regions() -> Mapping[str, str]:
    return refdata.regions().codes_by_name()


def _names_of(name: str, with_group: bool) -> tuple[str, ...] | None:  # noqa: FBT001 - the shape of ``Parties``
    return parties.names_of(name, with_group=with_group)


def _sort(text: str) -> Sort | None:
    if text == "relevance":
        return None
    key = text.removeprefix("-")
    if key not in SORTS:
        raise Invalid("query.sort_unknown", given=text, known=["relevance", *SORTS])
    return Sort(SORTS[key].index[0], descending=text.startswith("-"))


def _facets(keys: Sequence[str], size: int) -> list[FacetRequest]:
    unknown = [key for key in keys if key not in FACETS]
    if unknown:
        raise Invalid("query.facet_unknown", given=unknown, known=list(FACETS))
    return [FacetRequest(str(FACETS[key].facet), size) for key in keys]


def search(request: SearchRequest) -> SearchResult:
    """Run a query on the newest indexed snapshot.

    errors  Invalid ``query.syntax`` · ``query.sort_unknown`` · ``query.facet_unknown`` · ``paging.*``
            NotFound ``register.empty`` · Unavailable ``search.index_missing``
    """
    node = parse(request.query)
    canonical = language.canonical(node)
    query = language.compile_query(node, regions=_regions(), parties=_names_of)
    here = register()
    engine = here.search
    engine.refresh()
    manifest, _ = here.current()
    state = engine.state()
    if state.status is IndexStatus.MISSING or state.stamp is None:
        raise Unavailable("search.index_missing", snapshot=manifest.snapshot)
    subject = f"{canonical}|{request.sort}|{state.stamp}"
    offset = decode_cursor(request.cursor, subject=subject) if request.cursor else 0
    page = PageRequest(offset=offset, size=request.size)
    wanted = _facets(request.facets, request.facet_size)
    found = engine.search(query, page=page, sort=_sort(request.sort), facets=wanted)
    needles = language.terms_to_mark(node)
    return SearchResult(
        query=request.query,
        canonical=canonical,
        total=found.total,
        snapshot=state.stamp,
        hits=tuple(card(hit.id, hit.score, hit.card, needles) for hit in found.hits),
        facets={key: _labelled(engine, key, found.facets[str(FACETS[key].facet)]) for key in request.facets},
        next=page.cursor_after(subject=subject, total=found.total),
        stale=state.stamp < manifest.snapshot or state.status is IndexStatus.STALE,
    )


def _labelled(engine: SearchEngine, key: str, counts: Sequence[FacetCount]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(c.value), c.count, _label(engine, key, c)) for c in counts)


def _label(engine: SearchEngine, key: str, count: FacetCount) -> str:
    """How people see a value: for a folded name, a spelling that stands in one of the patents counted."""
    field = FACETS[key]
    if field.whole is None or field.facet != field.whole:
        return str(count.value)
    query: Query = Term(field.facet, count.value)
    hits = engine.search(query, page=PageRequest(size=1)).hits
    return spelling(str(count.value), hits[0].card) if hits else str(count.value)


def index_fields() -> tuple[str, ...]:
    """Names of the fields of the index, for the reference."""
    return tuple(field.name for field in INDEX.fields)
