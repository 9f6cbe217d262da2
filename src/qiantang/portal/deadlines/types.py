"""Days of a patent on which something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

REFUSALS = {
    "deadlines.act_for_first": (
        "The calendar shows the patents of an organisation for which you act.",
        "Choose it under My organisations.",
    ),
    "deadlines.feed_unknown": (
        "This calendar address is no longer good.",
        "Take the new one from the page of the deadlines.",
    ),
    "deadlines.notice_malformed": (
        "A notice of grant needs the number of a patent application and a day that is not to come.",
        "Copy the number from the notice, and enter the day on which it was received.",
    ),
}


class DeadlineKind(StrEnum):
    """What is due.

    ANNUITY             the annual fee of the patent year to come
    ANNUITY_LATE        the same with surcharge: after this day the right has ended
    GRANT_REGISTRATION  formalities after the notice of grant
    PRIORITY            the last day for a later application that claims priority
    PCT_ENTRY           entry into the national phase
    PCT_ENTRY_LATE      the same with surcharge
    """

    ANNUITY = "annuity"
    ANNUITY_LATE = "annuity_late"
    GRANT_REGISTRATION = "grant_registration"
    PRIORITY = "priority"
    PCT_ENTRY = "pct_entry"
    PCT_ENTRY_LATE = "pct_entry_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentFacts:
    """What is known of one patent; None: not known.

    in_force            whether the right stands on the day of the question
    pending             an application that is neither granted nor ended
    priority_dates      of the priorities it claims
    grant_notice_date   the day on which the notice of grant was received
    """

    patent_id: str
    number: str
    title: str
    office: str
    type: str | None
    filing_date: date | None
    grant_date: date | None
    in_force: bool
    pending: bool
    priority_dates: tuple[date, ...] = ()
    grant_notice_date: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due for a patent.

    day          last day, moved to a working day where the limit does so
    year         patent year of an annuity; None for the others
    provisional  the table of working days does not reach that far
    """

    patent_id: str
    number: str
    title: str
    kind: DeadlineKind
    day: date
    year: int | None = None
    provisional: bool = False
