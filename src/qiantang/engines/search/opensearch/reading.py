"""Pages, counts, ids and groups of one view. An answer is whole or an error: no shard is ever left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.facets import Aggregation, exact, first_look
from qiantang.engines.search.opensearch.layout import CARD, ID, WINDOW
from qiantang.engines.search.opensearch.places import Dsl, Found
from qiantang.engines.search.opensearch.views import KEEP, View
from qiantang.engines.search.port import FacetCount, FacetRequest, Hit, Hits, Sort
from qiantang.kernel.paging import PageRequest

Answer = dict[str, Any]
Order = list[dict[str, Any]]
_AT_ONCE = 1_000  # tokens counted together


class Reading:
    """What can be read of one view."""

    def __init__(self, cluster: Cluster, view: View) -> None:
        self._cluster = cluster
        self._point = {"id": view.point, "keep_alive": KEEP}

    def ask(self, query: Dsl, *, by_score: bool = False, **more: Any) -> Answer:
        body = {"pit": self._point, "query": query, **more}
        params = {
            "allow_partial_search_results": "false",
            "search_type": "dfs_query_then_fetch" if by_score else "query_then_fetch",
        }
        answer: Answer = self._cluster.ask("POST", "/_search", body, params=params, patience=0)
        return answer

    def count(self, query: Dsl) -> int:
        return total_of(self.ask(query, size=0, track_total_hits=True))

    def frequencies(self, field: str, tokens: Sequence[str]) -> tuple[int, ...]:
        found: list[int] = []
        for start in range(0, len(tokens), _AT_ONCE):
            filters = [{"term": {field: {"value": one}}} for one in tokens[start : start + _AT_ONCE]]
            answer = self.ask({"match_all": {}}, size=0, aggs={"f": {"filters": {"filters": filters}}})
            found += [int(one["doc_count"]) for one in answer["aggregations"]["f"]["buckets"]]
        return tuple(found)

    def search(self, found: Found, page: PageRequest, sort: Sort | None, facets: Sequence[FacetRequest]) -> Hits:
        by_score = sort is None and found.scores
        order = order_of(sort, by_score=by_score)
        more: dict[str, Any] = {"track_total_hits": True}
        if facets:
            more["aggs"] = first_look(facets)
        if page.offset + page.size <= WINDOW:
            answer = self.ask(
                found.query, by_score=by_score, sort=order, size=page.size, **more, **{"from": page.offset}
            )
            hits = answer["hits"]["hits"]
        else:
            answer = self.ask(found.query, size=0, **more)
            hits = self._far_down(found.query, page, total_of(answer), order, by_score=by_score)
        counted = {one.field: self._facet(found.query, one, answer) for one in facets}
        return Hits(total_of(answer), tuple(hit(one) for one in hits), counted)

    def best(self, found: Found, size: int) -> tuple[Hit, ...]:
        order = order_of(None, by_score=found.scores)
        return tuple(hit(one) for one in self.step(found.query, size, order, None, by_score=found.scores))

    def _facet(self, query: Dsl, request: FacetRequest, answer: Answer) -> tuple[FacetCount, ...]:
        def ask(aggregation: Aggregation) -> Answer:
            told: Answer = self.ask(query, size=0, aggs={"f": aggregation})["aggregations"]["f"]
            return told

        return exact(request, answer["aggregations"][request.field], ask)

    def _far_down(self, query: Dsl, page: PageRequest, total: int, order: Order, *, by_score: bool) -> list[Answer]:
        """The hits of a page beyond the window, walked to in steps of the window; nothing beyond the last hit."""
        if page.offset >= total:
            return []
        left, after = page.offset, None
        while left:
            step = self.step(query, min(left, WINDOW), order, after, by_score=by_score, _source=False)
            left, after = left - len(step), step[-1]["sort"]
        return self.step(query, page.size, order, after, by_score=by_score)

    def step(
        self, query: Dsl, size: int, order: Order, after: list[Any] | None, *, by_score: bool = False, **more: Any
    ) -> list[Answer]:
        """The next hits behind a place in the order, uncounted: so the cluster may skip what cannot be among them."""
        more["track_total_hits"] = False
        if after is not None:
            more["search_after"] = after
        found: list[Answer] = self.ask(query, by_score=by_score, size=size, sort=order, **more)["hits"]["hits"]
        return found

    def walk(self, query: Dsl, order: Order | None = None, *, by_score: bool = False, **more: Any) -> Iterator[Answer]:
        """All hits in an order, by id where none is given, without their cards."""
        order, after = order or order_of(None), None
        while step := self.step(query, WINDOW, order, after, by_score=by_score, _source=False, **more):
            yield from step
            after = step[-1]["sort"]

    def cards(self, ids: Sequence[str]) -> dict[str, Hit]:
        """Documents by id, without scores."""
        if not ids:
            return {}
        answer = self.ask({"terms": {ID: list(ids)}}, size=len(ids), sort=order_of(None))
        return {one.id: one for one in map(hit, answer["hits"]["hits"])}


def total_of(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def order_of(sort: Sort | None, *, by_score: bool = False) -> Order:
    by_id: dict[str, Any] = {ID: "asc"}
    if sort is not None:
        return [{sort.field: {"order": "desc" if sort.descending else "asc", "missing": "_last"}}, by_id]
    return [{"_score": "desc"}, by_id] if by_score else [by_id]


def value_of(told: Answer, field: str) -> int | None:
    """The number in a field that was asked for by ``docvalue_fields``."""
    found = told.get("fields", {}).get(field)
    return int(found[0]) if found else None


def hit(told: Answer) -> Hit:
    return Hit(str(told["_id"]), float(told["_score"] or 0.0), str(told["_source"][CARD]))
