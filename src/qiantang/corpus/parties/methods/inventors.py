"""Inventors: mentions of one name on several patents, and which of them are one person.

A name alone never joins two mentions. They are one person where the names agree and a co-inventor, the assignee with the
class, or the assignee with the city is shared; two mentions on one patent are two persons.
Measured against clusters of PatentsView (US data): docs/explanation/parties.md.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple
from unicodedata import combining, normalize

_NOT_LETTERS = re.compile(r"[^a-z\u4e00-\u9fff ]+")
_CHARACTERS = re.compile(r"[\u4e00-\u9fff]+")
_SUFFIX = re.compile(r"\b(?:jr|sr|ii|iii|iv|dr|prof)\b")
MOST_UNDER_KEY = 500  # mentions that share one key; beyond, the key (a giant assignee and a broad class) proves nothing


class Mention(NamedTuple):
    """One inventor on one patent, as printed.

    key           identifies the mention
    patent        the patent
    given, last   as printed; entities of mark-up are resolved
    beside        names of the others on the patent
    assignees     standard names of the patent's assignees
    classes       IPC or CPC subclasses
    city          the inventor's city as printed, None where not known
    """

    key: str
    patent: str
    given: str
    last: str
    beside: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    city: str | None = None


def plain_name(text: str) -> str:
    """Small letters without accents, points and titles: ``Müller, Jr.`` gives ``muller``."""
    if _CHARACTERS.fullmatch(text):
        return text  # nearly all in a Chinese register: nothing of what follows touches them
    opened = html.unescape(text)
    opened = re.sub(
        r"&([A-Za-z])(?:circ|acute|grave|uml|caron|cedil|tilde|ring|slash|breve|ogon|macr|dot);",
        r"\1",
        opened,
        flags=re.IGNORECASE,
    )
    bare = "".join(one for one in normalize("NFKD", opened) if not combining(one)).casefold()
    return " ".join(_SUFFIX.sub(" ", _NOT_LETTERS.sub(" ", bare.replace("'", "").replace("-", " "))).split())


def names_agree(one: str, other: str) -> bool:
    """Whether two plain given names may be one person's: each part equals its counterpart or is its initial.

    ``j robert`` agrees with ``john robert`` and ``john``; ``john robert`` not with ``john michael``.
    """
    first, second = one.split(), other.split()
    if not first or not second:
        return False
    return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(first, second, strict=False))


def same_person(mentions: Iterable[Mention]) -> dict[str, str]:
    """Key of each mention -> key of the first mention of its person. Cost grows with what is shared, not with all pairs."""
    known = sorted(mentions, key=lambda one: one.key)
    plain = {text: plain_name(text) for text in {text for one in known for text in (one.last, one.given)}}
    names = [plain[one.given] for one in known]
    under: dict[tuple[str, ...], list[int]] = defaultdict(list)  # places in the order of their keys
    for place, one in enumerate(known):
        last = plain[one.last]
        for shared in _evidence(one):
            under[last, *shared].append(place)
    persons = Persons([one.patent for one in known])
    for shared_key in sorted(key for key, together in under.items() if 1 < len(together) <= MOST_UNDER_KEY):
        persons.meet(under[shared_key], names)
    return {one.key: known[persons.head(place)].key for place, one in enumerate(known)}


def _evidence(mention: Mention) -> Iterator[tuple[str, ...]]:
    for name in mention.beside:
        yield "beside", name
    for assignee in mention.assignees:
        for symbol in mention.classes:
            yield "assignee", assignee, symbol
        if mention.city:
            yield "assignee", assignee, "@" + mention.city


class Persons:
    """Who is one person so far: of each mention, by its place in an order that all keep, the first of the person.

    patents  of each mention; those who share a key are told by ``meet``, key after key in an order of their own
    """

    def __init__(self, patents: Sequence[str]) -> None:
        self._first = list(range(len(patents)))
        self._patent = patents
        self._patents: dict[int, set[str]] = {}  # of persons who were asked about

    def head(self, place: int) -> int:
        first = self._first
        while first[place] != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    def meet(self, together: Sequence[int], names: Sequence[str]) -> None:
        """Join those who share a key, pair by pair in their order, where the names agree."""
        if len({names[place] for place in together}) == 1:
            if names[together[0]]:
                self.meet_of_one_name(together)
            return
        for one, other in combinations(together, 2):
            if self.head(one) != self.head(other) and names_agree(names[one], names[other]):
                self._join(one, other)

    def meet_of_one_name(self, together: Iterable[int]) -> None:
        """The same where all have one name: whether two persons can be joined is then the same for all their mentions, and
        stays as it is, so that one pair of each two persons tells it.
        """
        waiting = list(dict.fromkeys(map(self.head, together)))
        while len(waiting) > 1:  # most are one person already by another key
            one = waiting[0]
            waiting = [other for other in waiting[1:] if not self._join(one, other)]

    def _join(self, one: int, other: int) -> bool:
        """Put two persons together, unless one patent names both; whether they are one."""
        first, second = self.head(one), self.head(other)
        if first == second:
            return True
        if second < first:
            first, second = second, first
        here, there = self._named_by(first), self._named_by(second)
        if not here.isdisjoint(there):
            return False
        self._first[second] = first
        here |= there
        return True

    def _named_by(self, head: int) -> set[str]:
        found = self._patents.get(head)
        if found is None:
            found = self._patents[head] = {self._patent[head]}
        return found
