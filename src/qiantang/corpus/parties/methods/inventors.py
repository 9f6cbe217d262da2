"""Inventors: mentions of one name on several patents, and which of them are one person.

A name alone never joins two mentions. They are one person where the names agree and a co-inventor, the assignee with the
class, or the assignee with the city is shared; two mentions on one patent are two persons.
Measured against clusters of PatentsView (US data): docs/explanation/parties.md.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from unicodedata import combining, normalize

_NOT_LETTERS = re.compile(r"[^a-z\u4e00-\u9fff ]+")
_SUFFIX = re.compile(r"\b(?:jr|sr|ii|iii|iv|dr|prof)\b")
MOST_UNDER_KEY = 500  # mentions that share one key; beyond, the key (a giant assignee and a broad class) proves nothing


@dataclass(frozen=True, slots=True)
class Mention:
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
    beside: frozenset[str] = field(default_factory=frozenset)
    assignees: frozenset[str] = field(default_factory=frozenset)
    classes: frozenset[str] = field(default_factory=frozenset)
    city: str | None = None


def plain_name(text: str) -> str:
    """Small letters without accents, points and titles: ``Müller, Jr.`` gives ``muller``."""
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
    names = {one.key: plain[one.given] for one in known}
    under: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for one in known:
        for shared in _evidence(one):
            under[plain[one.last], *shared].append(one)
    group = {one.key: one.key for one in known}
    patents = {one.key: {one.patent} for one in known}
    for shared_key in sorted(key for key, together in under.items() if 1 < len(together) <= MOST_UNDER_KEY):
        together = under[shared_key]
        if len({_head(group, one.key) for one in together}) == 1:
            continue  # most are one person already by another key: that is seen without comparing all pairs
        for a, b in combinations(together, 2):
            if a.patent != b.patent and names_agree(names[a.key], names[b.key]):
                _join(group, patents, a.key, b.key)
    return {one.key: _head(group, one.key) for one in known}


def _evidence(mention: Mention) -> Iterator[tuple[str, ...]]:
    for name in mention.beside:
        yield "beside", name
    for assignee in mention.assignees:
        for symbol in mention.classes:
            yield "assignee", assignee, symbol
        if mention.city:
            yield "assignee", assignee, "@" + mention.city


def _head(group: dict[str, str], key: str) -> str:
    while group[key] != key:
        group[key] = group[group[key]]
        key = group[key]
    return key


def _join(group: dict[str, str], patents: dict[str, set[str]], one: str, other: str) -> None:
    """Put two persons together, unless one patent names both."""
    first, second = sorted((_head(group, one), _head(group, other)))
    if first == second or patents[first] & patents[second]:
        return
    group[second] = first
    patents[first] |= patents.pop(second)
