"""What a scan gives: every hit of a query, not a page of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class ScanHit(NamedTuple):
    """A hit of a scan: its id, and its value in the field of the order (None: not known, or no field orders)."""

    id: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """Every hit of one commit: ``total`` counts all of them, also those left out before ``after``; ``stamp`` is its own.

    hits    each once, in order; closing the iterator early lets go of what the engine keeps for it
    """

    total: int
    stamp: int
    hits: Iterator[ScanHit]
