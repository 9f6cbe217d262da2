"""Every hit of one commit in a stable order, step by step behind the hit before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.layout import WINDOW
from qiantang.engines.search.opensearch.patience import patiently
from qiantang.engines.search.opensearch.places import Dsl
from qiantang.engines.search.opensearch.reading import Answer, Reading, order_of, value_of
from qiantang.engines.search.opensearch.views import View, Views
from qiantang.engines.search.port import ScanHit, Sort
from qiantang.kernel.errors import Conflict, Unavailable

T = TypeVar("T")
_LAST_DESCENDING, _LAST_ASCENDING = -(2**63), 2**63 - 1  # where the cluster puts documents without a value


class Scanner:
    """All hits of one query in a view of its own, which is opened anew where it is lost and nothing was committed since."""

    def __init__(self, cluster: Cluster, views: Views, query: Dsl, sort: Sort | None) -> None:
        self._cluster = cluster
        self._views = views
        self._query = query
        self._sort = sort
        self.view: View = patiently(views.own, lambda: None, cluster.patience)

    def total(self) -> int:
        return self._patiently(lambda: self._reading().count(self._query))

    def hits(self, after: ScanHit | None) -> Iterator[ScanHit]:
        place = None if after is None else self._place(after)
        try:
            while step := self._step(place):
                yield from (ScanHit(str(one["_id"]), self._value(one)) for one in step)
                place = step[-1]["sort"]
        finally:
            self._views.let_go(self.view)

    def _patiently(self, read: Callable[[], T]) -> T:
        return patiently(read, self._reopen, self._cluster.patience)

    def _reading(self) -> Reading:
        return Reading(self._cluster, self.view)

    def _reopen(self) -> None:
        try:
            self.view = self._views.reopened(self.view)
        except Conflict as gone:
            raise Unavailable("search.failed", reason="the state that was read is lost with a node") from gone

    def _step(self, place: list[Any] | None) -> list[Answer]:
        more: dict[str, Any] = {"docvalue_fields": [self._sort.field]} if self._sort else {}
        order = order_of(self._sort)
        return self._patiently(lambda: self._reading().step(self._query, WINDOW, order, place, _source=False, **more))

    def _place(self, after: ScanHit) -> list[Any]:
        if self._sort is None:
            return [after.id]
        unknown = _LAST_DESCENDING if self._sort.descending else _LAST_ASCENDING
        if after.value == unknown:  # no document has the value that stands for none: all without one lie behind it
            return [unknown, ""]
        return [unknown if after.value is None else after.value, after.id]

    def _value(self, hit: Answer) -> int | None:
        return value_of(hit, self._sort.field) if self._sort else None
