"""Files of the office and of its data projects that hold no patents: they are known, and refused with the reason.

PatentsView's samples name inventors as one project has told them apart: they are a yardstick for telling persons apart, and
their patents are better read from the office. A classification scheme describes symbols; the CPC master file is a list of
symbols that the full texts carry too. Status codes are a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import SourceRank

_KINDS = (
    (re.compile(rb"<(?:\w+:)?class-scheme\s"), "CPC scheme"),
    (re.compile(rb"<(?:\w+:)?CPCMasterClassificationFile\s"), "CPC master file"),
    (re.compile(rb"\s*\{[^\0]*\"statusCodeBag\"\s*:"), "status codes"),
    (re.compile(rb"\Amention_id[\t,](?:name_full|unique_id)\b"), "inventor mentions"),
    (re.compile(rb"\Adata_type,file_name,zip_name,"), "table dictionary"),
)


class UsptoNoRecordsReader:
    """Recognises these files, and refuses each of them whole."""

    name = "uspto-no-records"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "files of the office without patents: classification schemes, status codes, inventor mentions"
    cannot_know: tuple[str, ...] = ()
    synthetic = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _kind(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        kind = _kind(stream.read(1 << 16))
        raise FileRefused(Refusal(0, "no_patent_records", facts={"kind": kind, "name": name}))
        yield  # a reader is an iterator, also one that never gives anything


def _kind(head: bytes) -> str | None:
    head = head.removeprefix(b"\xef\xbb\xbf")
    return next((kind for pattern, kind in _KINDS if pattern.search(head)), None)
