"""The append-only tree of RFC 9162 (section 2.1): hashes, roots, proofs, and how little must be kept to go on appending.

A tree of n leaves is made of *complete* nodes, each over 2**level leaves beginning at ``number * 2**level``. They never
change once they are there, so they are stored as they arise and every root and proof of every earlier size is made of
them. The right edge of a tree whose size is no power of two is computed from its peaks each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

EMPTY_ROOT = sha256(b"").digest()


class Place(NamedTuple):
    """Where a complete node stands: over the leaves ``number << level`` up to, not including, ``(number + 1) << level``."""

    level: int
    number: int


class Span(NamedTuple):
    """Leaves ``first`` up to, not including, ``end``."""

    first: int
    end: int


Read = Callable[[Place], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 and the entry: a leaf can never be taken for a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none, SHA-256 of nothing."""
    return Frontier().extended(leaves)[0].root()


# --- appending -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that must be known of a tree to append to it: its size, and its peaks, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has {self.size.bit_count()} peaks, not {len(self.peaks)}")

    def extended(self, leaves: Sequence[bytes]) -> tuple[Frontier, dict[Place, bytes]]:
        """The tree with further leaf hashes, and the complete nodes that arise, the leaves themselves among them."""
        peaks, size, risen = list(self.peaks), self.size, {}
        for leaf in leaves:
            level, index, here = 0, size, leaf
            risen[Place(0, index)] = here
            while index & 1:
                here = node_hash(peaks.pop(), here)
                level, index = level + 1, index >> 1
                risen[Place(level, index)] = here
            peaks.append(here)
            size += 1
        return Frontier(size, tuple(peaks)), risen

    def root(self) -> bytes:
        return _folded(self.peaks) if self.peaks else EMPTY_ROOT


def _folded(peaks: Sequence[bytes]) -> bytes:
    *others, here = peaks
    for peak in reversed(others):
        here = node_hash(peak, here)
    return here


def places_of(span: Span) -> Iterator[Place]:
    """The complete nodes that a span is made of, in order. A span of a proof begins at a multiple of its longest power."""
    first = span.first
    while first < span.end:
        level = (span.end - first).bit_length() - 1
        if first:
            level = min(level, (first & -first).bit_length() - 1)
        yield Place(level, first >> level)
        first += 1 << level


def span_root(span: Span, read: Read) -> bytes:
    """The root over a span of the tree, from stored nodes."""
    return _folded([read(place) for place in places_of(span)]) if span.end > span.first else EMPTY_ROOT


# --- proofs ----------------------------------------------------------------------------------------------------------


def _left_size(size: int) -> int:
    """The largest power of two below ``size``, which is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_spans(index: int, size: int) -> list[Span]:
    """What the proof that leaf ``index`` is in the tree of ``size`` consists of, the lowest first.

    errors  ValueError where there is no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    first, end, down = 0, size, []
    while end - first > 1:
        middle = first + _left_size(end - first)
        if index < middle:
            down.append(Span(middle, end))
            end = middle
        else:
            down.append(Span(first, middle))
            first = middle
    return down[::-1]


def consistency_spans(older: int, newer: int) -> list[Span]:
    """What the proof that the tree of ``newer`` only appends to that of ``older`` consists of, the lowest first.

    errors  ValueError where there is nothing to prove: an empty older tree, or one larger than the newer
    """
    if not 0 < older <= newer:
        raise ValueError(f"no proof leads from a tree of {older} to one of {newer}")
    first, end, whole, down = 0, newer, True, []
    while end != older:
        middle = first + _left_size(end - first)
        if older <= middle:
            down.append(Span(middle, end))
            end = middle
        else:
            down.append(Span(first, middle))
            first, whole = middle, False
    return ([] if whole else [Span(first, end)]) + down[::-1]


def proof(spans: Sequence[Span], read: Read) -> list[bytes]:
    """The hashes of a proof from stored nodes; ``places_of`` each span says beforehand which are read."""
    return [span_root(span, read) for span in spans]


# --- verification: RFC 9162, 2.1.3.2 and 2.1.4.2 -----------------------------------------------------------------------


def verify_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf hash stands at ``index`` of the tree of ``size`` with that root."""
    if not 0 <= index < size:
        return False
    place, last, here = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            here = node_hash(sibling, here)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and here == root


def verify_consistency(*, older: int, newer: int, path: Sequence[bytes], older_root: bytes, newer_root: bytes) -> bool:
    """Whether the newer tree holds all of the older one unchanged, in its order. An empty tree is part of every tree."""
    if older == newer:
        return not path and older_root == newer_root
    if older == 0:
        return not path and older_root == EMPTY_ROOT
    if older < 0 or older > newer or not path:
        return False
    steps = [older_root, *path] if older & (older - 1) == 0 else list(path)
    place, last = older - 1, newer - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == older_root and new == newer_root
