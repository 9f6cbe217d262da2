"""One European full text (``ep-patent-document`` 1.0 to 1.5.1) to one observation.

The front page (``SDOBI``) names its fields by the INID codes of WIPO ST.9 and ST.32: B110 is (11), B541 the language of a
title, B542 the title. Patents carry claims in three languages; each is a text of its own, and the count is that of the
language of the proceedings. States designated are told as INPADOC's event AK, those of extension as AX.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.epo.classes import Classes
from qiantang.corpus.ingest.methods.readers.epo.numbering import cited
from qiantang.corpus.ingest.methods.readers.epo.words import (
    claim_prose,
    claims_text,
    flowing,
    language_of,
    original_first,
    prose,
)
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Event,
    Medium,
    Observation,
    Party,
    Priority,
    Publication,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node

# INID code of a group, of one entry, role.
_PEOPLE = (
    ("B710", "B711", "applicant"),
    ("B730", "B731", "holder"),
    ("B720", "B721", "inventor"),
    ("B740", "B741", "agency"),
)
_TEXT_PARTS = frozenset({"p", "heading"})
_FORMULAE = frozenset({"maths", "chemistry"})
# "WO-A-03/008444", "EP-A1- 3 109 871", "US-A- 5 948 634"
_PRINTED = re.compile(r"([A-Z]{2})-([A-Z]\d?)-\s*([\d /.]+)$")
_EVENTS_WITH_DAYS = (
    ("B241", "B200/B240", "request-for-examination"),
    ("B242", "B200/B240", "first-examination-report-despatched"),
)


def observation(document: Node, row: int, numbers: NumberMemory) -> Observation:
    """Errors  ``CellRefused`` with the field in place of a column: number_missing, number_unrecognised, number_damaged,
    date_impossible, date_unrecognised
    """
    return _Document(document, numbers).observation(row)


class _Document:
    def __init__(self, document: Node, numbers: NumberMemory) -> None:
        front = document.first("SDOBI")
        if front is None:
            raise CellRefused("SDOBI", "number_missing")
        self._document = document
        self._front = front
        self._cells = Cells(numbers, office="EP")
        self._notes: list[str] = []

    def observation(self, row: int) -> Observation:
        printed = self._publication()
        own = self._front.word("B200", "B210")
        application = self._cells.application(f"EP{own}", self._notes) if own else None
        claims = list(self._claims())
        count = next((n for language, _, n in claims if language == self._language), None)
        published = printed.date
        return Observation(
            row=row,
            office="EP",
            as_of=published,
            type="invention",
            application_number=application.canonical if application else None,
            filing_date=self._day("B200", "B220", "date"),
            claim_count=count or (claims[0][2] if claims else None),
            publications=[printed],
            texts=original_first(
                [*self._texts(), *(Text("claims", language, text) for language, text, _ in claims)], self._language
            ),
            classifications=self._classes(),
            parties=list(self._parties()),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            events=list(self._events(published)),
            media=list(self._media()),
            notes=self._notes,
        )

    @property
    def _language(self) -> str:
        """The language of the proceedings (B260 of publication, else of the document)."""
        return language_of(self._front.word("B200", "B260"), self._document.get("lang"))

    def _day(self, *path: str) -> date | None:
        text = self._front.word(*path)
        return None if text is None else self._cells.day(text, "/".join(path))

    def _publication(self) -> Publication:
        number, kind = self._front.word("B100", "B110"), self._front.word("B100", "B130")
        if number is None:
            raise CellRefused("B110", "number_missing")
        read = self._cells.publication(f"EP{number}{kind or ''}")
        return Publication(read.stem, read.kind, self._day("B100", "B140", "date"))

    # --- texts --------------------------------------------------------------------------------------------------------

    def _texts(self) -> Iterator[Text]:
        block = self._front.first("B500", "B540")
        languages = block.every("B541") if block is not None else []
        titles = block.every("B542") if block is not None else []
        for language, title in zip(languages, titles, strict=False):
            if said := flowing(title):
                yield Text("title", language_of(language.word()), said)
        for part, inside in (
            ("abstract", self._document.every("abstract")),
            ("description", self._document.every("description")),
        ):
            for one in inside:
                if said := "\n".join(self._paragraphs(one)):
                    yield Text(part, language_of(one.get("lang"), self._language), said)

    def _paragraphs(self, section: Node) -> list[str]:
        if any(one.inside(*_FORMULAE) for one in section.children()) and "formula_left_out" not in self._notes:
            self._notes.append("formula_left_out")
        return [said for one in section.children() if one.name in _TEXT_PARTS and (said := prose(one))]

    def _claims(self) -> Iterator[tuple[str, str, int]]:
        """(language, text, number of claims) of each set; a second set in one language, for some states, is noted."""
        seen: set[str] = set()
        for one in self._document.every("claims"):
            text, count = claims_text(claim_prose(claim) for claim in one.every("claim"))
            language = language_of(one.get("lang"), self._language)
            if count and language in seen:
                self._notes.append("claims_of_some_states_left_out")
            elif count:
                seen.add(language)
                yield language, text, count

    # --- classes, people, references ------------------------------------------------------------------------------------

    def _classes(self) -> list[Classification]:
        found = Classes(self._notes)
        for one in self._front.every("B500", "B510EP", "classification-ipcr"):
            found.add("ipc", one.word("text"))
        edition = self._front.word("B500", "B510", "B516")
        for name in ("B511", "B512", "B513"):
            for one in self._front.every("B500", "B510", name):
                found.add("ipc", one.word(), edition=edition)
        for one in self._front.every("B500", "B520EP", "classifications-cpc", "classification-cpc"):
            found.add("cpc", one.word("text"))
        return found.taken()

    def _parties(self) -> Iterator[Party]:
        for group, entry, role in _PEOPLE:
            for position, one in enumerate(self._front.every("B700", group, entry), 1):
                name = _joined(one.word("snm"))
                if name:
                    # Inventors are private persons: their streets are not needed for anything.
                    address = None if role == "inventor" else _address(one)
                    yield Party(role, position, name, one.word("adr", "ctry"), address)

    def _priorities(self) -> Iterator[Priority]:
        """(31), (32) and (33) stand beside each other, each time in this order."""
        block = self._front.first("B300")
        if block is None:
            return
        countries = [one.word("ctry") for one in block.every("B330")]
        days = [one.word("date") for one in block.every("B320")]
        for place, number in enumerate(one.word() for one in block.every("B310")):
            day = days[place] if place < len(days) else None
            country = countries[place] if place < len(countries) else None
            if number:
                yield Priority(number, country, self._cells.day(day, "B320") if day else None)

    def _citations(self) -> Iterator[Citation]:
        for one in self._front.every("B500", "B560", "B561"):
            if text := _joined(one.word("text")):
                number = cited_as_printed(text)
                yield Citation(number, "examiner", None, None, None if number else text)
        for one in self._front.every("B500", "B560", "B562"):
            if text := _joined(one.word("text")):
                yield Citation(None, "examiner", None, None, text)
        yield from self._cited_in_the_description()

    def _cited_in_the_description(self) -> Iterator[Citation]:
        """The list of references that the description names, which the applicant cited."""
        for section in self._document.every("ep-reference-list"):
            for one in section.inside("patcit"):
                form = one.first("document-id")
                number = cited(form) if form is not None else None
                text = one.get("dnum") or flowing(one)
                if number or text:
                    yield Citation(number, "applicant", None, None, None if number else text)
            for one in section.inside("nplcit"):
                if text := flowing(one):
                    yield Citation(None, "applicant", None, None, text)

    def _events(self, published: date | None) -> Iterator[Event]:
        for field, path, code in _EVENTS_WITH_DAYS:
            if day := self._day(*path.split("/"), field, "date"):
                yield Event(code, day)
        states = [one.word() for one in self._front.every("B800", "B840", "ctry")]
        if any(states):
            yield Event("AK", None, published, f"Designated states: {' '.join(one for one in states if one)}")
        extension = [one.word() for one in self._front.every("B800", "B844EP", "B845EP", "ctry")]
        if any(extension):
            yield Event("AX", None, published, f"States of extension: {' '.join(one for one in extension if one)}")

    def _media(self) -> Iterator[Medium]:
        files = [one.get("file") for one in self._document.every("drawings", "figure", "img")]
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))


def cited_as_printed(text: str) -> str | None:
    """The canonical number of a citation as the EPO prints it: ``WO-A-03/008444``; None where it is none."""
    found = _PRINTED.match(text)
    if found is None:
        return None
    return cited(None, f"{found[1]}{re.sub(r'[ .]', '', found[3])}{found[2]}")


def _joined(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _address(entry: Node) -> str | None:
    parts = [_joined(entry.word("adr", part)) for part in ("str", "city")]
    return ", ".join(part for part in parts if part) or None
