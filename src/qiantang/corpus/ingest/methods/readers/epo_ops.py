"""Answers of the EPO's Open Patent Services: XML under ``world-patent-data``, or the same as JSON.

A row is whatever of the answer speaks of one patent: an exchange document, a member of a family, a hit, a register document.
Answers that hold no patents (a fault, classification schemes and statistics, the list of INPADOC's event codes) are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.by_document import begins_like_xml, read_documents, take
from qiantang.corpus.ingest.methods.readers.epo import ep_register, exchange, family, inquiries, json_tree
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.methods.worksheets import is_workbook, sheet_rows
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.ingest.types import Batch
    from qiantang.corpus.register.types import Observation

_ROOT = re.compile(rb"<(?:[\w.\-]+:)?world-patent-data[\s>]")
_FAULT = re.compile(rb"<fault\s+xmlns\s*=\s*[\"']http://ops\.epo\.org[\"']")
_EVENT_CODES = re.compile(r"(?:^|/)legal_code_descriptions_\d{6}\.xlsx$").search
_JSON = re.compile(rb"\s*\{\s*\"ops:world-patent-data\"")
_CODE_COLUMNS = {"Authority", "Event-code", "Influence"}
_NOT_FOUND = "not found"

_Reading = Callable[["Node", int, "NumberMemory"], "Observation"]


def _exchanged(document: Node, row: int, numbers: NumberMemory) -> Observation:
    if document.get("status") == _NOT_FOUND:
        raise CellRefused("exchange-document", "document_not_found")
    return exchange.observation(document, row, numbers)


# Path below the root -> how each element there is read.
_READINGS: tuple[tuple[tuple[str, ...], _Reading], ...] = (
    (("exchange-documents", "exchange-document"), _exchanged),
    (("patent-family", "family-member"), family.observation),
    (("biblio-search", "search-result", "exchange-documents", "exchange-document"), _exchanged),
    (("biblio-search", "search-result", "publication-reference"), inquiries.numbers_only),
    (("fulltext-documents", "fulltext-document"), inquiries.full_text),
    (("document-inquiry", "inquiry-result"), inquiries.images),
    (("equivalents-inquiry", "inquiry-result", "publication-reference"), inquiries.numbers_only),
    (("fulltext-inquiry", "inquiry-result", "publication-reference"), inquiries.numbers_only),
    (("standardization", "output", "publication-reference"), inquiries.numbers_only),
    (("standardization", "output", "application-reference"), inquiries.numbers_only),
)
_NO_PATENTS = {
    "classification-scheme": "classification_scheme",
    "classification-search": "classification_statistics",
    "mappings": "concordance",
}


class OpsReader:
    """The reader of these answers."""

    name = "epo-ops"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an XML element world-patent-data in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("extended_family", "postcode")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:
        if _JSON.match(head) or (begins_like_xml(head) and (_ROOT.search(head) or _FAULT.search(head))):
            return True
        return is_workbook(head) and _EVENT_CODES(name) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        head, whole = read_head(stream)
        if is_workbook(head):
            headers, _ = sheet_rows(whole, None, 1)
            code = "no_patents" if set(headers) >= _CODE_COLUMNS else "format_unknown"
            raise FileRefused(Refusal(0, code, facts={"holds": "event_codes"}))
        if _JSON.match(head):
            yield from _from_json(whole)
            return
        yield from read_documents(whole, ("world-patent-data", "fault"), parts_of, self.looks_for)


def _from_json(stream: BinaryIO) -> Iterator[Batch]:
    builder = BatchBuilder()
    answer = json_tree.document(json_file(stream))
    for row, saying in enumerate(parts_of(answer, builder.numbers), 1):
        take(builder, saying, row, {})
        if builder.full:
            yield builder.take()
    if len(builder):
        yield builder.take()


def parts_of(answer: Node, numbers: NumberMemory) -> Iterator[Saying]:
    """Everything of an answer that speaks of one patent.

    errors  ``FileRefused`` no_patents, service_fault
    """
    if answer.name == "fault":
        facts = {"status": answer.word("code"), "said": answer.word("description") or answer.word("message")}
        raise FileRefused(Refusal(0, "service_fault", facts=facts))
    for element, holds in _NO_PATENTS.items():
        if answer.first(element) is not None:
            raise FileRefused(Refusal(0, "no_patents", facts={"holds": holds}))
    for path, reading in _READINGS:
        for one in answer.every(*path):
            yield _saying(reading, one, numbers)
    for search in answer.every("register-search"):
        query = search.word("query") or ""
        for one in search.every("register-documents", "register-document"):
            yield _register_saying(one, query, numbers)


def _saying(reading: _Reading, part: Node, numbers: NumberMemory) -> Saying:
    return lambda row: reading(part, row, numbers)


def _register_saying(document: Node, query: str, numbers: NumberMemory) -> Saying:
    return lambda row: ep_register.observation(document, query, row, numbers)
