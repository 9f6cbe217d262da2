"""The search engine in memory: looks at every document for every query. The oracle of the conformance suite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from qiantang.engines.search.bm25 import Statistics
from qiantang.engines.search.port import (
    EDITIONS_HELD,
    MOST_EXPANSIONS,
    MOST_GROUPED,
    And,
    Document,
    Everything,
    Exists,
    FacetCount,
    FacetRequest,
    FieldKind,
    Group,
    Groups,
    Hit,
    Hits,
    How,
    IndexSchema,
    IndexState,
    IndexStatus,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Scan,
    ScanHit,
    Slot,
    Sort,
    Term,
    Weighted,
    Wild,
    Writer,
    check,
    check_page,
    patterns,
    wild_regex,
)
from qiantang.kernel.errors import Conflict, Limited, Unavailable
from qiantang.kernel.paging import PageRequest

Values = tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document with the values of each field apart: tokens in order, whole values, or one number."""

    id: str
    card: str
    values: Mapping[str, Values]


def _entry(document: Document, schema: IndexSchema) -> _Entry:
    values: dict[str, Values] = {}
    for name, value in document.fields.items():
        if schema[name].kind in (FieldKind.TEXT, FieldKind.CHARS) and isinstance(value, str):
            values[name] = tuple(value.split())
        elif isinstance(value, int):
            values[name] = (value,)
        elif value is not None:
            values[name] = (value,) if isinstance(value, str) else tuple(value)
    return _Entry(document.id, document.card, values)


def _holds_phrase(held: Values, phrase: Phrase) -> bool:
    *whole, last = phrase.tokens
    for start in range(len(held) - len(whole)):
        end = str(held[start + len(whole)])
        if list(held[start : start + len(whole)]) == whole and (
            end.startswith(last) if phrase.open_end else end == last
        ):
            return True
    return False


@lru_cache(maxsize=256)
def _wild(pattern: str) -> re.Pattern[str]:
    return re.compile(wild_regex(pattern))


def _meets(token: str, slot: Slot) -> bool:
    match slot.how:
        case How.EXACT:
            return token == slot.text
        case How.BEGINS:
            return token.startswith(slot.text)
        case How.WILD:
            return _wild(slot.text).fullmatch(token) is not None


def _holds_places(held: Values, slots: Sequence[Slot]) -> bool:
    last = max(slot.offset for slot in slots)
    return any(all(_meets(str(held[start + slot.offset]), slot) for slot in slots) for start in range(len(held) - last))


def _matches(entry: _Entry, query: Query) -> bool:  # noqa: C901, PLR0911 - one case and one return a kind of query
    match query:
        case Everything():
            return True
        case And(parts):
            return all(_matches(entry, part) for part in parts)
        case Or(parts):
            return any(_matches(entry, part) for part in parts)
        case Not(part):
            return not _matches(entry, part)
        case Weighted(part):
            return _matches(entry, part)
        case Term(name, value):
            return value in entry.values.get(name, ())
        case Phrase(name):
            return _holds_phrase(entry.values.get(name, ()), query)
        case Places(name, slots):
            return _holds_places(entry.values.get(name, ()), slots)
        case Wild(name, pattern):
            return any(_wild(pattern).fullmatch(str(one)) for one in entry.values.get(name, ()))
        case Prefix(name, start):
            return any(str(one).startswith(start) for one in entry.values.get(name, ()))
        case Range(name, low, high):
            return any(
                (low is None or int(one) >= low) and (high is None or int(one) <= high)
                for one in entry.values.get(name, ())
            )
        case Exists(name):
            return bool(entry.values.get(name))


def _in_order(found: list[_Entry], sort: Sort | None, score: Mapping[str, float]) -> list[_Entry]:
    found = sorted(found, key=lambda entry: (-score.get(entry.id, 0.0), entry.id))
    if sort is None:
        return found
    known = [entry for entry in found if entry.values.get(sort.field)]
    known.sort(key=lambda entry: int(entry.values[sort.field][0]), reverse=sort.descending)
    return known + [entry for entry in found if not entry.values.get(sort.field)]


def _value(entry: _Entry, sort: Sort | None) -> int | None:
    held = entry.values.get(sort.field) if sort else None
    return int(held[0]) if held else None


def _rank(hit: ScanHit, sort: Sort | None) -> tuple[bool, int, str]:
    if sort is None:
        return False, 0, hit.id
    value = hit.value or 0
    return hit.value is None, -value if sort.descending else value, hit.id


def _facet(found: list[_Entry], request: FacetRequest) -> tuple[FacetCount, ...]:
    counted: Counter[str | int] = Counter()
    for entry in found:
        held: set[str | int] = set(entry.values.get(request.field, ()))
        counted.update(one for one in held if _is_wanted(one, request))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value, count) for value, count in ordered[: request.size])


def _is_wanted(value: str | int, request: FacetRequest) -> bool:
    return request.contains in str(value) and (request.only is None or value in request.only)


def _hit(entry: _Entry, score: Mapping[str, float]) -> Hit:
    return Hit(entry.id, score.get(entry.id, 0.0), entry.card)


def _grouped(ordered: list[_Entry], score: Mapping[str, float], field: str) -> list[Group]:
    gathered: dict[int | str, list[_Entry]] = {}
    for entry in ordered:
        gathered.setdefault((entry.values.get(field) or (entry.id,))[0], []).append(entry)
    return [
        Group(value if isinstance(value, int) else None, len(found), _hit(found[0], score))
        for value, found in gathered.items()
    ]


class _MemoryWriter:
    def __init__(self, engine: MemoryEngine, entries: dict[str, _Entry]) -> None:
        self._engine = engine
        self._entries = entries

    def add(self, documents: Iterable[Document]) -> None:
        self.put(list(documents))

    def put(self, documents: Sequence[Document]) -> None:
        self._entries.update((one.id, _entry(one, self._engine.schema)) for one in documents)

    def drop(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._entries.pop(one, None)

    def commit(self, stamp: int) -> None:
        self._engine._publish(dict(self._entries), stamp)  # noqa: SLF001 - the writer is the engine's other half


class MemoryEngine:
    """Keeps everything in this process, whatever ``place`` says; it ends with it."""

    def __init__(self, schema: IndexSchema, place: Path | None = None) -> None:
        self.schema = schema
        self.place = place
        self._busy = Lock()
        self._committed: tuple[dict[str, _Entry], int] | None = None
        self._editions: dict[str, dict[str, _Entry]] = {}
        self._commits = 0
        self._counts: tuple[Mapping[str, _Entry], Statistics] | None = None

    def _publish(self, entries: dict[str, _Entry], stamp: int) -> None:
        self._committed = (entries, stamp)
        self._commits += 1
        held = list(self._editions.items())[-EDITIONS_HELD:]
        self._editions = dict([*held, (str(self._commits), entries)])

    def _counted(self, entries: Mapping[str, _Entry]) -> Statistics:
        if self._counts is None or self._counts[0] is not entries:
            self._counts = entries, Statistics(self.schema, (entry.values for entry in entries.values()))
        return self._counts[1]

    def _scores(self, found: list[_Entry], query: Query, edition: str | None) -> dict[str, float]:
        counted = self._counted(self._entries(edition))
        return {entry.id: counted.score(entry.values, query) for entry in found}

    def _entries(self, edition: str | None) -> Mapping[str, _Entry]:
        if self._committed is None:
            raise Unavailable("search.index_missing")
        if edition is None:
            return self._committed[0]
        if edition not in self._editions:
            raise Conflict("search.edition_gone")
        return self._editions[edition]

    def _found(self, query: Query, edition: str | None = None) -> list[_Entry]:
        check(query, self.schema)
        entries = self._entries(edition).values()
        for name, pattern in patterns(query):
            words = {str(one) for entry in entries for one in entry.values.get(name, ())}
            if sum(1 for one in words if _wild(pattern).fullmatch(one)) > MOST_EXPANSIONS:
                raise Limited("search.too_many_words", pattern=pattern, limit=MOST_EXPANSIONS)
        return [entry for entry in entries if _matches(entry, query)]

    def search(
        self,
        query: Query,
        *,
        page: PageRequest,
        sort: Sort | None = None,
        facets: Sequence[FacetRequest] = (),
        edition: str | None = None,
    ) -> Hits:
        check_page(sort, facets, self.schema)
        found = self._found(query, edition)
        score = self._scores(found, query, edition) if sort is None else {}
        shown = _in_order(found, sort, score)[page.offset : page.offset + page.size]
        return Hits(
            total=len(found),
            hits=tuple(_hit(entry, score) for entry in shown),
            facets={request.field: _facet(found, request) for request in facets},
        )

    def best(self, query: Query, *, size: int) -> tuple[Hit, ...]:
        found = self._found(query)
        score = self._scores(found, query, None)
        return tuple(_hit(entry, score) for entry in _in_order(found, None, score)[:size])

    def groups(
        self,
        query: Query,
        *,
        field: str,
        page: PageRequest,
        sort: Sort | None = None,
        most: int = MOST_GROUPED,
        edition: str | None = None,
    ) -> Groups:
        check_page(sort, (), self.schema, field)
        found = self._found(query, edition)
        if len(found) > most:
            raise Limited("search.too_many_to_group", total=len(found), limit=most)
        score = self._scores(found, query, edition) if sort is None else {}
        made = _grouped(_in_order(found, sort, score), score, field)
        return Groups(len(found), len(made), tuple(made[page.offset : page.offset + page.size]))

    def count(self, query: Query) -> int:
        return len(self._found(query))

    def ids(self, query: Query) -> frozenset[str]:
        return frozenset(entry.id for entry in self._found(query))

    def frequencies(self, field: str, tokens: Sequence[str]) -> tuple[int, ...]:
        for one in tokens:
            check(Term(field, one), self.schema)
        counted = self._counted(self._entries(None))
        return tuple(counted.holding(field, one) for one in tokens)

    def scan(self, query: Query, *, sort: Sort | None = None, after: ScanHit | None = None) -> Scan:
        check_page(sort, (), self.schema)
        found, stamp = self._found(query), self.state().stamp
        hits = sorted((ScanHit(one.id, _value(one, sort)) for one in found), key=lambda hit: _rank(hit, sort))
        left = hits if after is None else [one for one in hits if _rank(one, sort) > _rank(after, sort)]
        return Scan(len(found), stamp or 0, iter(left))

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        if not self._busy.acquire(blocking=False):
            raise Conflict("search.writer_busy")
        try:
            yield _MemoryWriter(self, dict(self._committed[0]) if self._committed and not fresh else {})
        finally:
            self._busy.release()

    def state(self) -> IndexState:
        if self._committed is None:
            return IndexState(IndexStatus.MISSING, None, 0)
        return IndexState(IndexStatus.CURRENT, self._committed[1], len(self._committed[0]), str(self._commits))

    def refresh(self) -> None:
        """Nothing to do: no other process can have committed."""
