"""Lines of a crawl of Google Patents: ``id-<number>    abstract-<text>``, one publication a line.

The files beside them, ``id-<number>    citedBy-<n>``, say how often a patent is cited and not by which: a count is no
citation, and such a file is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.readers.batching import RAW, BatchBuilder, collected
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.methods.text_lines import text_lines
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Observation, Publication, SourceRank, Text

_OURS = re.compile(rb"(?:\xef\xbb\xbf)?id-\w{4,20}\s+(abstract|citedBy)-")
_LINE = re.compile(r"id-(\S+)\s+abstract-(.*)$")


class AbstractLineReader:
    """The reader of these lines. A row is a line, counted from 1."""

    name = "google-abstract-lines"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "lines as in id-CN1234567A    abstract-text"
    cannot_know: tuple[str, ...] = (
        *("application_number", "filing_date", "publication_date", "title", "parties", "classifications", "claims"),
        *("description", "citations", "priorities", "events", "simple_family", "extended_family"),
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _OURS.match(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the name tells nothing
        """Errors  ``FileRefused`` citation_counts_only, where the lines give counts"""
        head, whole = read_head(stream)
        first = _OURS.match(head)
        if first and first[1] == b"citedBy":
            raise FileRefused(Refusal(0, "citation_counts_only"))
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="")
        yield from collected(builder, _rows(whole), lambda row, line: _observation(row, line, cells), " ".join)


def _rows(stream: BinaryIO) -> Iterator[tuple[str, str] | Refusal]:
    for line in text_lines(stream):
        found = _LINE.match(line.text)
        if line.code:
            yield line.refusal(line.place)
        elif found is None:
            yield Refusal(line.place, "number_missing", raw=line.text[:RAW])
        else:
            yield found[1], " ".join(found[2].split())


def _observation(row: int, line: tuple[str, str], cells: Cells) -> Observation:
    spelled, abstract = line
    number = cells.publication(spelled)
    return Observation(
        row=row,
        office=number.office,
        type=number.type,
        publications=[Publication(number.stem, number.kind, None)],
        texts=[Text("abstract", language_of(abstract), abstract)] if abstract else [],
    )
