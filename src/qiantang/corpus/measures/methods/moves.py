"""Inventors who went from one applicant to another: told as *at least*, since a name is not a person.

Mentions of a name are one person where ``corpus.parties.methods.inventors`` joins them; a name alone never does. So between
two applicants only the company of somebody who stood beside the name before tells that it is the same person. A person's
applications stand in the order of their days; where two that follow each other have no applicant in common, the person moved.
Who comes back to an earlier applicant works for both: that is no move.
Source: the disambiguation by name, applicant, co-inventor and class of the notes on navigation, module M11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qiantang.corpus.parties.methods.inventors import MOST_UNDER_KEY, Persons, plain_name

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Sureness(StrEnum):
    """How far what is shared tells that both are one person."""

    HIGH = "high"  # two or more colleagues beside the name before and after
    FAIR = "fair"  # one colleague, and a class of technology
    LOW = "low"  # one colleague alone: may be two people of one name


class Filing(NamedTuple):
    """An application as it bears on its inventors.

    firms    harmonised applicants, the first one first
    people   names of the inventors as printed
    classes  subclasses of its symbols
    """

    patent_id: str
    day: date
    firms: tuple[str, ...]
    people: tuple[str, ...]
    classes: frozenset[str]


class Move(NamedTuple):
    """One person who moved. ``before`` and ``after`` are the last application at the one and the first at the other."""

    before: Filing
    after: Filing
    sureness: Sureness
    colleagues: int


class Moves(NamedTuple):
    """Moves by their days.

    both    people who stand with two applicants by turns, and so did not move
    shared  pairs of applicants, by name, once for each person who stands on applications of the one and of the other
            that are not joint
    """

    moves: tuple[Move, ...]
    both: int
    shared: tuple[tuple[str, str], ...] = ()


def inventor_moves(filings: Iterable[Filing]) -> Moves:
    """The moves that applications tell of. The order in which they are given makes no difference."""
    known = {one.patent_id: one for one in filings}
    moves: list[Move] = []
    shared: list[tuple[str, str]] = []
    both = 0
    for mine in _people(known):
        shared += _shared(mine)
        told = _moves_of(mine)
        if told is None:
            both += 1
        else:
            moves += told
    return Moves(
        tuple(sorted(moves, key=lambda one: (one.after.day, one.after.patent_id, one.before.patent_id))),
        both,
        tuple(sorted(shared)),
    )


_Mine = list[tuple[Filing, str]]  # a person's applications, each with the name as it is printed there


def _people(known: Mapping[str, Filing]) -> list[_Mine]:
    """The applications of each person who may have moved, by their days.

    Who is one person is told as by ``same_person``, in its order, on numbers instead of names.
    """
    filings = [known[one] for one in sorted(known)]
    printed = [[one.people[place] for place in _as_texts(len(one.people))] for one in filings]
    mentions = [(one, name) for one, names in zip(filings, printed, strict=True) for name in names]
    plain = {name: plain_name(name) for name in {name for _one, name in mentions}}
    codes = {name: code for code, name in enumerate(sorted(set(plain.values())))}
    people = [[codes[plain[name]] for name in names] for names in printed]
    persons = Persons([one.patent_id for one, _name in mentions])
    for together in _shared_keys(filings, people, codes.get("", -1)):
        persons.meet_of_one_name(together)
    grouped: dict[int, _Mine] = defaultdict(list)
    for place, mention in enumerate(mentions):
        grouped[persons.head(place)].append(mention)
    several = (mine for mine in grouped.values() if len(mine) > 1)  # the first mentions of all stand in order
    return [sorted(mine, key=lambda one: (one[0].day, one[0].patent_id)) for mine in several]


@cache
def _as_texts(count: int) -> tuple[int, ...]:
    """Numbers from 0 in the order of their texts, in which the keys of mentions stand."""
    return tuple(sorted(range(count), key=str))


def _shared_keys(filings: Sequence[Filing], people: Sequence[Sequence[int]], nameless: int) -> Iterator[list[int]]:
    """The mentions under each piece of evidence that several of one name share, by name; of names of which somebody may have
    moved.

    All mentions of any other name that are one person stand with the same applicants: nobody of that name has moved, works
    for two, or is shared. Most names are such, so they are told by counting numbers, before mentions are compared.
    """
    pairs = [[(firm, symbol) for firm in set(one.firms) for symbol in one.classes] for one in filings]
    ranks = {pair: rank for rank, pair in enumerate(sorted(set(chain.from_iterable(pairs))))}
    among = [[ranks[pair] for pair in told] for told in pairs]
    sets: dict[frozenset[str], int] = {}
    held = np.array([sets.setdefault(frozenset(one.firms), len(sets)) for one in filings], np.int64)
    held = np.repeat(held, [len(one) for one in people])
    code = np.fromiter(chain.from_iterable(people), np.int64)
    many = int(code.max(initial=0)) + 1
    one, other = _paired(people, people)
    once = np.unique(one * many + code[other])  # two of one name on an application stand beside another once
    by, beside = np.divmod(once, many)
    by, beside = by[code[by] != beside], beside[code[by] != beside]
    having, symbol = _paired(people, among)
    symbols = np.fromiter(chain.from_iterable(among), np.int64)[symbol]
    mention = np.r_[having, by]
    # names in their order, below each the applicant with the class before who stands beside: the order of ``same_person``
    kind = np.repeat([0, 1], [len(having), len(by)])
    key = (code[mention] * 2 + kind) * max(many, len(ranks)) + np.r_[symbols, beside]
    order = np.lexsort((mention, key))
    mention, key = mention[order], key[order]
    starts = np.flatnonzero(np.r_[True, np.diff(key) != 0][: len(key)])
    sizes = np.diff(np.r_[starts, len(key)])
    some = (sizes > 1) & (sizes <= MOST_UNDER_KEY) & (code[mention[starts]] != nameless)
    starts, sizes = starts[some], sizes[some]
    name, total = code[mention[starts]], np.r_[0, np.cumsum(held[mention] != np.roll(held[mention], 1))]
    apart = name[total[starts + sizes] != total[starts + 1]]  # applicants are others somewhere below the key
    for start, size in zip(*(part[np.isin(name, apart)].tolist() for part in (starts, sizes)), strict=True):
        yield mention[start : start + size].tolist()


def _paired(ones: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Each of some lists with each of the other list at the same place: where both stand when the lists are one."""
    many = np.array([len(one) for one in others], np.int64)
    here = np.repeat(np.arange(len(ones)), [len(one) for one in ones])  # of each of the first: its list
    times = many[here]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(np.arange(len(here)), times), within + np.repeat((np.cumsum(many) - many)[here], times)


def _shared(mine: _Mine) -> list[tuple[str, str]]:
    """The pairs of applicants of one person."""
    held = {frozenset(one.firms) for one, _name in mine}
    if len(held) == 1:
        return []
    return [
        (one, other)
        for one, other in combinations(sorted(_firms(mine)), 2)
        if any(one in firms and other not in firms for firms in held)
        and any(other in firms and one not in firms for firms in held)
    ]


def _moves_of(mine: _Mine) -> list[Move] | None:
    """The moves of one person; None for one who came back."""
    stations: list[_Mine] = []
    for one in mine:
        here = set(one[0].firms)
        if stations and here & _firms(stations[-1][-1:]):
            stations[-1].append(one)
        elif any(here & _firms(station) for station in stations):
            return None
        elif stations and one[0].day == stations[-1][-1][0].day:
            return None  # two on one day: by turns
        else:
            stations.append([one])
    return [move for before, after in pairwise(stations) if (move := _move(before, after)) is not None]


def _firms(station: Sequence[tuple[Filing, str]]) -> set[str]:
    return {firm for one, _name in station for firm in one.firms}


def _move(before: _Mine, after: _Mine) -> Move | None:
    colleagues = _colleagues(before) & _colleagues(after)
    if not colleagues:
        return None  # joined by a third applicant only: nothing is told
    classes = {c for one, _name in before for c in one.classes} & {c for one, _name in after for c in one.classes}
    one_alone = Sureness.FAIR if classes else Sureness.LOW
    sureness = Sureness.HIGH if len(colleagues) > 1 else one_alone
    return Move(before[-1][0], after[0][0], sureness, len(colleagues))


def _colleagues(station: _Mine) -> set[str]:
    return {plain_name(other) for one, name in station for other in one.people if other != name}
