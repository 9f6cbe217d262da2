"""Random numbers that are the same on any machine: a hash of seed, label and index, in whole numbers only.

Every draw is a pure function of (seed, label, index), so nothing depends on the order of drawing, on the number of parts,
on the release of a library or on floating-point units. The mixing function is SplitMix64 (Steele, Lea, Flood 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1, _MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LOW = np.uint64(32)


class Draws:
    """All the chance of one city. ``index`` is an array of whole numbers, one for each draw."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def bits(self, label: str, index: npt.ArrayLike) -> npt.NDArray[np.uint64]:
        """64 random bits for each index."""
        key = np.uint64(int.from_bytes(blake2b(f"{self._seed}/{label}".encode(), digest_size=8).digest(), "little"))
        z = (np.asarray(index).astype(np.uint64) + np.uint64(1)) * _GOLDEN + key
        z = (z ^ (z >> np.uint64(30))) * _MIX1
        z = (z ^ (z >> np.uint64(27))) * _MIX2
        return z ^ (z >> np.uint64(31))

    def below(self, label: str, index: npt.ArrayLike, bound: npt.ArrayLike) -> Ints:
        """Whole numbers from 0 to ``bound`` - 1 (bound < 2**31; one for all or one for each)."""
        high = self.bits(label, index) >> _LOW
        return ((high * np.asarray(bound).astype(np.uint64)) >> _LOW).astype(np.int64)

    def between(self, label: str, index: npt.ArrayLike, first: int, last: int) -> Ints:
        """Whole numbers from first to last, both included."""
        return first + self.below(label, index, last - first + 1)

    def chance(self, label: str, index: npt.ArrayLike, per_thousand: npt.ArrayLike) -> Flags:
        """True with the stated probability in thousandths."""
        return self.below(label, index, 1000) < np.asarray(per_thousand)

    def pick(self, label: str, index: npt.ArrayLike, weights: Sequence[int] | Ints) -> Ints:
        """Positions in ``weights``, each as often as its weight says (sum of weights < 2**31)."""
        bounds = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(bounds, self.below(label, index, int(bounds[-1])), side="right").astype(np.int64)
