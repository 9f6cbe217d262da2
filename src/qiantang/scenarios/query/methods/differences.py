"""What has changed between two states of a set of patents, both read once, in the order of their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from qiantang.kernel.text import fold

_AT_ONCE = 2_000  # patents that have left the set, looked up together


class Standing(NamedTuple):
    """What is remembered of a patent. ``status`` empty: it is not on record."""

    patent_id: str
    status: str
    owner: bytes


class Change(StrEnum):
    """What may change."""

    NEW = "new"
    STATUS = "status"
    OWNER = "owner"


class Difference(NamedTuple):
    """One change of one patent; ``before`` and ``after`` are keys of the status, for a change of status only."""

    kind: Change
    patent_id: str
    before: str
    after: str


NO_OWNER = b""
StandingOf = Callable[[Sequence[str]], Mapping[str, Standing]]


def owner_digest(names: Iterable[str]) -> bytes:
    """Eight bytes for who owns a patent: the same for the same names in any order, width and case; none for nobody known."""
    folded = sorted({"".join(fold(name).split()) for name in names})
    if not folded:
        return NO_OWNER
    return blake2b("\n".join(folded).encode(), digest_size=8).digest()


def differences(before: Iterable[Standing], now: Iterable[Standing], standing_of: StandingOf) -> Iterator[Difference]:
    """Every change from ``before`` to ``now``; both rise by id and hold an id once.

    standing_of     how patents stand now that are no longer in the set: their changes count too
    Memory is bounded whatever the length of the two.
    """
    left: list[Standing] = []
    for old, new in _side_by_side(iter(before), iter(now)):
        if old is None:
            if new is not None:
                yield Difference(Change.NEW, new.patent_id, "", new.status)
        elif new is None:
            left.append(old)
            if len(left) == _AT_ONCE:
                yield from _of_those_that_left(left, standing_of)
                left = []
        else:
            yield from _between(old, new)
    yield from _of_those_that_left(left, standing_of)


def _side_by_side(
    before: Iterator[Standing], now: Iterator[Standing]
) -> Iterator[tuple[Standing | None, Standing | None]]:
    old, new = next(before, None), next(now, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.patent_id < new.patent_id):
            yield old, None
            old = next(before, None)
        elif old is None or new.patent_id < old.patent_id:
            yield None, new
            new = next(now, None)
        else:
            yield old, new
            old, new = next(before, None), next(now, None)


def _of_those_that_left(left: Sequence[Standing], standing_of: StandingOf) -> Iterator[Difference]:
    if not left:
        return
    found = standing_of([one.patent_id for one in left])
    for old in left:
        yield from _between(old, found.get(old.patent_id, Standing(old.patent_id, "", NO_OWNER)))


def _between(old: Standing, new: Standing) -> Iterator[Difference]:
    if old.status != new.status:
        yield Difference(Change.STATUS, old.patent_id, old.status, new.status)
    # that an owner is not known is no owner: neither learning of one nor a source that says nothing is a change of hands
    if old.owner != new.owner and old.owner and new.owner:
        yield Difference(Change.OWNER, old.patent_id, "", "")
