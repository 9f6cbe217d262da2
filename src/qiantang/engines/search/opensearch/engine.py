"""The OpenSearch adapter: what is in force, reading, and the one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TypeVar

from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.bulk import Sender
from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.layout import shape
from qiantang.engines.search.opensearch.places import Found
from qiantang.engines.search.opensearch.reading import Reading
from qiantang.engines.search.opensearch.store import Lease, Store, Stored, known_owner
from qiantang.engines.search.opensearch.translate import Translator
from qiantang.engines.search.opensearch.words import refuse_too_many
from qiantang.engines.search.opensearch.writer import OpenSearchWriter
from qiantang.engines.search.port import (
    FacetRequest,
    Hits,
    IndexSchema,
    IndexState,
    IndexStatus,
    Query,
    Sort,
    Writer,
    check_page,
    patterns,
)
from qiantang.kernel.errors import Conflict, DomainError, Unavailable
from qiantang.kernel.paging import PageRequest

T = TypeVar("T")


class OpenSearchEngine:
    """An index in a cluster. One writer, any number of readers, processes and machines.

    place     folder of this installation: keeps the name by which its index is known as its own
    url       where the cluster is, as ``Address`` reads it
    shards    parts of an index that is built from now on
    replicas  further copies of each part; with one, any node may be lost
    """

    def __init__(
        self, schema: IndexSchema, place: Path | None = None, *, url: str, shards: int = 3, replicas: int = 1
    ) -> None:
        self.schema = schema
        self._shards, self._replicas = shards, replicas
        self._shape = shape(schema)
        self._translate = Translator(schema)
        address = Address.parse(url)
        self._cluster = Cluster(address)
        self._store = Store(self._cluster, address.name, known_owner(place))
        self._opening = Lock()
        self._stored: Stored | None = None
        self._asked = False  # whether the cluster was asked what is in force

    # --- reading ---

    def refresh(self) -> None:
        stored = self._store.read()
        with self._opening:
            old = self._stored
            lags = old and stored and old.generation == stored.generation and stored.stamp < old.stamp
            if not lags:  # a node that has not heard of the last commit yet tells the one before
                self._stored = stored
            self._asked = True

    def _in_force(self) -> Stored | None:
        if not self._asked:
            self.refresh()
        return self._stored

    def _usable(self) -> Stored:
        stored = self._in_force()
        if stored is None:
            raise Unavailable("search.index_missing")
        if stored.shape != self._shape:
            raise Unavailable("search.index_stale", stamp=stored.stamp)
        return stored

    def _read(self, query: Query, what: Callable[[Reading, Found], T]) -> T:
        """Read from the generation in force; where another has just taken its place, from that one."""
        asked = self._translate(query)
        stored = self._usable()
        try:
            return self._read_from(stored, query, asked, what)
        except Unavailable as error:
            if error.code != "search.index_missing":
                raise
            self.refresh()
            if self._usable().generation == stored.generation:
                raise
            return self._read_from(self._usable(), query, asked, what)

    def _read_from(self, stored: Stored, query: Query, asked: Found, what: Callable[[Reading, Found], T]) -> T:
        refuse_too_many(self._cluster, stored.generation, patterns(query))
        return what(Reading(self._cluster, stored.generation), asked)

    def search(
        self,
        query: Query,
        *,
        page: PageRequest,
        sort: Sort | None = None,
        facets: Sequence[FacetRequest] = (),
    ) -> Hits:
        check_page(sort, facets, self.schema)
        return self._read(query, lambda reading, asked: reading.search(asked, page, sort, facets))

    def count(self, query: Query) -> int:
        return self._read(query, lambda reading, asked: reading.count(asked.query))

    def ids(self, query: Query) -> frozenset[str]:
        return self._read(query, lambda reading, asked: frozenset(reading.ids(asked.query)))

    def state(self) -> IndexState:
        stored = self._in_force()
        if stored is None:
            return IndexState(IndexStatus.MISSING, None, 0)
        status = IndexStatus.CURRENT if stored.shape == self._shape else IndexStatus.STALE
        return IndexState(status, stored.stamp, stored.documents)

    # --- writing ---

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        with _held(Lease(self._cluster, self._store.name)) as lease:
            stored = self._store.read()
            if stored is not None and stored.shape != self._shape and not fresh:
                raise Conflict("search.index_stale", stamp=stored.stamp)
            self._store.sweep(keep=stored.generation if stored else None)
            known = None if fresh or stored is None else stored.generation
            generation = known or self._store.create(self.schema, self._shards, self._replicas)
            writer = OpenSearchWriter(
                self.schema,
                Sender(self._cluster, generation),
                self._publisher(generation, lease),
                in_force=known is not None,
            )
            try:
                yield writer
            finally:
                writer.close()
                if known is None and not self._is_in_force(generation):
                    self._store.remove(generation)

    def _is_in_force(self, generation: str) -> bool:
        stored = self._store.read()
        return stored is not None and stored.generation == generation

    def _publisher(self, generation: str, lease: Lease) -> Callable[[int], None]:
        def publish(stamp: int) -> None:
            lease.renew()
            self._store.show(generation)
            documents = Reading(self._cluster, generation).count({"match_all": {}})
            before = self._store.read()
            self._store.write(Stored(generation, stamp, self._shape, documents, self._store.owner))
            if before is None or before.generation != generation:
                self._store.put_in_force(generation, before.generation if before else None)
            self.refresh()

        return publish

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()


@contextmanager
def _held(lease: Lease) -> Iterator[Lease]:
    """The lease, renewed from a thread of its own as long as the context lasts. Errors: as ``Lease.take``."""
    lease.take()
    ended = Event()

    def renew() -> None:
        while not ended.wait(lease.RENEWED_EVERY):
            try:
                lease.renew()
            except DomainError:
                continue  # whether it still holds is asked again before each commit, and told there

    renewing = Thread(target=renew, name="search-lease", daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        ended.set()
        renewing.join()
        lease.give_back()
