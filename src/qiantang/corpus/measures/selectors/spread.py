"""Values that a patent may have several of, with the weight of each: regions, fields, industries, applicants."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qiantang.corpus.measures.selectors.facts import Ints

Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Spread:
    """For every patent its values: those of row ``i`` stand from ``starts[i]`` to ``starts[i + 1]``.

    codes     into ``values``; every row has at least one
    values    None: not known, or none of them
    over      the weight of a value is 1 / over
    """

    starts: Ints
    codes: Ints
    values: tuple[str | None, ...]
    over: Ints

    @classmethod
    def single(cls, codes: Ints, values: Sequence[str | None]) -> Spread:
        """One value a row."""
        count = len(codes)
        return cls(np.arange(count + 1), codes.astype(np.int32), tuple(values), np.ones(count, np.int32))

    @classmethod
    def many(cls, rows: Ints, codes: Ints, values: Sequence[str | None], count: int, *, parts: str) -> Spread:
        """Several values a row, from pairs in any order.

        parts  ``whole``: each different value counts 1 · ``distinct``: they share 1 · ``entries``: the entries share 1,
               so that a value named twice has two parts
        Rows that have none get the value None.
        """
        known = list(values)
        if None not in known:
            known.append(None)
        nothing = known.index(None)
        bare = np.setdiff1d(np.arange(count), rows)
        rows, codes = np.concatenate([rows, bare]), np.concatenate([codes, np.full(len(bare), nothing)])
        pairs, times = np.unique(rows * len(known) + codes, return_counts=True)
        owners, named = pairs // len(known), (pairs % len(known)).astype(np.int32)
        starts = np.searchsorted(owners, np.arange(count + 1))
        if parts == "whole":
            return cls(starts, named, tuple(known), np.ones(len(named), np.int32))
        if parts == "distinct":
            return cls(starts, named, tuple(known), np.diff(starts)[owners].astype(np.int32))
        total = np.bincount(rows, minlength=count)
        repeated = np.repeat(np.arange(len(named)), times)
        return cls(
            np.searchsorted(owners[repeated], np.arange(count + 1)),
            named[repeated],
            tuple(known),
            total[owners[repeated]].astype(np.int32),
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The patents that count, each as often as it has values: row, denominator of its weight, codes of the dimensions."""

    rows: Ints
    over: Ints
    codes: tuple[Ints, ...] = ()
    values: tuple[tuple[str | None, ...], ...] = ()

    @classmethod
    def of(cls, mask: Bools) -> Chosen:
        rows = np.flatnonzero(mask)
        return cls(rows, np.ones(len(rows), np.int64))

    def divided(self, spread: Spread) -> Chosen:
        """The same by another dimension."""
        at, entries = self._met(spread)
        return Chosen(
            self.rows[at],
            self.over[at] * spread.over[entries],
            (*(one[at] for one in self.codes), spread.codes[entries]),
            (*self.values, spread.values),
        )

    def limited(self, spread: Spread, keep: Callable[[str | None], bool]) -> Chosen:
        """Only what has a value that is kept, with the weight of it."""
        wanted = np.array([keep(value) for value in spread.values], bool)
        at, entries = self._met(spread)
        taken = wanted[spread.codes[entries]] if len(entries) else np.zeros(0, bool)
        at, entries = at[taken], entries[taken]
        return Chosen(
            self.rows[at], self.over[at] * spread.over[entries], tuple(one[at] for one in self.codes), self.values
        )

    def _met(self, spread: Spread) -> tuple[Ints, Ints]:
        first = spread.starts[self.rows]
        lengths = spread.starts[self.rows + 1] - first
        at = np.repeat(np.arange(len(self.rows)), lengths)
        ends = np.cumsum(lengths)
        entries = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths) + first[at]
        return at, entries

    def total(self) -> Fraction:
        """The sum of the weights, exactly."""
        return _sum(self.over)

    def records(self) -> Ints:
        """The rows that count, each once."""
        return np.unique(self.rows)

    def points(self) -> dict[tuple[str | None, ...], tuple[Fraction, int]]:
        """For each combination of values the sum of weights and the number of records."""
        if not len(self.rows):
            return {}
        sizes = [len(one) for one in self.values]
        cell = np.zeros(len(self.rows), np.int64)
        for size, codes in zip(sizes, self.codes, strict=True):
            cell = cell * size + codes
        cells, inverse = np.unique(cell, return_inverse=True)
        different = np.unique(np.stack([inverse, self.rows]), axis=1)[0]
        counts = np.bincount(different, minlength=len(cells))
        sums = [Fraction(0)] * len(cells)
        weights, times = np.unique(np.stack([inverse, self.over]), axis=1, return_counts=True)
        for (at, over), many in zip(weights.T.tolist(), times.tolist(), strict=True):
            sums[at] += Fraction(many, over)
        found = {}
        for at, number in enumerate(cells.tolist()):
            key: list[str | None] = []
            for size, values in zip(reversed(sizes), reversed(self.values), strict=True):
                number, code = divmod(number, size)  # noqa: PLW2901 the rest of the number
                key.append(values[code])
            found[tuple(reversed(key))] = (sums[at], int(counts[at]))
        return found


def _sum(over: Ints) -> Fraction:
    parts, times = np.unique(over, return_counts=True)
    return sum((Fraction(many, part) for part, many in zip(parts.tolist(), times.tolist(), strict=True)), Fraction(0))
