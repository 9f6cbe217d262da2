"""Chinese patent documents taken from print by a machine: JSON of a parsed PDF, or the blocks of a page layout after OCR.

Both give the front page in pieces that may run into each other. Trusted are numbers with their check digit, dates, title,
abstract, claims and description; names and classes as far as their labels part them. What comes from print is noted as such and
has the rank of a crawl: any other source of the same document is believed first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.methods.readers.printed_front import Printed, from_blocks, from_fields
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Observation, Party, Publication, SourceRank, Text

_FIELDS = ('"申请公布号"'.encode(), '"授权公告号"'.encode())
_BLOCKS = (b'"bbox"', b'"page_idx"', "(21)申请号".encode())


class PrintedDocumentReader:
    """The reader of these files. A file is one document, its only row."""

    name = "printed-document-json"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a JSON object with 申请公布号 or 授权公告号, or JSON layout blocks (bbox, page_idx) with (21)申请号"
    cannot_know: tuple[str, ...] = ("citations", "priorities", "events", "simple_family", "extended_family", "cpc")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
        if start == b"{":
            return any(field in head for field in _FIELDS)
        return start == b"[" and all(word in head for word in _BLOCKS)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        match json_file(stream):
            case dict(fields):
                printed = from_fields(fields)
            case list(blocks):
                printed = from_blocks(blocks)
            case _:
                raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="CN")
        yield from collected(
            builder, [printed], lambda row, one: _observation(row, one, cells), lambda one: one.publication
        )


def _observation(row: int, printed: Printed, cells: Cells) -> Observation:
    notes = ["read_from_print"]
    if not printed.publication:
        raise CellRefused("申请公布号", "number_missing")
    number = cells.publication(printed.publication)
    filing = cells.application(printed.application, notes)
    published = cells.day(printed.publication_date, "申请公布日")
    scheme = "locarno" if number.type == "design" else "ipc"
    return Observation(
        row=row,
        office="CN",
        as_of=published,
        type=number.type,
        application_number=filing.canonical if filing else None,
        filing_date=cells.day(printed.filing_date, "申请日"),
        claim_count=len(printed.claims) or None,
        publications=[Publication(number.stem, number.kind, published)],
        texts=list(_texts(printed)),
        classifications=cells.classes(";".join(printed.symbols), scheme, notes),
        parties=list(_parties(printed, cells, notes)),
        notes=notes,
    )


def _texts(printed: Printed) -> Iterator[Text]:
    for part, text in (
        ("title", printed.title),
        ("abstract", printed.abstract),
        ("claims", "\n".join(printed.claims)),
        ("description", "\n".join(printed.description)),
    ):
        if text:
            yield Text(part, "zh", text)


def _parties(printed: Printed, cells: Cells, notes: list[str]) -> Iterator[Party]:
    postcode, address = cells.address(printed.address)
    yield from cells.applicants(";".join(printed.applicants), address, postcode)
    yield from cells.inventors(";".join(printed.inventors), notes)
    if printed.agency:
        yield Party("agency", 1, printed.agency)
    yield from (Party("agent", place, name) for place, name in enumerate(printed.agents, 1))
