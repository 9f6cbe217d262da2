"""Exact facet counts from tantivy's terms aggregation.

Each segment gives only its most frequent values, so a plain aggregation may count a value too low or miss it. It also
says by how much it can be wrong: the sum over the segments of the count of the first value left out. We take the values
that any segment named, have these counted exactly, and are done as soon as the last one wanted is more frequent than
any value nobody named can be; otherwise the segments are asked for more, in the end for all.
"""

from __future__ import annotations

from typing import Any

import tantivy

from qiantang.engines.search.port import FacetCount, FacetRequest, FieldKind, IndexSchema, wild_regex
from qiantang.engines.search.tantivy.translate import literal

_FIRST_LOOK = 100
_GROWTH = 16
_ALL = 2**31  # values of one segment
_MOST_BUCKETS = 65_000  # tantivy returns no more than this many values


def _aggregated(
    searcher: tantivy.Searcher, query: tantivy.Query, field: str, size: int, **options: Any
) -> dict[str, Any]:
    asked = {"f": {"terms": {"field": field, "size": size, **options}}}
    answer: dict[str, Any] = searcher.aggregate(query, asked)["f"]
    return answer


def _counts(answer: dict[str, Any]) -> list[FacetCount]:
    return [FacetCount(one["key"], one["doc_count"]) for one in answer["buckets"]]


def facet(
    searcher: tantivy.Searcher, query: tantivy.Query, request: FacetRequest, schema: IndexSchema
) -> tuple[FacetCount, ...]:
    """The most frequent values with exact counts; equal counts by ascending value (tantivy orders them so)."""
    field, size = request.field, request.size
    if schema[field].kind is FieldKind.INTEGER:
        return _of_numbers(searcher, query, request)
    if request.only is not None:
        return _of_these(searcher, query, request)
    asked = {"include": wild_regex("*") + literal(request.contains) + wild_regex("*")} if request.contains else {}
    look = max(_FIRST_LOOK, 2 * size)
    while look * searcher.num_segments <= _MOST_BUCKETS:
        named = _aggregated(searcher, query, field, _MOST_BUCKETS, segment_size=look, **asked)
        possible = named["doc_count_error_upper_bound"]
        if not possible:
            return tuple(_counts(named)[:size])
        values = [one["key"] for one in named["buckets"]]
        exact = _counts(_aggregated(searcher, query, field, size, segment_size=len(values), include=values))
        if len(exact) == size and exact[-1].count > possible:
            return tuple(exact)
        look *= _GROWTH
    return tuple(_counts(_aggregated(searcher, query, field, size, segment_size=_ALL, **asked)))


def _of_these(searcher: tantivy.Searcher, query: tantivy.Query, request: FacetRequest) -> tuple[FacetCount, ...]:
    wanted = [str(one) for one in request.only or () if request.contains in str(one)]
    if not wanted:
        return ()
    found = _aggregated(searcher, query, request.field, request.size, segment_size=len(wanted), include=wanted)
    return tuple(_counts(found))


def _of_numbers(searcher: tantivy.Searcher, query: tantivy.Query, request: FacetRequest) -> tuple[FacetCount, ...]:
    if request.only is None:
        return tuple(_counts(_aggregated(searcher, query, request.field, request.size, segment_size=_ALL)))
    found = _counts(_aggregated(searcher, query, request.field, _MOST_BUCKETS, segment_size=_ALL))
    return tuple(one for one in found if one.value in request.only)[: request.size]
