"""The OpenSearch adapter: reading from a view of the last commit, and the one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.bulk import Sender
from qiantang.engines.search.opensearch.client import PATIENCE, Cluster
from qiantang.engines.search.opensearch.committing import Committing, held
from qiantang.engines.search.opensearch.grouping import grouped
from qiantang.engines.search.opensearch.layout import shape
from qiantang.engines.search.opensearch.patience import patiently
from qiantang.engines.search.opensearch.places import Found
from qiantang.engines.search.opensearch.reading import Reading
from qiantang.engines.search.opensearch.scanning import Scanner
from qiantang.engines.search.opensearch.store import Lease, Store, known_owner
from qiantang.engines.search.opensearch.translate import Translator
from qiantang.engines.search.opensearch.views import View, Views
from qiantang.engines.search.opensearch.words import refuse_too_many
from qiantang.engines.search.opensearch.writer import OpenSearchWriter
from qiantang.engines.search.port import (
    MOST_GROUPED,
    Everything,
    FacetRequest,
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
    patterns,
)
from qiantang.kernel.errors import Conflict, Unavailable
from qiantang.kernel.paging import PageRequest

T = TypeVar("T")
_READY_WITHIN = 3.0  # seconds


class OpenSearchEngine:
    """An index in a cluster. One writer, any number of readers, processes and machines.

    place     folder of this installation: keeps the name by which its index is known as its own
    url       where the cluster is, as ``Address`` reads it
    shards    parts of an index that is built from now on
    replicas  further copies of each part; with one, any node may be lost
    patience  seconds in which a read is tried again where nodes do not answer
    """

    def __init__(
        self,
        schema: IndexSchema,
        place: Path | None = None,
        *,
        url: str,
        shards: int = 3,
        replicas: int = 1,
        patience: float = PATIENCE,
    ) -> None:
        self.schema = schema
        self._shards, self._replicas = shards, replicas
        self._shape = shape(schema)
        self._translate = Translator(schema)
        address = Address.parse(url)
        self._cluster = Cluster(address, patience)
        self._store = Store(self._cluster, address.name, known_owner(place))
        self._views = Views(self._cluster, self._store)

    # --- reading ---

    def refresh(self) -> None:
        self._views.refresh()

    def _usable(self, edition: str | None) -> View:
        view = self._views.of(edition)
        if view.stored.shape != self._shape:
            raise Unavailable("search.index_stale", stamp=view.stored.stamp)
        return view

    def _read(self, query: Query, what: Callable[[Reading, Found], T], edition: str | None = None) -> T:
        """Read from a view; where it is lost with a node, or no node answers, from one that is opened anew."""
        asked = self._translate(query)
        view = None

        def read() -> T:
            nonlocal view
            view = self._usable(edition)
            refuse_too_many(self._cluster, view.stored.generation, patterns(query))
            return what(Reading(self._cluster, view), asked)

        def lost() -> None:
            if view is not None:
                self._views.lost(view)

        return patiently(read, lost, self._cluster.patience)

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
        return self._read(query, lambda reading, asked: reading.search(asked, page, sort, facets), edition)

    def best(self, query: Query, *, size: int) -> tuple[Hit, ...]:
        return self._read(query, lambda reading, asked: reading.best(asked, size))

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
        return self._read(query, lambda reading, asked: grouped(reading, asked, field, page, sort, most), edition)

    def count(self, query: Query) -> int:
        return self._read(query, lambda reading, asked: reading.count(asked.query))

    def ids(self, query: Query) -> frozenset[str]:
        def walk(reading: Reading, asked: Found) -> frozenset[str]:
            return frozenset(str(one["_id"]) for one in reading.walk(asked.query))

        return self._read(query, walk)

    def frequencies(self, field: str, tokens: Sequence[str]) -> tuple[int, ...]:
        for one in tokens:
            check(Term(field, one), self.schema)
        return self._read(Everything(), lambda reading, _: reading.frequencies(field, tokens))

    def scan(self, query: Query, *, sort: Sort | None = None, after: ScanHit | None = None) -> Scan:
        check_page(sort, (), self.schema)
        self._read(query, lambda _reading, _asked: None)  # refuses what cannot be asked
        scanner = Scanner(self._cluster, self._views, self._translate(query).query, sort)
        return Scan(scanner.total(), scanner.view.stored.stamp, scanner.hits(after))

    def state(self) -> IndexState:
        view = self._views.newest()
        if view is None:
            return IndexState(IndexStatus.MISSING, None, 0)
        status = IndexStatus.CURRENT if view.stored.shape == self._shape else IndexStatus.STALE
        return IndexState(status, view.stored.stamp, view.stored.documents, view.edition)

    # --- writing ---

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        with held(Lease(self._cluster, self._store.name)) as lease:
            stored = self._store.read()
            if stored is not None and stored.shape != self._shape and not fresh:
                raise Conflict("search.index_stale", stamp=stored.stamp)
            self._store.sweep(keep=stored.generation if stored else None)
            known = None if fresh or stored is None else stored.generation
            generation = known or self._store.create(self.schema, self._shards, self._replicas)
            committing = Committing(self._cluster, self._store, lease, generation, self._shape)
            sender = Sender(self._cluster, generation)
            writer = OpenSearchWriter(
                self.schema, sender, committing, seen=self._views.refresh, in_force=known is not None
            )
            try:
                yield writer
            finally:
                writer.close()
                if known is None and not committing.is_in_force():
                    self._store.remove(generation)

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()

    @classmethod
    def check_reachable(cls, *, url: str, **_: object) -> None:
        """That a node answers, and every shard of the index, where there is one, has a copy that does.

        errors  Unavailable
        """
        address = Address.parse(url)
        cluster = Cluster(address)
        try:
            params: dict[str, str | int] = {"size": 0, "allow_partial_search_results": "false"}
            path = f"/{address.name}/_search"
            cluster.ask("POST", path, {}, params=params, ignore=(404,), patience=1, within=_READY_WITHIN)
        finally:
            cluster.close()
