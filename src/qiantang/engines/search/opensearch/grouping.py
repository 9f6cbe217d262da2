"""Hits in groups by a number, with exact totals: every hit is walked over, by its order and the number alone."""

from __future__ import annotations

from qiantang.engines.search.opensearch.places import Found
from qiantang.engines.search.opensearch.reading import Reading, order_of, value_of
from qiantang.engines.search.port import Group, Groups, Sort
from qiantang.kernel.errors import Limited
from qiantang.kernel.paging import PageRequest


def grouped(reading: Reading, found: Found, field: str, page: PageRequest, sort: Sort | None, most: int) -> Groups:
    """The page of groups; errors as the port says."""
    total = reading.count(found.query)
    if total > most:
        raise Limited("search.too_many_to_group", total=total, limit=most)
    by_score = sort is None and found.scores
    order = order_of(sort, by_score=by_score)
    counts: dict[int, int] = {}
    firsts: list[tuple[str, float, int | None]] = []
    for one in reading.walk(found.query, order, by_score=by_score, docvalue_fields=[field]):
        value = value_of(one, field)
        if value is None or value not in counts:
            firsts.append((one["_id"], one["_score"] or 0.0, value))
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    shown = firsts[page.offset : page.offset + page.size]
    cards = reading.cards([patent_id for patent_id, _, _ in shown])
    groups = tuple(
        Group(value, 1 if value is None else counts[value], cards[patent_id]._replace(score=score))
        for patent_id, score, value in shown
    )
    return Groups(total, len(firsts), groups)
