"""The right answers, counted by going through all patents: no index, no engine, none of the house's matching.

Each batch becomes one array of token numbers with the number of the patent beside it; a question is answered by comparing
arrays. Chinese words are looked for as they stand in the raw abstract, character by character, so that the cutting into
pairs is tried too. More like this has no right answer to count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peers.corpus import Corpus, Patent
from peers.parts import Ask, facets_told
from peers.questions import is_chinese

Array = NDArray[Any]
_NEAR = 5


class Right(NamedTuple):
    total: int
    facets: str = ""


class _Numbers(dict[str, int]):
    """A number for each English word that was met and for each Chinese token that is asked for; 0 for all others.

    ``starts`` has, for each number, which of the asked beginnings its token has (0 for none)
    """

    def __init__(self, asked: Mapping[str, Sequence[Ask]]) -> None:
        super().__init__()
        self.beginnings = {ask[0]: place for place, ask in enumerate(asked["prefix"], 1)}
        self._length = len(asked["prefix"][0][0])
        self.starts = [0]
        for asks in asked.values():
            for ask in asks:
                for token in ask:
                    self[token]  # makes it known

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self.starts)
        self.starts.append(self.beginnings.get(token[: self._length], 0))
        return number

    def of(self, tokens: Sequence[str]) -> Iterator[int]:
        if is_chinese(tokens[0]):
            return map(self.get, tokens, repeat(0))
        return map(self.__getitem__, tokens)


class _Batch:
    """One batch as arrays. Each method says which of its patents fulfil a condition."""

    def __init__(self, patents: Sequence[Patent], numbers: _Numbers) -> None:
        self.patents = patents
        self._numbers = numbers
        self._title, self._title_owner = self._cut([one.title_tokens for one in patents])
        self._abstract, self._owner = self._cut([one.abstract_tokens for one in patents])
        self._order = np.argsort(self._abstract, kind="stable")
        self._sorted = self._abstract[self._order]
        self._starts = np.array(numbers.starts, np.int32)[self._abstract]
        self._days = np.array([one.day for one in patents])
        self._classed: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(patents):
            for symbol in one.ipc:
                self._classed[symbol].append(place)

    def _cut(self, texts: Sequence[str]) -> tuple[Array, Array]:
        cut = [one.split() for one in texts]
        lengths = [len(one) for one in cut]
        numbers = np.fromiter(chain.from_iterable(map(self._numbers.of, cut)), np.int32, sum(lengths))
        return numbers, np.repeat(np.arange(len(cut)), lengths)

    def _places(self, token: str) -> Array:
        number = self._numbers[token]
        low, high = np.searchsorted(self._sorted, [number, number + 1])
        return self._order[low:high]

    def _those(self, owners: Array) -> Array:
        held = np.zeros(len(self.patents), bool)
        held[owners] = True
        return held

    def word(self, token: str) -> Array:
        return self._those(self._owner[self._places(token)])

    def titled(self, token: str) -> Array:
        return self._those(self._title_owner[self._title == self._numbers[token]])

    def after(self, first: str, second: str, *distances: int) -> Array:
        """``second`` stands so many places after ``first``."""
        here = self._places(first)
        owners = []
        for distance in distances:
            inside = here[here + distance < len(self._abstract)]
            there = inside + distance
            met = (self._abstract[there] == self._numbers[second]) & (self._owner[there] == self._owner[inside])
            owners.append(self._owner[inside[met]])
        return self._those(np.concatenate(owners))

    def begins(self, start: str) -> Array:
        return self._those(self._owner[self._starts == self._numbers.beginnings[start]])

    def raw(self, text: str) -> Array:
        return np.array([text in one.abstract for one in self.patents])

    def classed(self, symbol: str) -> Array:
        return self._those(np.array(self._classed.get(symbol, []), int))

    def classed_from(self, start: str) -> Array:
        owners = [places for symbol, places in self._classed.items() if symbol.startswith(start)]
        return self._those(np.array(list(chain.from_iterable(owners)), int))

    def filed(self, first: str, last: str) -> Array:
        return np.asarray((self._days >= int(first)) & (self._days <= int(last)))


def _joined(pairs: Ask) -> str:
    return pairs[0] + "".join(one[1:] for one in pairs[1:])


def _boolean(batch: _Batch, ask: Ask) -> Array:
    title, one, other, but, symbol, first, last = ask
    words = batch.titled(title) | batch.word(one) | batch.word(other)
    return np.asarray(words & batch.classed(symbol) & batch.filed(first, last) & ~batch.word(but))


CHECKS: dict[str, Callable[[_Batch, Ask], Array]] = {
    "rare term": lambda batch, ask: batch.word(*ask),
    "common term": lambda batch, ask: batch.word(*ask),
    "AND of 3": lambda batch, ask: np.logical_and.reduce([batch.word(one) for one in ask]),
    "OR of 3": lambda batch, ask: np.logical_or.reduce([batch.word(one) for one in ask]),
    "phrase": lambda batch, ask: batch.after(*ask, 1),
    "zh 2 characters": lambda batch, ask: batch.raw(*ask),
    "zh 4+ characters": lambda batch, ask: batch.raw(_joined(ask)),
    "proximity": lambda batch, ask: (
        batch.after(*ask, *range(1, _NEAR + 1)) | batch.after(*ask[::-1], *range(1, _NEAR + 1))
    ),
    "boolean + IPC + date": _boolean,
    "prefix": lambda batch, ask: batch.begins(*ask),
    "IPC + date": lambda batch, ask: batch.classed_from(ask[0]) & batch.filed(*ask[1:]),
    "facets": lambda batch, ask: batch.word(*ask),
    "sort by date": lambda batch, ask: batch.word(*ask),
    "deep page": lambda batch, ask: batch.word(*ask),
}


class _Facets:
    def __init__(self) -> None:
        self.counts: dict[str, Counter[Any]] = {"year": Counter(), "subclass": Counter(), "applicant": Counter()}

    def add(self, patents: Sequence[Patent], held: Array) -> None:
        for place in np.flatnonzero(held).tolist():
            one = patents[place]
            self.counts["year"][one.year] += 1
            self.counts["subclass"].update(one.subclasses)
            self.counts["applicant"][one.applicant] += 1

    def told(self) -> str:
        best = {
            name: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
            for name, counts in self.counts.items()
        }
        return facets_told({name: [(str(value), count) for value, count in pairs] for name, pairs in best.items()})


def right_answers(corpus: Corpus, patents: int, asked: Mapping[str, Sequence[Ask]]) -> dict[str, list[Right]]:
    """The total of every question that has one, over all patents, and the facets of those that ask for them."""
    checked = {kind: asks for kind, asks in asked.items() if kind in CHECKS}
    totals = {kind: [0] * len(asks) for kind, asks in checked.items()}
    facets = [_Facets() for _ in asked["facets"]]
    numbers = _Numbers(checked)
    for some in corpus.batches(patents):
        batch = _Batch(some, numbers)
        for kind, asks in checked.items():
            for place, ask in enumerate(asks):
                held = CHECKS[kind](batch, ask)
                totals[kind][place] += int(held.sum())
                if kind == "facets":
                    facets[place].add(some, held)
    found = {kind: [Right(total) for total in each] for kind, each in totals.items()}
    found["facets"] = [Right(t, one.told()) for t, one in zip(totals["facets"], facets, strict=True)]
    return found
