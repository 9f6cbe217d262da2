"""One writer in the whole cluster, and what a commit does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.store import Lease, Store, Stored
from qiantang.kernel.errors import DomainError


@contextmanager
def held(lease: Lease) -> Iterator[Lease]:
    """The lease, renewed from a thread of its own as long as the context lasts. Errors: as ``Lease.take``."""
    lease.take()
    ended = Event()

    def renew() -> None:
        while not ended.wait(lease.RENEWED_EVERY):
            try:
                lease.renew()
            except DomainError:
                continue  # whether it still holds is asked again at each commit, and told there

    renewing = Thread(target=renew, name="search-lease", daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        ended.set()
        renewing.join()
        lease.give_back()


class Committing:
    """Commits to one generation: changes are announced, sent, shown, and then told to be what is in force."""

    def __init__(self, cluster: Cluster, store: Store, lease: Lease, generation: str, shape: str) -> None:
        self._cluster = cluster
        self._store = store
        self._lease = lease
        self.generation = generation
        self._shape = shape

    def announce(self) -> None:
        """Before the first change to a generation in force: nobody opens it as the last commit from now on."""
        self._lease.renew()
        stored = self._store.read()
        if stored is not None and stored.generation == self.generation:
            self._store.write(replace(stored, changing=True))

    def publish(self, stamp: int) -> None:
        """After the last change."""
        self._lease.renew()
        self._store.show(self.generation)
        before = self._store.read()
        in_force = before is not None and before.generation == self.generation
        number = before.number + 1 if before is not None and in_force else 1
        told = Stored(self.generation, number, stamp, self._shape, self._documents(), self._store.owner)
        self._store.write(told)
        if not in_force:
            self._store.put_in_force(self.generation, before.generation if before else None)

    def is_in_force(self) -> bool:
        stored = self._store.read()
        return stored is not None and stored.generation == self.generation

    def _documents(self) -> int:
        body = {"size": 0, "track_total_hits": True}
        params = {"allow_partial_search_results": "false"}
        path = f"/{self.generation}/_search"
        answer = self._cluster.write("POST", path, body, params=params)
        return int(answer["hits"]["total"]["value"])
