"""Answers of DPMAconnectPlus: a patent or utility model, a design, and lists of hits of both. A row is a right or a hit.

A trade mark is none of the rights this register holds: its file is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.readers.by_document import begins_like_xml, read_documents
from qiantang.corpus.ingest.methods.readers.dpma import designs, patents
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.ingest.types import Batch

_ELEMENTS = ("dpma-patent-document", "Transaction", "PatentHitList", "DesignHitList")
_ROOT = re.compile(rb"<(?:dpma-patent-document|PatentHitList|DesignHitList)[\s>]")
_TRANSACTION = re.compile(rb"<Transaction\s[^>]*wipo\.int.*?<(?:Design|TradeMark)TransactionBody[\s/>]", re.DOTALL)


class DpmaReader:
    """The reader of these answers."""

    name = "dpma-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an XML element dpma-patent-document, DesignTransactionBody, PatentHitList or DesignHitList"
    cannot_know: tuple[str, ...] = ("claims", "description", "cpc", "citations", "simple_family", "extended_family")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return begins_like_xml(head) and (_ROOT.search(head) or _TRANSACTION.search(head)) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        yield from read_documents(stream, _ELEMENTS, _parts, self.looks_for)


def _parts(document: Node, numbers: NumberMemory) -> Iterator[Saying]:
    if document.name == "dpma-patent-document":
        yield lambda row: patents.observation(document, row, numbers)
    for record in document.every("PatentHitListRecord"):
        yield _hit(record, numbers)
    for record in document.every("DesignHitListRecord"):
        yield _design_hit(record, numbers)
    if document.first("TradeMarkTransactionBody") is not None:
        raise FileRefused(Refusal(0, "no_patents", facts={"holds": "trade_mark"}))
    for application in document.inside("DesignApplication"):
        for design in application.every("DesignDetails", "Design"):
            yield _design(application, design, numbers)


def _hit(record: Node, numbers: NumberMemory) -> Saying:
    return lambda row: patents.hit(record, row, numbers)


def _design_hit(record: Node, numbers: NumberMemory) -> Saying:
    return lambda row: designs.hit(record, row, numbers)


def _design(application: Node, design: Node, numbers: NumberMemory) -> Saying:
    return lambda row: designs.observation(application, design, row, numbers)
