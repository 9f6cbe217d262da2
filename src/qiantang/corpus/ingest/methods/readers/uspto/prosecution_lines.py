"""Lines of JSON about applications: prosecution events, and whole specifications, one application a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.json_lines import json_lines
from qiantang.corpus.ingest.methods.readers.batching import RAW, BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto.values import Values, claim, texts
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Event, Observation, Publication, SourceRank

_LINE = re.compile(rb"\s*\{[^\n]*\"application_number\"[^\n]*\"(?:prosecution_events|description_paragraphs)\"")
_NUMBERED = re.compile(r"(?:what is claimed is\s*:?\s*)?(\d{1,4})\s*\.\s*(?=\S)", re.IGNORECASE)
_CANCELLED = re.compile(r"\(?(?:canceled|cancelled)\)?\.?$", re.IGNORECASE)
_RANGE = re.compile(r"\d{1,4}\s*-\s*\d{1,4}\s*\.")

Element = Mapping[str, Any]


class UsptoProsecutionReader:
    """The reader of these lines. A row is a line. Claims are as filed: they are not the claims of a grant."""

    name = "uspto-prosecution-lines"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "JSON lines with application_number and prosecution_events or description_paragraphs"
    cannot_know: tuple[str, ...] = ("parties", "classifications", "citations", "priorities", "media")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _LINE.match(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        for row, one in enumerate(json_lines(stream), 1):
            if one is None:
                continue
            if isinstance(one, Refusal):
                builder.refuse(one)
            else:
                try:
                    builder.add(_observation(one, row, Values(builder.numbers, cells)))
                except CellRefused as problem:
                    raw = orjson.dumps(one).decode()[:RAW]
                    builder.refuse(Refusal(row, problem.code, problem.field, {"line": row, **problem.facts}, raw))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _observation(element: Element, row: int, values: Values) -> Observation:
    number = values.application(element.get("application_number"))
    if number is None:
        raise CellRefused("application_number", "number_missing")
    granted: list[Publication] = []
    if element.get("patent_number"):
        granted.append(values.publication(element["patent_number"], None, None)[0])
    claims = _claims(element.get("claims") or [])
    return Observation(
        row=row,
        office="US",
        as_of=values.loose_day((element.get("pulled_at") or "")[:10] or None),
        application_number=number,
        filing_date=values.day(element.get("filing_date"), "filing_date"),
        claim_count=len(claims) or None,
        publications=granted,
        texts=texts(
            title=element.get("patent_title") or element.get("title"),
            abstract=element.get("abstract"),
            claims="\n".join(claim(place, "\n".join(said)) for place, said in claims.items()),
            description="\n".join(element.get("description_paragraphs") or ()),
        ),
        events=[
            Event(one["code"], values.loose_day(one.get("date")), None, one.get("description"))
            for one in element.get("prosecution_events") or ()
            if one.get("code")
        ],
        notes=values.notes,
    )


def _claims(paragraphs: list[str]) -> dict[int, list[str]]:
    """Number to lines. A paragraph without a number goes on with the claim before; cancelled claims are none."""
    found: dict[int, list[str]] = {}
    last = 0
    for paragraph in paragraphs:
        said = " ".join(paragraph.split())
        numbered = _NUMBERED.match(said)
        if numbered:
            last, said = int(numbered[1]), said[numbered.end() :]
        elif _RANGE.match(said):
            last = 0
            continue
        if _CANCELLED.match(said):
            last = 0
        elif last:
            found.setdefault(last, []).append(said)
    return found
