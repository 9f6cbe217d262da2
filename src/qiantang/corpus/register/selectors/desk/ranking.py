"""Hits in the order of a figure that the index does not hold: how often a patent is cited, how large its family is.

Such figures change with other patents than the one they belong to, so the index would be behind them. They are looked up for
every hit, and the order is exact; beyond a bound it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.documents import card
from qiantang.corpus.register.methods.highlight import Sought
from qiantang.corpus.register.selectors.desk.facts import page_facts
from qiantang.corpus.register.selectors.searching import ready
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import SearchResult
from qiantang.engines.search.port import Or, Term
from qiantang.kernel.errors import Limited
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from qiantang.corpus.register.types import SearchRequest

MOST_RANKED = 10_000


def ranked(request: SearchRequest, by: str) -> SearchResult:
    """The hits of a query, the greatest figure first, equal ones by ascending id; facets are not counted.

    by      ``cited_by`` or ``family_size`` of ``PageFacts``
    errors  as ``register.api.search``; Limited ``query.too_many_to_rank``
    """
    here = register()
    asked = ready(here, request, f"|{by}")
    if asked.edition.stamp != asked.newest.stamp:
        raise asked.moved()
    total = here.search.count(asked.query)
    if total > MOST_RANKED:
        raise Limited("query.too_many_to_rank", total=total, limit=MOST_RANKED)
    ids = sorted(here.search.ids(asked.query))
    figures = {one: getattr(facts, by) or 0 for one, facts in page_facts(ids, (by,)).items()}
    ids.sort(key=lambda one: -figures.get(one, 0))
    shown = ids[asked.page.offset : asked.page.offset + asked.page.size]
    sought = Sought(language.terms_to_mark(asked.node))
    cards = {}
    if shown:
        found = here.search.search(Or(tuple(Term("id", one) for one in shown)), page=PageRequest(0, len(shown)))
        cards = {hit.id: card(hit.id, 0.0, hit.card, sought) for hit in found.hits}
    return SearchResult(
        query=request.query,
        canonical=asked.canonical,
        total=len(ids),
        snapshot=asked.edition.stamp,
        hits=tuple(cards[one] for one in shown if one in cards),
        facets={},
        next=asked.next(len(ids)),
        stale=asked.stale,
        offset=asked.page.offset,
    )
