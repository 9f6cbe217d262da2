"""Full texts of the USPTO in XML: grants and published applications of all forms since 2001, one or a week of them in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto import current, patdoc, published_2001
from qiantang.corpus.ingest.methods.readers.uspto.values import Values
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
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

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        cutter = DocumentCutter(stream, *_FORMS, parse=self._parse)
        row = 0
        for row, cut in enumerate(cutter, 1):
            try:
                document = cutter.parsed(cut)
                form = _FORMS[document.name]
                builder.add(form(document, row, Values(builder.numbers, cells)))
            except DocumentRefused as problem:
                builder.refuse(Refusal(row, problem.code, "", problem.facts, problem.raw))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, {"line": cut.line, **problem.facts}))
            if builder.full:
                yield builder.take()
        if not row:
            raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))
        if len(builder):
            yield builder.take()
