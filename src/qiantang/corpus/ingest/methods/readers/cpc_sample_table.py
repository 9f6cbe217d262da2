"""Tables of samples for learning: publication number, one cell of texts, a JSON list of CPC symbols.

Known quirks, each handled here: the cell of texts is either lines that begin with ``Title:``, ``Keywords:`` and ``Abstract:``,
or the three parted by ``[SEP]``; thousands of rows without any value stand behind the last. The keywords are machine-made and
no statement of the patent; the symbols are a selection in the alphabet's order, so none is the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.lines import KEPT
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.records import Record, RecordStream
from qiantang.corpus.ingest.methods.tableheads import text_head
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Classification, Observation, Publication, SourceRank, Text

_HEADERS = ("publication_number", "text", "labels")
_IN_LINES = re.compile(r"Title: (.*?)\nKeywords: .*?\nAbstract: (.*)", re.DOTALL)
_PARTED = re.compile(r"(.*?) \[SEP\] .*? \[SEP\] (.*)", re.DOTALL)


class CpcSampleTableReader:
    """The reader of these tables."""

    name = "cpc-sample-table"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a comma-separated text whose first line names publication_number, text and labels"
    cannot_know: tuple[str, ...] = ("application_number", "filing_date", "parties", "priorities", "citations", "events")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        rows = text_head(head).rows()
        return bool(rows) and set(rows[0]).issuperset(_HEADERS)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        records = RecordStream(stream)
        places = [records.header.index(header) for header in _HEADERS]
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="CN")
        for record in records:
            if isinstance(record, Refusal):
                builder.refuse(record)
            elif any(field.strip() for field in record.fields):
                _take(record, places, cells, builder)
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _take(record: Record, places: list[int], cells: Cells, builder: BatchBuilder) -> None:
    number, text, labels = (record.fields[place].strip() for place in places)
    try:
        builder.add(_observed(record.row, number, text, labels, cells))
    except CellRefused as problem:
        raw = ",".join(record.fields)[:KEPT]
        builder.refuse(Refusal(record.row, problem.code, problem.field, problem.facts, raw))


def _observed(row: int, spelled: str, text: str, labels: str, cells: Cells) -> Observation:
    if not spelled:
        raise CellRefused("publication_number", "number_missing")
    number = cells.publication(spelled)
    notes: list[str] = []
    found = _IN_LINES.fullmatch(text) or _PARTED.fullmatch(text)
    if found is None:
        notes.append("text_unrecognised")
    title, abstract = found.groups() if found else ("", "")
    parts = (("title", title.strip()), ("abstract", abstract.strip()))
    return Observation(
        row,
        number.office,
        type=number.type,
        publications=[Publication(number.stem, number.kind)],
        texts=[Text(part, "zh", said) for part, said in parts if said],
        classifications=_symbols(labels, cells, notes),
        notes=notes,
    )


def _symbols(labels: str, cells: Cells, notes: list[str]) -> list[Classification]:
    try:
        listed = orjson.loads(labels)
    except orjson.JSONDecodeError:
        listed = None
    if not isinstance(listed, list):
        notes.append("classification_damaged")
        return []
    return [one._replace(first=False) for one in cells.classes(";".join(map(str, listed)), "cpc", notes)]
