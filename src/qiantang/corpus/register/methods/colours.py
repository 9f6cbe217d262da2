"""Each term of a query by itself: where it stands in a text, how often, and which term colours which letter.

Two terms may lie over each other (电池 inside 电池冷却). Every letter then belongs to one of them, the one that begins last;
where a term begins is kept for each, so that whoever jumps from hit to hit misses none.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register.methods.highlight import marks

if TYPE_CHECKING:
    from collections.abc import Sequence


class Stretch(NamedTuple):
    """Letters of a text in the colour of one term: start and end (excluded), the term that colours them, from 0.

    begins  the terms of which a hit begins here: none in the rest of a hit that another one has cut
    """

    start: int
    end: int
    term: int
    begins: tuple[int, ...]


class _Hit(NamedTuple):
    start: int
    end: int
    term: int


def stretches(text: str, terms: Sequence[str]) -> tuple[Stretch, ...]:
    """The coloured stretches of a text, in order, none over another.

    terms   as typed, from ``query_language.terms_to_mark``
    """
    found = [_Hit(one.start, one.end, term) for term, needle in enumerate(terms) for one in marks(text, (needle,))]
    if not found:
        return ()
    places = sorted({place for one in found for place in (one.start, one.end)})
    made: list[Stretch] = []
    open_hits: list[_Hit] = []
    waiting = sorted(found, reverse=True)
    for start, end in pairwise(places):
        open_hits = [one for one in open_hits if one.end > start]
        begun = []
        while waiting and waiting[-1].start == start:
            begun.append(waiting.pop())
        open_hits += begun
        if open_hits:
            inner = max(open_hits, key=lambda one: (one.start, -one.end, -one.term))
            made.append(Stretch(start, end, inner.term, tuple(one.term for one in begun)))
    return tuple(_joined(made))


def _joined(made: Sequence[Stretch]) -> list[Stretch]:
    """A hit that was cut where another ended, and goes on in its own colour, is one again."""
    joined: list[Stretch] = []
    for one in made:
        last = joined[-1] if joined else None
        if last and last.end == one.start and last.term == one.term and not one.begins:
            joined[-1] = last._replace(end=one.end)
        else:
            joined.append(one)
    return joined


def times(found: Sequence[Stretch], terms: int) -> tuple[int, ...]:
    """How often each of so many terms stands in a text with these stretches."""
    counted = [0] * terms
    for one in found:
        for term in one.begins:
            counted[term] += 1
    return tuple(counted)
