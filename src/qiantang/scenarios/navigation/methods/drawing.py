"""Drawing: samples, the same on every machine from the same ids and seed; and places for the nodes of a network."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from math import ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def drawn(ids: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """``size`` of the ids, without repetition, in the order of their draw: each as likely as any other."""
    return tuple(sorted(set(ids), key=lambda one: (sha256(f"{seed}\n{one}".encode()).digest(), one))[:size])


def placed(groups: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """A place (0 to 1) for each node: each group is a ring in a field of its own, the largest first; nothing by chance.

    groups   node -> its group, nodes in their order
    """
    rings: dict[str, list[str]] = defaultdict(list)
    for node, group in groups.items():
        rings[group].append(node)
    order = sorted(rings.values(), key=lambda ring: (-len(ring), ring[0]))
    across = ceil(sqrt(len(order))) or 1
    down = ceil(len(order) / across) or 1
    found = {}
    for at, ring in enumerate(order):
        x, y = (at % across + 0.5) / across, (at // across + 0.5) / down
        for place, node in enumerate(ring):
            turn = 2 * pi * place / len(ring) - pi / 2
            wide = 0.0 if len(ring) == 1 else 0.32
            found[node] = (round(x + wide / across * cos(turn), 6), round(y + wide / down * sin(turn), 6))
    return found


def lanes(places: Mapping[str, int], middle: Sequence[str]) -> dict[str, int]:
    """A lane for each node of a drawing over time, so that no two of one place share one: 0, then 1, -1, 2, -2 …

    places  node -> its place in time
    middle  nodes that come first, so that they stand in the middle where they can
    """
    taken: dict[int, int] = defaultdict(int)
    found = {}
    first = dict.fromkeys((*middle, *places))
    for node in first:
        at = taken[places[node]]
        taken[places[node]] += 1
        found[node] = (at + 1) // 2 * (1 if at % 2 else -1)
    return found
