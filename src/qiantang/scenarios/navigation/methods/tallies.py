"""Figures out of facts: which patents make a count, and what rates are made of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import growth
from qiantang.scenarios.navigation.types import Figure, FigureKind, Findings, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types.facts import Fact

_SPAN = 3  # years of either side of a growth
_DIGITS = 6  # of rates and indices, so that every machine keeps the same


class Tally:
    """Collects the figures and rows of one analysis."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._rows: list[Row] = []

    def count(self, key: str, members: Iterable[int]) -> str:
        """A count of patents by their places; each once."""
        places = tuple(sorted(set(members)))
        self._figures[key] = Figure(key, len(places), FigureKind.COUNT, places)
        return key

    def rate(self, key: str, value: float | None, made_of: Iterable[str] = (), why: str = "") -> str:
        told = None if value is None else round(float(value), _DIGITS)
        reason = (why or "no_record") if value is None else ""
        self._figures[key] = Figure(key, told, FigureKind.RATE, (), tuple(made_of), reason)
        return key

    def index(self, key: str, value: float | None, made_of: Iterable[str] = (), why: str = "") -> str:
        told = None if value is None else round(float(value), _DIGITS)
        reason = (why or "no_record") if value is None else ""
        self._figures[key] = Figure(key, told, FigureKind.INDEX, (), tuple(made_of), reason)
        return key

    def row(self, value: str, label: str, *cells: str, note: str = "") -> None:
        self._rows.append(Row(value, label, cells, note))

    def value(self, key: str) -> float | int | None:
        return self._figures[key].value

    def findings(self) -> Findings:
        return Findings(tuple(self._figures.values()), tuple(self._rows))


def grouped(facts: Sequence[Fact], of: Callable[[Fact], Iterable[str]]) -> dict[str, list[int]]:
    """Places of the facts by each value they have, the most frequent value first, then by value."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(facts):
        for value in dict.fromkeys(of(one)):
            if value:
                found[value].append(at)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def first_of_families(facts: Sequence[Fact], places: Iterable[int]) -> list[int]:
    """One place for each family: its earliest filing, then the smallest id."""
    chosen: dict[str, int] = {}
    for at in places:
        one = facts[at]
        held = chosen.get(one.family)
        if held is None or (one.year or 9999, one.patent_id) < (facts[held].year or 9999, facts[held].patent_id):
            chosen[one.family] = at
    return sorted(chosen.values())


def ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def last_complete(as_of: date) -> int:
    """The last filing year of which all is published."""
    last = as_of.year
    while not growth.is_complete(last, None, as_of):
        last -= 1
    return last


def halves(as_of: date) -> tuple[range, range]:
    """The three complete years before the last three, and the last three: what growth compares."""
    last = last_complete(as_of)
    return range(last - 2 * _SPAN + 1, last - _SPAN + 1), range(last - _SPAN + 1, last + 1)
