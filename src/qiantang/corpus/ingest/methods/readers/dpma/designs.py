"""One design of the German register (WIPO ST.86 transactions), or one hit of its search, to one observation.

A registration may hold several designs; they share the file number and so are one right here, told apart by the place of
their views: the view of design ``-0002`` is the second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.dpma.addresses import Line, parted, party
from qiantang.corpus.register.types import Classification, Event, Medium, Observation, Party, Priority, Text
from qiantang.kernel import classification
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.kernel.numbers import PatentNumber

_ORDINAL = re.compile(r"-(\d{4})$")
_COUNTRY = re.compile(r"[A-Z]{2}").fullmatch
_LOCARNO = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?")
_DAYS = ("RegistrationDate", "CancellationDate")
_GERMAN = "de"
_PEOPLE = (("applicant", "Applicant"), ("agency", "Representative"))


def observation(application: Node, design: Node, row: int, numbers: NumberMemory) -> Observation:
    """One ``Design`` of a ``DesignApplication``.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    cells, notes = Cells(numbers, office="DE"), list[str]()
    number = _number(application.word("DesignApplicationNumber"), cells, notes)
    extension = design.first("DE_ST86Extension")
    views = design.inside("View")
    start = _ordinal(design.word("DesignIdentifier"))
    return Observation(
        row=row,
        office="DE",
        type="design",
        application_number=number.canonical,
        filing_date=_day(application, cells, "DesignApplicationDate"),
        texts=[Text("title", _GERMAN, title) for title in (design.word("DesignTitle"),) if title],
        classifications=_classes(design, notes),
        parties=list(_parties(application, design)),
        priorities=list(_priorities(design, cells)),
        events=list(_events(design, extension, cells)),
        media=[
            Medium("view", start + place, file)
            for place, file in enumerate(one.word("ViewFilename") for one in views)
            if file
        ],
        notes=notes,
    )


def _number(given: str | None, cells: Cells, notes: list[str]) -> PatentNumber:
    number = cells.application(f"DE{given}", notes) if given else None
    if number is None:
        code = "number_unrecognised" if given else "number_missing"
        raise CellRefused("DesignApplicationNumber", code, value=given)
    return number


def _ordinal(identifier: str | None) -> int:
    found = _ORDINAL.search(identifier or "")
    return int(found[1]) if found else 1


def _day(place: Node, cells: Cells, *path: str) -> date | None:
    text = place.word(*path)
    return None if text is None else cells.day(text, "/".join(path))


def _classes(design: Node, notes: list[str]) -> list[Classification]:
    found: list[Classification] = []
    for product in design.inside("IndicationProduct"):
        version = product.word("ClassificationVersion")
        for one in product.inside("ClassNumber"):
            _classify(found, one.word(), version, notes)
    return found


def _classify(found: list[Classification], text: str | None, version: str | None, notes: list[str]) -> None:
    parts = _LOCARNO.match(text or "")
    spelling = "-".join(part for part in parts.groups() if part) if parts else text or ""
    try:
        symbol = classification.parse(spelling, classification.Scheme.LOCARNO).canonical
    except Invalid:
        notes.append("classification_damaged")
        return
    if all(symbol != known.symbol for known in found):
        found.append(Classification("locarno", symbol, version, first=not found))


def _parties(application: Node, design: Node) -> Iterator[Party]:
    for role, element in _PEOPLE:
        # The same people stand with the application and with each design.
        entries = design.inside(element) or application.inside(element)
        names: set[str] = set()
        for one in entries:
            name = " ".join(
                text
                for part in ("FirstName", "LastName", "OrganizationName", "FreeFormatNameLine")
                for word in one.inside(part)
                if (text := word.word())
            )
            if name and name not in names:
                names.add(name)
                yield _party(role, len(names), name, one)


def _party(role: str, position: int, name: str, entry: Node) -> Party:
    found = {
        part.name: text
        for part in entry.inside("AddressCity", "AddressState", "AddressPostcode", "FormattedAddressCountryCode")
        if (text := part.word())
    }
    state = found.get("AddressState")
    country = found.get("FormattedAddressCountryCode") or (state if state and _COUNTRY(state) else None)
    line = party(role, position, Line(name, found.get("AddressCity"), country))
    return line._replace(postcode=found.get("AddressPostcode") or line.postcode)


def _priorities(design: Node, cells: Cells) -> Iterator[Priority]:
    for one in design.every("PriorityDetails", "Priority"):
        if number := one.word("PriorityNumber"):
            yield Priority(number, one.word("PriorityCountryCode"), _day(one, cells, "PriorityDate"))


def _events(design: Node, extension: Node | None, cells: Cells) -> Iterator[Event]:
    for place in (design, extension):
        for name in _DAYS:
            if place is not None and (day := _day(place, cells, name)):
                yield Event(name, day)
    seen: set[Event] = set()
    for record in design.inside("DesignBasicRecord"):
        status = record.word("LegalStatus")
        published = next((one.word() for one in record.inside("PublicationDate")), None)
        if status:
            day = _day(record, cells, "RecordFilingDate")
            event = Event(status, day, cells.day(published, "PublicationDate") if published else None)
            if event not in seen:
                seen.add(event)
                yield event
    status = extension.word("DesignStatus") if extension is not None else None
    if status:  # how the register sums it up, without a day on which it became so
        yield Event(status)


def hit(record: Node, row: int, numbers: NumberMemory) -> Observation:
    """A line of a list of hits.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    cells, notes = Cells(numbers, office="DE"), list[str]()
    number = _number(record.word("DesignApplicationNumber"), cells, notes)
    said = Observation(
        row=row,
        office="DE",
        type="design",
        application_number=number.canonical,
        filing_date=_day(record, cells, "DesignApplicationDate"),
        notes=notes,
    )
    if title := record.word("ProductDescription"):
        said.texts.append(Text("title", _GERMAN, title))
    _classify(said.classifications, record.word("ClassNumber"), None, notes)
    for role, element in (("applicant", "OwnerOrApplicant"), ("agency", "Representative")):
        if line := record.word(element):
            said.parties.append(party(role, 1, parted(line)))
    for element in ("RegistrationDate", "PublicationDate"):
        if day := _day(record, cells, element):
            said.events.append(Event(element, day))
    if status := record.word("DesignStatus"):
        said.events.append(Event(status))
    if place := (record.word("FirstRepresentationSheetFilename") or "").strip("; "):
        said.media.append(Medium("view", _ordinal(record.word("DesignIdentifier")), place))
    return said
