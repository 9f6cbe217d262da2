"""Reading a result patent by patent: what stands before and after one, and the terms to look for in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.selectors.desk.asking import asked
from qiantang.corpus.register.selectors.searching import parse, sort_of
from qiantang.corpus.register.types import Neighbours
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from qiantang.corpus.register.types import SearchRequest

_WINDOW = 2  # places a hit may have moved since its page was drawn


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a query that a text may show in colours, in the order in which they were typed.

    errors  Invalid ``query.syntax``
    """
    return language.terms_to_mark(parse(text))


def neighbours(request: SearchRequest, patent_id: str, place: int) -> Neighbours | None:
    """The hits around a patent in a list; None where it does not stand at its place (any more).

    request  its query and its order count
    place    from 0, as the list told; after a load a hit may stand a little further on or back, and is found there
    errors   as ``register.api.search``
    """
    asking = asked(request.query)
    start = max(0, place - _WINDOW - 1)
    page = PageRequest(start, 2 * _WINDOW + 3)
    found = asking.engine.search(asking.query, page=page, sort=sort_of(request.sort))
    ids = [hit.id for hit in found.hits]
    if patent_id not in ids:
        return None
    here = ids.index(patent_id)
    before = ids[here - 1] if here else None
    after = ids[here + 1] if here + 1 < len(ids) else None
    return Neighbours(found.total, start + here, before, after)
