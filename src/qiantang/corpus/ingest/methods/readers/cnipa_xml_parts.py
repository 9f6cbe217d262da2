"""One CNIPA publication document to one observation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.trees import Node, Wording
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Medium,
    Observation,
    Party,
    Priority,
    Publication,
    Text,
)
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.identity import NumberMemory

_ABSENT = frozenset({"", "0", "-"})
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t\r\n]*")
_CLAIM_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.、．,，:：]\s*")
_AGENCY_CODE = re.compile(r"\s*\d{5}$")
_POSTCODE = re.compile(r"\d{6}$")
_GLUED_POSTCODE = re.compile(r"\d{6}\s*(?=\D)")
_STANDARD_APPLICATION = re.compile(r"\d{2}(\d{4})(\d{9})$")
_ORIGINS = {"APP": "applicant", "SEA": "examiner", "EXA": "examiner", "ISR": "examiner"}
_LINED = ("Paragraphs", "ClaimText")
_UNREADABLE = ("MathText",)
_SAID = Wording(left_out=frozenset(_UNREADABLE))


def observation(document: Node, row: int, numbers: NumberMemory) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column: number_missing, number_unrecognised, number_damaged,
    check_digit_wrong, date_impossible, date_unrecognised
    """
    return _Document(document, numbers).observation(row)


def word(element: Node | None, *path: str) -> str | None:
    """The text at a path; "0" and "-" stand for nothing."""
    text = element.word(*path) if element is not None else None
    return None if text in _ABSENT else text


def prose(element: Node) -> str:
    """The text of an element with its inline parts; line breaks of the mark-up are closed up, formulae left out."""
    return _LINE_BREAK.sub(_closed_up, element.flat(_SAID)).strip()


def _closed_up(broken: re.Match[str]) -> str:
    """A broken line is one text: a blank between Latin words, nothing between Chinese characters."""
    text, start, end = broken.string, broken.start(), broken.end()
    latin = start > 0 and end < len(text) and text[start - 1].isascii() and text[end].isascii()
    return " " if latin else ""


class _Document:
    def __init__(self, document: Node, numbers: NumberMemory) -> None:
        self._document = document
        self._numbers = numbers
        self._cells = Cells(numbers, office="CN")
        self._notes: list[str] = []
        front = document.first("BibliographicData") or document.first("DesignBibliographicData")
        if front is None:
            raise CellRefused("BibliographicData", "number_missing")
        self._front = front

    def observation(self, row: int) -> Observation:
        publication, kind_of_right = self._publication()
        application, filed = self._application()
        claims = self._document.every("Claims", "Claim")
        return Observation(
            row=row,
            office="CN",
            as_of=publication.date,
            type=kind_of_right,
            application_number=application,
            filing_date=filed,
            claim_count=len(claims) or None,
            publications=[publication],
            texts=list(self._texts(claims)),
            classifications=self._classifications(),
            parties=list(self._parties()),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            media=list(self._media()),
            notes=self._notes,
        )

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _references(self, name: str) -> tuple[Node | None, Node | None]:
        """The reference as printed and as normalised; a document with one only has it as printed."""
        by_form = {_form(one): one.first("DocumentID") for one in self._front.every(name)}
        printed = by_form.get("original")
        return (printed if printed is not None else by_form.get("standard")), by_form.get("standard")

    def _publication(self) -> tuple[Publication, str | None]:
        printed, standard = self._references("PublicationReference")
        text = word(printed, "DocNumber")
        if text is None:
            raise CellRefused("PublicationReference", "number_missing")
        kind = word(printed, "Kind") or self._document.get("kind")
        number = self._cells.publication(_with_office(printed, text) + (kind or "" if text[-1].isdigit() else ""))
        day = self._day(printed, "PublicationReference/Date")
        other = word(standard, "DocNumber")
        if other is not None and other.lstrip("0") != text.lstrip("0"):
            self._notes.append("publication_number_disagrees")
        if day != self._day(standard, "PublicationReference/Date") and standard is not None:
            self._notes.append("publication_date_disagrees")
        return Publication(number.stem, number.kind or kind, day), number.type

    def _application(self) -> tuple[str | None, date | None]:
        printed, standard = self._references("ApplicationReference")
        text = word(printed, "DocNumber")
        filed = self._day(printed, "ApplicationReference/Date")
        if text is None:
            return None, filed
        if printed is standard:
            self._notes.append("application_number_normalised_only")
            return None, filed
        number = self._cells.application(text, self._notes)
        canonical = number.canonical if number else None
        other = _STANDARD_APPLICATION.match(word(standard, "DocNumber") or "")
        if other and canonical and not _same_application(canonical, other):
            self._notes.append("application_number_disagrees")
        return canonical, filed

    def _day(self, reference: Node | None, place: str) -> date | None:
        text = word(reference, "Date")
        return None if text is None else self._cells.day(text, place)

    # --- texts --------------------------------------------------------------------------------------------------------

    def _texts(self, claims: list[Node]) -> Iterator[Text]:
        title = self._front.first("InventionTitle") or self._front.first("DesignTitle")
        if title is not None and (said := prose(title)):
            yield Text("title", _language(title), said)
        for part, element in (("abstract", "Abstract"), ("description", "Description")):
            found = self._document.first(element)
            said = "\n".join(self._paragraphs(found)) if found is not None else ""
            if found is not None and said:
                yield Text(part, _language(found), said)
        if claims:
            yield Text(
                "claims",
                _language(self._document.first("Claims")),
                "\n".join(map(self._claim, claims, range(1, len(claims) + 1))),
            )

    def _paragraphs(self, section: Node) -> Iterator[str]:
        for one in section.inside(*_LINED):
            if said := self._prose(one):
                yield said

    def _claim(self, claim: Node, position: int) -> str:
        """``1. `` and the claim, a line for each of its parts; the number printed in the text is not said twice."""
        counted = claim.get("num") or ""
        number = int(counted) if counted.isdecimal() else position
        lines = [said for one in claim.inside("ClaimText") if (said := self._prose(one))]
        printed = _CLAIM_NUMBER.match(lines[0]) if lines else None
        if printed and int(printed[1]) == number:
            lines[0] = lines[0][printed.end() :]
        return f"{number}. " + "\n".join(lines)

    def _prose(self, element: Node) -> str:
        if "formula_left_out" not in self._notes and element.inside(*_UNREADABLE):
            self._notes.append("formula_left_out")
        return prose(element)

    # --- classes, people, references ------------------------------------------------------------------------------------

    def _classifications(self) -> list[Classification]:
        found: list[Classification] = []
        for one in self._front.every("ClassificationIPCRDetails", "ClassificationIPCR"):
            parts = [word(one, part) for part in ("Section", "MainClass", "Subclass", "MainGroup")]
            subgroup = one.word("Subgroup")  # here 0 is no absence
            version = word(one, "IPCVersionDate") or ""
            dated = f"({version[:4]}.{version[4:6]})" if len(version) == len("20060101") else ""
            whole = f"{parts[0]}{parts[1]}{parts[2]}{parts[3]}/{subgroup}{dated}" if all(parts) and subgroup else None
            self._classify(found, "ipc", whole or word(one, "Text"), None)
        for scheme, element in (("ipc", "ClassificationIPC"), ("locarno", "ClassificationLocarno")):
            block = self._front.first(element)
            edition = word(block, "EditionStatement") or word(block, "Edition")
            for name in ("MainClassification", "FurtherClassification"):
                for one in block.every(name) if block else ():
                    if _form(one) == "original":
                        self._classify(found, scheme, word(one), edition)
        return found

    def _classify(self, found: list[Classification], scheme: str, text: str | None, edition: str | None) -> None:
        if text is None:
            return
        for one in self._cells.classes(text, scheme, self._notes):
            if all(one.symbol != known.symbol for known in found):
                found.append(one._replace(edition=one.edition or edition, first=not found))

    def _parties(self) -> Iterator[Party]:
        people = self._front.first("Parties")
        places = [people, self._front] if people else [self._front]
        for role, group, element in (
            ("applicant", "ApplicantDetails", "Applicant"),
            ("holder", "AssigneeDetails", "Assignee"),
            ("inventor", "InventorDetails", "Inventor"),
        ):
            details = [one for place in places for one in place.every(group, element)]
            books = [book for one in details if (book := one.first("AddressBook")) is not None]
            yield from self._named(role, books)
        agents = [one for place in places for one in place.every("AgentDetails", "Agent")]
        agencies = [word(one, "Agency", "AddressBook", "OrganizationName") for one in agents]
        codeless = dict.fromkeys(_AGENCY_CODE.sub("", name) for name in agencies if name)
        yield from (Party("agency", place, name) for place, name in enumerate(codeless, 1))
        yield from self._named("agent", [book for one in agents if (book := one.first("AddressBook")) is not None])

    def _named(self, role: str, books: list[Node]) -> Iterator[Party]:
        position = 0
        for book in books:
            name = word(book, "Name") or word(book, "OrganizationName")
            if name is None:
                continue
            if role == "inventor" and not self._cells.inventors(name, self._notes):
                continue
            position += 1
            address = book.first("Address")
            yield Party(role, position, name, word(address, "WIPOST3Code"), *_place(address))

    def _priorities(self) -> Iterator[Priority]:
        for one in self._front.every("PriorityDetails", "Priority"):
            number = word(one, "DocNumber")
            if number is not None and _form(one) == "original":
                yield Priority(number, word(one, "WIPOST3Code"), self._day(one, "Priority/Date"))

    def _citations(self) -> Iterator[Citation]:
        for one in self._front.every("ReferencesCited", "Citation"):
            origin = _ORIGINS.get((one.get("srepPhase") or "").upper(), "other")
            for name in ("PatentCitation", "ApplicationCitation"):
                for reference in one.every(name, "PublicationReference", "DocumentID"):
                    yield self._cited(reference, origin)
            for other in one.every("NonPatentCitation"):
                if said := prose(other):
                    yield Citation(None, origin, None, None, said)

    def _cited(self, reference: Node, origin: str) -> Citation:
        """A cited document; a number no rule knows is kept as text."""
        office, number = word(reference, "WIPOST3Code") or "", word(reference, "DocNumber") or ""
        whole = office + number + (word(reference, "Kind") or "")
        day = self._day(reference, "Citation/Date")
        try:
            return Citation(self._numbers.publication(whole).stem, origin, None, day, None)
        except Invalid:
            return Citation(None, origin, None, day, whole)

    def _media(self) -> Iterator[Medium]:
        for kind, path in (
            ("abstract_figure", ("Abstract", "AbstractFigure", "Figure", "Image")),
            ("figure", ("Drawings", "Figure", "Image")),
        ):
            files = [one.get("file") for one in self._document.every(*path)]
            yield from (Medium(kind, place, file) for place, file in enumerate((f for f in files if f), 1))


def _with_office(reference: Node | None, number: str) -> str:
    return number if number[:2].isalpha() else (word(reference, "WIPOST3Code") or "CN") + number


def _same_application(canonical: str, standard: re.Match[str]) -> bool:
    """Whether ``102019000302430`` names the same application as CN201910302430.1: year and serial, without kind of right."""
    digits = canonical.removeprefix("CN").partition(".")[0]
    year, serial = (digits[:4], digits[5:]) if len(digits) > len("85100312") else (f"19{digits[:2]}", digits[3:])
    return standard[1] == year and int(standard[2]) == int(serial)


def _place(address: Node | None) -> tuple[str | None, str | None]:
    """Address and postcode; without the whole text the parts are put together, the largest first."""
    text = word(address, "Text")
    if text is None:
        parts = [
            word(address, part) for part in ("Province", "City", "County", "Street", "AddressBuilding", "AddressLine")
        ]
        text = "".join(part for part in parts if part) or None
    else:
        text = _GLUED_POSTCODE.sub("", text, count=1).strip() if _GLUED_POSTCODE.match(text) else text
    postcode = word(address, "PostCode")
    return text, postcode if postcode and _POSTCODE.match(postcode) else None


def _form(element: Node) -> str:
    """As printed, where nothing is said."""
    return element.get("dataFormat") or "original"


def _language(element: Node | None) -> str:
    return (element.get("lang") if element is not None else None) or "zh"
