"""Which statements speak of the same patent. Pure: it depends on the set of statements, never on their order.

Keys come from ``kernel.numbers``: ``a:…`` names an application, ``p:…`` a publication. Statements that share a key speak
of one patent, unless that would tie two different applications together: then each application keeps its own patent, and
a publication claimed by several belongs to the one whose best statement is the most credible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qiantang.corpus.register.methods.merge import Statement

_APPLICATION, _PUBLICATION = "a:", "p:"


def patent_id_of(keys: Iterable[str]) -> str:
    """The identity of a patent from its keys: its application where known, else its first publication by number."""
    best = min(keys)  # "a:" sorts before "p:"
    stem = best[len(_APPLICATION) :]
    return stem if best.startswith(_APPLICATION) else f"{stem[:2]}-P{stem[2:]}"


class Groups:
    """Union-find over anything hashable."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, thing: Hashable) -> Hashable:
        parent = self._parent
        root = thing
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while (above := parent[thing]) != root:
            parent[thing] = root
            thing = above
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first


@dataclass(slots=True)
class Member:
    """The statements of one patent, and the publication keys they claim that belong to another patent."""

    statements: list[Statement] = field(default_factory=list)
    disputed_keys: set[str] = field(default_factory=set)


def _applications(statement: Statement) -> list[str]:
    return [key for key in statement.keys if key.startswith(_APPLICATION)]


def _owners(statements: Sequence[Statement]) -> Mapping[str, str]:
    """For each publication key the application key that owns it: that of its most credible statement."""
    owners: dict[str, str] = {}
    for statement in sorted(statements, key=Statement.credibility):
        claimed = sorted(_applications(statement))
        if claimed:
            for key in statement.keys:
                if key.startswith(_PUBLICATION):
                    owners.setdefault(key, claimed[0])
    return owners


def patents_of(statements: Sequence[Statement]) -> dict[str, Member]:
    """The patents in one connected group of statements, by patent id."""
    applications = {key for statement in statements for key in _applications(statement)}
    if len(applications) <= 1:
        keys = {key for statement in statements for key in statement.keys}
        return {patent_id_of(keys): Member(list(statements))}
    owners = _owners(statements)
    members: dict[str, Member] = defaultdict(Member)
    for statement in statements:
        claimed = sorted(_applications(statement))
        own = claimed[0] if claimed else min((owners[k] for k in sorted(statement.keys) if k in owners), default=None)
        member = members[patent_id_of([own] if own else statement.keys)]
        member.statements.append(statement)
        member.disputed_keys |= {key for key in statement.keys if own and owners.get(key, own) != own}
    return dict(members)
