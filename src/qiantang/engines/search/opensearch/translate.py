"""The query tree in OpenSearch's terms.

Only TEXT terms, phrases and places score (BM25, with the word statistics of all shards); all else narrows and scores
nothing, so a filter never changes the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from qiantang.engines.search.opensearch.layout import fitting
from qiantang.engines.search.opensearch.places import Dsl, Found, Way, of_way, of_ways, open_phrase, regex, regexp, way
from qiantang.engines.search.port import (
    And,
    Everything,
    Exists,
    FieldKind,
    IndexSchema,
    Leaf,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Term,
    Weighted,
    Wild,
    check,
)

_ALL: Dsl = {"match_all": {}}
_NONE: Dsl = {"match_none": {}}


class Translator:
    """From the port's query tree to a query body, for one schema."""

    def __init__(self, schema: IndexSchema) -> None:
        self._schema = schema

    def __call__(self, query: Query) -> Found:
        """The query. Errors: KeyError, ValueError where it does not fit the schema."""
        check(query, self._schema)
        return self._tree(query)

    def _tree(self, query: Query) -> Found:
        match query:
            case Everything():
                return Found(_ALL, scores=False)
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return _any_of(self._alternatives(parts))
            case Not():
                return self._all_of((query,))
            case Weighted(part, weight):
                found = self._tree(part)
                heavier = {"bool": {"must": [found.query], "boost": weight}}
                return Found(heavier, scores=True) if found.scores else found
            case _:
                return self._leaf(query)

    def _all_of(self, parts: Sequence[Query]) -> Found:
        told: defaultdict[str, list[Dsl]] = defaultdict(list)
        for part in parts:
            if isinstance(part, Not):
                told["must_not"].append(self._tree(part.part).query)
            else:
                found = self._tree(part)
                told["must" if found.scores else "filter"].append(found.query)
        if not told["must"] and not told["filter"]:
            told["filter"].append(_ALL)
        return Found({"bool": {name: some for name, some in told.items() if some}}, scores=bool(told["must"]))

    def _alternatives(self, parts: Sequence[Query]) -> list[Found]:
        """The parts, with all places of a field together."""
        ways: defaultdict[str, list[Way]] = defaultdict(list)
        others: list[Found] = []
        for part in parts:
            if isinstance(part, Places):
                ways[part.field] += [asked] if (asked := way(part.slots)) else []
            else:
                others.append(self._tree(part))
        return [found for field, some in ways.items() for found in of_ways(field, some)] + others

    def _leaf(self, query: Leaf) -> Found:
        match query:
            case Places(field, slots):
                asked = way(slots)
                return of_way(field, asked) if asked else Found(_NONE, scores=False)
            case Phrase(field, tokens, open_end):
                return _phrase(field, [fitting(one) for one in tokens], open_end=open_end)
            case Term(field, value):
                told = fitting(value) if isinstance(value, str) else value
                scores = self._schema[field].kind is FieldKind.TEXT
                return Found({"term": {field: {"value": told}}}, scores=scores)
            case _:
                return Found(_narrowing(query), scores=False)


def _narrowing(query: Wild | Prefix | Range | Exists) -> Dsl:
    match query:
        case Wild(field, pattern):
            return regexp(field, regex(pattern))
        case Prefix(field, start):
            return {"prefix": {field: {"value": start}}}
        case Range(field, None, None) | Exists(field):
            return {"exists": {"field": field}}
        case Range(field, low, high):
            ends: dict[str, Any] = {"gte": low, "lte": high}
            return {"range": {field: {name: end for name, end in ends.items() if end is not None}}}


def _phrase(field: str, tokens: list[str], *, open_end: bool) -> Found:
    if open_end:
        return open_phrase(field, tokens)
    return Found({"match_phrase": {field: {"query": " ".join(tokens)}}}, scores=True)


def _any_of(parts: Sequence[Found]) -> Found:
    if not parts:
        return Found(_NONE, scores=False)
    if len(parts) == 1:
        return parts[0]
    scores = any(one.scores for one in parts)
    told = [one.query if one.scores or not scores else _silent(one.query) for one in parts]
    return Found({"bool": {"should": told, "minimum_should_match": 1}}, scores=scores)


def _silent(query: Dsl) -> Dsl:
    return {"constant_score": {"filter": query, "boost": 0.0}}
