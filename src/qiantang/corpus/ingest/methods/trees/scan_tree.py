"""Documents through ``scanning``: no tree is built, the places of all elements stand in one table.

A text is cut out of the bytes of the document when it is asked for, and all words of a record at once.
"""

from __future__ import annotations

import re
from itertools import pairwise
from threading import local
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from qiantang.corpus.ingest.methods.trees import scanning
from qiantang.corpus.ingest.methods.trees.port import PLAIN, PLAIN_NAME_SPACE, Node, Wording, marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 10_000_000  # libxml2's bound for one text
_PAST = bytes(scanning.PAST)
_ROWS = 1 << 14
_DEEPEST = 256  # no path has more steps
_STROKE = ord("/")
_WORDS_END, _NOT_THERE = chr(scanning.END_OF_WORD), chr(scanning.NOT_THERE)
_UNMARKED = np.empty(0, np.int16), np.empty(0, np.bool_)
_NAME, _TAG, _BEGIN, _END = scanning.NAME, scanning.TAG, scanning.BEGIN, scanning.END
_LAST = scanning.LAST
_ATTRIBUTE = re.compile(r"""([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLANKS = re.compile(r"\r\n?|[\t\n]")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _Names:
    """The numbers of element names, the same for all documents, until there are too many."""

    def __init__(self) -> None:
        self.pool = np.zeros(scanning.NAME_BYTES, np.uint8)
        self.ends = np.zeros(scanning.NAMES + 2, np.int32)
        self.slots = np.zeros(scanning.SLOTS, np.int32)
        self._spelled: list[str] = []
        self._paths: dict[tuple[str, ...], Any] = {}
        self._marks: dict[int, tuple[Any, Any]] = {}
        self._known: list[Wording] = []

    @property
    def is_crowded(self) -> bool:
        """Whether the next document may find no room for its names."""
        names = int(self.ends[-1])
        return 2 * names > scanning.NAMES or 2 * int(self.ends[names]) > scanning.NAME_BYTES

    def spelled(self, number: int) -> str:
        while number >= len(self._spelled):
            begins, ends = self.ends[len(self._spelled) : len(self._spelled) + 2]
            self._spelled.append(self.pool[begins:ends].tobytes().decode("ascii"))
        return self._spelled[number]

    def number(self, name: str) -> int:
        """-3 for a name that no scanned element can have."""
        content = name.encode()
        found = -1
        if content.isascii():
            content += _PAST
            letters = np.frombuffer(content, np.uint8)
            found = scanning.number_of(letters, 0, len(name), self.pool, self.ends, self.slots)
        return found if found >= 0 else -3

    def path(self, path: tuple[str, ...]) -> Any:
        found = self._paths.get(path)
        if found is None:
            found = self._paths[path] = np.array([self.number(name) for name in path], np.int32)
        return found

    def paths(self, paths: tuple[str, ...]) -> Any:
        """Each in a row, filled up with -1."""
        found = self._paths.get(("/", *paths))
        if found is None:
            steps = [path.split("/") for path in paths]
            found = np.full((len(paths), max(map(len, steps))), -1, np.int32)
            for row, names in enumerate(steps):
                found[row, : len(names)] = [self.number(name) for name in names]
            self._paths["/", *paths] = found
        return found

    def marks(self, wording: Wording) -> tuple[Any, Any]:
        found = self._marks.get(id(wording))  # its hash is that of many names, each time
        if found is None:
            self._known.append(wording)
            told = {self.number(name): mark for name, mark in marks(wording).items()}
            told.pop(-3, None)
            size = max(told, default=-1) + 1
            before, follows = np.full(size, -1, np.int16), np.ones(size, np.bool_)
            for number, (mark, goes_on) in told.items():
                before[number] = ord(mark) if mark else -1
                follows[number] = goes_on
            found = self._marks[id(wording)] = before, follows
        return found


class _Room(local):
    """What one scan after the other is taken down in, a thread for itself."""

    def __init__(self) -> None:
        self.names = _Names()
        self.state = np.zeros(4, np.int32)
        self.worked_in = np.empty(scanning.ROOMS, np.int32)
        self.limits = np.empty(_DEEPEST, np.int32)
        self.grow(_ROWS)
        self.text = np.empty(1 << 20, np.uint8)

    def grow(self, rows: int) -> None:
        self.table = np.empty((rows, scanning.WIDE), np.int32)
        self.pieces = np.empty((3 * rows, scanning.PIECE_WIDE), np.int32)
        self.elements = np.empty(rows, np.int32)

    def text_of(self, size: int) -> Any:
        if size > len(self.text):
            self.text = np.empty(size, np.uint8)
        return self.text


_room = _Room()


def parse(content: bytes) -> Node | None:
    """The document element of UTF-8 bytes that begin with its start tag; None where another parser must decide."""
    if len(content) >= _LONGEST or not (content.isascii() or _is_utf8(content)):
        return None
    names = _room.names
    if names.is_crowded:
        names = _room.names = _Names()
    content += _PAST
    letters = np.frombuffer(content, np.uint8)
    while (count := _scanned(letters, names)) == scanning.FULL:
        _room.grow(2 * len(_room.table))
    if count < 0:
        return None
    pieces = _room.pieces[: _room.state[2]].copy()
    document = _Document(content, letters, _room.table[:count].copy(), pieces, names)
    if _room.state[1] and not _are_plain(content[: document.places[_BEGIN]], int(_room.state[1])):
        return None
    return _ScanNode(document, 0)


def _scanned(letters: Any, names: _Names) -> int:
    numbers = names.pool, names.ends, names.slots
    return scanning.scan(letters, _room.table, _room.pieces, *numbers, _room.worked_in, _room.state)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _are_plain(start_tag: bytes, declared: int) -> bool:
    """Whether nobody could doubt the name spaces that the document element declares."""
    return start_tag.count(b"xmlns") == len(PLAIN_NAME_SPACE.findall(start_tag)) == declared


class _Document:
    __slots__ = ("content", "letters", "names", "pieces", "places", "table")

    def __init__(self, content: bytes, letters: Any, table: Any, pieces: Any, names: _Names) -> None:
        self.content = content
        self.letters = letters
        self.table = table
        self.pieces = pieces
        self.names = names
        self.places = memoryview(table.reshape(-1))

    def told(self, element: int, piece: int, begins: int, ends: int, marked: tuple[Any, Any] = _UNMARKED) -> str:
        """All text between two places; ``element`` is the first that may begin there, ``piece`` the text that does."""
        room = _room.text_of(ends - begins)
        length = scanning.tell(self.letters, self.table, self.pieces, element, piece, begins, ends, *marked, room, 0)
        return str(room.data[:length], "utf-8")

    def text(self, begins: int, ends: int) -> str:
        """A text in which no element stands."""
        found = self.content[begins:ends]
        if b"&" in found or b"<" in found or b"\r" in found:
            piece = int(np.searchsorted(self.pieces[:, scanning.PIECE_BEGIN], begins))
            return self.told(0, piece, begins, ends)
        return found.decode()

    def said(self, elements: Any, paths: tuple[str, ...]) -> list[str | None]:
        """The words at each path below each element."""
        wanted, room = self.names.paths(paths), _room.text
        while (
            size := scanning.tell_rows(self.letters, self.table, self.pieces, elements, wanted, _room.limits, room)
        ) < 0:
            room = _room.text_of(2 * len(room))
        found = str(room.data[:size], "utf-8").split(_WORDS_END)
        found.pop()
        return [one or None for one in found]


class _ScanNode:
    __slots__ = ("_document", "_element")

    def __init__(self, document: _Document, element: int) -> None:
        self._document = document
        self._element = element

    @property
    def name(self) -> str:
        return self._document.names.spelled(self._place(_NAME))

    def _place(self, column: int) -> int:
        return self._document.places[self._element * scanning.WIDE + column]

    def _attributes(self) -> Iterator[tuple[str, str]]:
        tag = self._document.content[self._place(_TAG) : self._place(_BEGIN)].decode()
        for name, one, other in _ATTRIBUTE.findall(tag):
            value = one or other
            if not value.isprintable():  # a blank is printable
                value = _BLANKS.sub(" ", value)
            yield name, _REFERENCE.sub(_character, value) if "&" in value else value

    def get(self, attribute: str) -> str | None:
        content, begins, ends = self._document.content, self._place(_TAG), self._place(_BEGIN)
        before = b' %b="' % attribute.encode()
        at = content.find(before, begins, ends)
        if at < 0 and not content.count(b"=", begins, ends):
            return None
        # Quotes before it stand in pairs unless it is itself part of a value.
        if at > 0 and content.find(b"'", begins, ends) < 0 and content.count(b'"', begins, at) % 2 == 0:
            at += len(before)
            plain = content[at : content.index(b'"', at)]
            if plain.isalnum():  # of ASCII
                return plain.decode()
        found = None
        for key, value in self._attributes():
            if key == attribute:
                return value
            prefix, _, name = key.rpartition(":")
            if found is None and name == attribute and prefix not in ("", "xmlns"):
                found = value
        return found

    def gets(self, ones: Sequence[Node], attribute: str) -> list[str | None]:
        document, elements, room = self._document, _elements(ones), _room.text
        name = np.frombuffer(attribute.encode(), np.uint8)
        size = scanning.tell_attributes(document.letters, document.table, elements, name, room)
        if size < 0:  # most have none that is not plain
            return [one.get(attribute) for one in ones]
        found = str(room.data[:size], "utf-8").split(_WORDS_END)
        found.pop()
        return [None if one == _NOT_THERE else one for one in found]

    def attributes(self) -> dict[str, str]:
        return {
            key.rpartition(":")[2]: value
            for key, value in self._attributes()
            if key != "xmlns" and not key.startswith("xmlns:")
        }

    def _inner(self) -> Iterator[int]:
        places = self._document.places
        element, last = self._element + 1, self._place(_LAST)
        while element <= last:
            yield element
            element = places[element * scanning.WIDE + _LAST] + 1

    def children(self) -> list[Node]:
        return [_ScanNode(self._document, element) for element in self._inner()]

    def first(self, *path: str) -> Node | None:
        document = self._document
        found = scanning.first(document.table, self._element, document.names.path(path), _room.limits)
        return None if found < 0 else _ScanNode(document, found)

    def every(self, *path: str) -> list[Node]:
        document, elements = self._document, _room_for(self._document)
        count = scanning.follow(document.table, self._element, document.names.path(path), _room.limits, elements)
        return [_ScanNode(document, element) for element in elements[:count].tolist()]

    def lists(self, *paths: str) -> list[list[Node]]:
        document, elements = self._document, _room_for(self._document)
        wanted, ends = document.names.paths(paths), np.empty(len(paths), np.int32)
        while (
            scanning.lists(document.table, self._element, wanted, _room.limits, elements, ends) < 0
        ):  # an element may be in two lists
            elements = _room.elements = np.empty(2 * len(elements), np.int32)
        places = [0, *ends.tolist()]
        found = [_ScanNode(document, element) for element in elements[: places[-1]].tolist()]
        return [cast("list[Node]", found[begins:end]) for begins, end in pairwise(places)]

    def firsts(self, ones: Sequence[Node], *paths: str) -> list[list[Node | None]]:
        document, elements = self._document, _elements(ones)
        found = np.empty((len(elements), len(paths)), np.int32)
        scanning.firsts(document.table, elements, document.names.paths(paths), _room.limits, found)
        return [[None if one < 0 else _ScanNode(document, one) for one in row] for row in found.tolist()]

    def inside(self, *names: str) -> list[Node]:
        document = self._document
        wanted = set(document.names.path(names).tolist())
        inner = range(self._element + 1, self._place(_LAST) + 1)
        named = document.table[inner.start : inner.stop, _NAME].tolist()
        return [_ScanNode(document, one) for one, name in zip(inner, named, strict=True) if name in wanted]

    def word(self, *path: str) -> str | None:
        document, element = self._document, self._element
        if path:
            element = scanning.first(document.table, element, document.names.path(path), _room.limits)
            if element < 0:
                return None
        begins, ends, last, care, piece = document.places[(at := element * scanning.WIDE) + _BEGIN : at + scanning.WIDE]
        if last > element:
            ends = document.places[at + scanning.WIDE + _TAG]
        found = document.told(0, piece, begins, ends) if care else document.content[begins:ends].decode()
        return found.strip() or None

    def words(self, *paths: str) -> list[str | None]:
        return self._document.said(np.array((self._element,), np.int32), paths)

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        wide = len(paths)
        said = self._document.said(_elements(ones), paths)
        return [said[begins : begins + wide] for begins in range(0, len(said), wide)]

    def parts(self) -> list[str | Node]:
        document, found = self._document, cast("list[str | Node]", [])
        at = self._place(_BEGIN)
        for element in self._inner():
            begins = element * scanning.WIDE
            if text := document.text(at, document.places[begins + _TAG]):
                found.append(text)
            found.append(_ScanNode(document, element))
            at = document.places[begins + _END]
            if document.content[document.places[begins + _BEGIN] - 2] != _STROKE:
                at = document.content.index(b">", at) + 1
        text = document.text(at, self._place(_END))
        return [*found, text] if text else found

    def flat(self, wording: Wording = PLAIN) -> str:
        marked = self._document.names.marks(wording)
        places = self._place(scanning.PIECE), self._place(_BEGIN), self._place(_END)
        return self._document.told(self._element + 1, *places, marked)

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        document, elements, ends = self._document, _elements(ones), np.empty(len(ones), np.int32)
        told = document.letters, document.table, document.pieces, elements, *document.names.marks(wording)
        while scanning.tell_all(*told, _room.text, ends) < 0:
            _room.text_of(2 * len(_room.text))
        data = _room.text.data
        return [str(data[begins:end], "utf-8") for begins, end in pairwise([0, *ends.tolist()])]

    def closed(self, ones: Sequence[Node], wording: Wording) -> list[tuple[str, bool]]:
        document, elements, ends = self._document, _elements(ones), np.empty((len(ones), 2), np.int32)
        told = document.letters, document.table, document.pieces, elements, *document.names.marks(wording)
        while scanning.tell_closed(*told, (ord(wording.line), ord(wording.gap)), _room.text, ends) < 0:
            _room.text_of(2 * len(_room.text))
        data, begins, found = _room.text.data, 0, []
        for end, has_gap in ends.tolist():
            found.append((str(data[begins:end], "utf-8"), has_gap > 0))
            begins = end
        return found


def _elements(ones: Sequence[Node]) -> Any:
    return np.array([one._element for one in cast("Sequence[_ScanNode]", ones)], np.int32)  # noqa: SLF001 - its own kind


def _room_for(document: _Document) -> Any:
    """Room for all elements of a document, which may have been read in another thread."""
    if len(_room.elements) < len(document.table):
        _room.elements = np.empty(len(document.table), np.int32)
    return _room.elements


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _CHARACTERS[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))
