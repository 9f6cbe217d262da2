"""Files that are well known and hold no patent records: each is refused as a whole, with what would help instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank


class NoRecordsReader:
    """Recognises one kind of file by how it begins, and refuses it for one reason."""

    version = 1
    rank: SourceRank = SourceRank.CRAWL
    cannot_know: tuple[str, ...] = ()
    synthetic = False
    as_filed = False

    def __init__(self, name: str, refusal: Refusal, looks_for: str, begins: bytes) -> None:
        """``begins`` is a pattern for the first bytes, a byte order mark left out."""
        self.name = name
        self.looks_for = looks_for
        self._refusal = refusal
        self._begins = re.compile(begins)

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return self._begins.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - nothing in it is read
        """Errors  ``FileRefused``, always"""
        raise FileRefused(self._refusal)


def no_records() -> tuple[NoRecordsReader, ...]:
    return (
        NoRecordsReader("pdf", Refusal(0, "pdf_unread"), "a PDF document", rb"%PDF-\d"),
        NoRecordsReader(
            "picture",
            Refusal(0, "picture_alone"),
            "a picture: TIFF, JPEG or PNG",
            rb"II\x2a\x00|MM\x00\x2a|\xff\xd8\xff|\x89PNG\r\n",
        ),
        NoRecordsReader(
            "conllu-treebank",
            Refusal(0, "treebank_no_records"),
            "sentences in CoNLL-U, the format of Universal Dependencies",
            rb"# (?:global\.columns|newdoc|sent_id|newpar) ?[=\n]",
        ),
        NoRecordsReader(
            "retrieval-topic",
            Refusal(0, "retrieval_task_no_records"),
            "a topic of a retrieval task: the XML element query with title and description",
            rb"\s*(?:<\?xml[^>]*>\s*)?<query>\s*<title>",
        ),
        NoRecordsReader(
            "publication-number-list",
            Refusal(0, "numbers_alone"),
            "lines of nothing but publication numbers",
            rb"(?:[A-Z]{2}[0-9A-Z]{5,14}[ \t]*\r?\n){3,}",
        ),
    )
