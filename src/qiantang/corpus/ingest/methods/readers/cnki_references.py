"""Reference lists of CNKI in the form of GB/T 7714-2015: ``[n]inventors. title[P]. region：number,date.``

One record may run over several lines and ends with a blank one. The region, a province or a country, is the applicant's, who is
not named: the record has no place for it. Numbers before about 2010 have no kind letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.readers.batching import RAW, BatchBuilder, collected
from qiantang.corpus.ingest.methods.text_lines import Line, text_lines
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Observation, Publication, SourceRank, Text

if TYPE_CHECKING:
    from qiantang.corpus.register.types import Party

_BEGINS = re.compile(r"\[\d{1,6}\]")
_REFERENCE = re.compile(
    r"\[\d{1,6}\]\s*(?P<inventors>.*?)\.\s*(?P<title>.*)\[P\]\.?\s*(?P<region>[^：:\[\]]*)[：:]\s*"
    r"(?P<number>[^,，]*)[,，]\s*(?P<date>[\d\-]*)\.?\s*$"
)
# The colon is a full-width one, in UTF-8 or GB18030, or a plain one.
_OURS = re.compile(rb"\[\d{1,6}\][^\n]+(?:\r?\n[^\r\n\[]+)*?\[P\]\.[^\n]*?(?:\xef\xbc\x9a|\xa3\xba|:)\s*[A-Z]{2}\d")
_RECORD_CHARACTERS = 4_000


class CnkiReferenceReader:
    """The reader of these lists. A row is a reference, counted from 1."""

    name = "cnki-references"
    version = 1
    rank: SourceRank = SourceRank.VENDOR_EXPORT
    looks_for = "lines of GB/T 7714 references to patents, as in [1]inventors. title[P]. region：CN1234567A,2004-01-02."
    cannot_know: tuple[str, ...] = (
        *("application_number", "filing_date", "applicants", "classifications", "abstract", "claims", "description"),
        *("citations", "priorities", "events", "simple_family", "extended_family"),
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _OURS.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the name tells nothing
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="CN")
        yield from collected(builder, _records(stream), lambda row, text: _observation(row, text, cells))


def _records(stream: BinaryIO) -> Iterator[str | Refusal]:
    """The references, each on one line; what begins no reference is part of the one before it."""
    row, record, damaged = 0, "", ""
    for line in chain(text_lines(stream), [Line(0, "")]):
        text = line.text.strip()
        if (_BEGINS.match(text) or not text) and record:
            row += 1
            yield _judged(row, record, damaged)
            record, damaged = "", ""
        record = (record + text)[: _RECORD_CHARACTERS + 1]
        damaged = damaged or line.code


def _judged(row: int, record: str, damaged: str) -> str | Refusal:
    if damaged:
        return Refusal(row, damaged, raw=record[:RAW])
    if len(record) > _RECORD_CHARACTERS or not _REFERENCE.match(record):
        return Refusal(row, "reference_unread", raw=record[:RAW])
    return record


def _observation(row: int, record: str, cells: Cells) -> Observation:
    found = _REFERENCE.match(record)
    assert found is not None  # _judged
    number = cells.publication(found["number"])
    notes = ["region_left_out"] if found["region"].strip() else []
    inventors: list[Party] = cells.inventors(found["inventors"].replace(",", ";"), notes)
    title = found["title"].strip()
    return Observation(
        row=row,
        office=number.office,
        type=number.type,
        publications=[Publication(number.stem, number.kind, cells.day(found["date"], "date"))],
        texts=[Text("title", "zh", title)] if title else [],
        parties=inventors,
        notes=notes,
    )
