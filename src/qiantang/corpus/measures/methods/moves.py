"""Inventors who went from one applicant to another: told as *at least*, since a name is not a person.

Mentions of a name are one person where ``corpus.parties.methods.inventors`` joins them; a name alone never does. So between
two applicants only the company of somebody who stood beside the name before tells that it is the same person. A person's
applications stand in the order of their days; where two that follow each other have no applicant in common, the person moved.
Who comes back to an earlier applicant works for both: that is no move.
Source: the disambiguation by name, applicant, co-inventor and class of the notes on navigation, module M11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qiantang.corpus.parties.methods.inventors import MOST_UNDER_KEY, Mention, plain_name, same_person

if TYPE_CHECKING:
    from datetime import date


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


def _people(known: dict[str, Filing]) -> list[_Mine]:
    """The applications of each person who may have moved, by their days."""
    plain = {name: plain_name(name) for name in {name for one in known.values() for name in one.people}}
    wanted = _met_at_two(known, plain)
    mentions, where = [], {}
    for one in known.values():
        names = [plain[name] for name in one.people]
        for place, name in enumerate(one.people):
            if names[place] in wanted:
                key = f"{one.patent_id}#{place}"
                where[key] = (one, name)
                beside = frozenset(other for other in names if other != names[place])
                # the whole name twice: of a name that is written in characters no part may stand for the whole
                mentions.append(
                    Mention(
                        key,
                        one.patent_id,
                        name,
                        name,
                        beside=beside,
                        assignees=frozenset(one.firms),
                        classes=one.classes,
                    )
                )
    grouped: dict[str, _Mine] = defaultdict(list)
    for key, head in same_person(mentions).items():
        grouped[head].append(where[key])
    return [sorted(grouped[head], key=lambda one: (one[0].day, one[0].patent_id)) for head in sorted(grouped)]


def _met_at_two(known: Mapping[str, Filing], plain: Mapping[str, str]) -> set[str]:
    """Plain names of which two mentions with other applicants share evidence.

    All mentions of any other name that are one person stand with the same applicants: nobody of that name has moved, works
    for two, or is shared. Most names are such, so they are told by counting numbers, before mentions are compared.
    """
    codes: dict[str, int] = {name: code for code, name in enumerate(sorted(set(plain.values())))}
    whole: dict[object, int] = {}  # sets of applicants, applicants and classes, each with a number
    kinds, ones, others, sets = [], [], [], []
    for one in known.values():
        held = whole.setdefault(frozenset(one.firms), len(whole))
        people = [codes[plain[name]] for name in one.people]
        among = [whole.setdefault((firm, symbol), len(whole)) for firm in set(one.firms) for symbol in one.classes]
        for code in people:
            beside = {other for other in people if other != code}
            ones += [code] * (len(beside) + len(among))
            others += [*beside, *among]
            kinds += [0] * len(beside) + [1] * len(among)
            sets += [held] * (len(beside) + len(among))
    if not ones:
        return set()
    table = np.array([kinds, ones, others, sets], np.int64)
    table = table[:, np.lexsort(table[::-1])]
    starts = np.flatnonzero(np.r_[True, (np.diff(table[:3]) != 0).any(0)])
    sizes = np.diff(np.r_[starts, table.shape[1]])
    # sets stand in order below each key: the first is another than the last where there are two
    several = (table[3, starts] != table[3, starts + sizes - 1]) & (sizes <= MOST_UNDER_KEY)
    found = set(table[1, starts[several]].tolist())
    return {name for name, code in codes.items() if name and code in found}


def _shared(mine: _Mine) -> list[tuple[str, str]]:
    """The pairs of applicants of one person."""
    held = {frozenset(one.firms) for one, _name in mine}
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
