"""Pages, counts and ids of one generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

import orjson

from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.facets import Aggregation, exact, first_look
from qiantang.engines.search.opensearch.layout import CARD, ID, WINDOW
from qiantang.engines.search.opensearch.places import Dsl, Found
from qiantang.engines.search.port import FacetRequest, Hit, Hits, Sort
from qiantang.kernel.paging import PageRequest

Answer = dict[str, Any]
_COPIES = 64


class Reading:
    """What can be read of one generation. An answer is whole or an error: no shard is ever left out."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def _ask(self, query: Dsl, *, by_score: bool = False, **more: Any) -> Answer:
        body = {"query": query, "track_total_hits": True, **more}
        params: dict[str, str | int] = {
            "allow_partial_search_results": "false",
            # Copies of a shard differ in what was removed and not yet merged, and so in scores: all pages of a query
            # are asked of the same copies.
            "preference": f"copy{crc32(orjson.dumps(query)) % _COPIES}",
            "search_type": "dfs_query_then_fetch" if by_score else "query_then_fetch",
        }
        answer: Answer = self._cluster.ask("POST", f"/{self._index}/_search", body, params=params)
        return answer

    def count(self, query: Dsl) -> int:
        return _total(self._ask(query, size=0))

    def search(self, found: Found, page: PageRequest, sort: Sort | None, facets: Sequence[FacetRequest]) -> Hits:
        by_score = sort is None and found.scores
        more: dict[str, Any] = {"sort": _order(sort, by_score=by_score), "track_scores": False}
        if facets:
            more["aggs"] = first_look(facets)
        if page.offset + page.size <= WINDOW:
            answer = self._ask(found.query, by_score=by_score, size=page.size, **more, **{"from": page.offset})
            hits = answer["hits"]["hits"]
        else:
            answer = self._ask(found.query, size=0, **more)
            hits = self._far_down(found.query, page, _total(answer), more["sort"], by_score=by_score)
        counted = {one.field: self._facet(found.query, one, answer) for one in facets}
        return Hits(_total(answer), tuple(_hit(one) for one in hits), counted)

    def _facet(self, query: Dsl, request: FacetRequest, answer: Answer) -> Any:
        def ask(aggregation: Aggregation) -> Answer:
            told: Answer = self._ask(query, size=0, aggs={"f": aggregation})["aggregations"]["f"]
            return told

        return exact(request, answer["aggregations"][request.field], ask)

    def _far_down(self, query: Dsl, page: PageRequest, total: int, order: Any, *, by_score: bool) -> list[Answer]:
        """The hits of a page beyond the window, walked to in steps of the window; nothing beyond the last hit."""
        if page.offset >= total:
            return []
        left, after = page.offset, None
        while left:
            step = self._step(query, min(left, WINDOW), order, after, by_score=by_score, _source=False)
            if not step:
                return []
            left, after = left - len(step), step[-1]["sort"]
        return self._step(query, page.size, order, after, by_score=by_score)

    def _step(
        self, query: Dsl, size: int, order: Any, after: Any, *, by_score: bool = False, **more: Any
    ) -> list[Answer]:
        if after is not None:
            more["search_after"] = after
        found: list[Answer] = self._ask(query, by_score=by_score, size=size, sort=order, **more)["hits"]["hits"]
        return found

    def ids(self, query: Dsl) -> Iterator[str]:
        order, after = _order(None, by_score=False), None
        while step := self._step(query, WINDOW, order, after, _source=False):
            yield from (str(one["_id"]) for one in step)
            after = step[-1]["sort"]


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _order(sort: Sort | None, *, by_score: bool) -> list[Any]:
    by_id = {ID: "asc"}
    if sort is not None:
        return [{sort.field: {"order": "desc" if sort.descending else "asc", "missing": "_last"}}, by_id]
    return [{"_score": "desc"}, by_id] if by_score else [by_id]


def _hit(told: Answer) -> Hit:
    return Hit(str(told["_id"]), float(told["_score"] or 0.0), str(told["_source"][CARD]))
