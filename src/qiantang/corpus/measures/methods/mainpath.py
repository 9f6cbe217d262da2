"""The main path through a citation network: along which patents most of the knowledge flowed.

An arc goes from the cited to the citing patent. The search path count (SPC) of an arc is the number of paths from a source
to a sink that run over it. Counts are whole numbers of any size, so ties are ties.
Sources: Hummon and Doreian, Social Networks 11 (1989); Batagelj, Efficient algorithms for citation network analysis (2003);
Liu and Lu, JASIST 63 (2012) for key routes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import NamedTuple

Arc = tuple[str, str]


class Network(NamedTuple):
    """A citation network without cycles.

    nodes     in a topological order: cited before citing; of those that could stand next, the lexically smallest
    after     node -> nodes that cite it, in lexical order
    before    node -> nodes it cites, in lexical order
    merged    node -> all that were made one (same family, or a cycle), where more than one; it has the smallest's name
    dropped   arcs inside a cycle whose cited end is the younger one
    """

    nodes: tuple[str, ...]
    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]
    merged: Mapping[str, tuple[str, ...]]
    dropped: tuple[Arc, ...]


class MainPath(NamedTuple):
    """The paths with the largest sum of search path counts.

    counts   arc -> SPC
    flow     number of all paths from sources to sinks
    total    the sum along each of ``paths``
    paths    all ties in lexical order, at most as many as asked for
    more     whether there are more ties than told
    network  what the counts were made on
    """

    counts: Mapping[Arc, int]
    flow: int
    total: int
    paths: tuple[tuple[str, ...], ...]
    more: bool
    network: Network


def citation_network(
    arcs: Iterable[Arc], family_of: Mapping[str, str] | None = None, year_of: Mapping[str, int] | None = None
) -> Network:
    """A network without cycles from (cited, citing) arcs; double arcs count once.

    family_of   members of one family are made one first; a patent that is not told stands alone
    year_of     inside a cycle, arcs from a younger to an older patent are dropped; what is a cycle still is made one
    """
    names: dict[str, str] = {}
    plain = sorted(set(arcs))
    everyone = sorted({one for arc in plain for one in arc})
    families: dict[str, str] = {}
    for one in everyone:
        family = (family_of or {}).get(one)
        names[one] = one if family is None else families.setdefault(family, one)
    joined = {(names[u], names[v]) for u, v in plain if names[u] != names[v]}
    dropped: list[Arc] = []
    if year_of:
        circle = _circles(joined)
        years = _years(names, year_of)
        dropped = sorted(
            (u, v) for u, v in joined if circle[u] == circle[v] and years.get(u, 0) > years.get(v, years.get(u, 0))
        )
        joined -= set(dropped)
    circle = _circles(joined)
    merged: dict[str, list[str]] = defaultdict(list)
    for one in everyone:
        merged[circle.get(names[one], names[one])].append(one)
    final = {(circle[u], circle[v]) for u, v in joined if circle[u] != circle[v]}
    return _ordered(final, merged, dropped)


def _years(names: Mapping[str, str], year_of: Mapping[str, int]) -> dict[str, int]:
    """The earliest year known of what was made one."""
    years: dict[str, int] = {}
    for one, name in names.items():
        if one in year_of:
            years[name] = min(years.get(name, year_of[one]), year_of[one])
    return years


def _circles(arcs: Iterable[Arc]) -> dict[str, str]:
    """Node -> the lexically smallest node of its strongly connected component."""
    import numpy as np  # noqa: PLC0415 with scipy a quarter of a second that only large calls repay
    from scipy.sparse import coo_array  # noqa: PLC0415 - loaded when asked for, or every start would pay
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - loaded when asked for, or every start would pay

    listed = list(arcs)
    nodes = sorted({one for arc in listed for one in arc})
    if not nodes:
        return {}
    place = {name: at for at, name in enumerate(nodes)}
    rows = np.fromiter((place[u] for u, _ in listed), dtype=np.int64, count=len(listed))
    columns = np.fromiter((place[v] for _, v in listed), dtype=np.int64, count=len(listed))
    matrix = coo_array((np.ones(len(listed), dtype=np.int8), (rows, columns)), shape=(len(nodes), len(nodes)))
    labels = connected_components(matrix.tocsr(), directed=True, connection="strong")[1].tolist()
    smallest: dict[int, str] = {}
    for name, label in zip(nodes, labels, strict=True):
        smallest.setdefault(label, name)
    return {name: smallest[label] for name, label in zip(nodes, labels, strict=True)}


def _ordered(arcs: Iterable[Arc], merged: Mapping[str, Sequence[str]], dropped: Sequence[Arc]) -> Network:
    after: dict[str, list[str]] = {name: [] for name in merged}
    before: dict[str, list[str]] = {name: [] for name in merged}
    for u, v in sorted(arcs):
        after[u].append(v)
        before[v].append(u)
    waiting = {name: len(cited) for name, cited in before.items()}
    ready = [name for name, count in waiting.items() if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        name = heappop(ready)
        order.append(name)
        for one in after[name]:
            waiting[one] -= 1
            if not waiting[one]:
                heappush(ready, one)
    return Network(
        nodes=tuple(order),
        after={name: tuple(found) for name, found in after.items()},
        before={name: tuple(found) for name, found in before.items()},
        merged={name: tuple(found) for name, found in sorted(merged.items()) if len(found) > 1},
        dropped=tuple(dropped),
    )


def path_counts(network: Network, *, every_start: bool = False) -> tuple[dict[str, int], dict[str, int]]:
    """For each node: how many paths lead to it from a source, and from it to a sink; a path of no arc counts.

    every_start   paths may start at any node (for SPLC)
    """
    upstream: dict[str, int] = {}
    for name in network.nodes:
        cited = sum(upstream[one] for one in network.before[name])
        upstream[name] = cited + 1 if every_start or not network.before[name] else cited
    downstream: dict[str, int] = {}
    for name in reversed(network.nodes):
        downstream[name] = sum(downstream[one] for one in network.after[name]) or 1
    return upstream, downstream


def arc_counts(network: Network, *, every_start: bool = False) -> dict[Arc, int]:
    """Arc -> SPC, in lexical order; with ``every_start`` SPLC: paths that start anywhere and end in a sink."""
    upstream, downstream = path_counts(network, every_start=every_start)
    return {(u, v): upstream[u] * downstream[v] for u in sorted(network.after) for v in network.after[u]}


def main_path(network: Network, *, most: int = 100, every_start: bool = False) -> MainPath:
    """The global main path: all paths from a source to a sink whose counts sum to the most.

    most          ties that are told at most
    every_start   weigh arcs by SPLC in place of SPC
    """
    counts = arc_counts(network, every_start=every_start)
    rest = _best_rest(network, counts)
    starts = sorted(name for name in network.nodes if not network.before[name] and network.after[name])
    total = max((rest[name] for name in starts), default=0)
    best = (name for name in starts if rest[name] == total)
    found = list(islice((path for name in best for path in _follow(network, counts, rest, name)), most + 1))
    _, downstream = path_counts(network)
    return MainPath(
        counts=counts,
        flow=sum(downstream[name] for name in starts),
        total=total,
        paths=tuple(found[:most]),
        more=len(found) > most,
        network=network,
    )


def key_routes(network: Network, *, arcs: int = 1, most: int = 100) -> tuple[tuple[str, ...], ...]:
    """The best paths over each of the ``arcs`` weightiest arcs (and those tied with the last), in lexical order.

    most   paths that are told at most for each arc
    """
    counts = arc_counts(network)
    if not counts:
        return ()
    least = sorted(counts.values(), reverse=True)[: max(1, arcs)][-1]
    mirrored = Network(network.nodes[::-1], network.before, network.after, network.merged, network.dropped)
    back_counts = {(v, u): count for (u, v), count in counts.items()}
    ahead, behind = _best_rest(network, counts), _best_rest(mirrored, back_counts)
    found: set[tuple[str, ...]] = set()
    for (u, v), count in counts.items():
        if count >= least:
            heads = list(islice(_follow(mirrored, back_counts, behind, u), most))
            tails = list(islice(_follow(network, counts, ahead, v), most))
            pairs = ((*reversed(head), *tail) for head in heads for tail in tails)
            found.update(islice(pairs, most))
    return tuple(sorted(found))


def _best_rest(network: Network, counts: Mapping[Arc, int]) -> dict[str, int]:
    """For each node the largest sum on the way to a sink."""
    rest: dict[str, int] = {}
    for name in reversed(network.nodes):
        rest[name] = max((counts[name, one] + rest[one] for one in network.after[name]), default=0)
    return rest


def _follow(
    network: Network, counts: Mapping[Arc, int], rest: Mapping[str, int], start: str
) -> Iterable[tuple[str, ...]]:
    """All best paths from a node, in lexical order."""
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        path = waiting.pop()
        last = path[-1]
        if not network.after[last]:
            yield path
            continue
        steps = [one for one in network.after[last] if counts[last, one] + rest[one] == rest[last]]
        waiting.extend((*path, one) for one in reversed(steps))
