"""Cubes follow loads."""

from __future__ import annotations

from qiantang.corpus.measures.selectors.cubes import cubes
from qiantang.corpus.register import api as register


def advance_cubes() -> int | None:
    """Bring the cubes up to the newest snapshot, at a cost that follows what loads changed; its number.

    None where nothing was ever loaded. Doing it twice does no work twice; two processes wait for each other.
    """
    newest = register.current_snapshot()
    if newest is None:
        return None
    cubes(newest.number, make=True)
    return newest.number
