"""Pages in the order of a number, equal numbers by ascending id.

tantivy leaves the order of equal numbers to chance. Inside a page they are put in order here; where a run of equal
numbers goes on before or after the page, its part of the page is asked for by id.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order

from qiantang.engines.search.port import Hit, Sort
from qiantang.engines.search.tantivy.translate import CARD, ID
from qiantang.kernel.paging import PageRequest


def hit(searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float) -> Hit:
    document = searcher.doc(address)
    return Hit(str(document.get_first(ID)), score, document.get_first(CARD) or "")


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    counted = searcher.aggregate(query, {"n": {"value_count": {"field": ID}}})
    return int(counted["n"]["value"])


class _Ordered:
    def __init__(self, searcher: tantivy.Searcher, query: tantivy.Query, sort: Sort, schema: tantivy.Schema) -> None:
        self.searcher = searcher
        self.query = query
        self.sort = sort
        self.schema = schema

    def _and(self, condition: tantivy.Query, *, wanted: bool = True) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [(Occur.Must, self.query), (Occur.Must if wanted else Occur.MustNot, condition)]
        )

    def _of_value(self, value: int | None) -> tantivy.Query:
        if value is None:
            return self._and(tantivy.Query.exists_query(self.sort.field), wanted=False)
        return self._and(tantivy.Query.term_query(self.schema, self.sort.field, value))

    def _before(self, value: int | None) -> int:
        """How many hits come before the first of this value."""
        if value is None:
            return count(self.searcher, self._and(tantivy.Query.exists_query(self.sort.field)))
        ends: dict[str, Any] = (
            {"lower_bound": value, "include_lower": False}
            if self.sort.descending
            else {"upper_bound": value, "include_upper": False}
        )
        beyond = tantivy.Query.range_query(self.schema, self.sort.field, FieldType.Integer, **ends)
        return count(self.searcher, self._and(beyond))

    def run(self, value: int | None, addresses: list[Any], start: int, *, open_start: bool, whole: bool) -> list[Hit]:
        """The hits of one value on the page; ``start`` is the place of the first among all hits."""
        if whole:
            return sorted((hit(self.searcher, one, 0.0) for one in addresses), key=lambda one: one.id)
        skip = start - self._before(value) if open_start else 0
        found = self.searcher.search(
            self._of_value(value), len(addresses), count=False, order_by_field=ID, order=Order.Asc, offset=skip
        )
        return [hit(self.searcher, address, 0.0) for _, address in found.hits]


def sorted_hits(
    searcher: tantivy.Searcher, query: tantivy.Query, page: PageRequest, sort: Sort, schema: tantivy.Schema
) -> tuple[int, tuple[Hit, ...]]:
    """The total and the hits of the page; hits without a value come last (tantivy puts them there in both orders)."""
    first = max(0, page.offset - 1)
    found: Any = searcher.search(  # the stubs do not know ``count``
        query,
        limit=page.offset - first + page.size + 1,
        offset=first,
        count=True,
        order_by_field=sort.field,
        order=Order.Desc if sort.descending else Order.Asc,
    )
    before, shown = found.hits[: page.offset - first], found.hits[page.offset - first :]
    after, shown = shown[page.size :], shown[: page.size]
    ordered = _Ordered(searcher, query, sort, schema)
    hits: list[Hit] = []
    for value, run in groupby(shown, key=lambda pair: pair[0]):
        open_start = not hits and bool(before) and before[0][0] == value
        addresses = [address for _, address in run]
        open_end = len(hits) + len(addresses) == len(shown) and bool(after) and after[0][0] == value
        whole = not open_start and not open_end
        hits += ordered.run(value, addresses, page.offset + len(hits), open_start=open_start, whole=whole)
    return found.count, tuple(hits)
