"""The days of a patent on which something is due.

Sources: Patent Law art. 29, 42, 43; Implementing Regulations rules 5, 6, 60, 114, 115, 120. Limits end on a day that is worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qiantang.kernel.calendar import WorkCalendar, add_months
from qiantang.kernel.legalstatus.annuities import annuity_calendar
from qiantang.portal.deadlines.types import Deadline, DeadlineKind, PatentFacts

_PRIORITY_MONTHS = {"invention": 12, "utility_model": 12, "design": 6}
_GRANT_MONTHS = 2
_PCT_MONTHS = ((DeadlineKind.PCT_ENTRY, 30), (DeadlineKind.PCT_ENTRY_LATE, 32))


def deadlines(patents: Iterable[PatentFacts], *, since: date, until: date, table: WorkCalendar) -> tuple[Deadline, ...]:
    """What is due from ``since`` to ``until``, both included, soonest first."""
    found = (one for patent in patents for one in deadlines_of(patent, table))
    return tuple(sorted((one for one in found if since <= one.day <= until), key=lambda one: (one.day, one.number)))


def deadlines_of(patent: PatentFacts, table: WorkCalendar) -> Iterator[Deadline]:
    """Everything that is due for one patent over its life, in no order."""
    yield from _annuities(patent, table)
    filed, notice = patent.filing_date, patent.grant_notice_date
    if notice is not None and patent.grant_date is None:
        yield _due(patent, DeadlineKind.GRANT_REGISTRATION, add_months(notice, _GRANT_MONTHS), table)
    if patent.office == "WO":
        first = min((*patent.priority_dates, *([filed] if filed else [])), default=None)
        if first is not None:
            yield from (_due(patent, kind, add_months(first, months), table) for kind, months in _PCT_MONTHS)
    elif filed is not None and not patent.priority_dates and patent.type in _PRIORITY_MONTHS:
        yield _due(patent, DeadlineKind.PRIORITY, add_months(filed, _PRIORITY_MONTHS[patent.type]), table)


def _annuities(patent: PatentFacts, table: WorkCalendar) -> Iterator[Deadline]:
    if not (patent.office == "CN" and patent.in_force and patent.type and patent.filing_date and patent.grant_date):
        return
    for one in annuity_calendar(patent.type, patent.filing_date, patent.grant_date, table.is_workday):
        for kind, due, day in (
            (DeadlineKind.ANNUITY, one.due, one.payable_until),
            (DeadlineKind.ANNUITY_LATE, one.grace_end, one.grace_end),
        ):
            provisional = bool(table.unknown_years(due, day))
            yield Deadline(patent.patent_id, patent.number, patent.title, kind, day, one.year, provisional)


def _due(patent: PatentFacts, kind: DeadlineKind, day: date, table: WorkCalendar) -> Deadline:
    moved = table.next_workday(day)
    missing = bool(table.unknown_years(day, moved))
    return Deadline(patent.patent_id, patent.number, patent.title, kind, moved, None, missing)
