"""Hits in groups by a number, with exact totals: every hit is looked at, by its fast fields alone.

The order inside a run of equal sort values is by id, and ids are read only for the runs that reach into the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import tantivy

from qiantang.engines.search.port import Group, Groups, Sort
from qiantang.engines.search.tantivy.sorting import hit
from qiantang.engines.search.tantivy.translate import ID
from qiantang.kernel.errors import Limited
from qiantang.kernel.paging import PageRequest


class _Member(NamedTuple):
    """A hit: its score, where it is, and the number it is grouped by."""

    score: float
    address: tantivy.DocAddress
    value: int | None


class _Gathered(NamedTuple):
    """A group: the members of the run in which it is met first, one of which stands for it."""

    value: int | None
    run: list[_Member]


def grouped(
    searcher: tantivy.Searcher, query: tantivy.Query, field: str, page: PageRequest, sort: Sort | None, most: int
) -> Groups:
    """The page of groups; errors as the port says."""
    found: Any = searcher.search(query, limit=max(1, min(searcher.num_docs, most)), count=True)
    if found.count > most:
        raise Limited("search.too_many_to_group", total=found.count, limit=most)
    addresses = [address for _, address in found.hits]
    values: list[Any] = searcher.fast_field_values(field, addresses) if addresses else []
    members = [_Member(s, a, v) for (s, a), v in zip(found.hits, values, strict=True)]
    counts: dict[int, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    total = len(counts) + values.count(None)
    runs = [members] if sort is None else _runs(searcher, members, addresses, sort)
    shown = _page(searcher, runs, page, by_id=sort is not None)
    groups = tuple(
        Group(one.value, 1 if one.value is None else counts[one.value], hit(searcher, first.address, first.score))
        for one in shown
        for first in one.run[:1]
    )
    return Groups(found.count, total, groups)


def _runs(
    searcher: tantivy.Searcher, members: list[_Member], addresses: list[tantivy.DocAddress], sort: Sort
) -> list[list[_Member]]:
    """The members in the order of a number, those that are equal together; without a number at the end."""
    numbers: list[Any] = searcher.fast_field_values(sort.field, addresses) if addresses else []
    told = [(number, member._replace(score=0.0)) for number, member in zip(numbers, members, strict=True)]
    known = sorted((one for one in told if one[0] is not None), key=lambda one: one[0], reverse=sort.descending)
    runs = [[member for _, member in run] for _, run in groupby(known, key=lambda one: one[0])]
    return [*runs, [member for number, member in told if number is None]]


def _page(
    searcher: tantivy.Searcher, runs: Sequence[list[_Member]], page: PageRequest, *, by_id: bool
) -> list[_Gathered]:
    shown: list[_Gathered] = []
    seen: set[int] = set()
    start = 0
    for run in runs:
        fresh = list(_gathered(run, seen))
        end = start + len(fresh)
        if end > page.offset:
            if by_id:
                fresh = _by_id(searcher, fresh)
            shown += fresh[max(0, page.offset - start) : page.offset + page.size - start]
        if end >= page.offset + page.size:
            break
        start = end
    return shown


def _gathered(run: Sequence[_Member], seen: set[int]) -> Iterator[_Gathered]:
    """The groups that are met first in this run, in its order."""
    found: dict[int, _Gathered] = {}
    order: list[_Gathered] = []
    for member in run:
        if member.value is None:
            order.append(_Gathered(None, [member]))
        elif member.value in found:
            found[member.value].run.append(member)
        elif member.value not in seen:
            order.append(found.setdefault(member.value, _Gathered(member.value, [member])))
    seen.update(found)
    yield from order


def _by_id(searcher: tantivy.Searcher, groups: list[_Gathered]) -> list[_Gathered]:
    """The same, by the smallest id of each, which then stands first in it."""
    told = []
    for one in groups:
        ids = [(str(searcher.doc(member.address).get_first(ID)), member) for member in one.run]
        first = min(ids, key=lambda pair: pair[0])
        told.append((first[0], _Gathered(one.value, [first[1]])))
    return [one for _, one in sorted(told, key=lambda pair: pair[0])]
