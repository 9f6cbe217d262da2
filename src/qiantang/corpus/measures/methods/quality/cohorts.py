"""Cohorts: which patents a patent is compared with.

A cohort is one kind of right in one field and year of filing. Where it is small it is compared with more: the field and the
years beside it, then the sector in the year.
Source: domain text "Patent value assessment", section 1; OECD STI Working Paper 2013/03 for field and year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qiantang.corpus.measures.methods.quality.graphs import Ids, Lists, lists_of

LEAST = 30
NARROW, WIDER_YEARS, SECTOR = 0, 1, 2
_YEARS, _FIELDS = 10_000, 100
_NONE = -1


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The cohorts of all patents.

    of         shape (patents,): number of the narrow cohort, -1 where kind, field or year is not known
    members    patents of each narrow cohort
    bases      for each narrow cohort those it is compared with
    width      shape (cohorts,): 0 narrow, 1 with the years beside, 2 the sector
    size       shape (cohorts,): patents it is compared with
    """

    of: Ids
    members: Lists
    bases: Lists
    width: Ids
    size: Ids


def cohorts_of(
    kinds: ArrayLike, fields: ArrayLike, years: ArrayLike, sector_of: Mapping[int, int], least: int = LEAST
) -> Cohorts:
    """Cohorts from kind of right, field and year of filing, each a whole number and below 0 where not known.

    sector_of   field -> sector
    least       patents below which a cohort is widened
    errors      ValueError for a field without a sector, or numbers beyond what is reckoned with
    """
    kind, field, year = (np.asarray(one, dtype=np.int64) for one in (kinds, fields, years))
    known = (kind >= 0) & (field >= 0) & (year >= 0)
    if known.any() and (field[known].max() >= _FIELDS or year[known].max() >= _YEARS):
        raise ValueError("a field below 100 and a year below 10,000")
    keys, at = np.unique((kind[known] * _FIELDS + field[known]) * _YEARS + year[known], return_inverse=True)
    of = np.full(len(kind), _NONE, dtype=np.int32)
    of[known] = at.reshape(-1)
    places = np.flatnonzero(known).astype(np.int32)
    members = lists_of(len(keys), of[known], places, max(1, len(kind)))
    bases, width, size = _widened(keys, members.lengths, sector_of, least)
    owners = np.repeat(np.arange(len(keys)), [len(one) for one in bases])
    flat = np.array([one for some in bases for one in some], dtype=np.int32)
    return Cohorts(of, members, lists_of(len(keys), owners, flat, max(1, len(keys))), width, size)


def _widened(
    keys: NDArray[np.int64], counts: NDArray[np.int64], sector_of: Mapping[int, int], least: int
) -> tuple[list[list[int]], Ids, Ids]:
    told = [(int(key) // _YEARS // _FIELDS, int(key) // _YEARS % _FIELDS, int(key) % _YEARS) for key in keys]
    place = {one: at for at, one in enumerate(told)}
    sectors: dict[tuple[int, int, int], list[int]] = {}
    for at, (kind, field, year) in enumerate(told):
        if field not in sector_of:
            raise ValueError(f"field {field} has no sector")
        sectors.setdefault((kind, sector_of[field], year), []).append(at)
    bases: list[list[int]] = []
    width, size = np.zeros(len(keys), dtype=np.int32), np.zeros(len(keys), dtype=np.int32)
    for at, (kind, field, year) in enumerate(told):
        beside = [place[kind, field, one] for one in (year - 1, year, year + 1) if (kind, field, one) in place]
        steps = ([at], beside, sectors[kind, sector_of[field], year])
        level = next((n for n, some in enumerate(steps) if counts[some].sum() >= least), SECTOR)
        bases.append(steps[level])
        width[at], size[at] = level, counts[steps[level]].sum()
    return bases, width, size
