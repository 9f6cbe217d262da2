"""Terms: how long a right lasts, and by how much delay and drug approval lengthen it.

Sources: Patent Law of China (PL) Art. 42; Implementing Regulations (IR) rules 5, 77-84; Examination Guidelines (GL)
part V chapter 9. An end is the first day on which the right is no longer in force: the anniversary, never put off for
holidays (GL V/9 2.1). Filings before 1993, which had shorter terms, are read with today's terms.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

_TERM_YEARS = {"invention": 20, "utility_model": 10, "design": 15}
_LONGER_DESIGN_TERM = date(2021, 6, 1)
_DESIGN_YEARS_BEFORE = 10
_ONE_DAY = timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """The same day ``years`` later; where the month is too short, its last day (IR 5)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (or earlier); where that month is too short, its last day (IR 5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        return after - _ONE_DAY


def working_day_from(day: date, is_working_day: Callable[[date], bool]) -> date:
    """The day itself or, where it is not a working day, the first working day after it (IR 5)."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def term_years(patent_type: str | None, filing_date: date, office: str = "CN") -> int | None:
    """Years of protection from filing, or None where the rule is not known here.

    Outside China only inventions have an answer: 20 years, the least that TRIPS Art. 33 asks for.
    """
    if office != "CN":
        return 20 if patent_type == "invention" else None
    if patent_type == "design" and filing_date < _LONGER_DESIGN_TERM:
        return _DESIGN_YEARS_BEFORE
    return _TERM_YEARS.get(patent_type or "")


def term_end(patent_type: str | None, filing_date: date, extra_days: int = 0, office: str = "CN") -> date | None:
    """The first day after the term: the anniversary of the actual filing date (PCT: international filing date, IR 119)
    and ``extra_days`` of compensation; None where the term of such a right is not known here.
    """
    years = term_years(patent_type, filing_date, office)
    if years is None:
        return None
    end = anniversary(filing_date, years)
    return end + timedelta(days=extra_days) if extra_days else end


def last_day_in_force(
    patent_type: str | None, filing_date: date, extra_days: int = 0, office: str = "CN"
) -> date | None:
    """The day before ``term_end``; None as there."""
    end = term_end(patent_type, filing_date, extra_days, office)
    return None if end is None else end - _ONE_DAY


# --- compensation for delay in the grant (PTA) ------------------------------------------------------------------------


def delay_starts(filing_date: date, examination_request_date: date) -> date:
    """The day from which delay counts: 4 years from filing or 3 from the effective request, the later (PL 42(2))."""
    return max(anniversary(filing_date, 4), anniversary(examination_request_date, 3))


def delay_compensation(
    filing_date: date,
    examination_request_date: date,
    grant_date: date,
    *,
    reasonable_days: int = 0,
    applicant_days: int = 0,
    same_day_pair: bool = False,
) -> int:
    """Days by which the term of an invention is lengthened for unreasonable delay, never below 0 (IR 77-79).

    examination_request_date  the day on which the request took effect
    reasonable_days           re-examination with amendment, suspension, preservation and the like
    applicant_days            late answers, deferred examination and the like
    same_day_pair             the invention of a pair with a utility model has no compensation (IR 78(4))
    """
    if same_day_pair:
        return 0
    gross = (grant_date - delay_starts(filing_date, examination_request_date)).days
    return max(0, gross - reasonable_days - applicant_days)


# --- compensation for the approval of a drug (PTE) --------------------------------------------------------------------


class DrugExtension(NamedTuple):
    """raw_days before the caps; days granted; ends, the first day no longer in force; cap that was reached, or None:
    ``five_years`` or ``fourteen_years``.
    """

    raw_days: int
    days: int
    ends: date
    cap: str | None


def drug_extension(filing_date: date, approval_date: date, ends: date | None = None) -> DrugExtension:
    """The extension for a new drug: approval minus filing minus 5 years, at most 5 years, and no longer in force than
    14 years from approval (PL 42(3), IR 82).

    ends  the end of the term before the extension where it is not 20 years from filing
    """
    ends = ends or anniversary(filing_date, 20)
    raw = max(0, (approval_date - anniversary(filing_date, 5)).days)
    limits = [
        (ends + timedelta(days=raw), None),
        (anniversary(ends, 5), "five_years"),
        (anniversary(approval_date, 14), "fourteen_years"),
    ]
    end, cap = min(limits, key=lambda limit: limit[0])
    if end <= ends:
        return DrugExtension(raw, 0, ends, cap if raw else None)
    return DrugExtension(raw, (end - ends).days, end, cap)


def compensation_request_until(day: date, is_working_day: Callable[[date], bool]) -> date:
    """The last day for the request: 3 months from grant announcement (IR 77) or from approval of the drug (IR 81)."""
    return working_day_from(add_months(day, 3), is_working_day)
