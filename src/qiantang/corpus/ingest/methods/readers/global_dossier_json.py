"""Families of the five offices' Global Dossier as its service answers them (JSON). A row is an application of the family.

The list of the documents in one file wrapper names no patent and is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.by_document import take
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register.types import Observation, Party, Priority, Publication, SourceRank, Text
from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.types import Batch
    from qiantang.kernel.numbers import PatentNumber

_FAMILY, _WRAPPER = b'"corrAppNum"', b'"docGroupCode"'
_FORM = "%m/%d/%Y"


class GlobalDossierReader:
    """The reader of these answers."""

    name = "global-dossier-json"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "a JSON object with corrAppNum, or a list of documents with docGroupCode"
    cannot_know: tuple[str, ...] = ("claims", "description", "ipc", "cpc", "citations", "events", "simple_family")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return head.lstrip().startswith(b"{") and (_FAMILY in head or _WRAPPER in head)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        answer = json_file(stream)
        applications = answer.get("list") if isinstance(answer, dict) else None
        if not isinstance(applications, list):
            raise FileRefused(Refusal(0, "no_patents", facts={"holds": "file_wrapper"}))
        builder = BatchBuilder()
        for row, one in enumerate((one for one in applications if isinstance(one, dict)), 1):
            take(builder, _saying(one, builder.numbers), row, {})
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _saying(application: dict[str, Any], numbers: NumberMemory) -> Saying:
    return lambda row: _observation(application, row, numbers)


def _observation(application: dict[str, Any], row: int, numbers: NumberMemory) -> Observation:
    cells = Cells(numbers, office=application.get("countryCode") or "US", forms=(_FORM,))
    number, notes = _application(application)
    printed = [_publication(one, cells) for one in application.get("pubList") or ()]
    if number is None and not printed:
        raise CellRefused("docNum", "number_missing")
    title = application.get("title")
    return Observation(
        row=row,
        office=number.office if number else printed[0].number[:2],
        as_of=max((one.date for one in printed if one.date), default=None),
        type=number.type if number else None,
        application_number=number.canonical if number else None,
        filing_date=_day(cells, application.get("appDateStr"), "appDateStr"),
        publications=printed,
        texts=[Text("title", "en", title)] if title else [],
        parties=[
            Party("applicant", place, name) for place, name in enumerate(application.get("applicantNames") or (), 1)
        ],
        priorities=[
            Priority(one["docNumber"], one.get("country"))
            for one in application.get("priorityClaimList") or ()
            # a first filing stands among its own priorities
            if one.get("docNumber") and one["docNumber"] != application.get("appNum")
        ],
        notes=notes,
    )


def _publication(one: dict[str, Any], cells: Cells) -> Publication:
    kind = one.get("kindCode")
    number = cells.publication("".join(one.get(part) or "" for part in ("pubCountry", "pubNum", "kindCode")))
    return Publication(number.stem, kind, _day(cells, one.get("pubDateStr"), "pubDateStr"))


def _application(application: dict[str, Any]) -> tuple[PatentNumber | None, list[str]]:
    """The number in DOCDB's form, which leaves no doubt; else as the office writes it."""
    form = application.get("docNum") or {}
    country = form.get("country") or application.get("countryCode") or ""
    for text in (form.get("docNumber"), application.get("appNum")):
        try:
            return parse(f"{country}{text}{form.get('kindCode') or ''}", role=NumberRole.APPLICATION), []
        except Invalid:
            continue
    return None, ["application_number_unrecognised"]


def _day(cells: Cells, text: str | None, place: str) -> date | None:
    return cells.day(text, place) if text else None
