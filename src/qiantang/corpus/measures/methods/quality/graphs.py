"""Citations and classes as flat lists: validated once, so that the passes need not look.

A *flat list* (CSR) holds, for patent ``i``, the entries ``starts[i]`` to ``starts[i + 1]`` of one long array.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ids = NDArray[np.int32]
Places = NDArray[np.int64]
MOST = 2**29  # patents: places and marks are packed into whole numbers


@dataclass(frozen=True, slots=True)
class Lists:
    """One list of numbers for each patent.

    starts    shape (n + 1,): rising, from 0 to the number of entries
    entries   shape (entries,): each from 0 to below ``kinds``
    """

    starts: Places
    entries: Ids
    kinds: int

    def __post_init__(self) -> None:
        """errors: ValueError for lists that would be read beyond their end."""
        starts, entries = self.starts, self.entries
        if starts.dtype != np.int64 or entries.dtype != np.int32 or not entries.flags.c_contiguous:
            raise ValueError("starts are int64, entries int32 in one piece")
        if not len(starts) or starts[0] != 0 or starts[-1] != len(entries) or (np.diff(starts) < 0).any():
            raise ValueError("starts rise from 0 to the number of entries")
        if len(entries) and (entries.min() < 0 or entries.max() >= self.kinds):
            raise ValueError("an entry names something that is not there")

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Places:
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """Who cites whom among ``n`` patents: both directions, each pair once, no patent itself."""

    cited: Lists
    citing: Lists

    @property
    def n(self) -> int:
        return len(self.cited)


def _numbers(values: ArrayLike, n: int, what: str) -> Ids:
    array = np.asarray(values)
    if len(array) and (array.min() < 0 or array.max() >= n):
        raise ValueError(f"{what} names a patent that is not there")
    return np.ascontiguousarray(array, dtype=np.int32)


def _starts(owners: Ids, n: int) -> Places:
    starts = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(owners, minlength=n), out=starts[1:])
    return starts


def lists_of(n: int, owners: ArrayLike, entries: ArrayLike, kinds: int) -> Lists:
    """Lists from pairs (owner, entry) in any order; entries of one owner keep theirs, and may stand twice.

    errors   ValueError for an owner or entry that is not there
    """
    who, what = _numbers(owners, n, "a list"), np.ascontiguousarray(entries, dtype=np.int32)
    if len(who) != len(what):
        raise ValueError("one entry for each owner")
    if (np.diff(who) < 0).any():
        order = np.argsort(who, kind="stable")
        who, what = who[order], what[order]
    return Lists(_starts(who, n), what, kinds)


def citation_graph(n: int, citing: ArrayLike, cited: ArrayLike) -> CitationGraph:
    """Both directions from pairs in any order; pairs that stand twice count once, a patent that cites itself not at all.

    Pairs in rising order are taken as they are, which is several times faster.
    errors   ValueError for a patent that is not there, or for more than 2**29 of them
    """
    if n > MOST:
        raise ValueError(f"at most {MOST} patents")
    by, of = _numbers(citing, n, "a citation"), _numbers(cited, n, "a citation")
    if len(by) != len(of):
        raise ValueError("one cited patent for each citing one")
    own = by == of
    if own.any():
        by, of = by[~own], of[~own]
    rising = (np.diff(by) > 0) | ((np.diff(by) == 0) & (np.diff(of) > 0))
    if not rising.all():
        pairs = np.unique(by.astype(np.int64) * n + of)
        by, of = (pairs // n).astype(np.int32), (pairs % n).astype(np.int32)
    return CitationGraph(cited=Lists(_starts(by, n), of, n), citing=_turned(by, of, n))


def _turned(by: Ids, of: Ids, n: int) -> Lists:
    """The citing patents of each cited one, rising: a counting sort."""
    from qiantang.corpus.measures.methods.quality import passes  # noqa: PLC0415 numba comes with the first pass only

    starts = _starts(of, n)
    return Lists(starts, passes.compiled(passes.turn)(starts, by, of), n)
