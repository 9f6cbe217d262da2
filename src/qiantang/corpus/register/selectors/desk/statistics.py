"""A whole result in figures: by one field, or by two at once. Every figure is the total of a query that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.query_language.nodes import Known, Opposite
from qiantang.corpus.register.selectors.desk.asking import Asked, asked, counted_field
from qiantang.corpus.register.selectors.desk.facets import labelled
from qiantang.corpus.register.selectors.searching import compiled
from qiantang.corpus.register.types import CrossTable, FacetValue, Statistics, Tally
from qiantang.engines.search.port import And, FacetRequest, FieldKind, Term
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.engines.search.port import FacetCount

_MOST_YEARS = 1_000
_SAID_UNKNOWN = frozenset({"LS", "CI"})  # a patent without such a value has the value ``unknown``
_SEVERAL = frozenset({"PA", "IN", "IC", "KD", "TF"})


def statistics(text: str, keys: Sequence[str], *, size: int = 20) -> Statistics:
    """How many hits of a query have each value of these fields.

    keys    of facets; years come all and in their order, other values the most frequent first, ``size`` at most
    errors  as ``register.api.search``; Invalid ``query.facet_unknown``
    """
    asking = asked(text)
    wanted = [FacetRequest(counted_field(key), _MOST_YEARS if _is_year(asking, key) else size + 1) for key in keys]
    found = asking.engine.search(asking.query, page=PageRequest(size=1), facets=wanted)
    made = tuple(_tally(asking, key, found.facets[counted_field(key)], size) for key in keys)
    return Statistics(asking.canonical, found.total, asking.snapshot, made)


def _is_year(asking: Asked, key: str) -> bool:
    return asking.engine.schema[counted_field(key)].kind is FieldKind.INTEGER


def _tally(asking: Asked, key: str, counts: Sequence[FacetCount], size: int) -> Tally:
    shown = sorted(counts, key=lambda one: one.value) if _is_year(asking, key) else list(counts[:size])
    return Tally(
        key=key,
        values=labelled(asking.engine, key, shown),
        more=len(shown) < len(counts),
        unknown=_unknown(asking, key),
        several=key in _SEVERAL,
    )


def _unknown(asking: Asked, key: str) -> int:
    if key in _SAID_UNKNOWN:
        return 0
    return asking.engine.count(And((asking.query, compiled(Opposite(Known(key))))))


def cross_table(text: str, rows: str, columns: str, *, size: int = 15) -> CrossTable:
    """How many hits of a query have each pair of values of two fields.

    size    values of each field, the most frequent; years come all
    errors  as ``statistics``; Invalid ``query.same_field`` where both are one
    """
    if rows == columns:
        raise Invalid("query.same_field", given=rows)
    whole = statistics(text, (rows, columns), size=size)
    asking = asked(text)
    down, across = whole.tallies
    only = tuple(_as_indexed(asking, columns, one) for one in across.values)
    field = counted_field(columns)
    cells = []
    for one in down.values:
        query = And((asking.query, Term(counted_field(rows), _as_indexed(asking, rows, one))))
        request = FacetRequest(field, max(1, len(only)), only=only)
        found = asking.engine.search(query, page=PageRequest(size=1), facets=[request]).facets[field]
        counted = {each.value: each.count for each in found}
        cells.append(tuple(counted.get(value, 0) for value in only))
    return CrossTable(whole.canonical, whole.total, whole.snapshot, down, across, tuple(cells))


def _as_indexed(asking: Asked, key: str, value: FacetValue) -> str | int:
    return int(value.value) if _is_year(asking, key) else value.value
