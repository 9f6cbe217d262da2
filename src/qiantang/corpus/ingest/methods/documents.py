"""Streams of XML documents cut into single documents, each parsed by itself within bounds.

A file may hold one document, many one after another, or many inside a wrapping element. It is cut at the end tag of the
document element, so that a broken document costs itself only and no more than one document is ever in memory.

Safety: no DTD is fetched, no external entity, nothing from the network; a document which declares any entity is refused
before it is parsed; size and depth are bounded. Source: OWASP's advice on XML external entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Never

import numpy as np
from lxml import etree

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.lines import KEPT
from qiantang.corpus.ingest.methods.trees import Node, lxml_tree
from qiantang.corpus.ingest.methods.trees.entities import resolved

DOCUMENT_BYTES = 64 * 2**20
_CHUNK = 1 << 20
_OVERLAP = 256
# An unparsed entity (a figure, named with NDATA) has no text that could be put anywhere: it is harmless.
_ENTITY = re.compile(rb"<!ENTITY\b(?![^>\"']*(?:[\"'][^\"'<>]*[\"']\s*){1,2}NDATA\s)[^>]{0,200}")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.\-]+)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_OPEN_TAG = re.compile(rb"<([A-Za-z_][\w.\-:]*)(\s[^<>]*)?>\s*$")
_DEPTH = "depth"
_LINE_FEED = 10


class DocumentRefused(ValueError):
    """A document which is not read. Facts name line and column where they are known, counted in the whole file from 1."""

    def __init__(self, code: str, raw: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.raw = raw
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Cut:
    """The bytes of one document and the line of the file on which they begin; None where it is larger than the bound."""

    content: bytes | None
    line: int
    complete: bool


def _lines(content: bytes) -> int:
    """Line feeds; four times as fast as counting them with the method of bytes."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == _LINE_FEED))


class DocumentCutter:
    """Cuts a stream at the end tags of some elements, known by their local names.

    elements  one name, or several where documents of several kinds stand in one file; none stands inside another
    parse     how a document becomes a tree: the fastest way, or ``trees.read_strictly``
    """

    def __init__(self, stream: BinaryIO, *elements: str, parse: trees.Parse = trees.read) -> None:
        names = b"|".join(name.encode("ascii") for name in elements)
        self._stream = stream
        self._parse = parse
        self._start = re.compile(rb"<(?:[\w.\-]+:)?(?:" + names + rb")[\s>/]")
        self._end = re.compile(rb"</(?:[\w.\-]+:)?(?:" + names + rb")\s*>")
        self._wrapper = b""
        self._encoding = "utf-8"

    def __iter__(self) -> Iterator[Cut]:
        held, line, dropped = b"", 1, False
        searched = 0
        for chunk in iter(lambda: self._stream.read(_CHUNK), b""):
            held += chunk
            begins = 0
            while found := self._next_end(held, begins, searched):
                content, begins = held[begins : found.end()], found.end()
                searched = begins
                yield Cut(None if dropped else content, line, complete=True)
                line += _lines(content)
                dropped = False
            held = held[begins:]
            searched = max(0, len(held) - _OVERLAP)
            if len(held) > DOCUMENT_BYTES:
                line += held.count(b"\n", 0, searched)
                held, searched, dropped = held[searched:], 0, True
        if self._start.search(held) or dropped:
            yield Cut(None if dropped else held, line, complete=False)

    def _next_end(self, held: bytes, begins: int, searched: int) -> re.Match[bytes] | None:
        """The next end tag: of the element that begins here, or one whose beginning was lost.

        A name is found much faster than the pattern, and only the few bytes before a document can hold a stray end.
        """
        start = self._start.search(held, begins)
        if start is None:
            return self._end.search(held, searched)
        stray = self._end.search(held, searched, start.start()) if searched < start.start() else None
        if stray:
            return stray
        name = b"</" + start[0][1:-1]
        at = max(searched, start.end()) - 1
        while (at := held.find(name, at + 1)) >= 0:
            found = self._end.match(held, at)
            if found:
                return found
        return None

    def parsed(self, cut: Cut) -> Node:
        """The document element of a cut.

        errors  ``DocumentRefused``: document_too_long, xml_entity, xml_not_well_formed, xml_too_deep, document_truncated,
                encoding_unknown
        """
        if cut.content is None:
            raise DocumentRefused("document_too_long", line=cut.line, limit=DOCUMENT_BYTES)
        begins = self._start.search(cut.content)
        before = cut.content[: begins.start()] if begins else cut.content
        entity = _ENTITY.search(before)
        if entity:
            line = cut.line + cut.content.count(b"\n", 0, entity.start())
            raise DocumentRefused("xml_entity", entity[0].decode("utf-8", "replace"), line=line)
        if begins is None:
            raise DocumentRefused("xml_not_well_formed", line=cut.line, column=1)
        self._look_before(before)
        return self._element(cut, begins.start())

    def _look_before(self, before: bytes) -> None:
        """What stands before a document holds for those behind it too, where a wrapper begins there."""
        declared = _ENCODING.search(before)
        if declared:
            self._encoding = declared[1].decode("ascii").lower()
        wrapper = _OPEN_TAG.search(_COMMENT.sub(b"", before))
        if wrapper and not wrapper[0].rstrip().endswith(b"/>"):
            # Name spaces may be declared on the wrapping element, and only its first document stands behind its start tag.
            self._wrapper = b"<" + wrapper[1] + (wrapper[2] or b"") + b">"

    def _element(self, cut: Cut, begins: int) -> Node:
        assert cut.content is not None
        name = re.match(rb"<([\w.\-:]+)", self._wrapper)
        closing = b"</" + name[1] + b">" if name else b""
        document = b"".join((self._wrapper, memoryview(cut.content)[begins:], closing))
        offset = cut.line + cut.content.count(b"\n", 0, begins) - 1
        try:
            root = self._tree(document)
        except (etree.XMLSyntaxError, LookupError) as problem:
            self._refuse(problem, cut, offset)
        return root.children()[0] if self._wrapper else root

    def _tree(self, document: bytes) -> Node:
        """Few documents use names of characters that only their DTD knows: those are read again with the names resolved."""
        try:
            return self._parse(self._transcoded(document))
        except etree.XMLSyntaxError:
            spelled = resolved(document)
            if spelled == document:
                raise
            return self._parse(self._transcoded(spelled))

    def _transcoded(self, document: bytes) -> bytes:
        if self._encoding in ("utf-8", "utf8", "us-ascii"):
            return document
        try:
            return document.decode(self._encoding).encode()
        except UnicodeError:
            lxml_tree.parse(document, self._encoding)  # says where
            raise LookupError(self._encoding) from None

    def _refuse(self, problem: etree.XMLSyntaxError | LookupError, cut: Cut, offset: int) -> Never:
        if isinstance(problem, LookupError):  # an encoding nobody knows
            raise DocumentRefused("encoding_unknown", line=cut.line, said=str(problem)) from problem
        line, column = problem.position
        column -= len(self._wrapper) if line == 1 else 0
        line += offset - self._wrapper.count(b"\n")
        said = (problem.msg or "")[:200]
        code = "xml_too_deep" if _DEPTH in said.casefold() else "xml_not_well_formed"
        if not cut.complete:
            code = "document_truncated"
        assert cut.content is not None
        behind = cut.content.split(b"\n", max(0, line - cut.line) + 1)[max(0, line - cut.line) :]
        raw = behind[0][:KEPT].decode("utf-8", "replace") if behind else ""
        raise DocumentRefused(code, raw, line=line, column=column, said=said) from problem
