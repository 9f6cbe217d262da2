"""BM25 by the book, for the engine in memory: what the scores of the others are held against.

Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, with k1 = 1.2, b = 0.75 and the logarithm of Lucene,
which is never negative. Single tokens of TEXT fields score; all else narrows. Phrases are left to the real engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from qiantang.engines.search.port import And, FieldKind, IndexSchema, Or, Query, Term, Weighted

_K1, _B = 1.2, 0.75
Words = Sequence[str] | Sequence[int]


def rarity(documents: int, holding: int) -> float:
    """The weight of a token that so many of the documents hold."""
    return log(1 + (documents - holding + 0.5) / (holding + 0.5))


class Statistics:
    """What BM25 needs to know of all documents: how many, the mean length of a field, how many hold a token."""

    def __init__(self, schema: IndexSchema, documents: Iterable[Mapping[str, Words]]) -> None:
        self._texts = {one.name for one in schema.fields if one.kind is FieldKind.TEXT}
        self._count = 0
        self._lengths: Counter[str] = Counter()
        self._holding: Counter[tuple[str, str]] = Counter()
        for values in documents:
            self._count += 1
            for name in self._texts & values.keys():
                self._lengths[name] += len(values[name])
                self._holding.update((name, str(token)) for token in set(values[name]))

    def holding(self, field: str, token: str) -> int:
        return self._holding[field, token]

    def score(self, values: Mapping[str, Words], query: Query) -> float:
        """The score of one document that matches."""
        match query:
            case Term(name, token) if name in self._texts:
                return self._token(values.get(name, ()), name, str(token))
            case Weighted(part, weight):
                return weight * self.score(values, part)
            case And(parts) | Or(parts):
                return sum(self.score(values, part) for part in parts)
            case _:
                return 0.0

    def _token(self, held: Words, name: str, token: str) -> float:
        times = sum(1 for one in held if one == token)
        if not times:
            return 0.0
        rare = rarity(self._count, self._holding[name, token])
        long = len(held) * self._count / self._lengths[name]
        return rare * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * long))
