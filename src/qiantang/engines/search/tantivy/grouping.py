"""Hits in groups by a number, with exact totals: every hit is looked at, by its fast fields alone.

The order inside a run of equal sort values is by id, and ids are read only for the runs that reach into the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import tantivy

from qiantang.engines.search.port import Group, Groups, Sort
from qiantang.engines.search.tantivy.sorting import hit
from qiantang.engines.search.tantivy.translate import ID
from qiantang.kernel.errors import Limited
from qiantang.kernel.paging import PageRequest


def grouped(
    searcher: tantivy.Searcher, query: tantivy.Query, field: str, page: PageRequest, sort: Sort | None, most: int
) -> Groups:
    """The page of groups; errors as the port says."""
    found: Any = searcher.search(query, limit=max(1, min(searcher.num_docs, most)), count=True)
    if found.count > most:
        raise Limited("search.too_many_to_group", total=found.count, limit=most)
    hits = found.hits  # made anew at each look
    addresses = [address for _, address in hits]
    values: list[Any] = searcher.fast_field_values(field, addresses) if addresses else []
    counts = Counter(values)
    alone = counts.pop(None, 0)
    firsts = _by_number(searcher, addresses, values, page, sort) if sort else _in_this_order(values, page)
    groups = tuple(
        Group(
            values[place],
            1 if values[place] is None else counts[values[place]],
            hit(searcher, addresses[place], 0.0 if sort else hits[place][0]),
        )
        for place in firsts
    )
    return Groups(found.count, len(counts) + alone, groups)


def _in_this_order(values: Sequence[int | None], page: PageRequest) -> list[int]:
    """The places of the hits that stand for the groups of the page, where the hits are in their order."""
    firsts: list[int] = []
    seen: set[int] = set()
    end = page.offset + page.size
    for place, value in enumerate(values):
        if value is None or value not in seen:
            firsts.append(place)
            if len(firsts) == end:
                break
            if value is not None:
                seen.add(value)
    return firsts[page.offset :]


def _by_number(
    searcher: tantivy.Searcher,
    addresses: Sequence[tantivy.DocAddress],
    values: Sequence[int | None],
    page: PageRequest,
    sort: Sort,
) -> list[int]:
    """The same where the order is that of a number: run by run of equal numbers, and only as far as the page."""
    firsts: list[int] = []
    seen: set[int] = set()
    start, end = 0, page.offset + page.size
    for run in _runs(searcher, addresses, sort):
        fresh = _gathered(run, values, seen)
        if start + len(fresh) > page.offset:
            ordered = sorted(min((_id(searcher, addresses[one]), one) for one in group) for group in fresh)
            firsts += [place for _, place in ordered[max(0, page.offset - start) : end - start]]
        start += len(fresh)
        if start >= end:
            break
    return firsts


def _runs(searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress], sort: Sort) -> Iterator[Sequence[int]]:
    """The places of hits with equal numbers, run by run; those without a number are the last run."""
    numbers: list[Any] = searcher.fast_field_values(sort.field, list(addresses)) if addresses else []
    known = [place for place, number in enumerate(numbers) if number is not None]
    known.sort(key=numbers.__getitem__, reverse=sort.descending)
    for _, run in groupby(known, key=numbers.__getitem__):
        yield list(run)
    yield [place for place, number in enumerate(numbers) if number is None]


def _gathered(run: Sequence[int], values: Sequence[int | None], seen: set[int]) -> list[list[int]]:
    """The groups that are met first in this run, each with its places there."""
    found: dict[int, list[int]] = {}
    alone: list[list[int]] = []
    for place in run:
        value = values[place]
        if value is None:
            alone.append([place])
        elif value not in seen:
            found.setdefault(value, []).append(place)
    seen.update(found)
    return [*found.values(), *alone]


def _id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first(ID))
