"""Line-tagged text of patent documents: ``<#>n PublicId=…;Cat=…;Time=…``, parts between ``<p>name`` and ``</p>``, ``</#>``.

A working format of text extraction, not of an office; what it says of a document is the text and three facts of its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.methods.text_lines import text_lines
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Observation, Publication, SourceRank, Text
from qiantang.kernel.numbers import NumberRole

_OURS = re.compile(rb"(?:\xef\xbb\xbf)?<#>\d+ PublicId=")
_PARTS = {"title": "title", "abstract": "abstract", "claim": "claims", "description": "description"}
_CLAIM = re.compile(r"(\d{1,4})\s*[.、．]\s*")
_DOCUMENT_CHARACTERS = 16 * 2**20


@dataclass(slots=True)
class _Document:
    line: int
    head: dict[str, str]
    parts: dict[str, list[str]] = field(default_factory=dict)
    characters: int = 0
    closed: bool = False
    damage: str = ""


class TaggedTextReader:
    """The reader of this text. A row is a document, counted from 1."""

    name = "tagged-text"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a first line as in <#>0 PublicId=CN123456789A;Cat=G06F17/00;Time=20190712"
    cannot_know: tuple[str, ...] = (
        *("application_number", "filing_date", "parties", "citations", "priorities", "events"),
        *("simple_family", "extended_family"),
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _OURS.match(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the name tells nothing
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="CN")
        yield from collected(
            builder,
            _documents(stream),
            lambda row, document: _observation(row, document, cells),
            lambda document: ";".join(f"{key}={value}" for key, value in document.head.items()),
        )


def _documents(stream: BinaryIO) -> Iterator[_Document | Refusal]:
    row, document, part = 0, None, ""
    for one in text_lines(stream):
        line = one.text.strip()
        if line.startswith("<#>"):
            if document is not None:
                row += 1
                yield _judged(row, document)
            head = line.partition(" ")[2]
            document, part = _Document(one.place, dict(_pairs(head))), ""
        elif document is None:
            continue
        elif line == "</#>":
            row, document.closed = row + 1, True
            yield _judged(row, document)
            document = None
        elif line.startswith("<p>"):
            part = line.removeprefix("<p>").strip()
        elif line == "</p>":
            part = ""
        elif document.characters <= _DOCUMENT_CHARACTERS:
            document.parts.setdefault(part, []).append(line)
            document.characters += len(line)
            document.damage = document.damage or one.code
    if document is not None:
        yield _judged(row + 1, document)


def _pairs(head: str) -> Iterator[tuple[str, str]]:
    for pair in head.split(";"):
        key, found, value = pair.partition("=")
        if found:
            yield key.strip(), value.strip()


def _judged(row: int, document: _Document) -> _Document | Refusal:
    facts = {"line": document.line}
    if not document.closed:
        return Refusal(row, "document_truncated", facts=facts)
    if document.characters > _DOCUMENT_CHARACTERS:
        return Refusal(row, "document_too_long", facts=facts)
    return Refusal(row, document.damage, facts=facts) if document.damage else document


def _observation(row: int, document: _Document, cells: Cells) -> Observation:
    spelled = document.head.get("PublicId", "")
    if not spelled:
        raise CellRefused("PublicId", "number_missing", line=document.line)
    number = cells.publication(spelled)
    assert number.role is NumberRole.PUBLICATION
    published = cells.day(document.head.get("Time", ""), "Time")
    notes: list[str] = []
    scheme = "locarno" if number.type == "design" else "ipc"
    return Observation(
        row=row,
        office=number.office,
        as_of=published,
        type=number.type,
        claim_count=sum(_CLAIM.match(line) is not None for line in document.parts.get("claim", [])) or None,
        publications=[Publication(number.stem, number.kind, published)],
        texts=list(_texts(document)),
        classifications=cells.classes(document.head.get("Cat", ""), scheme, notes),
        notes=notes,
    )


def _texts(document: _Document) -> Iterator[Text]:
    for tag, part in _PARTS.items():
        lines = [line for line in document.parts.get(tag, []) if line]
        if tag == "claim":
            lines = [_CLAIM.sub(r"\1. ", line, count=1) if _CLAIM.match(line) else line for line in lines]
        if lines:
            text = "\n".join(lines)
            yield Text(part, language_of(text), text)
