"""The passes over all patents: plain loops, compiled on first use.

Each is a function of arrays that were validated before (``graphs``); a loop that reads beyond an end would crash. Compiled
code is kept beside this file where that can be written to, else in the user's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Ids = NDArray[np.int32]
_Places = NDArray[np.int64]
_Floats = NDArray[np.float64]


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """A pass as machine code; it lets other threads run."""
    import numba  # noqa: PLC0415 a second that only the passes repay

    machine: Callable[..., Any] = numba.njit(cache=True, nogil=True)(function)
    return machine


def turn(starts: _Places, owners: _Ids, entries: _Ids) -> _Ids:
    """The owners of each entry, in their order: ``starts`` are those of the entries."""
    place = starts[:-1].copy()
    found = np.empty(len(owners), np.int32)
    for at in range(len(owners)):
        entry = entries[at]
        found[place[entry]] = owners[at]
        place[entry] += 1
    return found


def count_kinds(starts: _Places, entries: _Ids, kinds: int) -> _Ids:
    """How many different entries each list has."""
    n = len(starts) - 1
    counts = np.zeros(n, np.int32)
    seen = np.full(kinds, -1, np.int32)
    for i in range(n):
        for at in range(starts[i], starts[i + 1]):
            if seen[entries[at]] != i:
                seen[entries[at]] = i
                counts[i] += 1
    return counts


def count_families(
    starts: _Places, citing: _Ids, years: _Ids, families: _Ids, most_families: int
) -> tuple[_Ids, _Ids, _Ids]:
    """Families that cite each patent: at all, and within five and seven years of its publication.

    years   of publication, below 0: not known
    """
    n = len(starts) - 1
    every, five, seven = np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n, np.int32)
    seen = np.full(most_families, -4, np.int64)  # four times the patent a family was last seen at, and how near
    for i in range(n):
        year = years[i]
        for at in range(starts[i], starts[i + 1]):
            j = citing[at]
            lag = years[j] - year
            near = 0
            if year >= 0 and lag >= 0:
                near = 2 if lag <= 5 else (1 if lag <= 7 else 0)  # noqa: PLR2004 the spans of the definition
            mark = seen[families[j]]
            before = mark & 3 if mark >> 2 == i else -1
            if near > before:
                seen[families[j]] = 4 * i + near
                every[i] += before < 0
                five[i] += near == 2  # noqa: PLR2004 within five years
                seven[i] += near >= 1 and before < 1
    return every, five, seven


def look_ahead(starts: _Places, citing: _Ids, class_starts: _Places, classes: _Ids, kinds: int) -> _Floats:
    """How the citing patents spread over classes: generality (NaN: not known)."""
    n = len(starts) - 1
    generality = np.full(n, np.nan)
    sums = np.zeros(kinds, np.float64)
    touched = np.empty(kinds, np.int32)
    for i in range(n):
        known, used = 0, 0
        for at in range(starts[i], starts[i + 1]):
            first, last = class_starts[citing[at]], class_starts[citing[at] + 1]
            if last > first:
                known += 1
                share = 1.0 / (last - first)
                for place in range(first, last):
                    one = classes[place]
                    if sums[one] == 0.0:
                        touched[used] = one
                        used += 1
                    sums[one] += share
        if known:
            total = 0.0
            for place in range(used):
                mean = sums[touched[place]] / known
                total += mean * mean
                sums[touched[place]] = 0.0
            generality[i] = 1.0 - total
    return generality


def look_back(
    starts: _Places, cited: _Ids, class_starts: _Places, classes: _Ids, kinds: int
) -> tuple[_Floats, _Floats]:
    """What the cited patents say: originality and radicalness (NaN: not known)."""
    n = len(starts) - 1
    originality, radicalness = np.full(n, np.nan), np.full(n, np.nan)
    counts = np.zeros(kinds, np.int64)
    own = np.full(kinds, -1, np.int32)
    touched = np.empty(kinds, np.int32)
    for i in range(n):
        if starts[i] == starts[i + 1]:
            continue
        used, total = 0, 0
        for at in range(starts[i], starts[i + 1]):
            j = cited[at]
            for place in range(class_starts[j], class_starts[j + 1]):
                one = classes[place]
                if counts[one] == 0:
                    touched[used] = one
                    used += 1
                counts[one] += 1
                total += 1
        if total == 0:
            continue
        for place in range(class_starts[i], class_starts[i + 1]):
            own[classes[place]] = i
        squares, outside = 0, 0
        for place in range(used):
            one = touched[place]
            squares += counts[one] * counts[one]
            if own[one] != i:
                outside += counts[one]
            counts[one] = 0
        originality[i] = 1.0 - squares / (total * total)
        if class_starts[i + 1] > class_starts[i]:
            radicalness[i] = outside / total
    return originality, radicalness


def stand_in_cohorts(
    values: _Ids, starts: _Places, members: _Ids, base_starts: _Places, bases: _Ids, quantile: float
) -> tuple[_Floats, _Floats, _Floats]:
    """How each value (below 0: not known) stands in its cohort: percentile, cap, share with as much or more; NaN: not known.

    members, bases   patents of each narrow cohort (``starts``), and with which of these each is compared (``base_starts``)
    """
    percentile, cap, above = np.full(len(values), np.nan), np.full(len(values), np.nan), np.full(len(values), np.nan)
    for cohort in range(len(starts) - 1):
        size = 0
        for at in range(base_starts[cohort], base_starts[cohort + 1]):
            size += starts[bases[at] + 1] - starts[bases[at]]
        found = np.empty(size, np.int32)
        m = 0
        for at in range(base_starts[cohort], base_starts[cohort + 1]):
            for place in range(starts[bases[at]], starts[bases[at] + 1]):
                if values[members[place]] >= 0:
                    found[m] = values[members[place]]
                    m += 1
        if m == 0:
            continue
        found = np.sort(found[:m])
        low = int((m - 1) * quantile)
        bound = found[low] + ((m - 1) * quantile - low) * (found[min(low + 1, m - 1)] - found[low])
        for place in range(starts[cohort], starts[cohort + 1]):
            i = members[place]
            cap[i] = bound
            if values[i] >= 0:
                less = np.searchsorted(found, values[i], side="left")
                upto = np.searchsorted(found, values[i], side="right")
                percentile[i] = (less + (upto - less) / 2) / m
                above[i] = (m - less) / m
    return percentile, cap, above


def longest_in_cohorts(values: _Ids, starts: _Places, members: _Ids, base_starts: _Places, bases: _Ids) -> _Ids:
    """The largest known value of each patent's cohort; -1 where none is known."""
    longest = np.full(len(values), -1, np.int32)
    for cohort in range(len(starts) - 1):
        most = -1
        for at in range(base_starts[cohort], base_starts[cohort + 1]):
            for place in range(starts[bases[at]], starts[bases[at] + 1]):
                most = max(most, values[members[place]])
        for place in range(starts[cohort], starts[cohort + 1]):
            longest[members[place]] = most
    return longest


def h_of_lists(starts: _Places, patents: _Ids, counts: _Ids) -> _Ids:
    """The h-index of each owner from its patents' citation counts (below 0: not known, left out)."""
    owners = len(starts) - 1
    found = np.zeros(owners, np.int32)
    most = 0
    for owner in range(owners):
        most = max(most, starts[owner + 1] - starts[owner])
    having = np.zeros(most + 2, np.int64)
    for owner in range(owners):
        size = starts[owner + 1] - starts[owner]
        for at in range(starts[owner], starts[owner + 1]):
            if counts[patents[at]] > 0:
                having[min(counts[patents[at]], size)] += 1
        total = 0
        for h in range(size, 0, -1):
            total += having[h]
            if total >= h:
                found[owner] = h
                break
        having[: size + 1] = 0
    return found


def rank_flow(starts: _Places, citing: _Ids, out: _Places, rounds: int, damping: float) -> _Floats:
    """PageRank: rank flows from the citing to the cited; who cites nobody gives to all alike. Sums to 1."""
    n = len(starts) - 1
    rank = np.full(n, 1.0 / n)
    given = np.empty(n)
    for _ in range(rounds):
        idle = 0.0
        for i in range(n):
            if out[i] > 0:
                given[i] = rank[i] / out[i]
            else:
                given[i] = 0.0
                idle += rank[i]
        base = (1.0 - damping + damping * idle) / n
        for i in range(n):
            total = 0.0
            for at in range(starts[i], starts[i + 1]):
                total += given[citing[at]]
            rank[i] = base + damping * total
    return rank
