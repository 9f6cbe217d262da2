"""One patent or utility model of the German register, or one hit of its search, to one observation.

The codes of the procedure (R000 to R999) are those that INPADOC carries for Germany. Addresses abroad stand half in the
name (``MUSTER CORPORATION, Kariya-city``): such names are taken as they stand and noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.dpma.addresses import booked, parted, party
from qiantang.corpus.ingest.methods.readers.epo.words import flowing, language_of
from qiantang.corpus.register.types import (
    Classification,
    Event,
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

_TYPES = {"patent": "invention", "gebrauchsmuster": "utility_model", "patent application": "invention"}
_HIT_TYPES = {"patent": "invention", "utility model": "utility_model"}
_PEOPLE = (
    ("applicant", "applicants", "applicant"),
    ("inventor", "inventors", "inventor"),
    ("agency", "agents", "agent"),
)
_GERMAN = "de"


def observation(document: Node, row: int, numbers: NumberMemory) -> Observation:
    """A document of the register.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    front = document.first("bibliographic-data")
    if front is None:
        raise CellRefused("bibliographic-data", "number_missing")
    cells, notes = Cells(numbers, office="DE"), list[str]()
    own = front.word("application-reference", "document-id", "doc-number")
    number = cells.application(f"DE{own}", notes) if own else None
    printed = list(_publications(front, cells))
    if number is None and not printed:
        raise CellRefused("application-reference", "number_missing")
    office = front.first("office-specific-bib-data") or front
    kind_of_right = (office.word("type-of-ip-right") or "").lower()
    return Observation(
        row=row,
        office="DE",
        as_of=_day(office, cells, "date-last-register-update"),
        type=_TYPES.get(kind_of_right) or (number.type if number else None),
        application_number=number.canonical if number else None,
        filing_date=_day(front, cells, "application-reference", "document-id", "date"),
        publications=printed,
        texts=list(_texts(front, office)),
        classifications=_classes(front, cells, notes),
        parties=list(_parties(front, notes)),
        priorities=list(_priorities(front, cells)),
        events=list(_events(document, office, cells)),
        notes=notes,
    )


def _day(place: Node, cells: Cells, *path: str) -> date | None:
    text = place.word(*path)
    return None if text is None else cells.day(text, "/".join(path))


def _publications(front: Node, cells: Cells) -> Iterator[Publication]:
    """The documents in order; only of the first the day is told."""
    first = _day(front, cells, "office-specific-bib-data", "date-of-first-publication")
    for place, one in enumerate(front.every("publication-references", "publication-reference", "document-id")):
        digits, kind = one.word("doc-number"), one.word("kind")
        if digits:
            number = cells.publication(f"DE{digits.lstrip('0')}{kind or ''}")
            yield Publication(number.stem, kind, first if place == 0 else None)


def _texts(front: Node, office: Node) -> Iterator[Text]:
    titles = {language_of(one.get("lang"), _GERMAN): flowing(one) for one in front.every("invention-title")}
    yield from (Text("title", language, title) for language, title in titles.items() if title)
    abstract = office.first("abstract")
    if abstract is not None and (said := flowing(abstract)):
        yield Text("abstract", _GERMAN, said)


def _classes(front: Node, cells: Cells, notes: list[str]) -> list[Classification]:
    found: list[Classification] = []
    for one in front.every("classifications-ipcr", "classification-ipcr"):
        edition = one.word("ipc-version-indicator")
        for symbol in cells.classes(one.word("text") or "", "ipc", notes):
            if all(symbol.symbol != known.symbol for known in found):
                found.append(symbol._replace(edition=symbol.edition or edition, first=not found))
    return found


def _parties(front: Node, notes: list[str]) -> Iterator[Party]:
    people = front.first("parties")
    for role, group, element in _PEOPLE:
        entries = people.every(group, element) if people is not None else []
        for position, one in enumerate(entries, 1):
            named = booked(role, position, one.first("addressbook"))
            if named is not None:
                if named.country not in (None, "DE") and "," in named.name and "party_name_with_place" not in notes:
                    notes.append("party_name_with_place")
                yield named


def _priorities(front: Node, cells: Cells) -> Iterator[Priority]:
    for one in front.every("priority-claims", "priority-claim"):
        if number := one.word("doc-number"):
            yield Priority(number, one.word("country"), _day(one, cells, "date"))


def _events(document: Node, office: Node, cells: Cells) -> Iterator[Event]:
    for one in document.every("events", "event-data"):
        code = one.word("procedural-status")
        if code:
            day, printed = (
                _day(one, cells, "date-of-procedural-status"),
                _day(one, cells, "publication-info", "publication-date"),
            )
            yield Event(code, day, printed, one.word("type-of-procedure"))
    status = office.word("status")
    if status:  # how the register sums it up, without a day on which it became so
        yield Event(status)


def hit(record: Node, row: int, numbers: NumberMemory) -> Observation:
    """A line of a list of hits.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    cells, notes = Cells(numbers, office="DE"), list[str]()
    given = record.word("registered-number")
    number = cells.application(f"DE {given}", notes) if given else None
    if number is None:
        raise CellRefused("registered-number", "number_unrecognised" if given else "number_missing", value=given)
    said = Observation(
        row=row,
        office="DE",
        type=_HIT_TYPES.get((record.word("type") or "").lower()) or number.type,
        application_number=number.canonical,
        filing_date=_day(record, cells, "applicationDate"),
        notes=notes,
    )
    if title := record.word("invention-title"):
        said.texts.append(Text("title", _GERMAN, title))
    for name in ("main-classification", "further-classification"):
        for one in record.every(name):
            for symbol in cells.classes(one.word("classification") or "", "ipc", notes):
                edition = one.word("edition")
                said.classifications.append(symbol._replace(edition=edition, first=not said.classifications))
    lines = [one.word() for one in record.every("applicants", "applicant")]
    said.parties += [party("applicant", place, parted(line)) for place, line in enumerate(lines, 1) if line]
    if agent := record.word("agent"):
        said.parties.append(party("agency", 1, parted(agent)))
    for element in ("registrationDate", "publicationDate"):
        if day := _day(record, cells, element):
            said.events.append(Event(element, day))
    if status := record.word("legalstatus"):
        said.events.append(Event(status))
    return said
