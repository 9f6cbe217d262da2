"""Documents of the European Patent Register as OPS answers carry them (``reg:register-document``).

A field that changed stands there once for each change, with its day: the newest counts. Addresses of inventors are not
taken. States of the procedure come with the register's own codes (``status 8``), as do its events (``0009210``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.epo.citations import category_of
from qiantang.corpus.ingest.methods.readers.epo.classes import Classes
from qiantang.corpus.ingest.methods.readers.epo.legal import united
from qiantang.corpus.ingest.methods.readers.epo.numbering import application, cited, forms_of, publication
from qiantang.corpus.ingest.methods.readers.epo.words import flowing, language_of, original_first
from qiantang.corpus.register.types import Citation, Event, Observation, Party, Priority, Publication, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.kernel.numbers import PatentNumber

_GROUPS = (
    ("applicant", "applicants", "applicant"),
    ("inventor", "inventors", "inventor"),
    ("agency", "agents", "agent"),
)
_ADDRESS_LINES = re.compile(r"address-\d")
_SYMBOLS = re.compile(r"[A-H]\d\d[A-Z]\s*\d{1,4}/\d{2,6}")
_REGISTER_ID = re.compile(r"(EP\d{8})P?")
_QUERY_NUMBER = re.compile(r"(?:publication|pn)\s*=\s*\"?(EP\d{6,7})", re.IGNORECASE)


def observation(document: Node, query: str, row: int, numbers: NumberMemory) -> Observation:
    """``query`` is what the service was asked: events alone come without a number of their own.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    cells = Cells(numbers, office="EP")
    notes: list[str] = []
    front = document.first("bibliographic-data")
    produced = document.get("date-produced")
    own, printed = _numbers(front, query, cells, notes)
    office = printed[0].number[:2] if printed else "EP"
    said = Observation(
        row=row,
        office=office,
        as_of=cells.day(produced, "date-produced") if produced else None,
        type="invention",
        application_number=own.canonical if own else None,
        publications=printed,
        events=united(_events(document, cells)),
        notes=notes,
    )
    if front is not None:
        _add_front(said, front, cells)
    return said


def _numbers(
    front: Node | None, query: str, cells: Cells, notes: list[str]
) -> tuple[PatentNumber | None, list[Publication]]:
    if front is None:
        asked = _QUERY_NUMBER.search(query)
        if asked is None:
            raise CellRefused("register-document", "number_missing")
        notes.append("number_of_query")
        number = cells.publication(asked[1])
        return None, [Publication(number.stem)]
    own = application(forms_of(front.every("application-reference")), notes)
    identifier = _REGISTER_ID.match(front.get("id") or "")
    if own is None and identifier:
        own = cells.application(identifier[1], notes)
    printed = [publication(forms_of([one]), cells)[0] for one in front.every("publication-reference")]
    european = [one for one in printed if one.number.startswith("EP")]
    if own is None and not european:
        raise CellRefused("bibliographic-data", "number_missing")
    return own, european


def _newest(front: Node, name: str) -> list[Node]:
    """All elements of this name that came with the last change."""
    found = front.every(name)
    last = max((one.get("change-date") or "" for one in found), default="")
    return [one for one in found if (one.get("change-date") or "") == last]


def _add_front(said: Observation, front: Node, cells: Cells) -> None:
    filed = front.word("application-reference", "document-id", "date")
    said.filing_date = cells.day(filed, "application-reference/date") if filed else None
    titles = {language_of(one.get("lang")): flowing(one) for one in _newest(front, "invention-title")}
    found = (Text("title", language, title) for language, title in titles.items() if title)
    said.texts = original_first(found, language_of(front.word("language-of-filing")))
    people = front.first("parties")
    said.parties = list(_parties(people)) if people is not None else []
    said.priorities = list(_priorities(front, cells))
    said.citations = list(_citations(front))
    classes = Classes(said.notes)
    for block in _newest(front, "classifications-ipcr"):
        for one in block.every("classification-ipcr"):
            for symbol in _SYMBOLS.findall(one.word("text") or ""):
                classes.add("ipc", symbol)
    said.classifications = classes.taken()


def _parties(people: Node) -> Iterator[Party]:
    for role, group, element in _GROUPS:
        position = 0
        for block in _newest(people, group):
            for one in block.every(element):
                book = one.first("addressbook")
                name = book.word("name") if book is not None else None
                if book is not None and name:
                    position += 1
                    address = None if role == "inventor" else _address(book)
                    yield Party(role, position, " ".join(name.split()), book.word("address", "country"), address)


def _address(book: Node) -> str | None:
    place = book.first("address")
    lines = place.children() if place is not None else []
    return ", ".join(text for one in lines if _ADDRESS_LINES.match(one.name) and (text := one.word())) or None


def _priorities(front: Node, cells: Cells) -> Iterator[Priority]:
    for block in _newest(front, "priority-claims"):
        for one in block.every("priority-claim"):
            # The register writes the number beside, not inside a document-id.
            place = one.first("document-id") or one
            number, day = place.word("doc-number"), place.word("date")
            if number:
                yield Priority(number, place.word("country"), cells.day(day, "priority-claim/date") if day else None)


def _citations(front: Node) -> Iterator[Citation]:
    for one in front.every("references-cited", "citation"):
        origin = "applicant" if one.get("cited-phase") in ("applicant", "description") else "examiner"
        category = category_of(one)
        for patent in one.every("patcit"):
            form = patent.first("document-id")
            number = cited(form) if form is not None else None
            text = None if number else " ".join((patent.word("text") or "").split()) or None
            if number or text:
                yield Citation(number, origin, category, None, text)
        for other in one.every("nplcit"):
            if text := flowing(other):
                yield Citation(None, origin, category, None, text)


def _events(document: Node, cells: Cells) -> Iterator[Event]:
    for one in document.every("ep-patent-statuses", "ep-patent-status"):
        day = one.get("change-date")
        if day and one.get("status-code"):
            yield Event(f"status {one.get('status-code')}", cells.day(day, "ep-patent-status"), None, one.word())
    for one in document.every("events-data", "dossier-event"):
        code, day = one.word("event-code"), one.word("event-date", "date")
        if code:
            gazette = one.word("gazette-reference", "date")
            yield Event(
                code,
                cells.day(day, "dossier-event/event-date") if day else None,
                cells.day(gazette, "dossier-event/gazette-reference") if gazette else None,
                "; ".join(" ".join(text.flat().split()) for text in one.every("event-text")) or None,
            )
    front = document.first("bibliographic-data")
    if front is not None:
        yield from _rights(front, cells)


def _rights(front: Node, cells: Cells) -> Iterator[Event]:
    """Days on which rights took effect or ended, under the register's own names of the elements."""
    for block in (*front.every("dates-rights-effective"), *front.every("opposition-data")):
        for one in block.children():
            day = one.word("date")
            if day:
                yield Event(one.name, cells.day(day, one.name), None, None)
    for block in _newest(front, "term-of-grant"):
        for one in block.every("lapsed-in-country"):
            day, country = one.word("date"), one.word("country")
            if country:
                yield Event(f"lapsed {country}", cells.day(day, "lapsed-in-country") if day else None, None, None)
