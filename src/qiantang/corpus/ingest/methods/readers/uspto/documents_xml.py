"""Full texts of the USPTO in XML: grants and published applications of all forms since 2001, one or a week of them in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.identity import NumberMemory
from qiantang.corpus.ingest.methods.readers.by_document import Saying, read_documents
from qiantang.corpus.ingest.methods.readers.uspto import current, patdoc, published_2001
from qiantang.corpus.ingest.methods.readers.uspto.values import Values
from qiantang.corpus.ingest.types import Batch
from qiantang.corpus.register.types import Observation, SourceRank

_FORMS: dict[str, Callable[[trees.Node, int, Values], Observation]] = {
    **dict.fromkeys(current.ROOTS, current.observation),
    published_2001.ROOT: published_2001.observation,
    patdoc.ROOT: patdoc.observation,
}

_ROOT = re.compile(rb"<(?:" + "|".join(_FORMS).encode() + rb")[\s>]")


class UsptoDocumentReader:
    """The reader of these documents. A row is a document, counted from 1."""

    name = "uspto-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_FULL_TEXT
    looks_for = f"an XML element {', '.join(_FORMS)} in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("events", "simple_family", "extended_family", "page_count")
    synthetic = False
    as_filed = False

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        held: list[Cells] = []  # of the file, made of its memory of numbers

        def parts(document: trees.Node, numbers: NumberMemory) -> Iterator[Saying]:
            if not held:
                held.append(Cells(numbers, office="US"))
            form = _FORMS[document.name]
            yield lambda row: form(document, row, Values(numbers, held[0]))

        return read_documents(stream, tuple(_FORMS), parts, self.looks_for, self._parse)
