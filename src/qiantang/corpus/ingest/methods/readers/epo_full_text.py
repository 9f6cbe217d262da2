"""Full texts of the EPO: ``ep-patent-document``, and ``fulltext-document`` of national offices. A row is a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.readers.by_document import begins_like_xml, read_documents
from qiantang.corpus.ingest.methods.readers.epo import inquiries, sdobi
from qiantang.corpus.register.types import SourceRank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.ingest.types import Batch

_EUROPEAN, _NATIONAL = "ep-patent-document", "fulltext-document"
_ROOT = re.compile(rb"<(?:ep-patent-document|fulltext-document)[\s>]")


class EuropeanFullTextReader:
    """The reader of these documents."""

    name = "epo-full-text-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_FULL_TEXT
    looks_for = "an XML element ep-patent-document or fulltext-document in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("simple_family", "extended_family", "postcode")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return begins_like_xml(head) and _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        yield from read_documents(stream, (_EUROPEAN, _NATIONAL), _parts, self.looks_for)


def _parts(document: Node, numbers: NumberMemory) -> Iterator[Saying]:
    said = sdobi.observation if document.name == _EUROPEAN else inquiries.full_text
    yield lambda row: said(document, row, numbers)
