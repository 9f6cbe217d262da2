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
_STROKE = ord("/")
_UNMARKED = np.empty(0, np.int16), np.empty(0, np.bool_)
_NAME, _TAG, _BEGIN, _END = scanning.NAME, scanning.TAG, scanning.BEGIN, scanning.END
_LAST, _CARE = scanning.LAST, scanning.CARE
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
        self.table = np.empty((_ROWS, scanning.WIDE), np.int32)
        self.state = np.zeros(2, np.int32)
        self.elements = np.empty(_ROWS, np.int32)
        self.found: dict[int, Any] = {}  # by the number of words
        self.text = np.empty(1 << 20, np.uint8)


_room = _Room()


def parse(content: bytes) -> Node | None:
    """The document element of UTF-8 bytes that begin with its start tag; None where another parser must decide."""
    if len(content) >= _LONGEST or not _is_utf8(content):
        return None
    names = _room.names
    if names.is_crowded:
        names = _room.names = _Names()
    content += _PAST
    letters = np.frombuffer(content, np.uint8)
    count = scanning.FULL
    while count == scanning.FULL:
        count = scanning.scan(letters, _room.table, names.pool, names.ends, names.slots, _room.state)
        if count == scanning.FULL:
            _room.table = np.empty((2 * len(_room.table), scanning.WIDE), np.int32)
            _room.elements = np.empty(len(_room.table), np.int32)
    if count < 0:
        return None
    document = _Document(content, letters, _room.table[:count].copy(), names)
    if _room.state[1] and not _are_plain(content[: document.places[_BEGIN]], int(_room.state[1])):
        return None
    return _ScanNode(document, 0)


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _are_plain(start_tag: bytes, declared: int) -> bool:
    """Whether nobody could doubt the name spaces that the document element declares."""
    return start_tag.count(b"xmlns") == len(PLAIN_NAME_SPACE.findall(start_tag)) == declared


class _Document:
    __slots__ = ("content", "letters", "names", "places", "table")

    def __init__(self, content: bytes, letters: Any, table: Any, names: _Names) -> None:
        self.content = content
        self.letters = letters
        self.table = table
        self.names = names
        self.places = memoryview(table.reshape(-1))

    def told(self, element: int, begins: int, ends: int, marked: tuple[Any, Any] = _UNMARKED) -> str:
        """All text between two places; ``element`` is the first that may begin there."""
        if ends - begins > len(_room.text):
            _room.text = np.empty(ends - begins, np.uint8)
        length = scanning.tell(self.letters, self.table, element, begins, ends, *marked, _room.text, 0)
        return _room.text[:length].tobytes().decode()

    def text(self, begins: int, ends: int) -> str:
        """A text in which no element stands."""
        found = self.content[begins:ends]
        if b"&" in found or b"<" in found or b"\r" in found:
            return self.told(0, begins, ends)
        return found.decode()

    def cut(self, places: list[int]) -> list[str | None]:
        """The words that ``scanning.words`` found."""
        content, place = self.content, iter(places)
        return [
            None
            if begins < 0
            else (self.told(0, begins, ends) if care else content[begins:ends].decode()).strip() or None
            for begins, ends, care in zip(place, place, place, strict=True)
        ]


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
        found = scanning.first(document.table, self._element, document.names.path(path))
        return None if found < 0 else _ScanNode(document, found)

    def every(self, *path: str) -> list[Node]:
        document, elements = self._document, _room_for(self._document)
        count = scanning.follow(document.table, self._element, document.names.path(path), elements)
        return [_ScanNode(document, element) for element in elements[:count].tolist()]

    def inside(self, *names: str) -> list[Node]:
        document = self._document
        wanted = set(document.names.path(names).tolist())
        inner = range(self._element + 1, self._place(_LAST) + 1)
        named = document.table[inner.start : inner.stop, _NAME].tolist()
        return [_ScanNode(document, one) for one, name in zip(inner, named, strict=True) if name in wanted]

    def word(self, *path: str) -> str | None:
        document, element = self._document, self._element
        if path:
            element = scanning.first(document.table, element, document.names.path(path))
            if element < 0:
                return None
        at = element * scanning.WIDE
        begins, ends, last, care = document.places[at + _BEGIN], *document.places[at + _END : at + _CARE + 1]
        if last > element:
            ends = document.places[at + scanning.WIDE + _TAG]
        found = document.told(0, begins, ends) if care else document.content[begins:ends].decode()
        return found.strip() or None

    def words(self, *paths: str) -> list[str | None]:
        document, found = self._document, _found(1, len(paths))
        scanning.words(document.table, self._element, document.names.paths(paths), found)
        return document.cut(found[0].reshape(-1).tolist())

    def rows(self, ones: Sequence[Node], *paths: str) -> list[list[str | None]]:
        document, wide = self._document, len(paths)
        elements = _elements(ones)
        found = _found(len(elements), wide)
        scanning.rows(document.table, elements, document.names.paths(paths), found)
        said = document.cut(found[: len(elements)].reshape(-1).tolist())
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
        return self._document.told(self._element + 1, self._place(_BEGIN), self._place(_END), marked)

    def flats(self, ones: Sequence[Node], wording: Wording = PLAIN) -> list[str]:
        document, elements = self._document, _elements(ones)
        columns = document.table[elements]
        size = int((columns[:, _END] - columns[:, _BEGIN]).sum())
        if size > len(_room.text):
            _room.text = np.empty(size, np.uint8)
        ends = np.empty(len(elements), np.int32)
        marked = document.names.marks(wording)
        scanning.tell_all(document.letters, document.table, elements, *marked, _room.text, ends)
        places = [0, *ends.tolist()]
        said = _room.text[: places[-1]].tobytes()
        return [said[begins:end].decode() for begins, end in pairwise(places)]


def _elements(ones: Sequence[Node]) -> Any:
    return np.array([cast("_ScanNode", one)._element for one in ones], np.int32)  # noqa: SLF001 - its own kind


def _room_for(document: _Document) -> Any:
    """Room for all elements of a document, which may have been read in another thread."""
    if len(_room.elements) < len(document.table):
        _room.elements = np.empty(len(document.table), np.int32)
    return _room.elements


def _found(rows: int, wide: int) -> Any:
    room = _room.found.get(wide)
    if room is None or len(room) < rows:
        room = _room.found[wide] = np.empty((max(64, 2 * rows), wide, 3), np.int32)
    return room


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _CHARACTERS[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))
