"""CNIPA publication documents: XML with the element ``PatentDocumentAndRelated``, one or many in a file.

Numbers and dates stand twice, as printed (``original``) and normalised (``standard``): the printed one is taken, and where
the other says something else a note tells. ``0`` stands for an empty part of an address. The 1987 form of the classification
(``ClassificationIPC``) and the present one (``ClassificationIPCR``) are both read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.cnipa_xml_parts import observation
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank

ELEMENT = "PatentDocumentAndRelated"
_ROOT = re.compile(rb"<(?:[\w.\-]+:)?PatentDocumentAndRelated[\s>]")


class CnipaPublicationReader:
    """The reader of these documents. A row is a document, counted from 1."""

    name = "cnipa-publication-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_FULL_TEXT
    looks_for = "an XML element PatentDocumentAndRelated in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("events", "simple_family", "extended_family", "cpc", "page_count")
    synthetic = False
    as_filed = False

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        builder = BatchBuilder()
        cutter = DocumentCutter(stream, ELEMENT, parse=self._parse)
        row = 0
        for row, cut in enumerate(cutter, 1):
            try:
                builder.add(observation(cutter.parsed(cut), row, builder.numbers))
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
