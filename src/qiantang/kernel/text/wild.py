"""Texts with wildcards, met without going back.

A regular expression tries one way after the other, so a word of forty ``#`` takes it for ever. Here all ways go forward
together, one bit each: the time is that of the text times that of the pattern, whatever they are.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller

_letter: Callable[[str], bool] = methodcaller("isalnum")


class Wildcards:
    """A pattern in which ``*`` stands for any number of characters, ``?`` for one, ``#`` for one or none.

    letters   whether the wildcards stand for letters and digits only
    """

    __slots__ = ("_any", "_end", "_letters", "_literal", "_optional", "_stays")

    def __init__(self, pattern: str, *, letters: bool = False) -> None:
        self._letters = letters
        self._literal: dict[str, int] = {}  # bit n: the sign at place n of the pattern takes this character
        self._any = self._optional = self._stays = 0
        for place, sign in enumerate(pattern):
            bit = 1 << place
            if sign in "*#":
                self._optional |= bit  # may be left out
            if sign == "*":
                self._stays |= bit
            elif sign in "?#":
                self._any |= bit
            else:
                self._literal[sign] = self._literal.get(sign, 0) | bit
        self._end = 1 << len(pattern)

    def _without(self, reached: int) -> int:
        """Also what is reached where signs that may be left out are."""
        while (more := reached | ((reached & self._optional) << 1)) != reached:
            reached = more
        return reached

    def longest(self, text: str, start: int = 0, ends: Callable[[int], bool] | None = None) -> int | None:
        """Where the longest stretch from ``start`` on ends that is met, or None.

        ends   whether a stretch may end at a place; anywhere if not said
        """
        reached = self._without(1)
        found = None
        for place in range(start, len(text) + 1):
            if reached & self._end and (ends is None or ends(place)):
                found = place
            if not reached or place == len(text):
                break
            sign = text[place]
            takes, stays = self._literal.get(sign, 0), 0
            if not self._letters or _letter(sign):
                takes, stays = takes | self._any, self._stays
            reached = self._without(((reached & takes) << 1) | (reached & stays))
        return found

    def fits(self, text: str) -> bool:
        """Whether the whole of the text is met."""
        return self.longest(text, 0, len(text).__eq__) is not None
