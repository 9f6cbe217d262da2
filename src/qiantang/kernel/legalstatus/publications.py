"""What a published document says of the status: kind codes read as events.

Sources: WIPO ST.16; CNIPA ZC 0008-2012 and the Chinese codes before it; the kind-code lists in WIPO's Handbook, part 7.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qiantang.kernel.legalstatus.events import EventKind, LegalEvent

# From here on C, Y and D stand for documents invalidated in part; before, for granted inventions, models and designs.
CN_NEW_KINDS = date(2010, 4, 1)
# Granted patents of the United States carried kind A until the end of 2000.
US_NEW_KINDS = date(2001, 1, 1)

_CORRECTED = "89"
_SEARCH_REPORT_ONLY = {"EP": "34", "WO": "3"}

# First letters, by office, that mean another thing than A = application published, B = grant.
_FOREIGN: dict[str, dict[str, EventKind]] = {
    "US": {"S": EventKind.GRANT, "E": EventKind.GRANT},
    "DE": {"C": EventKind.GRANT, "U": EventKind.GRANT},
    "JP": {"U": EventKind.GRANT, "Y": EventKind.GRANT, "S": EventKind.GRANT},
    "KR": {"U": EventKind.PUBLICATION, "Y": EventKind.GRANT, "S": EventKind.GRANT},
    "TW": {"U": EventKind.GRANT, "M": EventKind.GRANT, "S": EventKind.GRANT},
    "RU": {"C": EventKind.GRANT, "U": EventKind.GRANT, "S": EventKind.GRANT},
    "CA": {"C": EventKind.GRANT, "S": EventKind.GRANT},
}


def _cn_kind(letter: str, level: str, day: date | None) -> EventKind:
    if letter == "A":
        return EventKind.PUBLICATION
    if letter in "BUS":
        return EventKind.GRANT
    if letter in "CYD":
        # without a date the level decides: the old codes had none
        new = bool(level) if day is None else day >= CN_NEW_KINDS
        return EventKind.PARTIALLY_INVALIDATED if new else EventKind.GRANT
    return EventKind.OTHER


def _us_kind(letter: str, level: str, day: date | None) -> EventKind:
    if letter == "A":
        old = day is not None and day < US_NEW_KINDS
        return EventKind.GRANT if old else EventKind.PUBLICATION
    if letter == "P":  # plants: P1 is the published application, P, P2 and P3 are grants
        return EventKind.PUBLICATION if level == "1" and day is not None and day >= US_NEW_KINDS else EventKind.GRANT
    return EventKind.GRANT if letter == "B" else _FOREIGN["US"].get(letter, EventKind.OTHER)


def _elsewhere_kind(office: str, letter: str, level: str) -> EventKind:
    if letter == "A":
        only_report = level and level in _SEARCH_REPORT_ONLY.get(office, "")
        return EventKind.OTHER if only_report else EventKind.PUBLICATION
    if letter == "B":
        amended = office == "EP" and level in ("2", "3")  # kept in amended form after opposition, or limited
        return EventKind.PARTIALLY_INVALIDATED if amended else EventKind.GRANT
    return _FOREIGN.get(office, {}).get(letter, EventKind.OTHER)


def publication_kind(office: str, kind: str | None, day: date | None) -> EventKind:
    """What the publication of a document of this kind code means; OTHER where it says nothing of the status."""
    if not kind:
        return EventKind.OTHER
    letter, level = kind[0], kind[1:2]
    if level and level in _CORRECTED:
        return EventKind.CORRECTION
    if office == "CN":
        return _cn_kind(letter, level, day)
    if office == "US":
        return _us_kind(letter, level, day)
    return _elsewhere_kind(office, letter, level)


def events_from_publications(
    office: str, patent_type: str | None, publications: Iterable[tuple[str | None, date | None]]
) -> list[LegalEvent]:
    """Publications as events, effective and announced on the day of publication, with the kind code as code.

    publications  (kind code, date) in any order; those without a date or without a meaning for the status are left out
    patent_type   a Chinese design or utility model has no published application: its A is left out as a slip
    """
    found: list[LegalEvent] = []
    for code, day in publications:
        meaning = publication_kind(office, code, day)
        if day is None or code is None or meaning is EventKind.OTHER:
            continue
        slip = office == "CN" and meaning is EventKind.PUBLICATION and patent_type in ("design", "utility_model")
        if not slip:
            found.append(LegalEvent(meaning, day, day, code))
    return found
