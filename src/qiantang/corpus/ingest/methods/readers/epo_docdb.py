"""DOCDB exchange files of the EPO: ``exchange-document`` elements, one or many in a file. A row is a document.

Elements that were cut out of their file without the name space declarations around them are refused: a strict parser
cannot know what their prefixes mean. The statistics that come with a delivery hold no documents and are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.readers.by_document import begins_like_xml, read_documents
from qiantang.corpus.ingest.methods.readers.epo.exchange import observation
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.ingest.types import Batch

_ROOT = re.compile(rb"<(?:[\w.\-]+:)?exchange-documents?[\s>]")
_ANSWER = re.compile(rb"<(?:[\w.\-]+:)?world-patent-data[\s>]")
_STATISTICS = re.compile(rb"\s*\w+,\d{6},DOCDB-\d{6},")


class DocdbReader:
    """The reader of these files."""

    name = "epo-docdb-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an XML element exchange-document in the first 64 KiB, in no answer of a service"
    cannot_know: tuple[str, ...] = (
        "claims",
        "description",
        "claim_count",
        "page_count",
        "extended_family",
        "addresses",
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        if _STATISTICS.match(head):
            return True
        return begins_like_xml(head) and _ROOT.search(head) is not None and _ANSWER.search(head) is None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        head, whole = read_head(stream)
        if _STATISTICS.match(head):
            raise FileRefused(Refusal(0, "no_patents", facts={"holds": "delivery_statistics"}))
        yield from read_documents(whole, ("exchange-document",), _parts, self.looks_for)


def _parts(document: Node, numbers: NumberMemory) -> Iterator[Saying]:
    yield lambda row: observation(document, row, numbers)
