"""The reading half of the tantivy adapter, and the engine that holds both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from qiantang.engines.search.port import (
    EDITIONS_HELD,
    MOST_GROUPED,
    FacetCount,
    FacetRequest,
    FieldKind,
    Groups,
    Hit,
    Hits,
    IndexSchema,
    IndexState,
    IndexStatus,
    Query,
    Scan,
    ScanHit,
    Sort,
    Term,
    Writer,
    check,
    check_page,
)
from qiantang.engines.search.tantivy.facets import facet, has_few_values
from qiantang.engines.search.tantivy.grouping import grouped
from qiantang.engines.search.tantivy.scanning import Scanner
from qiantang.engines.search.tantivy.sorting import count, hit, sorted_hits
from qiantang.engines.search.tantivy.store import FolderStore, Mark, MemoryStore, Store, Stored
from qiantang.engines.search.tantivy.translate import ID, Translator, native_schema, prepare, shape
from qiantang.engines.search.tantivy.words import Words
from qiantang.engines.search.tantivy.writer import TantivyWriter
from qiantang.kernel.errors import Conflict, Limited, Unavailable
from qiantang.kernel.paging import PageRequest


class _Told:
    """The library says everything by ValueError; we say what it means."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ValueError):
            if "max expansions" in str(error):
                raise Limited("search.too_many_words") from error
            raise Unavailable("search.failed", reason=str(error)) from error


_told = _Told()


def _read(hits: Iterator[ScanHit]) -> Iterator[ScanHit]:
    try:
        with _told:
            yield from hits
    except OSError as error:  # the file in which parts of a scan wait to be merged
        raise Unavailable("search.failed", reason=str(error)) from error


@dataclass(frozen=True, slots=True)
class _View:
    """One committed state, open for reading; ``searcher`` is None where it was made for another schema.

    edition, state   made once: both are asked for with every search
    """

    mark: Mark
    stored: Stored
    index: tantivy.Index
    searcher: tantivy.Searcher | None
    edition: str
    state: IndexState


class TantivyEngine:
    """tantivy in a folder, or in memory where ``place`` is None. One writer, any number of readers and processes.

    writer_memory_bytes   what a writer may gather before it writes a segment, over all its threads
    writer_threads        of tantivy, beside the caller's: making documents costs more than indexing them, so a second
                          one would wait for work, and leave twice the segments
    """

    def __init__(
        self,
        schema: IndexSchema,
        place: Path | None = None,
        *,
        writer_memory_bytes: int = 256_000_000,
        writer_threads: int = 1,
    ) -> None:
        self.schema = schema
        self._memory = writer_memory_bytes
        self._threads = writer_threads
        self._shape = shape(schema)
        self._native_schema = native_schema(schema)
        self._store: Store = MemoryStore() if place is None else FolderStore(place)
        self._opening = Lock()
        self._view: _View | None = None
        self._before: tuple[_View, ...] = ()
        self._few_values: dict[str, tuple[tantivy.Searcher, bool]] = {}  # of a facet, in the state that was asked last
        self.refresh()

    # --- reading ---

    def refresh(self) -> None:
        if self._view is not None and self._store.mark() == self._view.mark:
            return
        with self._opening, self._store.opening():
            mark, stored = self._store.mark(), self._store.read()
            if mark is not None and stored is not None and (self._view is None or mark != self._view.mark):
                held = () if self._view is None else (self._view, *self._before)[:EDITIONS_HELD]
                self._view, self._before = self._open(mark, stored), held

    def _open(self, mark: Mark, stored: Stored) -> _View:
        old = self._view
        try:
            if old is not None and old.stored.generation == stored.generation:
                index = old.index
            else:
                index = prepare(self._store.open(stored.generation))
            index.reload()
            searcher = index.searcher()
        except ValueError as error:
            raise Unavailable("search.failed", reason=str(error)) from error
        usable = searcher if stored.shape == self._shape else None
        status = IndexStatus.STALE if usable is None else IndexStatus.CURRENT
        edition = "-".join(f"{part:x}" for part in mark)
        state = IndexState(status, stored.stamp, searcher.num_docs, edition)
        return _View(mark, stored, index, usable, edition, state)

    def _searcher(self, edition: str | None = None) -> tantivy.Searcher:
        return self._reading(edition)[0]

    def _reading(self, edition: str | None = None) -> tuple[tantivy.Searcher, int]:
        """The searcher and the stamp of what it reads."""
        view = self._view
        if view is None:
            raise Unavailable("search.index_missing")
        if edition is not None and edition != view.edition:
            # files that a merge or a rebuild has removed stay mapped: an older view reads on
            view = next((one for one in self._before if one.edition == edition), None)
            if view is None:
                raise Conflict("search.edition_gone")
        if view.searcher is None:
            raise Unavailable("search.index_stale", stamp=view.stored.stamp)
        return view.searcher, view.stored.stamp

    def _asked(self, searcher: tantivy.Searcher, query: Query) -> tantivy.Query:
        """The query for tantivy. Errors: Limited where a pattern stands for too many words."""
        return Translator(self.schema, self._native_schema, Words(searcher, self._native_schema))(query)

    def search(
        self,
        query: Query,
        *,
        page: PageRequest,
        sort: Sort | None = None,
        facets: Sequence[FacetRequest] = (),
        edition: str | None = None,
    ) -> Hits:
        searcher = self._searcher(edition)
        asked = self._asked(searcher, query)
        check_page(sort, facets, self.schema)
        hits: tuple[Hit, ...]
        with _told:
            if page.offset >= searcher.num_docs:  # far beyond the end: tantivy would make room for all before it
                total, hits = count(searcher, asked), ()
            elif sort is not None:
                total, hits = sorted_hits(searcher, asked, page, sort, self._native_schema)
            else:
                found: Any = searcher.search(asked, limit=page.size, offset=page.offset, count=True)
                total, hits = found.count, tuple([hit(searcher, address, score) for score, address in found.hits])
            counted = {one.field: self._facet(searcher, asked, one) for one in facets}
        return Hits(total=total, hits=hits, facets=counted)

    def best(self, query: Query, *, size: int) -> tuple[Hit, ...]:
        searcher = self._searcher()
        asked = self._asked(searcher, query)
        with _told:
            found = searcher.search(asked, limit=size, count=False)
            return tuple([hit(searcher, address, score) for score, address in found.hits])

    def _facet(self, searcher: tantivy.Searcher, asked: tantivy.Query, request: FacetRequest) -> tuple[FacetCount, ...]:
        field = self.schema[request.field]
        few = False
        if field.kind is FieldKind.KEYWORD:
            known = self._few_values.get(field.name)
            if known is None or known[0] is not searcher:
                self._few_values[field.name] = known = (searcher, has_few_values(searcher, field.name))
            few = known[1]
        return facet(searcher, asked, request, self.schema, self._native_schema, few=few)

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
        searcher = self._searcher(edition)
        asked = self._asked(searcher, query)
        check_page(sort, (), self.schema, field)
        with _told:
            return grouped(searcher, asked, field, page, sort, most)

    def count(self, query: Query) -> int:
        searcher = self._searcher()
        asked = self._asked(searcher, query)
        with _told:
            return count(searcher, asked)

    def ids(self, query: Query) -> frozenset[str]:
        searcher = self._searcher()
        asked = self._asked(searcher, query)
        with _told:
            found = searcher.search(asked, limit=max(1, searcher.num_docs), count=False)
            return frozenset(str(searcher.doc(address).get_first(ID)) for _, address in found.hits)

    def frequencies(self, field: str, tokens: Sequence[str]) -> tuple[int, ...]:
        searcher = self._searcher()
        check(Term(field, ""), self.schema)
        with _told:
            return tuple(searcher.doc_freq(field, one) for one in tokens)

    def scan(self, query: Query, *, sort: Sort | None = None, after: ScanHit | None = None) -> Scan:
        searcher, stamp = self._reading()
        asked = self._asked(searcher, query)
        check_page(sort, (), self.schema)
        with _told:
            total = count(searcher, asked)
        scanner = Scanner(searcher, asked, self.schema, self._native_schema, total)
        return Scan(total, stamp, _read(scanner.hits(sort, after)))

    def state(self) -> IndexState:
        view = self._view
        return IndexState(IndexStatus.MISSING, None, 0) if view is None else view.state

    # --- writing ---

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        with self._store.writing():
            stored = self._store.read()
            if stored is not None and stored.shape != self._shape and not fresh:
                raise Conflict("search.index_stale", stamp=stored.stamp)
            self._store.sweep(keep=stored.generation if stored else None)
            generation = self._store.next_generation() if fresh or stored is None else stored.generation
            writer = TantivyWriter(
                self._native_writer(generation), self._native_schema, self.schema, self._publisher(generation)
            )
            try:
                yield writer
            finally:
                writer.close()
            if (latest := self._store.read()) is not None:
                self._store.touch()  # merges have ended: readers find fewer segments
                self._store.sweep(keep=latest.generation)
                self.refresh()

    def _native_writer(self, generation: str) -> tantivy.IndexWriter:
        stored = self._store.read()
        known = stored is not None and stored.generation == generation
        try:
            index = self._store.open(generation) if known else self._store.create(generation, self._native_schema)
            return prepare(index).writer(self._memory, self._threads)
        except ValueError as error:
            if "LockBusy" in str(error):
                raise Conflict("search.writer_busy") from error
            raise Unavailable("search.write_failed", reason=str(error)) from error

    def _publisher(self, generation: str) -> Callable[[int, Callable[[], object]], None]:
        def publish(stamp: int, commit: Callable[[], object]) -> None:
            try:
                with self._store.committing():
                    commit()
                    self._store.write(Stored(generation, stamp, self._shape))
            except ValueError as error:
                raise Unavailable("search.write_failed", reason=str(error)) from error
            self.refresh()

        return publish
