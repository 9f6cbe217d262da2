"""The table of titles: by code, downwards, and by words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from qiantang.corpus.classes.types import ClassTitle
from qiantang.kernel.text import fold

_LENGTHS = (1, 3, 4)  # of the codes of sections, classes and subclasses


def _above(code: str) -> str | None:
    """The code one level up."""
    return next((code[:length] for length in reversed(_LENGTHS) if length < len(code)), None)


class TitleTable:
    """Titles in the order of the classification."""

    def __init__(self, rows: Iterable[ClassTitle]) -> None:
        self._rows = tuple(rows)
        self._by_code = {row.code: row for row in self._rows}
        self._words = [
            (fold(row.title_zh), f" {fold(row.title_en or '')}", len(row.code) > max(_LENGTHS)) for row in self._rows
        ]
        self._children: dict[str | None, list[ClassTitle]] = {}
        for row in self._rows:
            self._children.setdefault(_above(row.code), []).append(row)
        self._sorted = sorted(self._by_code)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, code: str) -> ClassTitle | None:
        """The place of a canonical code; of a subgroup the main group it stands in, of which the table knows the title."""
        return self._by_code.get(code) or self._by_code.get(code.partition("/")[0])

    def line(self, code: str) -> tuple[ClassTitle, ...]:
        """The titles from the section down to the code, as far as the table knows them."""
        found: list[ClassTitle] = []
        place: str | None = code.partition("/")[0]
        while place:
            if place in self._by_code:
                found.append(self._by_code[place])
            place = _above(place)
        return tuple(reversed(found))

    def children(self, code: str | None = None) -> tuple[ClassTitle, ...]:
        """The places right below; None: the sections."""
        return tuple(self._children.get(code, ()))

    def find(self, asked: str, most: int = 20) -> tuple[ClassTitle, ...]:
        """The places a code or words may mean: the code itself and what is below it, else titles that hold all the words.

        Subclasses come before main groups, whole words of English before parts of words, short titles before long ones.
        """
        typed = "".join(asked.upper().split())
        if typed and typed.isascii() and (below := self._beginning(typed, most)):
            return below
        words = fold(asked).split()
        found = [
            (*rank, place) for place in range(len(self._rows) if words else 0) if (rank := self._rank(place, words))
        ]
        return tuple(self._rows[place] for *_, place in sorted(found)[:most])

    def _beginning(self, code: str, most: int) -> tuple[ClassTitle, ...]:
        start = bisect_left(self._sorted, code)
        found: list[str] = []
        while start + len(found) < len(self._sorted) and len(found) < most:
            one = self._sorted[start + len(found)]
            if not one.startswith(code):
                break
            found.append(one)
        return tuple(self._by_code[one] for one in found)

    def _rank(self, place: int, words: list[str]) -> tuple[bool, int, int] | None:
        chinese, english, is_group = self._words[place]
        if all(word in chinese for word in words):
            return is_group, 0, len(chinese)
        if all(word in english for word in words):
            return is_group, sum(f" {word}" not in english for word in words), len(english)
        return None
