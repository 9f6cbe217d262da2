"""The chain of custody: each link holds the one before, so that no line can be changed, taken out or put elsewhere.

``h(n)`` is SHA-256 of the 64 hexadecimal digits of ``h(n-1)`` and the line's canonical JSON; ``h(0)`` is 64 zeros.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

ORIGIN = "0" * 64


def link(previous: str, line: bytes) -> str:
    """The next link: 64 hexadecimal digits.

    previous    the link before, ``ORIGIN`` for the first line
    line        canonical JSON of what happened
    """
    return sha256(previous.encode("ascii") + line).hexdigest()


def first_broken(links: Iterable[tuple[bytes, str]]) -> int | None:
    """The number, from 1, of the first line whose link does not follow; None where all do."""
    previous = ORIGIN
    for number, (line, told) in enumerate(links, start=1):
        if told != link(previous, line):
            return number
        previous = told
    return None
