"""Documents through pugixml, five times as fast as lxml at parsing, and lenient: it takes much for XML that is none.

So it is never asked whether a document is well-formed. Expat is, which is strict and, building nothing, cheap; what expat
does not pass, and what only libxml2's bounds forbid (depth, length of one text), is left to lxml, which has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast
from xml.parsers import expat  # nosec B406 - declarations of entities are refused before, and none is ever resolved

import pygixml

from qiantang.corpus.ingest.methods.trees.port import PLAIN, PLAIN_NAME_SPACE, Node, Wording, closed_up, marks, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Blanks between elements are kept, pieces of text beside each other are joined; comments and instructions are left out.
_FLAGS = (
    pygixml.ParseFlags.CDATA
    | pygixml.ParseFlags.WS_PCDATA
    | pygixml.ParseFlags.ESCAPES
    | pygixml.ParseFlags.EOL
    | pygixml.ParseFlags.WCONV_ATTRIBUTE
    | pygixml.ParseFlags.MERGE_PCDATA
)
_LEVELS = 255  # libxml2 takes 256; what reaches that is for it to judge
_LONGEST = 10_000_000  # libxml2's bound for one text
_TOO_DEEP = pygixml.XPathQuery(f"boolean(/*{'/*' * _LEVELS})")
_PREFIXED = re.compile(rb"<(/?)[^\s<>/:=\"'!?]+:")
_NO_ELEMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<(/?)[^\s<>/:=\"'!?]+:", re.DOTALL)
_NO_TEXT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_BETWEEN = "\x1f"  # no XML document can hold this character


def parse(content: bytes) -> Node | None:
    """The document element of UTF-8 bytes that begin with its start tag; None where lxml must decide."""
    name_spaces: list[str | None] = []
    if len(content) >= _LONGEST or not _is_well_formed(content, name_spaces):
        return None
    if b"<![CDATA[" in content:
        content = _NO_TEXT.sub(_escaped, content)
    if name_spaces:
        if content.count(b"xmlns") != len(PLAIN_NAME_SPACE.findall(content)):
            return None
        content = _without_prefixes(content)
    try:
        document = pygixml.parse_string(content.decode(), _FLAGS)
    except pygixml.PygiXMLError:
        return None
    root = document.root
    if root is None or _TOO_DEEP.evaluate_boolean(root):
        return None
    return _PugiNode(root, document)


def _is_well_formed(content: bytes, name_spaces: list[str | None]) -> bool:
    """The prefixes of the name spaces that it declares are put into the list."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartNamespaceDeclHandler = lambda prefix, _: name_spaces.append(prefix)
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat's own signature: this is the last piece
    except expat.ExpatError:
        return False
    return True


def _escaped(found: re.Match[bytes]) -> bytes:
    """A CDATA section as plain text, so that a text is never in several pieces."""
    said: bytes | None = found[1]
    return found[0] if said is None else said.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _without_prefixes(content: bytes) -> bytes:
    """Element names without their prefixes; character data that looks like a tag stays as it is."""
    if b"<!" in content or b"<?" in content:
        return _NO_ELEMENT.sub(lambda found: found[0] if found[1] is None else b"<" + found[1], content)
    return _PREFIXED.sub(rb"<\1", content)


class _Attribute(Protocol):
    """What is used of the binding's attributes."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> str | None: ...
    @property
    def next_attribute(self) -> _Attribute | None: ...


class _Raw(Protocol):
    """What is used of the binding's nodes. Where there is nothing it gives None or a node that is false."""

    @property
    def name(self) -> str | None:
        """None: a text."""

    @property
    def value(self) -> str | None: ...
    @property
    def next_sibling(self) -> _Raw | None: ...
    @property
    def next_element_sibling(self) -> _Raw | None: ...
    def first_child(self) -> _Raw | None: ...
    def child(self, name: str) -> _Raw | None: ...
    def children(self, recursive: bool = ...) -> Iterator[_Raw]: ...  # noqa: FBT001 - the binding's own signature
    def attribute(self, name: str) -> _Attribute | None: ...
    def first_attribute(self) -> _Attribute | None: ...
    def text(self, recursive: bool, join: str) -> str: ...  # noqa: FBT001 - the binding's own signature


_Asked = Callable[[_Raw], "str | None"]  # the text that a compiled question gives of a node; None: an empty one


class _PugiNode:
    """Holds its document: the binding's nodes do not, and the document takes them with it when it goes."""

    __slots__ = ("_document", "_node")

    def __init__(self, node: _Raw, document: pygixml.XMLDocument) -> None:
        self._node = node
        self._document = document

    @property
    def name(self) -> str:
        return self._node.name or ""

    def get(self, attribute: str) -> str | None:
        found = self._node.attribute(attribute)
        if found:
            return found.value or ""
        for key, value in _attributes(self._node):
            prefix, _, local = key.rpartition(":")
            if local == attribute and prefix not in ("", "xmlns"):
                return value
        return None

    def gets(self, ones: Sequence[Node], attribute: str) -> list[str | None]:
        return [one.get(attribute) for one in ones]

    def attributes(self) -> dict[str, str]:
        declared = ("xmlns", "xmlns:")
        return {
            key.rpartition(":")[2]: value
            for key, value in _attributes(self._node)
            if key != declared[0] and not key.startswith(declared[1])
        }

    def children(self) -> list[Node]:
        return [_PugiNode(child, self._document) for child in self._node.children()]

    def first(self, *path: str) -> Node | None:
        found = _first(self._node, path)
        return None if found is None else _PugiNode(found, self._document)

    def every(self, *path: str) -> list[Node]:
        return [_PugiNode(found, self._document) for found in _at(self._node, path)]

    def lists(self, *paths: str) -> list[list[Node]]:
        return [self.every(*steps) for steps in steps_of(paths)]

    def firsts(self, ones: Sequence[Node], *paths: str) -> list[list[Node | None]]:
        return [[one.first(*steps) for steps in steps_of(paths)] for one in ones]

    def inside(self, *names: str) -> list[Node]:
        return [_PugiNode(one, self._document) for one in self._node.children(recursive=True) if one.name in names]

    def word(self, *path: str) -> str | None:
        found = _first(self._node, path) if path else self._node
        return None if found is None else _leading(found).strip() or None

    def words(self, *paths: str) -> list[str | None]:
        found = _spoken(paths)(self._node) or ""
        return [word.strip() or None for word in found.split(_BETWEEN)]

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        return [one.words(*paths) for one in ones]

    def parts(self) -> list[str | Node]:
        found: list[str | Node] = []
        child = self._node.first_child()
        text = ""
        while child:
            if child.name is None:
                text += child.value or ""
            else:
                if text:
                    found.append(text)
                    text = ""
                found.append(_PugiNode(child, self._document))
            child = child.next_sibling
        return [*found, text] if text else found

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        return [one.flat(wording) for one in ones]

    def closed(self, ones: Sequence[Node], wording: Wording) -> list[tuple[str, bool]]:
        return [closed_up(one.flat(wording), wording) for one in ones]

    def flat(self, wording: Wording = PLAIN) -> str:
        if wording is PLAIN:
            return self._node.text(True, "")  # noqa: FBT003 - the binding's own signature: all depths
        said: list[str] = []
        _say(self._node, marks(wording), _unmarked(wording), said)
        return "".join(said)


def _attributes(node: _Raw) -> Iterator[tuple[str, str]]:
    one = node.first_attribute()
    while one:
        yield one.name, one.value or ""
        one = one.next_attribute


def _first(node: _Raw, path: tuple[str, ...]) -> _Raw | None:
    """The straight way down; only where that ends below the first step, all ways."""
    found = node
    for step, name in enumerate(path):
        child = found.child(name)
        if not child:
            return None if step == 0 else next(_at(node, path), None)
        found = child
    return found


def _at(node: _Raw, path: tuple[str, ...]) -> Iterator[_Raw]:
    sought, rest = path[0], path[1:]
    child = node.child(sought)
    while child:
        if child.name == sought:
            if rest:
                yield from _at(child, rest)
            else:
                yield child
        child = child.next_element_sibling


def _leading(node: _Raw) -> str:
    """The text before the first child element."""
    child = node.first_child()
    return "" if not child or child.name is not None else child.value or ""


def _asked(question: str) -> _Asked:
    return cast("_Asked", pygixml.XPathQuery(question).evaluate_string)  # its stubs know the binding's own nodes only


@lru_cache(maxsize=256)
def _spoken(paths: tuple[str, ...]) -> _Asked:
    """Asks for the texts at the beginning of the first elements at the paths, all in one text."""
    leading = [f"({path})[1]/node()[1][self::text()]" for path in paths]
    together = f", '{_BETWEEN}', ".join(leading)
    return _asked(f"concat({together}, '')")


@lru_cache(maxsize=64)
def _unmarked(wording: Wording) -> _Asked:
    """Asks for the whole text of an element inside which nothing is marked; of any other there is none."""
    names = "|".join(marks(wording))
    return _asked(f"string(self::*[not(.//*[contains('|{names}|', concat('|', name(), '|'))])])")


def _say(node: _Raw, told: Mapping[str, tuple[str, bool]], unmarked: _Asked, said: list[str]) -> None:
    whole = unmarked(node)
    if whole:
        said.append(whole)
        return
    child = node.first_child()
    while child:
        name = child.name
        if name is None:
            said.append(child.value or "")
        else:
            mark = told.get(name)
            if mark is None:
                _say(child, told, unmarked, said)
            else:
                said.append(mark[0])
                if mark[1]:
                    _say(child, told, unmarked, said)
        child = child.next_sibling
