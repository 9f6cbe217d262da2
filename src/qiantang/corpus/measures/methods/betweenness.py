"""Over whom the shortest ways between others lead.

Source: Freeman, Sociometry 40 (1977); the algorithm is that of Brandes, Journal of Mathematical Sociology 25 (2001), in one
pass of machine code over flat lists. From a part of the nodes it is estimated after Brandes and Pich (2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiantang.corpus.measures.methods.quality.passes import compiled

_Ids = NDArray[np.int32]
_Places = NDArray[np.int64]
_Floats = NDArray[np.float64]

SEED = 20_210_401
MOST_STEPS = 100_000_000  # links looked at: two seconds of one core
FEWEST_FROM = 400  # nodes from which it is estimated at least


class Betweenness(NamedTuple):
    """Of each node the share of the shortest ways between two others that lead over it, 0 to 1.

    estimated   whether only ways from some nodes, drawn with a fixed seed, were walked
    """

    shares: _Floats
    estimated: bool


def betweenness(nodes: int, ends: Sequence[tuple[int, int]], most_steps: int = MOST_STEPS) -> Betweenness:
    """Shares of the nodes 0 to ``nodes`` - 1.

    ends         the links, each once and none of a node with itself
    most_steps   links looked at; beyond, it is estimated, from 400 nodes at least
    """
    if nodes < 3 or not ends:  # noqa: PLR2004 - nobody stands between two
        return Betweenness(np.zeros(nodes), estimated=False)
    both = np.array([*ends, *((other, one) for one, other in ends)], np.int32)
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=nodes), out=starts[1:])
    chosen = np.flatnonzero(np.diff(starts)).astype(np.int32)  # no way begins at a node without links
    linked = len(chosen)
    wanted = max(FEWEST_FROM, most_steps // len(both))
    if linked > wanted:
        chosen = np.sort(np.random.default_rng(SEED).choice(chosen, wanted, replace=False))
    summed = compiled(_walk)(starts, np.ascontiguousarray(both[:, 1]), chosen)
    return Betweenness(summed * (linked / len(chosen)) / ((nodes - 1) * (nodes - 2)), estimated=linked > wanted)


def _walk(starts: _Places, entries: _Ids, chosen: _Ids) -> _Floats:
    """How many of the ways from each of the chosen nodes to all others lead over each node, all ways of a pair as one."""
    n = len(starts) - 1
    summed = np.zeros(n)
    ways, depends = np.zeros(n), np.zeros(n)
    distance = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    for source in chosen:
        reached, looked = 1, 0
        order[0] = source
        distance[source], ways[source] = 0, 1.0
        while looked < reached:
            here = order[looked]
            looked += 1
            for at in range(starts[here], starts[here + 1]):
                there = entries[at]
                if distance[there] < 0:
                    distance[there] = distance[here] + 1
                    order[reached] = there
                    reached += 1
                if distance[there] == distance[here] + 1:
                    ways[there] += ways[here]
        for place in range(reached - 1, -1, -1):
            here = order[place]
            for at in range(starts[here], starts[here + 1]):
                there = entries[at]
                if distance[there] == distance[here] - 1:
                    depends[there] += ways[there] / ways[here] * (1.0 + depends[here])
            if here != source:
                summed[here] += depends[here]
        for place in range(reached):
            here = order[place]
            distance[here], ways[here], depends[here] = -1, 0.0, 0.0
    return summed
