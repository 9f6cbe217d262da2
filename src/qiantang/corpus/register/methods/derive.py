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


def legal_events(
    office: str, patent_type: str | None, publications: Sequence[Any], events: Sequence[Any]
) -> list[LegalEvent]:
    """The published events of a patent, with its publications as events where no event says the same."""
    return _events(office, patent_type, [(p["kind"], p["date"]) for p in publications], events)


def _events(
    office: str, patent_type: str | None, printed: Sequence[tuple[str | None, date | None]], events: Sequence[Any]
) -> list[LegalEvent]:
    told = [
        LegalEvent(
            kind=event_kind(office, event["code"]),
            effective_date=event["date"],
            gazette_date=event["gazette_date"],
            code=event["code"],
            text=event["text"],
        )
        for event in events
    ]
    known = {event.kind for event in told}
    told += [e for e in events_from_publications(office, patent_type, printed) if e.kind not in known]
    return told


def _grant_date(events: Sequence[LegalEvent]) -> date | None:
    dates = [e.effective_date or e.gazette_date for e in events if e.kind == EventKind.GRANT]
    return min((day for day in dates if day), default=None)


def derive(said: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The derived columns of one record, for the legal status of ``day``. Do not change what comes back: it is shared."""
    printed = tuple([(p["number"], p["kind"], p["date"]) for p in said["publications"]])
    if said["events"]:
        return _derived(said["office"], said["type"], said["filing_date"], printed, said["events"], day)
    kinds = tuple([(None, kind, on) for _, kind, on in printed])
    return _derived_from_publications(said["office"], said["type"], said["filing_date"], kinds, day)


@lru_cache(maxsize=65_536)  # a gazette prints thousands of patents of one day
def _derived_from_publications(
    office: str, patent_type: str | None, filing_date: date | None, printed: tuple[Any, ...], day: date
) -> dict[str, Any]:
    return _derived(office, patent_type, filing_date, printed, (), day)


def _derived(
    office: str,
    patent_type: str | None,
    filing_date: date | None,
    printed: Sequence[tuple[Any, str | None, date | None]],
    events: Sequence[Any],
    day: date,
) -> dict[str, Any]:
    told = _events(office, patent_type, [(kind, on) for _, kind, on in printed], events)
    status: LegalStatus = status_asof(
        patent_type=patent_type, filing_date=filing_date, events=told, day=day, basis=Basis.EFFECT, office=office
    )
    return {
        "first_publication_date": min((on for _, _, on in printed if on), default=None),
        "grant_date": _grant_date(told),
        "status": str(status.value),
        "status_date": status.since,
        "status_as_of": day,
        "expiry_date": status.expiry,
        "flags": sorted(str(flag) for flag in status.flags),
    }
