"""What stands together: pairs of classes, words, applicants or inventors, how strongly they are tied, and their communities.

Sources: Salton and McGill (1983); van Eck and Waltman, JASIST 60 (2009) for association strength; Blondel et al. (2008) for
communities; Freeman (1977) for betweenness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import Any, NamedTuple

from qiantang.corpus.measures.methods.betweenness import betweenness

SEED = 20_210_401


class Ties(NamedTuple):
    """How strongly two things are tied, from the sets that hold them; all None where one of them stands nowhere.

    jaccard       0 to 1
    cosine        Salton's, 0 to 1
    association   times as often together as by chance
    inclusion     share of the rarer one's sets that hold the other, 0 to 1
    """

    jaccard: float | None
    cosine: float | None
    association: float | None
    inclusion: float | None


class Pair(NamedTuple):
    """Two things, ``one`` < ``other``, and in how many sets they stand together."""

    one: str
    other: str
    together: int
    ties: Ties


class Cooccurrence(NamedTuple):
    """``sets`` that were read, in how many each thing stands, and the pairs, most frequent first, then by name."""

    sets: int
    counts: Mapping[str, int]
    pairs: tuple[Pair, ...]


class Node(NamedTuple):
    """One party of a network.

    weight        documents
    degree        partners
    strength      documents with partners, each partner counted
    betweenness   share of the shortest ways between others that lead over it, 0 to 1
    community     number, 1 is the largest; 0 for one without partners
    """

    name: str
    weight: int
    degree: int
    strength: int
    betweenness: float
    community: int


class Link(NamedTuple):
    """A tie of a network; ``bridge``: without it the two would not be connected at all; ``across``: it joins communities."""

    one: str
    other: str
    weight: int
    bridge: bool
    across: bool


class PartyNetwork(NamedTuple):
    """A network of those who stand together on documents.

    nodes        by weight, largest first, then by name
    links        by weight, largest first, then by name
    density      2m / (n (n - 1)); None for fewer than two nodes
    modularity   of the communities, None without links
    estimated    whether betweenness was estimated from a fixed sample
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    density: float | None
    modularity: float | None
    estimated: bool


def ties(together: float, one: float, other: float, everything: float) -> Ties:
    """The four measures from c_ij, c_i, c_j and n."""
    if min(one, other) <= 0 or everything <= 0:
        return Ties(None, None, None, None)
    return Ties(
        jaccard=together / (one + other - together),
        cosine=together / sqrt(one * other),
        association=together * everything / (one * other),
        inclusion=together / min(one, other),
    )


def cooccurrence(sets: Iterable[Iterable[str]], least: int = 1) -> Cooccurrence:
    """Counts and pairs of things over sets; a thing counts once in a set.

    least   pairs seen less often are left out
    """
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    total = 0
    for one in sets:
        held = sorted(set(one))
        total += 1
        counts.update(held)
        pairs.update(combinations(held, 2))
    found = [
        Pair(a, b, together, ties(together, counts[a], counts[b], total))
        for (a, b), together in pairs.items()
        if together >= least
    ]
    found.sort(key=lambda pair: (-pair.together, pair.one, pair.other))
    return Cooccurrence(total, dict(sorted(counts.items())), tuple(found))


def communities(
    names: Iterable[str], weights: Mapping[tuple[str, str], float], *, greedy: bool = False
) -> tuple[tuple[str, ...], ...]:
    """Groups that are tied more closely inside than outside: Louvain, or greedy modularity; equal on every run.

    names     in any order; one without ties is a group of its own
    weights   (name, name) -> weight above zero; the direction does not count
    returns   largest group first, equal ones by first name; names in order
    """
    listed = sorted(set(names))
    if not listed:
        return ()
    graph = _graph(listed, weights)
    if not graph.number_of_edges():
        return tuple((one,) for one in listed)
    import networkx as nx  # noqa: PLC0415 slow to import, and only networks need it

    if greedy:
        groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    else:
        groups = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    named = [tuple(listed[at] for at in sorted(group)) for group in groups]
    return tuple(sorted(named, key=lambda group: (-len(group), group)))


def _graph(listed: Sequence[str], weights: Mapping[tuple[str, str], float]) -> Any:  # networkx has no types
    """Nodes are numbers in the order of names: sets of texts would be walked in another order in every process."""
    import networkx as nx  # noqa: PLC0415 slow to import, and only networks need it

    place = {name: at for at, name in enumerate(listed)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(listed)))
    summed: dict[tuple[int, int], float] = {}
    for (one, other), weight in weights.items():
        if one != other:
            ends = (min(place[one], place[other]), max(place[one], place[other]))
            summed[ends] = summed.get(ends, 0) + weight
    for (a, b), weight in sorted(summed.items()):
        graph.add_edge(a, b, weight=weight)
    return graph


def party_network(documents: Iterable[Iterable[str]], least: int = 1) -> PartyNetwork:
    """The network of co-applicants or co-inventors of documents.

    least   links of fewer documents are left out; their parties stay
    """
    found = cooccurrence(documents, least)
    names = list(found.counts)
    weights = {(pair.one, pair.other): pair.together for pair in found.pairs}
    if not weights:
        alone = [Node(name, found.counts[name], 0, 0, 0.0, 0) for name in names]
        density = 0.0 if len(names) > 1 else None
        return PartyNetwork(tuple(sorted(alone, key=_by_weight)), (), density, None, estimated=False)
    import networkx as nx  # noqa: PLC0415 slow to import, and only networks need it

    graph = _graph(names, weights)
    groups = communities(names, weights)
    number = {name: at for at, group in enumerate(groups, start=1) for name in group}
    between = betweenness(len(names), list(graph.edges))
    bridges = {frozenset(ends) for ends in nx.bridges(graph)}
    rows: list[Node] = []
    for at, name in enumerate(names):
        degree = graph.degree(at)
        strength = int(graph.degree(at, weight="weight"))
        rows.append(
            Node(name, found.counts[name], degree, strength, float(between.shares[at]), number[name] if degree else 0)
        )
    place = {name: at for at, name in enumerate(names)}
    links = tuple(
        Link(a, b, weight, frozenset((place[a], place[b])) in bridges, number[a] != number[b])
        for (a, b), weight in weights.items()
    )
    placed = [{place[name] for name in group} for group in groups]
    return PartyNetwork(
        nodes=tuple(sorted(rows, key=_by_weight)),
        links=links,
        density=2 * len(links) / (len(names) * (len(names) - 1)),
        modularity=nx.community.modularity(graph, placed, weight="weight"),
        estimated=between.estimated,
    )


def _by_weight(node: Node) -> tuple[int, str]:
    return -node.weight, node.name


def top_bridges(network: PartyNetwork, most: int = 10) -> tuple[Node, ...]:
    """The parties over which most shortest ways between others lead; those over which none leads are no bridges."""
    found = [node for node in network.nodes if node.betweenness > 0]
    return tuple(sorted(found, key=lambda node: (-node.betweenness, node.name))[:most])


def cooperation_shares(documents: Iterable[Iterable[tuple[str, str]]]) -> dict[str, float | None]:
    """Shares of documents with several applicants, from (applicant, kind) of each document.

    returns   ``joint`` of all documents; of the joint ones, each pair of kinds, e.g. ``enterprise+university``; None: of none
    """
    total, joint, kinds = 0, 0, Counter[str]()
    for one in documents:
        total += 1
        held = dict(one)
        if len(held) > 1:
            joint += 1
            names = sorted(held.values())
            kinds.update({f"{a}+{b}" for a, b in combinations(names, 2)})
    found: dict[str, float | None] = {"joint": joint / total if total else None}
    found.update((name, count / joint) for name, count in sorted(kinds.items()))
    return found
