"""Facts that follow from the stored ones: dates of publication and grant, and the legal status of a day.

Pure functions of ``kernel.legalstatus`` over the observed fields, materialised when a record is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from qiantang.kernel.legalstatus import (
    Basis,
    EventKind,
    LegalEvent,
    LegalStatus,
    event_kind,
    events_from_publications,
    status_asof,
)

RULE_VERSION = 1
DERIVED_COLUMNS = (
    "first_publication_date",
    "grant_date",
    "status",
    "status_date",
    "status_as_of",
    "expiry_date",
    "flags",
)


# (code, effective date, gazette date, text) of one published event; (kind, date) of one publication
Told = tuple[str, date | None, date | None, str | None]
Printed = tuple[str | None, date | None]


def legal_events(
    office: str, patent_type: str | None, publications: Sequence[Any], events: Sequence[Any]
) -> list[LegalEvent]:
    """The published events of a patent, with its publications as events where no event says the same."""
    return _events(office, patent_type, _printed(publications), _told(events))


def _printed(publications: Sequence[Any]) -> tuple[Printed, ...]:
    return tuple([(p["kind"], p["date"]) for p in publications])


def _told(events: Sequence[Any]) -> tuple[Told, ...]:
    return tuple([(e["code"], e["date"], e["gazette_date"], e["text"]) for e in events])


def _events(
    office: str, patent_type: str | None, printed: Sequence[Printed], events: Sequence[Told]
) -> list[LegalEvent]:
    told = [
        LegalEvent(kind=event_kind(office, code), effective_date=on, gazette_date=printed_on, code=code, text=text)
        for code, on, printed_on, text in events
    ]
    known = {event.kind for event in told}
    told += [e for e in events_from_publications(office, patent_type, printed) if e.kind not in known]
    return told


def _grant_date(events: Sequence[LegalEvent]) -> date | None:
    dates = [e.effective_date or e.gazette_date for e in events if e.kind == EventKind.GRANT]
    return min((day for day in dates if day), default=None)


def derive(said: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    """The derived columns of one record, for the legal status of ``day``. Do not change what comes back: it is shared."""
    printed, told = _printed(said["publications"]), _told(said["events"])
    return derived_of(said["office"], said["type"], said["filing_date"], printed, told, day)


@lru_cache(maxsize=65_536)
def derived_of(
    office: str,
    patent_type: str | None,
    filing_date: date | None,
    printed: tuple[Printed, ...],
    events: tuple[Told, ...],
    day: date,
) -> Mapping[str, Any]:
    """The same from the parts it depends on. Do not change what comes back: it is shared."""
    told = _events(office, patent_type, printed, events)
    status: LegalStatus = status_asof(
        patent_type=patent_type, filing_date=filing_date, events=told, day=day, basis=Basis.EFFECT, office=office
    )
    return {
        "first_publication_date": min((on for _, on in printed if on), default=None),
        "grant_date": _grant_date(told),
        "status": str(status.value),
        "status_date": status.since,
        "status_as_of": day,
        "expiry_date": status.expiry,
        "flags": sorted(str(flag) for flag in status.flags),
    }
