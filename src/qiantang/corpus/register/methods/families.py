"""Patent families: which documents tell of one invention.

Sources: EPO, DOCDB simple family and INPADOC extended family; WIPO ST.3 for offices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# The international application protects nowhere by itself.
_NOT_PROTECTING = frozenset({"WO"})


def _priorities(number: str, claimed: frozenset[str]) -> frozenset[str]:
    """A first filing claims nothing and is its own priority."""
    return claimed or frozenset((number,))


def simple_families(members: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Simple families: the members whose sets of active priorities are identical.

    members  member number -> its priority numbers, in the same spelling as member numbers; none, or its own number,
             for a first filing

    Gives family id -> members. The id is the sorted priorities joined by one blank: it does not change when further
    members appear.
    """
    found: dict[frozenset[str], list[str]] = {}
    for number, claimed in members.items():
        found.setdefault(_priorities(number, claimed), []).append(number)
    return {" ".join(sorted(key)): frozenset(numbers) for key, numbers in found.items()}


def extended_families(members: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Extended families: members joined, directly or through others, by a common priority, or by the one being the
    priority (or parent) of the other.

    members  as for ``simple_families``; give the links of divisions and continuations as priorities too

    Gives family id -> members. The id is the smallest priority number in the family.
    """
    above: dict[str, str] = {}

    def root(node: str) -> str:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for number, claimed in members.items():
        for priority in _priorities(number, claimed):
            above[root(number)] = root(priority)
    numbers: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for number, claimed in members.items():
        family = root(number)
        numbers.setdefault(family, []).append(number)
        smallest = min(_priorities(number, claimed))
        first[family] = min(first.get(family, smallest), smallest)
    return {first[family]: frozenset(found) for family, found in numbers.items()}


def family_size(offices: Iterable[str]) -> int:
    """In how many offices (ST.3) a family seeks protection: each counts once, EP as one, WO not at all."""
    return len(set(offices) - _NOT_PROTECTING)
