"""XML documents of named fields, ``<doc><str name="Patent Number">…``, as a vendor's export for retrieval research has them.

Lists are parted by ``|`` and values are indented. What is left out is noted: national classes (UPC), documents that cite this one
and members of the family, of which only numbers are given and not what they are. An assignee may carry a register number in
brackets and an address behind it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Citation, Observation, Party, Priority, Publication, SourceRank, Text

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.trees import Node

_OURS = re.compile(rb"<doc>\s*<str name=\"[^\"]+\"")
_NUMBER_FIELD = b'<str name="Patent Number"'
_REGISTERED = re.compile(r"\s*\[IID: \w+\],?\s*")
_COUNTRY = re.compile(r"(?:^|,\s*)([A-Z]{2})$")
_LEFT_OUT = {
    "All UPC": "national_class_left_out",
    "Cited By": "cited_by_left_out",
    "Family Members": "family_list_left_out",
}


class NamedFieldsReader:
    """The reader of these documents. A row is a document, counted from 1."""

    name = "named-fields-xml"
    version = 1
    rank: SourceRank = SourceRank.VENDOR_EXPORT
    looks_for = 'an XML element doc with fields str, among them one named "Patent Number"'
    cannot_know: tuple[str, ...] = (
        "claims",
        "description",
        "events",
        "simple_family",
        "extended_family",
        "cpc",
        "holder",
    )
    synthetic = False
    as_filed = False

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _OURS.search(head) is not None and _NUMBER_FIELD in head

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the name tells nothing
        builder = BatchBuilder()
        cutter = DocumentCutter(stream, "doc", parse=self._parse)
        cells = Cells(builder.numbers, office="")
        for row, cut in enumerate(cutter, 1):
            try:
                builder.add(_Document(cutter.parsed(cut), cells).observation(row))
            except DocumentRefused as problem:
                builder.refuse(Refusal(row, problem.code, "", problem.facts, problem.raw))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, problem.facts))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


class _Document:
    def __init__(self, document: Node, cells: Cells) -> None:
        fields = ((one.get("name") or "", " ".join(one.flat().split())) for one in document.every("str"))
        self._fields: Mapping[str, str] = {name: text for name, text in fields if text}
        self._cells = cells
        self._notes = [note for field, note in _LEFT_OUT.items() if field in self._fields]

    def observation(self, row: int) -> Observation:
        spelled = self._fields.get("Patent Number", "")
        if not spelled:
            raise CellRefused("Patent Number", "number_missing")
        kind = self._fields.get("Kind Code", "")
        number = self._cells.publication(spelled if kind and spelled.endswith(kind) else spelled + kind)
        published = self._cells.day(self._fields.get("Publication Date", ""), "Publication Date")
        filing = self._filing(number.office)
        return Observation(
            row=row,
            office=number.office,
            type=number.type or (filing[1] if filing else None),
            application_number=filing[0] if filing else None,
            filing_date=self._cells.day(self._fields.get("Application Date", ""), "Application Date"),
            publications=[Publication(number.stem, number.kind, published)],
            texts=self._texts(),
            classifications=self._cells.classes(";".join(self._list("All IPC")), "ipc", self._notes),
            parties=list(self._parties()),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            notes=self._notes,
        )

    def _filing(self, office: str) -> tuple[str, str | None] | None:
        """The application, where it is one of this office: a European or national phase may name the international one."""
        number = self._cells.application(self._fields.get("Application Number", ""), self._notes)
        if number is None:
            return None
        if number.office != office:
            self._notes.append("international_application_left_out")
            return None
        return number.canonical, number.type

    def _list(self, field: str) -> list[str]:
        return [part for one in self._fields.get(field, "").split("|") if (part := one.strip())]

    def _texts(self) -> list[Text]:
        abstract, title = self._fields.get("Abstract", ""), self._fields.get("Title", "")
        told = language_of(f"{title} {abstract}")
        texts = [Text("title", told, title), Text("abstract", told, abstract)]
        return [text for text in texts if text.text]

    def _parties(self) -> Iterator[Party]:
        names, addresses = self._list("Assignee(s)"), self._list("Assignee(s) Address")
        matched = addresses if len(addresses) == len(names) else []
        for place, (name, beside) in enumerate(zip_longest(names, matched), 1):
            firm, _, behind = _REGISTERED.sub("\t", name).partition("\t")
            country, address = _placed(beside or behind)
            yield Party("applicant", place, firm.strip("* "), country, address)
        inventors, places = self._list("Inventor(s)"), self._list("Inventor(s) Address")
        matched = places if len(places) == len(inventors) else []
        for place, (name, address) in enumerate(zip_longest(inventors, matched), 1):
            yield Party("inventor", place, name, _placed(address)[0])
        for place, name in enumerate(self._list("Agent/Attorney"), 1):
            yield Party("agent", place, name)

    def _priorities(self) -> Iterator[Priority]:
        """Numbers, countries and days stand in three lists; where they are not of one length only the numbers are taken."""
        numbers, countries, days = map(self._list, ("Priority Number", "Priority Country", "Priority Date"))
        for place, number in enumerate(numbers):
            country = countries[place] if len(countries) == len(numbers) else None
            day = days[place] if len(days) == len(numbers) else ""
            yield Priority(number, country, self._cells.day(day, "Priority Date"))

    def _citations(self) -> Iterator[Citation]:
        for spelled in dict.fromkeys(self._list("Cites")):
            try:
                yield Citation(self._cells.publication(spelled).stem)
            except CellRefused:
                yield Citation(None, text=spelled)
        for text in dict.fromkeys(self._list("Other References")):
            yield Citation(None, text=html.unescape(text))


def _placed(text: str | None) -> tuple[str | None, str | None]:
    """Country and address; where the country stands alone there is no address."""
    found = _COUNTRY.search(text or "")
    country = found[1] if found else None
    return country, text if text and text != country else None
