"""The query tree: what an engine is asked, over index fields and index tokens. Everybody imports it from ``port``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose field holds this token (TEXT, CHARS), this whole value (KEYWORD) or this number (INTEGER)."""

    field: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents whose TEXT field holds these tokens one after the other. Two tokens or more.

    open_end    the last token need only begin with the text given (a Chinese character that ends a mixed phrase)
    """

    field: str
    tokens: tuple[str, ...]
    open_end: bool = False


class How(StrEnum):
    """How a token is met: as it is, by its beginning, or by a pattern as in ``Wild``."""

    EXACT = "exact"
    BEGINS = "begins"
    WILD = "wild"


class Slot(NamedTuple):
    """A token wanted ``offset`` positions after the place where the match begins."""

    offset: int
    text: str
    how: How = How.EXACT


@dataclass(frozen=True, slots=True)
class Places:
    """Documents whose TEXT field holds, from some position on, a token for each slot at its offset. The first offset is 0."""

    field: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Wild:
    """Documents whose KEYWORD field holds a value of the pattern: ``*`` any letters, ``?`` one, ``#`` one or none."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents whose KEYWORD field holds a value that begins with this text, which is not empty."""

    field: str
    start: str


@dataclass(frozen=True, slots=True)
class Range:
    """Documents whose INTEGER field lies between the ends, both included; None leaves an end open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """Documents that have any value in a facet or sortable field."""

    field: str


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


@dataclass(frozen=True, slots=True)
class Weighted:
    """The documents of ``part``, whose scores count ``weight`` times; the weight is above 0."""

    part: Query
    weight: float


Leaf = Term | Phrase | Places | Wild | Prefix | Range | Exists
Query = Everything | Leaf | And | Or | Not | Weighted
MOST_EXPANSIONS = 10_000  # tokens of a field that one pattern may stand for; beyond, it is an error and never a part
_WILD_SIGNS = {"*": "(?s:.)*", "?": "(?s:.)", "#": "(?s:.)?"}


def wild_regex(pattern: str, quoted: Callable[[str], str] = re.escape) -> str:
    """The regular expression of a pattern; ``quoted`` makes a literal of a character for the engine at hand."""
    return "".join(_WILD_SIGNS.get(one) or quoted(one) for one in pattern)


def patterns(query: Query) -> Iterator[tuple[str, str]]:
    """(field, pattern) of every pattern whose tokens an engine has to look up."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from patterns(part)
        case Not(part) | Weighted(part):
            yield from patterns(part)
        case Places(field, slots):
            yield from ((field, one.text) for one in slots if one.how is How.WILD)
        case Wild(field, pattern):
            yield field, pattern
        case _:
            return
