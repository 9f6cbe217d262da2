"""File wrappers of the Open Data Portal: the application's own data, its events, what it goes back to, its transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.readers.uspto.transfers import Transfer, day_of
from qiantang.corpus.ingest.methods.readers.uspto.values import Address, Values, named, texts
from qiantang.corpus.register.types import Classification, Event, Observation, Priority, Publication

Element = Mapping[str, Any]
_TYPES = {"UTL": "invention", "DSN": "design", "PLT": "plant"}
# The portal names offices where ST.3 has codes; other names leave the country unknown.
_OFFICES = {
    "CHINA": "CN", "JAPAN": "JP", "REPUBLIC OF KOREA": "KR", "KOREA, REPUBLIC OF": "KR", "TAIWAN": "TW", "GERMANY": "DE",
    "EUROPEAN PATENT OFFICE (EPO)": "EP", "EUROPEAN PATENT OFFICE": "EP", "UNITED KINGDOM": "GB", "FRANCE": "FR",
    "ITALY": "IT", "INDIA": "IN", "AUSTRALIA": "AU", "CANADA": "CA", "INTERNATIONAL BUREAU (WIPO)": "WO",
}  # fmt: skip


def observation(element: Element, row: int, values: Values) -> Observation:
    """Errors  ``CellRefused`` number_missing · date_impossible · date_unrecognised"""
    meta: Element = element.get("applicationMetaData") or {}
    number = values.application(element.get("applicationNumberText"))
    if number is None:
        raise CellRefused("applicationNumberText", "number_missing")
    transfers = [_transfer(one) for one in element.get("assignmentBag") or ()]
    latest = max(
        (one for one in transfers if one.passes_title and one.recorded),
        key=lambda one: one.recorded or "",
        default=None,
    )
    return Observation(
        row=row,
        office="US",
        as_of=values.loose_day(day_of(element.get("lastIngestionDateTime"))),
        type=_TYPES.get(meta.get("applicationTypeCode") or ""),
        application_number=number,
        filing_date=values.day(meta.get("filingDate"), "filingDate"),
        publications=list(_publications(meta, values)),
        texts=texts(title=meta.get("inventionTitle")),
        classifications=_classes(meta, values),
        parties=[
            *named(_people(meta.get("applicantBag"), "applicantNameText", values), "applicant"),
            *named(_people(meta.get("inventorBag"), "inventorNameText", values), "inventor"),
            *(latest.holders() if latest else []),
        ],
        priorities=list(_priorities(element, values)),
        events=[*_events(element, values), *(one.event(values) for one in transfers)],
        notes=values.notes,
    )


def _publications(meta: Element, values: Values) -> Iterator[Publication]:
    """Before grant and at grant; the kind of a grant is not told."""
    for number, day in (("patentNumber", "grantDate"), ("earliestPublicationNumber", "earliestPublicationDate")):
        if meta.get(number):
            yield values.publication(meta[number], None, values.day(meta.get(day), day))[0]


def _classes(meta: Element, values: Values) -> list[Classification]:
    found: list[Classification] = []
    for symbol in meta.get("cpcClassificationBag") or ():
        values.classify(found, "cpc", symbol)
    return found


def _people(bag: list[Element] | None, name: str, values: Values) -> Iterator[tuple[str, Address]]:
    for one in bag or ():
        if one.get(name):
            books: list[Element] = one.get("correspondenceAddressBag") or [{}]
            book = books[0]
            parts = [book.get(part) for part in ("addressLineOneText", "addressLineTwoText", "cityName")]
            where = values.address(
                [*parts, book.get("geographicRegionCode")], book.get("countryCode"), book.get("postalCode")
            )
            yield " ".join(one[name].split()), where


def _priorities(element: Element, values: Values) -> Iterator[Priority]:
    for one in element.get("foreignPriorityBag") or ():
        office = _OFFICES.get((one.get("ipOfficeName") or "").upper())
        yield from values.priority(one.get("applicationNumberText"), office, one.get("filingDate"))
    for one in element.get("parentContinuityBag") or ():
        parent, day = one.get("parentApplicationNumberText"), one.get("parentApplicationFilingDate")
        yield from values.priority(parent, "US", day)


def _events(element: Element, values: Values) -> Iterator[Event]:
    for one in element.get("eventDataBag") or ():
        if one.get("eventCode"):
            yield Event(one["eventCode"], values.loose_day(one.get("eventDate")), None, one.get("eventDescriptionText"))
    adjustment = element.get("patentTermAdjustmentData") or {}
    if adjustment.get("adjustmentTotalQuantity") is not None:
        yield Event("PTA", None, None, f"Patent term adjustment: {adjustment['adjustmentTotalQuantity']} days")


def _transfer(one: Element) -> Transfer:
    assignors = one.get("assignorBag") or ()
    return Transfer(
        conveyance=one.get("conveyanceText") or "",
        place=f"reel/frame {one.get('reelAndFrameNumber') or ''}",
        recorded=one.get("assignmentRecordedDate"),
        signed=[day for party in assignors if (day := party.get("executionDate"))],
        assignors=[name for party in assignors if (name := party.get("assignorName"))],
        assignees=[
            (name, _assignee_address(party.get("assigneeAddress") or {}))
            for party in one.get("assigneeBag") or ()
            if (name := party.get("assigneeNameText"))
        ],
    )


def _assignee_address(book: Element) -> Address:
    parts = [book.get(part) for part in ("addressLineOneText", "addressLineTwoText", "cityName")]
    country = Values.country(book.get("ictCountryCode"))
    return Address(country, ", ".join(part for part in parts if part) or None, book.get("postalCode"))
