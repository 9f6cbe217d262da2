"""What a reader of XML sees of a document, whichever parser made it.

A reader is written once, against ``Node``; two parsers stand behind it and give the same answers (``trees/__init__.py``
chooses). Elements are named by their local names. Comments and processing instructions do not exist: a text goes on behind
them. Only nodes that are asked for are made, and a path is followed inside the parser's own tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Wording:
    """How the mixed content of an element becomes text. All names are local names.

    left_out  elements of which nothing is said: formulae, embedded programs
    lined     elements that begin on a new line: parts of a claim, rows of a table
    spaced    elements that are set off by a blank: cells of a table
    line      what begins a line; another character than a line feed tells it from those of the mark-up
    gap       what stands in the place of an element that is left out
    """

    left_out: frozenset[str] = frozenset()
    lined: frozenset[str] = frozenset()
    spaced: frozenset[str] = frozenset()
    line: str = "\n"
    gap: str = ""


@lru_cache(maxsize=64)
def marks(wording: Wording) -> dict[str, tuple[str, bool]]:
    """Element to what is written before it, and whether its content follows."""
    return {
        **dict.fromkeys(wording.spaced, (" ", True)),
        **dict.fromkeys(wording.lined, (wording.line, True)),
        **dict.fromkeys(wording.left_out, (wording.gap, False)),
    }


@lru_cache(maxsize=256)
def steps_of(paths: tuple[str, ...]) -> list[list[str]]:
    """The local names of each path."""
    return [path.split("/") for path in paths]


def closed_up(said: str, wording: Wording) -> tuple[str, bool]:
    """The lines of a text, those of the mark-up closed up and empty ones left out, and whether something was left out.

    Two blanks beside each other in one line are the printer's own. ``wording`` has its own character for a line, a gap.
    """
    has_gap = wording.gap in said
    if has_gap:
        said = said.replace(wording.gap, "\n")
    lines = [
        " ".join(line.split()) if "\n" in line or "\t" in line else line
        for one in said.split(wording.line)
        if (line := one.strip())
    ]
    return "\n".join(lines), has_gap


PLAIN = Wording()

# lxml judges the addresses of name spaces as well; any but the plainest are left to it.
PLAIN_NAME_SPACE = re.compile(
    rb"\sxmlns(?::[A-Za-z][\w.-]*)?=[\"'](?:https?://[A-Za-z0-9.-]+(?:/[\w./#-]*)?|[A-Za-z][A-Za-z0-9]*:[\w.:-]+)[\"']"
)


class Node(Protocol):
    """One element. Absent things are None, never an empty text."""

    @property
    def name(self) -> str:
        """The local name."""

    def get(self, attribute: str) -> str | None:
        """The value of an attribute by its local name; where it stands without and with a prefix, the one without."""

    def gets(self, ones: Sequence[Node], attribute: str) -> list[str | None]:
        """``get`` of each of several elements of this document: much faster than one by one."""

    def attributes(self) -> dict[str, str]:
        """All attributes by local name, in order; name space declarations are none."""

    def children(self) -> list[Node]:
        """The child elements in order."""

    def first(self, *path: str) -> Node | None:
        """The first element, in the order of the document, at a path of local names."""

    def every(self, *path: str) -> list[Node]:
        """All elements at a path of local names, in the order of the document."""

    def lists(self, *paths: str) -> list[list[Node]]:
        """``every`` of each of several paths, their steps parted by strokes: much faster than one by one."""

    def firsts(self, ones: Sequence[Node], *paths: str) -> list[list[Node | None]]:
        """``first`` at each of several paths, of each of several elements of this document: much faster than one by one."""

    def inside(self, *names: str) -> list[Node]:
        """All elements of these names at any depth below this one, in the order of the document."""

    def word(self, *path: str) -> str | None:
        """The text at the beginning of the first element at a path (without one: of this element), without blanks around
        it; None where there is no such element or nothing in it. Text behind a child element does not belong to it.
        """

    def words(self, *paths: str) -> list[str | None]:
        """What ``word`` says at each of several paths, their steps parted by strokes: much faster than one by one."""

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        """``words`` of each of several elements of this document, the records of a list: much faster than one by one."""

    def parts(self) -> list[str | Node]:
        """The mixed content in order: texts and child elements."""

    def flat(self, wording: Wording = PLAIN) -> str:
        """All text of the element and of those inside it, as it stands, blanks and line breaks included."""

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        """``flat`` of each of several elements of this document, none inside another: much faster than one by one."""

    def closed(self, ones: Sequence[Node], wording: Wording) -> list[tuple[str, bool]]:
        """``closed_up`` of the ``flat`` of each of several elements of this document, none inside another."""
