"""States of the index held open for reading: what a commit made stays as it was while later ones go on.

A view is a point in time of the cluster: the copies of the shards that it opened go on giving the same answers. It is lost
with the node that holds one of them. The newest is then opened anew, and is the same as long as nothing was committed
since; an older one is gone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from weakref import finalize

from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.store import Store, Stored
from qiantang.engines.search.port import EDITIONS_HELD
from qiantang.kernel.errors import Conflict, DomainError, Unavailable

KEEP = "30m"  # how long the cluster keeps a view that nobody asks
_TRIES = 5  # to open a state that nobody is changing at that moment


@dataclass(frozen=True, slots=True)
class View:
    """One committed state, open for reading at a point in time of the cluster."""

    stored: Stored
    point: str

    @property
    def edition(self) -> str:
        return self.stored.edition


class Views:
    """The newest state that this process knows of, and some before it."""

    def __init__(self, cluster: Cluster, store: Store) -> None:
        self._cluster = cluster
        self._store = store
        self._opening = Lock()
        self._asked = False  # whether the cluster was asked what is in force
        self._held: tuple[View, ...] = ()  # the newest first
        self._points: set[str] = set()  # what the cluster keeps for us; it keeps no more than some hundreds in all
        finalize(self, _forget, cluster, self._points)  # also at the end of the process

    def newest(self) -> View | None:
        if not self._asked:
            self.refresh()
        return self._held[0] if self._held else None

    def of(self, edition: str | None) -> View:
        """The view of an edition, of the newest where None is named.

        errors  Unavailable ``search.index_missing``; Conflict ``search.edition_gone``
        """
        newest = self.newest()
        if newest is None:
            raise Unavailable("search.index_missing")
        if edition is None:
            return newest
        for one in self._held:
            if one.edition == edition:
                return one
        raise Conflict("search.edition_gone")

    def refresh(self) -> None:
        """See what was committed meanwhile."""
        stored = self._store.read()
        if stored is None and self._held:  # a node that has just come back may not know yet
            stored = self._store.read(of_the_leader=True)
        with self._opening:
            self._asked = True
            newest = self._held[0] if self._held else None
            if stored is None:
                self._held = ()
            elif newest is None or newest.stored.age < stored.age:  # a node may not have heard of the last commit yet
                self._hold(self._opened(stored))

    def lost(self, view: View) -> None:
        """Open the newest view anew where it is this one; forget this one where it is older."""
        with self._opening:
            if not self._held or view not in self._held:
                return  # another thread has seen to it
            before = tuple(one for one in self._held if one is not view)
            if view is self._held[0]:
                stored = self._store.read()
                again = None if stored is None else self._opened(stored)
                self._held = before if again else ()
                if again is not None:
                    self._hold(again)
            else:
                self._held = before
        self.let_go(view)

    def _hold(self, view: View) -> None:
        before = [one for one in self._held if one.edition != view.edition]
        for one in before[EDITIONS_HELD:]:
            self.let_go(one)
        self._held = (view, *before[:EDITIONS_HELD])

    def _opened(self, stored: Stored) -> View:
        """A view of what is in force, told by ``stored`` or, where that has just changed, by what came after it."""
        for _ in range(_TRIES):
            point = self._point(stored.generation)
            now = self._store.read()
            if point:
                self._points.add(point)
            if point and now is not None and now.edition == stored.edition:
                return View(stored, point)
            if point:
                self.let_go(View(stored, point))
            if now is None:
                break
            stored = now
        raise Unavailable("search.index_missing")

    def _point(self, generation: str) -> str:
        """A point in time of a generation; empty where another has just taken its place."""
        params = {"keep_alive": KEEP, "allow_partial_pit_creation": "false"}
        answer = self._cluster.ask("POST", f"/{generation}/_search/point_in_time", params=params, ignore=(404,))
        return str(answer.get("pit_id", ""))

    def own(self) -> View:
        """A view of the newest state, held until it is let go, whatever is committed meanwhile.

        errors  Unavailable ``search.index_missing``
        """
        return self._opened(self.of(None).stored)

    def reopened(self, view: View) -> View:
        """The same state, opened anew for its owner. Errors: Conflict ``search.edition_gone``."""
        found = self._opened(view.stored)
        if found.edition != view.edition:
            self.let_go(found)
            raise Conflict("search.edition_gone")
        return found

    def let_go(self, view: View) -> None:
        self._points.discard(view.point)
        _forget(self._cluster, {view.point})


def _forget(cluster: Cluster, points: set[str]) -> None:
    """Tell the cluster that these points in time are read no more."""
    if points:
        with suppress(DomainError):  # it lets go of them by itself, only later
            cluster.ask(
                "DELETE", "/_search/point_in_time", {"pit_id": sorted(points)}, ignore=(404,), patience=0, within=2
            )
