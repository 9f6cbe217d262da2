"""What a process remembers of work done: bounded, and let go when it is out of date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class SnapshotKey(NamedTuple):
    """One snapshot of one register: its home, its number, and the layers that make it (a merge of layers changes them)."""

    home: str
    number: int
    layers: tuple[str, ...]


class Lately(Generic[K, V]):
    """Values by key: those used lately stay, as long as they weigh no more together than ``most``; the last one always."""

    def __init__(self, most: int, weigh: Callable[[V], int]) -> None:
        self._most, self._weigh = most, weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._weight = 0
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def weight(self) -> int:
        """Of all that is kept."""
        return self._weight

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What is kept under a key, made where nothing is. Two threads may make the same; the later one is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        value = make()
        weight = self._weigh(value)
        with self._lock:
            self._weight += weight - self._kept.pop(key, (value, 0))[1]
            self._kept[key] = value, weight
            while self._weight > self._most and len(self._kept) > 1:
                self._weight -= self._kept.popitem(last=False)[1][1]
        return value


class OfSnapshots(Generic[V]):
    """Something large of a snapshot: that of the newest that was asked for, and of one older one beside it.

    When a register moves on, what was kept of the snapshots before it goes with the first question about the new one.
    """

    def __init__(self) -> None:
        self._kept: dict[SnapshotKey, V] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget all, as a process that starts has nothing."""
        with self._lock:
            self._kept = {}

    def values(self) -> tuple[V, ...]:
        with self._lock:
            return tuple(self._kept.values())

    def get(self, key: SnapshotKey, make: Callable[[], V]) -> V:
        """That of a snapshot, made where it is not kept; who asks meanwhile waits, for it is dear."""
        with self._lock:
            if key not in self._kept:
                value = make()
                newest = max(
                    (one for one in self._kept if one.home == key.home), key=lambda one: one.number, default=key
                )
                stays = {} if newest.number <= key.number else {newest: self._kept[newest]}
                self._kept = {**stays, key: value}
            return self._kept[key]
