"""Documents through lxml: the oracle, and what reads whatever the fast parser leaves to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from qiantang.corpus.ingest.methods.trees.port import PLAIN, Node, Wording, closed_up, marks, steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def parse(content: bytes, encoding: str = "utf-8") -> Node:
    """The document element.

    errors  ``etree.XMLSyntaxError`` with the position; ``LookupError`` for an encoding nobody knows
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )
    return _LxmlNode(etree.fromstring(content, parser))


def _local(element: etree._Element) -> str:
    """The local name; "" for a reference to an entity that nobody resolved."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


class _LxmlNode:
    __slots__ = ("_element",)

    def __init__(self, element: etree._Element) -> None:
        self._element = element

    @property
    def name(self) -> str:
        return _local(self._element)

    def get(self, attribute: str) -> str | None:
        found = self._element.get(attribute)
        if found is None:
            for key, value in _attributes(self._element):
                if key[0] == "{" and key.rpartition("}")[2] == attribute:
                    return value
        return found

    def gets(self, ones: Sequence[Node], attribute: str) -> list[str | None]:
        return [one.get(attribute) for one in ones]

    def attributes(self) -> dict[str, str]:
        return {key.rpartition("}")[2]: value for key, value in _attributes(self._element)}

    def children(self) -> list[Node]:
        return [_LxmlNode(child) for child in self._element]

    def first(self, *path: str) -> Node | None:
        found = next(_at(self._element, path), None)
        return None if found is None else _LxmlNode(found)

    def every(self, *path: str) -> list[Node]:
        return [_LxmlNode(found) for found in _at(self._element, path)]

    def lists(self, *paths: str) -> list[list[Node]]:
        return [self.every(*steps) for steps in steps_of(paths)]

    def firsts(self, ones: Sequence[Node], *paths: str) -> list[list[Node | None]]:
        return [[one.first(*steps) for steps in steps_of(paths)] for one in ones]

    def inside(self, *names: str) -> list[Node]:
        descendants = self._element.iterdescendants()
        return [_LxmlNode(one) for one in descendants if _local(one) in names]

    def word(self, *path: str) -> str | None:
        found = next(_at(self._element, path), None) if path else self._element
        return None if found is None else (found.text or "").strip() or None

    def words(self, *paths: str) -> list[str | None]:
        found: list[str | None] = [None] * len(paths)
        for parents, wanted in _by_parents(paths):
            left = dict(wanted)
            for parent in _at(self._element, parents) if parents else (self._element,):
                for child in parent:
                    place = left.pop(_local(child), None)
                    if place is not None:
                        found[place] = (child.text or "").strip() or None
                if not left:
                    break
        return found

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        return [one.words(*paths) for one in ones]

    def parts(self) -> list[str | Node]:
        found: list[str | Node] = [self._element.text] if self._element.text else []
        for child in self._element:
            found.append(_LxmlNode(child))
            if child.tail:
                found.append(child.tail)
        return found

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        return [one.flat(wording) for one in ones]

    def closed(self, ones: Sequence[Node], wording: Wording) -> list[tuple[str, bool]]:
        return [closed_up(one.flat(wording), wording) for one in ones]

    def flat(self, wording: Wording = PLAIN) -> str:
        if wording is PLAIN:
            return "".join(cast("Iterator[str]", self._element.itertext()))
        said: list[str] = []
        _say(self._element, marks(wording), said)
        return "".join(said)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    """Names with their name spaces in braces, and values; both are texts, whatever the stubs allow."""
    return cast("list[tuple[str, str]]", element.items())


@lru_cache(maxsize=256)
def _by_parents(paths: tuple[str, ...]) -> list[tuple[tuple[str, ...], dict[str, int]]]:
    """Last steps of paths and the places of the paths, by the steps before."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for place, path in enumerate(paths):
        *parents, name = path.split("/")
        found.setdefault(tuple(parents), {})[name] = place
    return list(found.items())


def _at(element: etree._Element, path: tuple[str, ...]) -> Iterator[etree._Element]:
    sought, rest = path[0], path[1:]
    for child in element:
        if _local(child) == sought:
            if rest:
                yield from _at(child, rest)
            else:
                yield child


def _say(element: etree._Element, told: Mapping[str, tuple[str, bool]], said: list[str]) -> None:
    if element.text:
        said.append(element.text)
    for child in element:
        name = _local(child)
        mark = told.get(name)
        if mark is None:
            _say(child, told, said)
        else:
            said.append(mark[0])
            if mark[1]:
                _say(child, told, said)
        if child.tail:
            said.append(child.tail)
