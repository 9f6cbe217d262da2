"""Rankings by words and by meaning made one, and the words by which a text is looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import log
from typing import NamedTuple, TypeVar

from qiantang.corpus.register.methods.meaning.words import TELL_NOTHING
from qiantang.kernel.text import tokens

MOST_TOKENS = 40
_DAMPING = 60  # Cormack, Clarke and Büttcher, Reciprocal Rank Fusion, 2009
_TOO_COMMON, _FEW_TOKENS = 0.5, 5
T = TypeVar("T", bound=Hashable)


class WeightedToken(NamedTuple):
    token: str
    weight: float


def telling_tokens(
    text: str, frequencies: Callable[[Sequence[str]], Sequence[int]], documents: int
) -> tuple[WeightedToken, ...]:
    """The tokens by which a text is looked for: those that tell most, how often they stand here times how rare they are.

    frequencies     how many of the documents hold each token, asked once
    """
    # the last character of a run and words of one letter tell nothing either
    times = Counter(one for one in tokens(text) if len(one) > 1 and one not in TELL_NOTHING)
    known = list(times)
    found: list[tuple[float, str, float]] = []
    for token, held in zip(known, frequencies(known), strict=True):
        if held and (held <= documents * _TOO_COMMON or len(known) <= _FEW_TOKENS):
            weight = 1 + log(times[token])
            found.append((weight * log(1 + (documents - held + 0.5) / (held + 0.5)), token, weight))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(WeightedToken(token, weight) for _, token, weight in found[:MOST_TOKENS])


def fused(rankings: Sequence[tuple[Sequence[T], float]]) -> list[T]:
    """One ranking of several, each with its weight: a place is worth weight / (60 + place). Ties as first met."""
    worth: dict[T, float] = {}
    for ranking, weight in rankings:
        for place, one in enumerate(ranking, start=1):
            worth[one] = worth.get(one, 0.0) + weight / (_DAMPING + place)
    return sorted(worth, key=lambda one: -worth[one])
