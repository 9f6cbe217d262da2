"""Gazette documents of the Taiwan office (``tw-patent-grant``). A row is a document.

Years are those of the Republic calendar (``111/12/21`` is 21 December 2022), save in priorities, whose days are written as
``20140711``. Texts are in traditional Chinese. The countries of priorities stand there by their Chinese names.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.by_document import begins_like_xml, read_documents
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Medium,
    Observation,
    Party,
    Priority,
    Publication,
    SourceRank,
    Text,
)
from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.readers.by_document import Saying
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.ingest.types import Batch
    from qiantang.kernel.numbers import PatentNumber

_ROOT = re.compile(rb"<tw-patent-grant[\s>]")
_REPUBLIC = re.compile(r"(\d{2,3})/(\d{1,2})/(\d{1,2})").fullmatch
_REPUBLIC_BEFORE = 1911
_EDITION = re.compile(r"(\d{4})(\d{2})\d+V?").fullmatch
_TYPES = {"invention": "invention", "utility": "utility_model", "utility-model": "utility_model", "design": "design"}
_CHINESE, _ENGLISH = "zh", "en"
# Names of WIPO ST.3 as the office writes them.
_COUNTRIES = {
    "中國大陸": "CN",
    "中國": "CN",
    "美國": "US",
    "日本": "JP",
    "南韓": "KR",
    "韓國": "KR",
    "大韓民國": "KR",
    "歐洲專利局": "EP",
    "世界智慧財產權組織": "WO",
    "德國": "DE",
    "英國": "GB",
    "法國": "FR",
    "荷蘭": "NL",
    "瑞士": "CH",
    "瑞典": "SE",
    "芬蘭": "FI",
    "丹麥": "DK",
    "義大利": "IT",
    "奧地利": "AT",
    "比利時": "BE",
    "西班牙": "ES",
    "澳大利亞": "AU",
    "加拿大": "CA",
    "以色列": "IL",
    "新加坡": "SG",
    "印度": "IN",
}


class TipoReader:
    """The reader of these documents."""

    name = "tw-tipo-xml"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_FULL_TEXT
    looks_for = "an XML element tw-patent-grant in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("cpc", "events", "simple_family", "extended_family", "page_count")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return begins_like_xml(head) and _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        yield from read_documents(stream, ("tw-patent-grant",), _parts, self.looks_for)


def _parts(document: Node, numbers: NumberMemory) -> Iterator[Saying]:
    yield lambda row: _Document(document, numbers).observation(row)


def republic_day(text: str, place: str) -> date:
    """A day of the Republic calendar.

    errors  ``CellRefused`` date_impossible · date_unrecognised
    """
    found = _REPUBLIC(text)
    if found is None:
        raise CellRefused(place, "date_unrecognised", value=text)
    year, month, day = map(int, found.groups())
    try:
        return date(_REPUBLIC_BEFORE + year, month, day)
    except ValueError:
        raise CellRefused(place, "date_impossible", value=text) from None


class _Document:
    def __init__(self, document: Node, numbers: NumberMemory) -> None:
        front = document.first("tw-bibliographic-data-grant")
        if front is None:
            raise CellRefused("tw-bibliographic-data-grant", "number_missing")
        self._document = document
        self._front = front
        self._cells = Cells(numbers, office="TW")
        self._notes: list[str] = []

    def observation(self, row: int) -> Observation:
        printed = self._publications()
        filing = self._front.first("application-reference")
        given = filing.word("document-id", "doc-number") if filing is not None else None
        own = self._cells.application(f"TW{given}", self._notes) if given else None
        claims = self._document.every("claims", "claim")
        kind_of_right = (filing.get("appl-type") if filing is not None else None) or ""
        return Observation(
            row=row,
            office="TW",
            as_of=printed[0].date,
            type=_TYPES.get(kind_of_right) or (own.type if own else None),
            application_number=own.canonical if own else None,
            filing_date=self._day("application-reference"),
            claim_count=len(claims) or None,
            publications=printed,
            texts=list(self._texts(claims)),
            classifications=self._classes(),
            parties=list(self._parties()),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            media=list(self._media()),
            notes=self._notes,
        )

    def _day(self, reference: str) -> date | None:
        text = self._front.word(reference, "document-id", "date")
        return None if text is None else republic_day(text, f"{reference}/date")

    def _publications(self) -> list[Publication]:
        """The grant, and the application laid open before it."""
        kind = self._front.word("kindcode")
        grant = self._number("publication-reference", kind)
        if grant is None:
            raise CellRefused("publication-reference", "number_missing")
        found = [Publication(grant.stem, grant.kind or kind, self._day("publication-reference"))]
        opened = self._number("application-publication-reference", "A")
        if opened is not None:
            found.append(Publication(opened.stem, "A", self._day("application-publication-reference")))
        return found

    def _number(self, reference: str, kind: str | None) -> PatentNumber | None:
        given = self._front.word(reference, "document-id", "doc-number")
        return None if given is None else self._cells.publication(f"TW{given}{kind or ''}")

    def _texts(self, claims: list[Node]) -> Iterator[Text]:
        for language, element in ((_CHINESE, "chinese-title"), (_ENGLISH, "english-title")):
            if title := self._front.word("invention-title", element):
                yield Text("title", language, title)
        for part in ("abstract", "description"):
            sections = self._document.every(part)
            said = [text for one in sections for p in one.inside("p") if (text := " ".join(p.flat().split()))]
            if said:
                yield Text(part, _CHINESE, "\n".join(said))
        if claims:
            yield Text("claims", _CHINESE, "\n".join(map(_claim, claims, range(1, len(claims) + 1))))

    def _classes(self) -> list[Classification]:
        found: list[Classification] = []
        for name in ("main-classification", "further-classification"):
            for one in self._front.every("classification-ipc", name):
                version = _EDITION(one.get("edition") or "")
                edition = f"{version[1]}.{version[2]}" if version else None
                for symbol in self._cells.classes(one.word() or "", "ipc", self._notes):
                    if all(symbol.symbol != known.symbol for known in found):
                        found.append(symbol._replace(edition=symbol.edition or edition, first=not found))
        return found

    def _parties(self) -> Iterator[Party]:
        people = self._front.first("parties")
        for role, group in (("applicant", "applicants"), ("inventor", "inventors"), ("agent", "agents")):
            position = 0
            for book in people.every(group, role, "addressbook") if people is not None else []:
                name = _name(book, "chinese-name") or _name(book, "english-name")
                if name:
                    position += 1
                    # Streets of inventors are private; of others the office prints a place.
                    address = None if role == "inventor" else book.word("address")
                    yield Party(role, position, name, book.word("english-country"), address)

    def _priorities(self) -> Iterator[Priority]:
        for one in self._front.every("priority-claims", "priority-claim"):
            number, named, day = one.word("doc-number"), one.word("country"), one.word("date")
            if number:
                country = _COUNTRIES.get(named or "")
                if named and country is None:
                    self._notes.append("priority_country_unrecognised")
                yield Priority(number, country, self._cells.day(day, "priority-claim/date") if day else None)

    def _citations(self) -> Iterator[Citation]:
        for one in self._front.every("refs", "ref"):
            text = "".join(one.word(part) or "" for part in ("country", "doc-number", "kind"))
            if not text:
                continue
            try:
                yield Citation(parse(text, role=NumberRole.PUBLICATION).stem, "examiner")
            except Invalid:
                yield Citation(None, "examiner", None, None, text)

    def _media(self) -> Iterator[Medium]:
        files = [one.get("file") for one in self._document.every("drawings", "figure", "img")]
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))


def _name(book: Node, form: str) -> str | None:
    parts = [book.word(form, part) for part in ("last-name", "middle-name", "first-name")]
    return " ".join(part for part in parts if part) or None


def _claim(claim: Node, position: int) -> str:
    counted = claim.get("num") or ""
    number = int(counted) if counted.isdecimal() else position
    lines = [" ".join(p.flat().split()) for p in claim.inside("p")]
    return f"{number}. " + "\n".join(line for line in lines if line)
