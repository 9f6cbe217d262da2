"""Answers of the office's assignment search, as XML and as JSON: one record is one conveyance with all its properties.

Every property is an observation of its own; a row is a property, counted from 1 through the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto.transfers import Transfer, day_of, reel_and_frame
from qiantang.corpus.ingest.methods.readers.uspto.values import Address, Values, texts
from qiantang.corpus.ingest.methods.trees import Node
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Observation, Publication, SourceRank

_XML = re.compile(rb"<response>.*<str name=\"reelNo\">", re.DOTALL)
_JSON = re.compile(rb"\s*\{.*\"docs\"\s*:.*\"reelNo\"", re.DOTALL)
_LISTED = ("inventionTitle", "applNum", "filingDate", "issueDate", "patNum", "publDate", "publNum")

Record = dict[str, Any]


class UsptoAssignmentReader:
    """The reader of these answers."""

    name = "uspto-assignments"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an answer of the assignment search: XML <response> or JSON docs, with reelNo"
    cannot_know: tuple[str, ...] = ("classifications", "citations", "priorities", "claim_count")
    synthetic = False
    as_filed = False

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return bool(_JSON.match(head) if head.lstrip().startswith(b"{") else _XML.search(head))

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        row = 0
        for record in self._records(stream):
            if isinstance(record, DocumentRefused):
                row += 1
                builder.refuse(Refusal(row, record.code, "", record.facts, record.raw))
                continue
            transfer = _transfer(record)
            for one in record["properties"]:
                row += 1
                try:
                    builder.add(_observation(one, transfer, row, Values(builder.numbers, cells)))
                except CellRefused as problem:
                    facts = {"assignment": transfer.place, **problem.facts}
                    builder.refuse(Refusal(row, problem.code, problem.field, facts))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()

    def _records(self, stream: BinaryIO) -> Iterator[Record | DocumentRefused]:
        start = stream.peek(64).lstrip()[:1] if hasattr(stream, "peek") else b"<"
        if start == b"{":
            answer = json_file(stream)
            yield from answer.get("docs") or () if isinstance(answer, dict) else ()
            return
        cutter = DocumentCutter(stream, "doc", parse=self._parse)
        for cut in cutter:
            try:
                yield _of_xml(cutter.parsed(cut))
            except DocumentRefused as problem:
                yield problem


def _of_xml(document: Node) -> Record:
    """A record in the shape of the JSON answer: parallel lists become one record for each property and each person."""
    said: dict[str, Any] = {}
    for one in document.children():
        values = [child.word() for child in one.children()] if one.name == "arr" else one.word()
        said[one.get("name") or ""] = values
    size = max((len(said.get(name) or ()) for name in _LISTED), default=0)
    said["properties"] = [
        {name: values[place] if place < len(values := said.get(name) or []) else None for name in _LISTED}
        for place in range(size)
    ]
    said["assignors"] = [
        {"patAssignorName": name, "patAssignorExDate": day}
        for name, day in _parallel(said, "patAssignorName", "patAssignorExDate")
    ]
    said["assignees"] = [
        {"patAssigneeName": name, "patAssigneeAddress": "\n".join(part for part in parts if _known(part))}
        for name, *parts in _parallel(
            said, "patAssigneeName", "patAssigneeAddress1", "patAssigneeAddress2", "patAssigneeCity", "patAssigneeState"
        )
    ]
    return said


def _parallel(said: Record, first: str, *others: str) -> Iterator[tuple[Any, ...]]:
    columns = [said.get(name) or [] for name in others]
    for place, value in enumerate(said.get(first) or []):
        yield (value, *(column[place] if place < len(column) else None for column in columns))


def _known(text: str | None) -> str | None:
    return None if text in (None, "", "NULL") else text


def _transfer(record: Record) -> Transfer:
    assignors = [one for one in record.get("assignors") or () if _known(one.get("patAssignorName"))]
    return Transfer(
        conveyance=_known(record.get("conveyanceText")) or "",
        place=reel_and_frame(str(record.get("reelNo") or ""), str(record.get("frameNo") or "")),
        recorded=record.get("recordedDate"),
        signed=[one["patAssignorExDate"] for one in assignors if one.get("patAssignorExDate")],
        assignors=[one["patAssignorName"] for one in assignors],
        assignees=[
            (name, Address(None, ", ".join((one.get("patAssigneeAddress") or "").split("\n")) or None))
            for one in record.get("assignees") or ()
            if (name := _known(one.get("patAssigneeName")))
        ],
    )


def _observation(one: Record, transfer: Transfer, row: int, values: Values) -> Observation:
    application = _known(one.get("applNum"))
    granted, published = _known(one.get("patNum")), _known(one.get("publNum"))
    if not (application or granted or published):
        raise CellRefused("applNum", "number_missing")
    publications: list[Publication] = []
    for number, day in ((granted, one.get("issueDate")), (published, one.get("publDate"))):
        if number:
            publications.append(values.publication(number, None, values.loose_day(day_of(day)))[0])
    return Observation(
        row=row,
        office="US",
        as_of=transfer.recorded_date(values),
        application_number=values.application(application),
        filing_date=values.loose_day(day_of(one.get("filingDate"))),
        publications=publications,
        texts=texts(title=_known(one.get("inventionTitle"))),
        parties=transfer.holders(),
        events=[transfer.event(values)],
        notes=values.notes,
    )
