"""XML that a service wrote as JSON, seen as the tree it stands for (the BadgerFish convention, which OPS follows).

An object is an element, ``@name`` an attribute, ``$`` its text, a list several elements of one name. The order of elements of
different names is lost on the way; readers of such answers do not need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiantang.corpus.ingest.methods.trees import PLAIN, Wording
from qiantang.corpus.ingest.methods.trees.port import closed_up, marks, steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.ingest.methods.trees import Node

_TEXT, _ATTRIBUTE = "$", "@"


def document(answer: object) -> Node:
    """The document element: the first member of the outer object; without any, an element without name."""
    members = answer if isinstance(answer, dict) else {}
    return next((JsonNode(name, value) for name, value in members.items()), JsonNode("", None))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class JsonNode:
    """One element. An element without anything may stand there as null or as its text alone."""

    __slots__ = ("_members", "name")

    def __init__(self, name: str, value: object) -> None:
        self.name = _local(name)
        self._members: dict[str, Any] = value if isinstance(value, dict) else {_TEXT: value}

    def get(self, attribute: str) -> str | None:
        return self.attributes().get(attribute)

    def gets(self, ones: Sequence[Node], attribute: str) -> list[str | None]:
        return [one.get(attribute) for one in ones]

    def attributes(self) -> dict[str, str]:
        named = ((key, value) for key, value in self._members.items() if key.startswith(_ATTRIBUTE))
        return {_local(key[1:]): str(value) for key, value in named if not isinstance(value, dict)}

    def children(self) -> list[Node]:
        named = ((key, value) for key, value in self._members.items() if not key.startswith((_ATTRIBUTE, _TEXT)))
        return [JsonNode(key, one) for key, value in named for one in (value if isinstance(value, list) else [value])]

    def every(self, *path: str) -> list[Node]:
        found: list[Node] = [self]
        for name in path:
            found = [child for one in found for child in one.children() if child.name == name]
        return found

    def first(self, *path: str) -> Node | None:
        return next(iter(self.every(*path)), None)

    def lists(self, *paths: str) -> list[list[Node]]:
        return [self.every(*steps) for steps in steps_of(paths)]

    def firsts(self, ones: Sequence[Node], *paths: str) -> list[list[Node | None]]:
        return [[one.first(*steps) for steps in steps_of(paths)] for one in ones]

    def inside(self, *names: str) -> list[Node]:
        found: list[Node] = []
        for child in self.children():
            if child.name in names:
                found.append(child)
            found += child.inside(*names)
        return found

    def word(self, *path: str) -> str | None:
        if path:
            found = self.first(*path)
            return None if found is None else found.word()
        text = self._members.get(_TEXT)
        return None if text is None else str(text).strip() or None

    def words(self, *paths: str) -> list[str | None]:
        return [self.word(*path.split("/")) for path in paths]

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        return [one.words(*paths) for one in ones]

    def parts(self) -> list[str | Node]:
        text = self._members.get(_TEXT)
        return [*([] if text is None else [str(text)]), *self.children()]

    def flat(self, wording: Wording = PLAIN) -> str:
        told = marks(wording)
        said: list[str] = []
        for one in self.parts():
            if isinstance(one, str):
                said.append(one)
            else:
                before, follows = told.get(one.name, ("", True))
                said += [before, one.flat(wording) if follows else ""]
        return "".join(said)

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        return [one.flat(wording) for one in ones]

    def closed(self, ones: Sequence[Node], wording: Wording) -> list[tuple[str, bool]]:
        return [closed_up(one.flat(wording), wording) for one in ones]
