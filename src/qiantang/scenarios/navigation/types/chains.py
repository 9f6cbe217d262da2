"""An industry as a tree of its chain, each place of it bound to what finds its patents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where in the chain a first-level node stands."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule of an official concordance: its system and its number there (``wipo35``, ``6``)."""

    system: str
    code: str

    def __str__(self) -> str:
        return f"{self.system}:{self.code}"


@dataclass(frozen=True, slots=True)
class Node:
    """One place of a chain.

    code        numbers parted by full stops; those before the last name the node above: ``2.1.3``
    strategy    in the query language of the register; empty: whatever the nodes below find
    rules       of official concordances, for comparison
    place       of first-level nodes; None below
    """

    code: str
    zh: str
    en: str
    strategy: str = ""
    rules: tuple[RuleRef, ...] = ()
    place: Place | None = None

    @property
    def above(self) -> str:
        """The code of the node above; empty for the first level."""
        return self.code.rpartition(".")[0]

    @property
    def level(self) -> int:
        return self.code.count(".") + 1

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An effect or a means of an industry, and the words by which a text is known to speak of it."""

    zh: str
    en: str
    strategy: str

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry: names, what it covers, its nodes in the order of their codes, its effects and means.

    version     1, 2, 3 …; 0: not yet published
    sources     where the tree and its rules come from
    """

    key: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    nodes: tuple[Node, ...]
    effects: tuple[Vocabulary, ...] = ()
    means: tuple[Vocabulary, ...] = ()
    sources: tuple[str, ...] = ()
    version: int = 1

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def about(self, language: str) -> str:
        return self.about_zh if language.startswith("zh") else self.about_en

    def node(self, code: str) -> Node | None:
        return next((one for one in self.nodes if one.code == code), None)

    def below(self, code: str) -> tuple[Node, ...]:
        """The nodes right below one; of the industry itself with an empty code."""
        return tuple(one for one in self.nodes if one.above == code)

    def leaves(self) -> tuple[Node, ...]:
        upper = {one.above for one in self.nodes}
        return tuple(one for one in self.nodes if one.code not in upper)
