"""Which proposed passes are read a second time: drawn by a keyed digest of the case, so that nobody steers or foresees it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256


def is_drawn(number: str, key: bytes, percent: int) -> bool:
    """Whether a case is in the sample. Over many cases the share is ``percent``."""
    drawn = int.from_bytes(hmac.new(key, number.encode(), sha256).digest()[:8], "big")
    return drawn * 100 < percent * 2**64


def agreement(agrees: Iterable[bool | None]) -> tuple[int, int]:
    """(readings that agree, readings made); those not made yet count in neither."""
    made = [one for one in agrees if one is not None]
    return sum(made), len(made)
