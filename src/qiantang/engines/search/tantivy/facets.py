"""Exact facet counts from tantivy's terms aggregation.

Each segment gives only its most frequent values, so a plain aggregation may count a value too low or miss it. It also
says by how much it can be wrong: the sum over the segments of the count of the first value left out. So the values that
may be among the wanted ones are counted one by one, each by a query of its own, which is exact and costs microseconds; and
we are done as soon as the last one wanted is more frequent than any value can be that was not looked at. Otherwise the
segments are asked for more, in the end for all. Asking them for few at first is what makes it quick: to read the text of a
value costs more than to count it, and to have a list of values counted by an aggregation costs a walk through all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Occur

from qiantang.engines.search.port import FacetCount, FacetRequest, FieldKind, IndexSchema, wild_regex
from qiantang.engines.search.tantivy.words import literal

_FIRST_LOOK = 30
_GROWTH = 8
_FEW_VALUES = 1_000  # so many are read at once faster than thirty are counted one by one
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
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    request: FacetRequest,
    schema: IndexSchema,
    native: tantivy.Schema,
    *,
    few: bool = False,
) -> tuple[FacetCount, ...]:
    """The most frequent values with exact counts; equal counts by ascending value (tantivy orders them so).

    few     whether the field has few values in all, see ``has_few_values``
    """
    field, size = request.field, request.size
    if schema[field].kind is FieldKind.INTEGER:
        return _of_numbers(searcher, query, request)
    if request.only is not None:
        return _of_these(searcher, query, request, native)
    asked = {"include": wild_regex("*") + literal(request.contains) + wild_regex("*")} if request.contains else {}
    look = max(_FEW_VALUES if few else _FIRST_LOOK, 3 * size)
    while look * searcher.num_segments <= _MOST_BUCKETS:
        answer = _aggregated(searcher, query, field, look, segment_size=look, **asked)
        named, error = _counts(answer), int(answer["doc_count_error_upper_bound"])
        if not error:
            return tuple(named[:size])
        least = named[size - 1].count if len(named) >= size else 0
        possible = [str(one.value) for one in named if one.count + error >= least]
        exact = _exact(searcher, query, field, possible, native)[:size]
        unseen = error + (named[-1].count if len(named) == look else 0)
        if len(exact) == size and exact[-1].count > unseen:
            return tuple(exact)
        look *= _GROWTH
    return tuple(_counts(_aggregated(searcher, query, field, size, segment_size=_ALL, **asked)))


def has_few_values(searcher: tantivy.Searcher, field: str) -> bool:
    """Costs about a millisecond: asked once a field and commit."""
    return len(searcher.terms_with_prefix(field, "", limit=_FEW_VALUES + 1)) <= _FEW_VALUES


def _exact(
    searcher: tantivy.Searcher, query: tantivy.Query, field: str, values: Sequence[str], native: tantivy.Schema
) -> list[FacetCount]:
    """Each value with the number of hits that have it, the most frequent first; those that none has are left out."""
    counted = []
    for value in values:
        of_value = tantivy.Query.term_query(native, field, value)
        both = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, of_value)])
        found: Any = searcher.search(tantivy.Query.const_score_query(both, 0.0), limit=1, count=True)
        if found.count:
            counted.append(FacetCount(value, found.count))
    return sorted(counted, key=lambda one: (-one.count, one.value))


def _of_these(
    searcher: tantivy.Searcher, query: tantivy.Query, request: FacetRequest, native: tantivy.Schema
) -> tuple[FacetCount, ...]:
    wanted = [str(one) for one in request.only or () if request.contains in str(one)]
    return tuple(_exact(searcher, query, request.field, list(dict.fromkeys(wanted)), native)[: request.size])


def _of_numbers(searcher: tantivy.Searcher, query: tantivy.Query, request: FacetRequest) -> tuple[FacetCount, ...]:
    if request.only is None:
        return tuple(_counts(_aggregated(searcher, query, request.field, request.size, segment_size=_ALL)))
    found = _counts(_aggregated(searcher, query, request.field, _MOST_BUCKETS, segment_size=_ALL))
    return tuple(one for one in found if one.value in request.only)[: request.size]
