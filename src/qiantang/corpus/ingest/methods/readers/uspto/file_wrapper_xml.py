"""Papers of file wrappers in the office's XML after ST.96 (``ClaimsDocument``, ``SpecificationDocument``), read by machine.

One document is one paper of one application: claims, an abstract or a description, as received on a day. They are what was
filed, not what was published, so that any published text is believed first. A paper that only says what it amends is not
the specification, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto.values import LINE, Values, claim, lines, texts
from qiantang.corpus.ingest.methods.trees import Node, Wording
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Observation, SourceRank

_ROOTS = ("ClaimsDocument", "SpecificationDocument")
_ROOT = re.compile(rb"<(?:\w+:)?(?:ClaimsDocument|SpecificationDocument)\s[^>]*urn:us:gov:doc:uspto:patent")
_SAID = Wording(
    left_out=frozenset({"math", "Math", "BoundaryData", "Image", "ClaimLabelText"}),
    lined=frozenset({"P", "Heading", "ClaimText", "LI", "row"}),
    spaced=frozenset({"entry", "Br"}),
    line=LINE,
)
_FORMULAE = ("math", "Math")
_PARTS = {"CLM": "claims", "ABST": "abstract", "SPEC": "description"}
_AMENDMENT = re.compile(r"amendments? to the (?:specification|abstract|claims)", re.IGNORECASE)
_HEADINGS = frozenset({"abstract", "abstract of the disclosure", "abstract of disclosure"})


class UsptoFileWrapperReader:
    """The reader of these papers. A row is a document, counted from 1."""

    name = "uspto-file-wrapper-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an XML element ClaimsDocument or SpecificationDocument of the name space urn:us:gov:doc:uspto:patent"
    cannot_know: tuple[str, ...] = ("publications", "filing_date", "parties", "classifications", "citations", "events")
    synthetic = False
    as_filed = False

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        cutter = DocumentCutter(stream, *_ROOTS, parse=self._parse)
        for row, cut in enumerate(cutter, 1):
            try:
                builder.add(_observation(cutter.parsed(cut), row, Values(builder.numbers, cells)))
            except DocumentRefused as problem:
                builder.refuse(Refusal(row, problem.code, "", problem.facts, problem.raw))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, {"line": cut.line, **problem.facts}))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _observation(document: Node, row: int, values: Values) -> Observation:
    number = values.application(document.word("DocumentHeaderDetails", "ApplicationHeaderDetails", "ApplicationNumber"))
    if number is None:
        raise CellRefused("ApplicationNumber", "number_missing")
    code = document.word("DocumentCode")
    part = _PARTS.get(code or "")
    if part is None:
        raise CellRefused("DocumentCode", "document_kind_unknown", value=code, known=", ".join(_PARTS))
    if document.inside(*_FORMULAE):
        values.note("formula_left_out")
    claims = document.inside("Claim")
    said = "\n".join(map(_Claims(values), claims)) if part == "claims" else _prose(document, values)
    if not said:
        raise CellRefused(part, "text_missing")
    return Observation(
        row=row,
        office="US",
        as_of=values.day(document.word("MailRoomDate"), "MailRoomDate"),
        application_number=number,
        claim_count=len(claims) or None,
        texts=texts(**{part: said}),
        notes=values.notes,
    )


class _Claims:
    """Claims with their numbers; one whose number is not told follows the one before."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._last = 0

    def __call__(self, element: Node) -> str:
        told = element.word("ClaimNumber") or ""
        self._last = int(told) if told.isdecimal() else self._last + 1
        said = [line for one in element.every("ClaimText") for line in lines(one.flat(_SAID), self._values)]
        return claim(self._last, "\n".join(said))


def _prose(document: Node, values: Values) -> str:
    body = document.first("Specification")
    said = lines(body.flat(_SAID), values) if body else []
    if said and _AMENDMENT.match(said[0]):
        raise CellRefused("Specification", "amendment_only", said=said[0][:80])
    return "\n".join(line for line in said if line.lower().strip(" .:") not in _HEADINGS)
