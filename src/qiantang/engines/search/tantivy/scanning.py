"""Every hit in a stable order, at a cost that grows as the hits do.

tantivy finds the first hits of an order by looking at all of them, so pages one after the other would cost the square of
the hits. Instead the hits are parted by the values of a number: one look counts them by value, neighbouring values make
windows of bounded size, and each window is asked for alone through the postings of its values, which no other window
reads. Inside a window the hits are put in order here. Where a single value has too many, they are parted by the other
numbers of the schema, and the parts, each in the order of ids, are merged from a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import orjson
import tantivy
from tantivy import FieldType, Occur, Query

from qiantang.engines.search.port import FieldKind, IndexSchema, ScanHit, Sort
from qiantang.engines.search.tantivy.translate import ID

_AT_ONCE = 50_000  # hits that are held together; only documents equal in every number of the schema can be more
_VALUES_AT_ONCE = 50_000  # of a field that are counted in one look; tantivy gives no more than 65,000
_READ_BYTES = 1 << 16
_LARGEST, _SMALLEST = 2**63 - 1, -(2**63)


class _Window(NamedTuple):
    """Neighbouring values of a field, the first and the last in order, and how many hits have one of them."""

    first: int
    last: int
    hits: int


class Scanner:
    """All hits of one query in one committed state."""

    def __init__(
        self, searcher: tantivy.Searcher, query: Query, schema: IndexSchema, native: tantivy.Schema, total: int
    ) -> None:
        self._searcher = searcher
        self._query = Query.const_score_query(query, 0.0)
        self._numbers = tuple(one.name for one in schema.fields if one.kind is FieldKind.INTEGER)
        self._native = native
        self._total = total

    def hits(self, sort: Sort | None, after: ScanHit | None) -> Iterator[ScanHit]:
        if sort is None:
            return map(ScanHit, self._by_id(self._query, self._total, self._numbers, after.id if after else ""))
        return self._by_value(sort, after)

    # --- in the order of a number ---

    def _by_value(self, sort: Sort, after: ScanHit | None) -> Iterator[ScanHit]:
        field, others = sort.field, [name for name in self._numbers if name != sort.field]
        if after is None or after.value is not None:
            for window in self._windows(self._query, sort, None if after is None else after.value):
                part = self._between(self._query, field, window)
                if window.first != window.last:
                    yield from self._sorted(part, window.hits, sort, after)
                else:
                    begun = after.id if after and after.value == window.first else ""
                    for one in self._by_id(part, window.hits, others, begun):
                        yield ScanHit(one, window.first)
        unknown = self._without(self._query, field)
        begun = after.id if after and after.value is None else ""
        yield from map(ScanHit, self._by_id(unknown, self._count(unknown), others, begun))

    def _sorted(self, part: Query, size: int, sort: Sort, after: ScanHit | None) -> list[ScanHit]:
        addresses = self._addresses(part, size)
        values: Any = self._searcher.fast_field_values(sort.field, addresses)
        sign = -1 if sort.descending else 1
        hits = sorted((sign * value, one) for value, one in zip(values, self._ids(addresses), strict=True))
        bound = (sign * after.value, after.id) if after and after.value is not None else None
        return [ScanHit(one, sign * value) for value, one in hits if bound is None or (value, one) > bound]

    # --- in the order of ids ---

    def _by_id(self, part: Query, size: int, fields: Sequence[str], after: str) -> Iterator[str]:
        if size <= _AT_ONCE or not fields:
            yield from self._sorted_ids(part, size, after)
            return
        with TemporaryFile() as file:
            runs = [_spilled(file, self._sorted_ids(*one, after)) for one in self._parts(part, size, fields)]
            file.flush()
            yield from merge(*(run() for run in runs))

    def _parts(self, part: Query, size: int, fields: Sequence[str]) -> Iterator[tuple[Query, int]]:
        """The hits in parts of bounded size, with the size of each."""
        if size <= _AT_ONCE or not fields:
            yield part, size
            return
        field, *others = fields
        known = 0
        for window in self._windows(part, Sort(field, descending=False)):
            known += window.hits
            inside = self._between(part, field, window)
            yield from self._parts(inside, window.hits, others if window.first == window.last else ())
        yield from self._parts(self._without(part, field), size - known, others)

    def _sorted_ids(self, part: Query, size: int, after: str) -> list[str]:
        return sorted(one for one in self._ids(self._addresses(part, size)) if one > after)

    # --- windows ---

    def _windows(self, part: Query, sort: Sort, start: int | None = None) -> Iterator[_Window]:
        """The values that hits have, from ``start`` on in the order of ``sort``, in windows of bounded size."""
        held: _Window | None = None
        for value, hits in self._counted(part, sort, start):
            if held and held.hits + hits <= _AT_ONCE:
                held = held._replace(last=value, hits=held.hits + hits)
                continue
            if held:
                yield held
            held = _Window(value, value, hits)
        if held:
            yield held

    def _counted(self, part: Query, sort: Sort, start: int | None) -> Iterator[tuple[int, int]]:
        """(value, hits that have it) in order."""
        order, end, step = ("desc", _SMALLEST, -1) if sort.descending else ("asc", _LARGEST, 1)
        size = _VALUES_AT_ONCE
        terms = {"field": sort.field, "size": size, "segment_size": size, "order": {"_key": order}}
        while True:
            asked = part if start is None else self._between(part, sort.field, _Window(start, end, 0))
            buckets = self._searcher.aggregate(asked, {"values": {"terms": terms}})["values"]["buckets"]
            for one in buckets:
                yield int(one["key"]), int(one["doc_count"])
            if len(buckets) < size or int(buckets[-1]["key"]) == end:
                return
            start = int(buckets[-1]["key"]) + step

    def _between(self, part: Query, field: str, window: _Window) -> Query:
        low, high = sorted(window[:2])
        inside = Query.range_query(self._native, field, FieldType.Integer, low, high, use_inverted_index=True)
        return Query.boolean_query([(Occur.Must, part), (Occur.Must, inside)])

    def _without(self, part: Query, field: str) -> Query:
        return Query.boolean_query([(Occur.Must, part), (Occur.MustNot, Query.exists_query(field))])

    # --- reading ---

    def _count(self, part: Query) -> int:
        found: Any = self._searcher.search(part, limit=1, count=True)
        return int(found.count)

    def _addresses(self, part: Query, size: int) -> list[tantivy.DocAddress]:
        """The hits in the order in which they are stored, so that neighbours are unpacked together."""
        return [address for _, address in self._searcher.search(part, limit=size, count=False).hits] if size else []

    def _ids(self, addresses: Sequence[tantivy.DocAddress]) -> Iterator[str]:
        return (str(self._searcher.doc(one).get_first(ID)) for one in addresses)


def _spilled(file: IO[bytes], ids: Sequence[str]) -> Callable[[], Iterator[str]]:
    """Write ids, one a line, to the end of a file; what is given back reads them again."""
    start = file.tell()
    file.writelines(orjson.dumps(one) + b"\n" for one in ids)
    end = file.tell()

    def read() -> Iterator[str]:
        place, begun = start, b""
        while place < end:
            block = os.pread(file.fileno(), min(_READ_BYTES, end - place), place)
            place += len(block)
            *lines, begun = (begun + block).split(b"\n")
            yield from map(orjson.loads, lines)

    return read
