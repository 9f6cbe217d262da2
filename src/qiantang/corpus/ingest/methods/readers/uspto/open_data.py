"""Answers of the Open Data Portal in JSON: file wrappers, events, continuity, papers, trials, appeals, petitions, citations.

One element of an answer is one observation of the application it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto import proceedings, wrappers
from qiantang.corpus.ingest.methods.readers.uspto.values import Values
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Observation, SourceRank

Element = Mapping[str, Any]
_BAGS: dict[str, Callable[[Element, int, Values], Observation]] = {
    "patentFileWrapperDataBag": wrappers.observation,
    "documentBag": proceedings.paper,
    "patentTrialDocumentDataBag": proceedings.trial,
    "patentAppealDataBag": proceedings.appeal,
    "petitionDecisionDataBag": proceedings.petition,
    "interferenceParties": proceedings.interference,
    "docs": proceedings.office_action,
}
_IN_HEAD = (*(f'"{name}"'.encode() for name in _BAGS if name.endswith("Bag")), b'"patentInterferenceDataBag"')


class UsptoOpenDataReader:
    """The reader of these answers. A row is an element, counted from 1; each party of an interference is one."""

    name = "uspto-open-data"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "a JSON object with a bag of the Open Data Portal (patentFileWrapperDataBag, documentBag …)"
    cannot_know: tuple[str, ...] = ("description", "claims", "claim_count", "media")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        if not head.lstrip().startswith(b"{"):
            return False
        return any(key in head for key in _IN_HEAD) or (b'"docs"' in head and b'"patentApplicationNumber"' in head)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        row = 0
        for row, (kind, element) in enumerate(_elements(json_file(stream)), 1):
            try:
                builder.add(_BAGS[kind](element, row, Values(builder.numbers, cells)))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, problem.facts))
            if builder.full:
                yield builder.take()
        if not row:
            raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))
        if len(builder):
            yield builder.take()


def _elements(answer: object) -> Iterator[tuple[str, Element]]:
    if not isinstance(answer, dict):
        return
    for kind in _BAGS:
        for one in answer.get(kind) or ():
            yield kind, one
    for one in (answer.get("response") or {}).get("docs") or ():
        yield "docs", one
    for one in answer.get("patentInterferenceDataBag") or ():
        parties = [one.get("juniorPartyData"), one.get("seniorPartyData"), *(one.get("additionalPartyDataBag") or ())]
        for party in parties:
            if party:
                yield "interferenceParties", {**one, "party": party}
