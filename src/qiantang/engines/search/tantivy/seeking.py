"""A broad OR beside something rare, asked from the side of the rare one.

For ``(a OR b OR c) AND d`` tantivy reads all postings of a, b and c and scores every document of theirs, though few hold d.
Where d is much rarer it is quicker to go through d and to look each of its documents up in a, b and c. A union cannot be
looked up so, an exclusion can: left out is what holds none of the three. What stays is scored by a, b and c as optional
parts, one inside the other, each of which is looked up as well. The same documents are found; their scores are the same
sums. An OR that is taken away by NOT is taken away part by part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qiantang.engines.search.port import (
    And,
    Everything,
    Exists,
    FieldKind,
    IndexSchema,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Weighted,
    Wild,
)
from qiantang.engines.search.tantivy.words import Words

_MANY = 20_000  # postings of an OR: with fewer, opening them a second time costs more than is saved
_MOST_PARTS = 12  # of an OR that is looked up: the optional parts lie one inside the other
_MOST_ADDED = 64  # alternatives whose postings are added up, to know how rare an OR is


class Sought(NamedTuple):
    """What an AND is asked by: parts that are gone through, and ORs that are looked up for each document of those.

    needed, refused     parts that all must match, and that none may match
    broad               ORs of which one alternative must match, the most frequent alternative first
    rarest              of ``needed``, the one with the fewest documents
    """

    needed: tuple[Query, ...]
    refused: tuple[Query, ...]
    broad: tuple[tuple[Query, ...], ...]
    rarest: Query


def sought(parts: Sequence[Query], words: Words) -> Sought | None:
    """How the parts of an AND are asked from its rarest; None where that saves nothing."""
    needed = [part for part in parts if not isinstance(part, Not)]
    refused = [part.part for part in parts if isinstance(part, Not)]
    wide = [found for part in (*needed, *refused) if (found := alternatives(part)) and _postings(found, words) >= _MANY]
    if not wide:
        return None
    known = [(held, part) for part in needed if (held := _reach(part, words)) is not None]
    if not known:
        return None
    fewest, rarest = min(known, key=lambda pair: pair[0])
    broad, kept, away = [], [], []
    for part in needed:
        found = [] if part is rarest else _looked_up(part, fewest, words)
        if found:
            broad.append(tuple(found))
        else:
            kept.append(part)
    for gone in refused:
        away += _looked_up(gone, fewest, words) or [gone]
    if not broad and len(away) == len(refused):
        return None
    return Sought(tuple(kept), tuple(away), tuple(broad), rarest)


def _looked_up(part: Query, fewest: int, words: Words) -> list[Query]:
    """The alternatives of an OR that should be looked up, the most frequent first; none where it should be gone through."""
    found = alternatives(part)
    if not found or not saves(_postings(found, words), len(found) * fewest):
        return []
    return sorted(found, key=lambda one: -(_reach(one, words) or 0))


def _postings(alternatives: Sequence[Query], words: Words) -> int:
    return sum(_reach(one, words) or 0 for one in alternatives)


def saves(postings: int, looks: int) -> bool:
    """Whether so many looks cost less than to read and score so many postings."""
    return postings >= _MANY and postings >= looks


def covers_most(alternatives: Sequence[Query], words: Words) -> bool:
    """Whether documents without any of the alternatives may be far between: to look for the next would walk."""
    return _postings(alternatives, words) > words.documents / 2


def alternatives(query: Query) -> list[Query]:
    """Those of an OR, where each can be looked up; none for all else."""
    match query:
        case Or(parts) if 1 < len(parts) <= _MOST_PARTS:
            found: list[Query] = []
            for part in parts:
                inner = [part] if _is_looked_up(part) else alternatives(part)
                if not inner:
                    return []
                found += inner
            return found if len(found) <= _MOST_PARTS else []
        case _:
            return []


def _is_looked_up(query: Query) -> bool:
    match query:
        case Term() | Phrase(_, _, False):
            return True
        case Weighted(part):
            return _is_looked_up(part)
        case _:
            return False


def _reach(query: Query, words: Words) -> int | None:
    """In how many documents it stands at most; None where that is not known at once."""
    match query:
        case Term(field, value):
            return words.holding(field, value)
        case Phrase(field, tokens, open_end):
            return min(words.holding(field, one) for one in (tokens[:-1] if open_end else tokens))
        case Weighted(part):
            return _reach(part, words)
        case And(parts):
            return min((held for one in parts if (held := _reach(one, words)) is not None), default=None)
        case Or(parts) if 0 < len(parts) <= _MOST_ADDED:
            found = [_reach(one, words) for one in parts]
            return None if None in found else sum(one for one in found if one is not None)
        case _:
            return None


def scores_nothing(query: Query, schema: IndexSchema) -> bool:
    """Whether it only narrows, as far as is seen at once."""
    match query:
        case Term(field):
            return schema[field].kind is not FieldKind.TEXT
        case And(parts) | Or(parts):
            return all(scores_nothing(part, schema) for part in parts)
        case Weighted(part):
            return scores_nothing(part, schema)
        case _:
            return isinstance(query, Everything | Range | Exists | Wild | Prefix | Not)
