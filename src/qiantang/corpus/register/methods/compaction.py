"""Which small layers to write as one: the newest ones, so that the number of layers grows with the logarithm of the loads.

Source of the rule: the logarithmic method of Bentley and Saxe (1980), as log-structured stores use it.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST_LAYERS = 4  # fewer than these are not worth the writing
_RATIO = 2  # an older layer joins while it is at most so many times what has joined already


def layers_to_merge(sizes: Sequence[int]) -> int:
    """How many of the newest layers should become one; 0 where they may stay as they are.

    sizes   rows of each layer, oldest first
    """
    joined, taken = 0, 0
    for size in reversed(sizes):
        if taken and size > _RATIO * joined:
            break
        joined += size
        taken += 1
    return taken if taken >= LEAST_LAYERS else 0


def snapshots_to_prune(snapshots: Sequence[int], *, keep: int, pinned: frozenset[int]) -> list[int]:
    """The snapshots that policy lets go: all but the newest ``keep`` (at least one) and those that are pinned."""
    return [number for number in sorted(snapshots)[: -max(keep, 1)] if number not in pinned]
