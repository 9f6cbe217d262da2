"""Exact facet counts from terms aggregations over shards.

Each shard gives only its most frequent values, so a plain aggregation may count a value too low or miss it. It also
says by how much it can be wrong: the sum over the shards of the count of the last value given. We take the values that
were named, have these counted exactly, and are done as soon as the last one wanted is more frequent than any value that
was not named can be; otherwise the shards are asked for more, in the end for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qiantang.engines.search.opensearch.places import literal
from qiantang.engines.search.port import FacetCount, FacetRequest

Aggregation = dict[str, Any]
_FIRST_LOOK = 100
_GROWTH = 16
_MOST_NAMED = 10_000  # values counted by name; a cluster refuses answers of more than 65,535
_ALL = 2**31 - 1  # values of one shard


def _terms(field: str, size: int, of_a_shard: int, **more: Any) -> Aggregation:
    return {"terms": {"field": field, "size": size, "shard_size": of_a_shard, **more}}


def _look(request: FacetRequest) -> int:
    return max(_FIRST_LOOK, 2 * request.size)


def _wanted(request: FacetRequest) -> dict[str, Any]:
    """Which values are counted at all."""
    if request.only is not None:
        return {"include": [one for one in request.only if request.contains in str(one)]}
    return {"include": f".*{literal(request.contains)}.*"} if request.contains else {}


def _aggregation(request: FacetRequest, look: int) -> Aggregation:
    if request.only is not None:  # as many at most as are named
        return _terms(request.field, request.size, _ALL, **_wanted(request))
    return _terms(request.field, look, look, **_wanted(request))


def first_look(requests: Sequence[FacetRequest]) -> dict[str, Aggregation]:
    """What goes with the search itself."""
    return {one.field: _aggregation(one, _look(one)) for one in requests}


def _counts(answer: dict[str, Any]) -> list[FacetCount]:
    return [FacetCount(one["key"], one["doc_count"]) for one in answer["buckets"]]


def exact(
    request: FacetRequest, named: dict[str, Any], ask: Callable[[Aggregation], dict[str, Any]]
) -> tuple[FacetCount, ...]:
    """The most frequent values with exact counts, equal counts by ascending value.

    named  the answer to the first look
    ask    the answer to one more aggregation over the same hits
    """
    field, size, look = request.field, request.size, _look(request)
    while possible := named["doc_count_error_upper_bound"]:
        found = _counts(named)
        if len(found) == look:  # more were named, and cut off
            possible += found[-1].count
        counted = _counts(ask(_terms(field, size, len(found), include=[one.value for one in found])))
        if len(counted) == size and counted[-1].count > possible:
            return tuple(counted)
        look *= _GROWTH
        if look > _MOST_NAMED:
            return tuple(_counts(ask(_terms(field, size, _ALL, **_wanted(request)))))
        named = ask(_aggregation(request, look))
    return tuple(_counts(named)[:size])
