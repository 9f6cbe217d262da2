"""Tokens at their places: phrases, spans, and what lies near in one span instead of many phrases.

The register asks for nearness as the list of all ways in which the tokens may lie. Ways that differ only in how far two
parts are from each other are one span with that much slack: same hits, one pass instead of dozens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qiantang.engines.search.opensearch.layout import fitting
from qiantang.engines.search.port import How, Slot, wild_regex
from qiantang.kernel.text import Wildcards

Dsl = dict[str, Any]
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")  # letters stay: with a backslash some would be classes of characters
_STATES = 1_000_000  # of an automaton, at most; its making is refused beyond
_ALL_WORDS = 2**31 - 1


def literal(text: str) -> str:
    """A text as a regular expression of Lucene that means itself."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def regex(pattern: str) -> str:
    """A pattern of the port as a regular expression of Lucene, where ``.`` is any character as it is."""
    return wild_regex(pattern, literal).replace("(?s:.)", ".")


def regexp(field: str, expression: str, **more: Any) -> Dsl:
    told = {"value": expression, "flags": "INTERSECTION", "max_determinized_states": _STATES, **more}
    return {"regexp": {field: told}}


class Place(NamedTuple):
    """What the token at one place must be: a text, its beginning, or a regular expression."""

    how: How
    text: str

    def span(self, field: str) -> Dsl:
        match self.how:
            case How.EXACT:
                return {"span_term": {field: self.text}}
            case _:
                return {"span_multi": {"match": self.query(field)}}

    def query(self, field: str) -> Dsl:
        match self.how:
            case How.EXACT:
                return {"term": {field: {"value": self.text}}}
            case How.BEGINS:
                return {"prefix": {field: {"value": self.text}}}
            case How.WILD:
                return regexp(field, self.text)


class Way(NamedTuple):
    """Places and their offsets, ascending, the first 0."""

    places: tuple[Place, ...]
    offsets: tuple[int, ...]


def way(slots: Iterable[Slot]) -> Way | None:
    """Slots as a way; None where no token can be two things that are asked of one place."""
    wanted: defaultdict[int, dict[Slot, None]] = defaultdict(dict)
    for slot in slots:
        wanted[slot.offset][slot] = None
    places = [_place(list(wanted[offset])) for offset in sorted(wanted)]
    known = tuple(one for one in places if one is not None)
    return Way(known, tuple(sorted(wanted))) if len(known) == len(places) else None


def _place(slots: Sequence[Slot]) -> Place | None:
    exact = next((slot.text for slot in slots if slot.how is How.EXACT), None)
    if exact is not None:
        return Place(How.EXACT, fitting(exact)) if all(_meets(exact, slot) for slot in slots) else None
    if len(slots) == 1 and slots[0].how is How.BEGINS:
        return Place(How.BEGINS, slots[0].text)
    return Place(How.WILD, "&".join(f"({_expression(slot)})" for slot in slots))


def _expression(slot: Slot) -> str:
    return regex(slot.text) if slot.how is How.WILD else literal(slot.text) + ".*"


def _meets(token: str, slot: Slot) -> bool:
    match slot.how:
        case How.EXACT:
            return token == slot.text
        case How.BEGINS:
            return token.startswith(slot.text)
        case How.WILD:
            return Wildcards(slot.text).fits(token)


# --- one way ----------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A query, and whether it scores."""

    query: Dsl
    scores: bool


def of_way(field: str, asked: Way) -> Found:
    """The query of one way. Tokens that are given whole score, words that a pattern stands for do not."""
    whole = [one.text for one in asked.places if one.how is How.EXACT]
    if len(asked.places) == 1:
        return Found(asked.places[0].query(field), bool(whole))
    if len(whole) == len(asked.places):
        return Found(_phrase(field, whole) if _close(asked) else _span(field, asked), scores=True)
    if _close(asked) and len(whole) == len(asked.places) - 1 and asked.places[-1].how is How.BEGINS:
        return open_phrase(field, [*whole, asked.places[-1].text])
    return _scored(field, _span(field, asked), whole)


def open_phrase(field: str, tokens: Sequence[str]) -> Found:
    """A phrase whose last token need only begin so."""
    told = {"query": " ".join(tokens), "max_expansions": _ALL_WORDS}
    return _scored(field, {"match_phrase_prefix": {field: told}}, tokens[:-1])


def _scored(field: str, matching: Dsl, whole: Sequence[str]) -> Found:
    """What matches, with the score of the whole tokens in it: the words behind a pattern would swamp any other."""
    if not whole:
        return Found(matching, scores=False)
    terms = [{"term": {field: {"value": one}}} for one in dict.fromkeys(whole)]
    return Found({"bool": {"filter": [matching], "should": terms}}, scores=True)


def _close(asked: Way) -> bool:
    return asked.offsets == tuple(range(len(asked.offsets)))


def _phrase(field: str, tokens: Sequence[str]) -> Dsl:
    return {"match_phrase": {field: {"query": " ".join(tokens)}}}


def _span(field: str, asked: Way, slack_before: int | None = None, slack: int = 0) -> Dsl:
    """All places one after the other; before the place ``slack_before`` there may be ``slack`` more positions."""
    if slack_before is None:
        return _near(list(_pieces(field, asked, 0, len(asked.places))), 0)
    front = list(_pieces(field, asked, 0, slack_before))
    back = list(_pieces(field, asked, slack_before, len(asked.places)))
    gap = _gap(field, asked.offsets[slack_before] - asked.offsets[slack_before - 1] - 1)
    return _near([_near(front, 0), *gap, _near(back, 0)], slack)


def _pieces(field: str, asked: Way, first: int, end: int) -> Iterator[Dsl]:
    for at in range(first, end):
        if at > first:
            yield from _gap(field, asked.offsets[at] - asked.offsets[at - 1] - 1)
        yield asked.places[at].span(field)


def _gap(field: str, width: int) -> list[Dsl]:
    return [{"span_gap": {field: width}}] if width else []


def _near(clauses: list[Dsl], slop: int) -> Dsl:
    if len(clauses) == 1:
        return clauses[0]
    return {"span_near": {"clauses": clauses, "slop": slop, "in_order": True}}


# --- many ways --------------------------------------------------------------------------------------------------------


class _Run(NamedTuple):
    """Ways that are one span: the nearest of them, before which place there may be more positions, and how many."""

    nearest: Way
    slack_before: int
    slack: int


def of_ways(field: str, ways: Sequence[Way]) -> list[Found]:
    """Queries of which one must match where one of the ways must."""
    alike: defaultdict[tuple[Place, ...], list[tuple[int, ...]]] = defaultdict(list)
    for one in ways:
        alike[one.places].append(one.offsets)
    found: list[Found] = []
    for places, offsets in alike.items():
        whole = [one.text for one in places if one.how is How.EXACT]
        for run in _runs(places, offsets):
            if not run.slack:
                found.append(of_way(field, run.nearest))
                continue
            span = _span(field, run.nearest, run.slack_before, run.slack)
            found.append(Found(span, scores=True) if len(whole) == len(places) else _scored(field, span, whole))
    return found


def _runs(places: tuple[Place, ...], offsets: Sequence[tuple[int, ...]]) -> list[_Run]:
    """The ways as few runs: parted at the place where that gives the fewest."""
    parted = (_parted(places, offsets, at) for at in range(1, len(places)))
    return min(parted, key=len, default=[_Run(Way(places, one), 0, 0) for one in dict.fromkeys(offsets)])


def _parted(places: tuple[Place, ...], offsets: Sequence[tuple[int, ...]], at: int) -> list[_Run]:
    steps: defaultdict[tuple[tuple[int, ...], tuple[int, ...]], set[int]] = defaultdict(set)
    for one in offsets:
        steps[one[:at], tuple(offset - one[at] for offset in one[at:])].add(one[at])
    return [
        _Run(Way(places, (*front, *(offset + low for offset in back))), at, high - low)
        for (front, back), found in steps.items()
        for low, high in _unbroken(sorted(found))
    ]


def _unbroken(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of neighbouring numbers."""
    low = previous = numbers[0]
    for one in numbers[1:]:
        if one != previous + 1:
            yield low, previous
            low = one
        previous = one
    yield low, previous
