"""Patent families: which documents tell of one invention.

Sources: EPO, DOCDB simple family and INPADOC extended family; WIPO ST.3 for offices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from qiantang.corpus.register.methods.identity import Groups
from qiantang.corpus.register.methods.links import APPLICATION, STATED_EXTENDED, STATED_SIMPLE

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


def family_number(family_id: str) -> int:
    """A family as a signed 64-bit number, by which the search index groups: a BLAKE2b digest (RFC 7693) of its id.

    Among a hundred million families the odds that any two share a number are below one in three thousand.
    """
    return int.from_bytes(blake2b(family_id.encode(), digest_size=8).digest(), "big", signed=True)


def family_size(offices: Iterable[str]) -> int:
    """In how many offices (ST.3) a family seeks protection: each counts once, EP as one, WO not at all."""
    return len(set(offices) - _NOT_PROTECTING)


@dataclass(frozen=True, slots=True)
class Kin:
    """What of a patent decides its families: its own application keys, and its links as ``methods.links`` makes them."""

    patent_id: str
    own: frozenset[str]
    links: frozenset[str]

    @property
    def priorities(self) -> frozenset[str]:
        """What it claims; a first filing is its own priority, and one without application number stands for itself."""
        claimed = frozenset(link for link in self.links if not link.startswith((STATED_SIMPLE, STATED_EXTENDED)))
        return claimed or self.own or frozenset((self.patent_id,))

    def stated(self, scheme: str) -> list[str]:
        return [link for link in self.links if link.startswith(scheme)]


FamilyIds = tuple[str | None, str | None]


def family_ids(kin: Iterable[Kin]) -> dict[str, FamilyIds]:
    """Simple and extended family of each of these patents, a pure function of the set.

    kin     whole extended families: nobody outside shares a priority, a stated family or an application with them

    Simple: the same set of priorities, or the same stated family. Extended: joined by any priority, directly or over
    others, or stated. A stated id names the family where there is one, else its priorities do. A patent that claims
    nothing, of which nothing is stated and which nobody claims has no family but itself: None.
    """
    known = list(kin)
    near, far = Groups(), Groups()
    for one in known:
        for node in (" ".join(sorted(one.priorities)), *one.stated(STATED_SIMPLE)):
            near.join(("id", one.patent_id), node)
        for node in (*one.priorities, *one.own, *one.links):
            far.join(("id", one.patent_id), node)
    simple, extended = _named(known, near, STATED_SIMPLE), _named(known, far, STATED_EXTENDED)
    sizes: dict[str, int] = {}
    for name in extended.values():
        sizes[name] = sizes.get(name, 0) + 1
    return {
        one.patent_id: (simple[one.patent_id], extended[one.patent_id])
        if one.links or sizes[extended[one.patent_id]] > 1
        else (None, None)
        for one in known
    }


def _named(known: Iterable[Kin], groups: Groups, scheme: str) -> dict[str, str]:
    """The name of the group of each patent: the smallest that is stated, else the smallest its priorities give."""
    names: dict[object, tuple[bool, str]] = {}
    roots = {}
    for one in known:
        root = roots[one.patent_id] = groups.find(("id", one.patent_id))
        told = [(False, stated.removeprefix(scheme)) for stated in one.stated(scheme)]
        by_priority = sorted(key.removeprefix(APPLICATION) for key in one.priorities)
        told.append((True, "+".join(by_priority) if scheme == STATED_SIMPLE else by_priority[0]))
        names[root] = min([*told, names[root]] if root in names else told)
    return {patent_id: names[root][1] for patent_id, root in roots.items()}
