"""A registry is an object, not a global dictionary: names once, order kept, closed when the house stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Things by name, in the order of their registration.

    errors  ``KeyError`` for an unknown name, listing the known ones; ``ValueError`` for a name used twice
    """

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._things: dict[str, T] = {}

    def register(self, name: str, thing: T) -> T:
        if name in self._things:
            raise ValueError(f"{self._noun} {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def __getitem__(self, name: str) -> T:
        try:
            return self._things[name]
        except KeyError:
            known = ", ".join(self._things) or "none"
            raise KeyError(f"unknown {self._noun} {name!r}; known: {known}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def __len__(self) -> int:
        return len(self._things)

    def names(self) -> tuple[str, ...]:
        return tuple(self._things)
