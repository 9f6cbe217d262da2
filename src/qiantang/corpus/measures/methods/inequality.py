"""How unequal, and how varied: Gini, Theil, Shannon, related variety.

Sources: Theil, Economics and Information Theory (1967); Frenken, van Oort and Verburg, Regional Studies 41 (2007) for related
and unrelated variety. All logarithms are natural.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log
from typing import NamedTuple

from qiantang.corpus.measures.methods.concentration import shares


class Theil(NamedTuple):
    """Theil's T of all values, in nats, as the sum of what lies between the groups and within them."""

    total: float
    between: float
    within: float


class Variety(NamedTuple):
    """Entropy over classes, in nats: ``total`` = ``unrelated`` (between groups) + ``related`` (within groups)."""

    total: float
    unrelated: float
    related: float


def gini(values: Iterable[float]) -> float | None:
    """Gini coefficient of values of zero or more, 0 (all alike) to 1 - 1/n; zeros count. None where the sum is 0."""
    known = sorted(float(one) for one in values)
    if known and known[0] < 0:
        raise ValueError("values are not below zero")
    n, total = len(known), sum(known)
    if not total:
        return None
    return sum((2 * place - n - 1) * one for place, one in enumerate(known, start=1)) / (n * total)


def theil(groups: Mapping[str, Iterable[float]]) -> Theil | None:
    """Theil's T over all values of all groups and its decomposition; zeros count. None where the sum is 0.

    groups   group -> values of zero or more, e.g. district -> patents of each holder
    """
    known = {name: [float(one) for one in values] for name, values in groups.items()}
    if any(one < 0 for values in known.values() for one in values):
        raise ValueError("values are not below zero")
    n, total = sum(len(values) for values in known.values()), sum(sum(values) for values in known.values())
    if not total:
        return None
    between = within = 0.0
    for values in known.values():
        mass = sum(values)
        if not mass:
            continue
        between += mass / total * log((mass / total) / (len(values) / n))
        within += mass / total * sum(one / mass * log(one / mass * len(values)) for one in values if one)
    return Theil(between + within, between, within)


def shannon(values: Iterable[float]) -> float | None:
    """Entropy of the shares in nats; 0 where one has all, None where there is nothing."""
    found = shares(values)
    return -sum(one * log(one) for one in found) + 0.0 if found else None


def evenness(values: Iterable[float]) -> float | None:
    """Entropy over its largest possible value, 0 to 1; None for fewer than two kinds."""
    found = shares(values)
    return -sum(one * log(one) for one in found) / log(len(found)) if len(found) > 1 else None


def related_variety(counts: Mapping[str, float], group_of: Mapping[str, str]) -> Variety | None:
    """Variety of a region over classes (say subclasses) inside groups (say fields); None where there is nothing.

    errors  KeyError where a class with a count has no group
    """
    groups: dict[str, list[float]] = {}
    for name, count in counts.items():
        if count:
            groups.setdefault(group_of[name], []).append(float(count))
    total = sum(sum(values) for values in groups.values())
    if not total:
        return None
    unrelated = shannon(sum(values) for values in groups.values()) or 0.0
    related = sum(sum(values) / total * (shannon(values) or 0.0) for values in groups.values())
    return Variety(unrelated + related, unrelated, related)
