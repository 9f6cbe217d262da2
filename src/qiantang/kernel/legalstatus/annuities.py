"""Annuities: when they are due, what lateness costs, and the day on which an unpaid right ended.

Sources: Implementing Regulations (IR) rules 5, 6, 114-116; Examination Guidelines (GL) part V chapter 9, 2.2. Amounts,
relief and processing times change by notice: they come in as a ``FeeSchedule`` and are nowhere written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qiantang.kernel.errors import Conflict, Invalid
from qiantang.kernel.legalstatus.terms import add_months, anniversary, term_years, working_day_from

GRACE_MONTHS = 6
SURCHARGE_PERCENT_PER_MONTH = 5
_RESTORATION_MONTHS = 2
_CENT = Decimal("0.01")

WorkingDay = Callable[[date], bool]


class FeeBand(NamedTuple):
    """The annual fee, in CNY, of the patent years ``first`` to ``last``, both included."""

    first: int
    last: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """What an office asks for at one time.

    annual                       bands by patent type
    restoration                  fee for the restoration of a right, CNY
    relief_percent_single        per cent taken off the annuity of one eligible applicant
    relief_percent_joint         the same for two applicants or more, all eligible
    relief_years                 number of annuities with relief, counted from the year of grant
    processing_allowance_months  how long after the grace period the office may need to announce a lapse
    """

    annual: Mapping[str, tuple[FeeBand, ...]]
    restoration: Decimal
    relief_percent_single: int
    relief_percent_joint: int
    relief_years: int
    processing_allowance_months: int

    def amount(self, patent_type: str, year: int) -> Decimal:
        """The full annual fee of a patent year, CNY.

        errors  Invalid ``legalstatus.no_annual_fee`` where the schedule has none for that type and year
        """
        for band in self.annual.get(patent_type, ()):
            if band.first <= year <= band.last:
                return band.amount
        raise Invalid("legalstatus.no_annual_fee", patent_type=patent_type, year=year)

    def total(self, patent_type: str) -> Decimal:
        """The full annual fees of all years together, CNY."""
        bands = self.annual.get(patent_type, ())
        return sum(((band.last - band.first + 1) * band.amount for band in bands), Decimal(0))


def patent_year(filing_date: date, day: date) -> int:
    """The patent year in which a day falls: year k runs from filing + (k-1) years to the day before filing + k years.

    errors  Invalid ``legalstatus.before_filing``
    """
    if day < filing_date:
        raise Invalid("legalstatus.before_filing", filing_date=filing_date, day=day)
    years = day.year - filing_date.year
    return years + 1 if day >= anniversary(filing_date, years) else years


def annuity_due(filing_date: date, year: int) -> date:
    """The due day of the annuity of patent year ``year``: the anniversary with which that year begins."""
    return anniversary(filing_date, year - 1)


def payable_until(filing_date: date, year: int, is_working_day: WorkingDay) -> date:
    """The last day for payment without being late: the due day or, where that is a holiday, the next working day."""
    return working_day_from(annuity_due(filing_date, year), is_working_day)


def grace_end(filing_date: date, year: int, is_working_day: WorkingDay) -> date:
    """The last day for payment with surcharge: 6 months from the due day itself, put off where it is a holiday."""
    return working_day_from(add_months(annuity_due(filing_date, year), GRACE_MONTHS), is_working_day)


def month_marks(filing_date: date, year: int) -> tuple[date, ...]:
    """The last days of the 1st to 6th month after the due day."""
    due = annuity_due(filing_date, year)
    return tuple(add_months(due, month) for month in range(1, GRACE_MONTHS + 1))


def months_late(filing_date: date, year: int, paid_on: date, is_working_day: WorkingDay) -> int:
    """0 for payment in time, else the month of lateness that has begun, 1 to 6.

    errors  Conflict ``legalstatus.grace_over`` after the grace period
    """
    if paid_on <= payable_until(filing_date, year, is_working_day):
        return 0
    last = grace_end(filing_date, year, is_working_day)
    if paid_on > last:
        raise Conflict("legalstatus.grace_over", due=annuity_due(filing_date, year), grace_end=last, paid_on=paid_on)
    begun = sum(1 for mark in month_marks(filing_date, year) if mark < paid_on) + 1
    return min(begun, GRACE_MONTHS)


def surcharge_percent(months: int) -> int:
    """Per cent of the full annual fee for the month of lateness that has begun: the first month is free."""
    return max(0, months - 1) * SURCHARGE_PERCENT_PER_MONTH


class AnnuityCost(NamedTuple):
    """What one annuity costs on a day, CNY: the fee after relief, the surcharge on the full fee, both together."""

    year: int
    months_late: int
    fee: Decimal
    surcharge: Decimal
    total: Decimal


def annuity_cost(
    schedule: FeeSchedule,
    *,
    patent_type: str,
    filing_date: date,
    grant_date: date,
    year: int,
    paid_on: date,
    is_working_day: WorkingDay,
    eligible_applicants: int = 0,
) -> AnnuityCost:
    """The cost of the annuity of patent year ``year`` when paid on ``paid_on``.

    eligible_applicants  0: no relief; 1 or more: applicants, all of them entitled to relief

    errors  Invalid ``legalstatus.annuity_before_grant`` for a year before the year of grant; those of ``amount``,
            ``patent_year`` and ``months_late``
    """
    first = patent_year(filing_date, grant_date)
    if year < first:
        raise Invalid("legalstatus.annuity_before_grant", year=year, first=first)
    full = schedule.amount(patent_type, year)
    off = 0
    if eligible_applicants and year < first + schedule.relief_years:
        off = schedule.relief_percent_single if eligible_applicants == 1 else schedule.relief_percent_joint
    # the annuity of the year of grant is paid at registration, so it cannot be late
    late = 0 if year == first else months_late(filing_date, year, paid_on, is_working_day)
    fee = (full * (100 - off) / 100).quantize(_CENT)
    surcharge = (full * surcharge_percent(late) / 100).quantize(_CENT)
    return AnnuityCost(year, late, fee, surcharge, fee + surcharge)


class Annuity(NamedTuple):
    """One annuity of the calendar: patent year, due day, last day in time, last day of grace."""

    year: int
    due: date
    payable_until: date
    grace_end: date


def annuity_calendar(
    patent_type: str, filing_date: date, grant_date: date, is_working_day: WorkingDay
) -> tuple[Annuity, ...]:
    """The annuities still to come after the grant, to the end of the term without compensation.

    The annuity of the year of grant is not among them: it is paid at registration.
    """
    years = term_years(patent_type, filing_date) or 0
    return tuple(
        Annuity(
            year,
            annuity_due(filing_date, year),
            payable_until(filing_date, year, is_working_day),
            grace_end(filing_date, year, is_working_day),
        )
        for year in range(patent_year(filing_date, grant_date) + 1, years + 1)
    )


def restoration_until(notice_received: date, is_working_day: WorkingDay) -> date:
    """The last day for asking that the right be restored: 2 months from receipt of the notice (IR 6(2))."""
    return working_day_from(add_months(notice_received, _RESTORATION_MONTHS), is_working_day)


def lapsed_on(filing_date: date, gazette_date: date) -> date | None:
    """The due day on which a right ended, told from the day its lapse was announced; None: there was none.

    It is the last due day whose grace period was over by then: before that no lapse can be announced (IR 115).
    """
    for years in range(gazette_date.year - filing_date.year, 0, -1):
        due = anniversary(filing_date, years)
        if add_months(due, GRACE_MONTHS) < gazette_date:
            return due
    return None
