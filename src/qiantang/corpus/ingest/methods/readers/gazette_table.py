"""Tables of CNIPA gazette entries: the gazette's front-page data, one entry a row, as comma-separated text.

Known quirks, each handled here: the application number turned into ``2.02E+12`` by a spreadsheet; ``;`` with an odd blank or
``??`` between names or symbols; a semicolon at the end; the postcode glued to the address; Locarno classes of designs in the
column of the IPC; columns whose order differs from file to file. The publication number is the key of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.columns import PROFILED_ROWS, Assignment, Disagreement, arranged
from qiantang.corpus.ingest.methods.lines import KEPT
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.records import Record, RecordStream
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Observation, Publication, SourceRank, Text

HEADERS = {
    "item": "item",
    "name": "title",
    "authorization_notice_id": "publication_number",
    "authorized_announcement_date": "publication_date",
    "filing_id": "application_number",
    "filing_date": "filing_date",
    "patentee": "applicants",
    "designer": "inventors",
    "address": "address",
    "Int.Cl.": "classes",
}
_HEADER_OF = {field: header for header, field in HEADERS.items()}
_IN_ORDER = (
    "publication_number",
    "publication_date",
    "application_number",
    "filing_date",
    "title",
    "applicants",
    "inventors",
    "address",
    "classes",
)
_TELLING = ("authorization_notice_id", "patentee")
# A column of classes instead of values: a reduction of the gazette, made for statistics.
_REDUCED = {
    "patentee": re.compile(r"(?:公司|个人|大学|学校|学院|高校|研究所|研究院|院所|企业|机关|医院|其他)$"),
    "address": re.compile(r".{2,3}(?:省|市)$|.{2,8}自治区$|.{2}特别行政区$|[\u4e00-\u9fff]{2,6}$"),
    "IPC": re.compile(r"[A-H]$"),
    "Int.Cl.": re.compile(r"[A-H]$"),
    "filing_date": re.compile(r"\d{4}[-./]\d{1,2}$|\d{4}$"),
}
_MOST = 0.9


class GazetteTableReader:
    """The reader of these tables."""

    name = "cnipa-gazette-table"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_GAZETTE
    looks_for = "a comma-separated text whose first line names authorization_notice_id and patentee"
    cannot_know: tuple[str, ...] = (
        "claim_count",
        "page_count",
        "priorities",
        "citations",
        "events",
        "media",
        "abstract",
        "agency",
        "agent",
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace")
        columns = {column.strip().strip('"') for column in first.split(",")}
        return columns.issuperset(_TELLING)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        records = RecordStream(stream)
        found = iter(records)
        first = list(islice(found, PROFILED_ROWS))
        sample = [record.fields for record in first if isinstance(record, Record)]
        builder = BatchBuilder()
        entries = _Entries(builder, *_placed(records.header, sample))
        for record in chain(first, found):
            if isinstance(record, Record):
                entries.take(record)
            else:
                builder.refuse(record)
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _placed(header: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[Assignment, bool]:
    """Where the fields stand, and whether the headers had to be put right. errors ``FileRefused``"""
    reduced = _reduced(header, sample)
    if reduced:
        raise FileRefused(Refusal(0, "table_reduced", facts={"columns": reduced}))
    twice = sorted({column for column in header if column in HEADERS and header.count(column) > 1})
    missing = [column for column in HEADERS if column not in header and column != "item"]
    if missing or twice:
        raise FileRefused(Refusal(0, "columns_missing", facts={"missing": missing, "twice": twice}))
    places = {HEADERS[column]: place for place, column in enumerate(header) if column in HEADERS}
    found = arranged(places, sample)
    if isinstance(found, Disagreement):
        columns = [_HEADER_OF[field] for field in found.fields]
        raise FileRefused(Refusal(0, "columns_disagree", facts={"columns": columns, "ways": found.ways}))
    return found.places, found.put_right


def _reduced(header: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Columns which hold classes instead of values, with up to five of the classes each; one alone may be chance."""
    found = {}
    for place, column in enumerate(header):
        pattern = _REDUCED.get(column)
        cells = [row[place] for row in sample]
        if pattern and cells and sum(pattern.match(cell) is not None for cell in cells) >= _MOST * len(cells):
            found[column] = sorted(set(cells))[:5]
    return found if len(found) > 1 else {}


class _Entries:
    """Rows to observations."""

    def __init__(self, builder: BatchBuilder, places: Assignment, put_right: bool) -> None:  # noqa: FBT001 - from _placed
        self._builder = builder
        self._cells = Cells(builder.numbers, office="CN")
        self._pick = itemgetter(*(places[field] for field in _IN_ORDER))
        self._note = ["columns_put_right"] if put_right else []

    def take(self, record: Record) -> None:
        try:
            self._builder.add(*self._observed(record))
        except CellRefused as problem:
            column = _HEADER_OF[problem.field]
            raw = ",".join(record.fields)[:KEPT]
            self._builder.refuse(Refusal(record.row, problem.code, column, problem.facts, raw))

    def _observed(self, record: Record) -> tuple[Observation, list[str]]:
        cells, notes = self._cells, self._note.copy()
        publication, publication_date, application, filing_date, title, applicants, inventors, place, classes = (
            self._pick(record.fields)
        )
        number = cells.publication(publication)
        kind_of_right = number.type
        published = cells.day(publication_date, "publication_date")
        if published is None:
            raise CellRefused("publication_date", "date_missing")
        filed = cells.day(filing_date, "filing_date")
        if filed is not None and filed > published:
            raise CellRefused("filing_date", "dates_out_of_order", filing=str(filed), publication=str(published))
        filing = cells.application(application, notes)
        postcode, address = cells.address(place)
        parties = cells.applicants(applicants, address, postcode)
        parties += cells.inventors(inventors, notes)
        title = title.strip()
        observation = Observation(
            record.row,
            "CN",
            published,
            kind_of_right,
            filing.canonical if filing else None,
            filed,
            publications=[Publication(number.stem, number.kind, published)],
            texts=[Text("title", "zh", title)] if title else [],
            classifications=cells.classes(classes, "locarno" if kind_of_right == "design" else "ipc", notes),
            parties=parties,
            notes=notes,
        )
        return observation, [filing.key, number.key] if filing else [number.key]
