"""Drawing samples: the same ids and seed give the same sample on every machine."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def drawn(ids: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """``size`` of the ids, without repetition, in the order of their draw: each as likely as any other."""
    return tuple(sorted(set(ids), key=lambda one: (sha256(f"{seed}\n{one}".encode()).digest(), one))[:size])
