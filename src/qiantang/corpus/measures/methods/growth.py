"""Time series: growth, averages for display, and which periods are not complete yet.

Source: domain text "Patent navigation and regional monitoring", modules M1 and rules NM-02; OECD Patent Statistics Manual
(2009), chapter 4, for the truncation of recent filing years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

LAG_MONTHS = 18  # an application is published 18 months after its earliest date at the latest
_YEAR = 12  # months
_SPAN = 3  # periods of the average for display


class TrendPoint(NamedTuple):
    """One year or month of a series.

    year, month   the month is None for a year
    value         any unit; None: not known
    change        against the same period of the year before, as a share (0.25 is +25 %); None without a base above zero
    average       mean of this and the two periods before; None where one of them is not known
    complete      False where the publication lag still hides part of the period
    """

    year: int
    month: int | None
    value: float | None
    change: float | None
    average: float | None
    complete: bool


def change(now: float | None, then: float | None) -> float | None:
    """Growth of ``now`` on ``then`` as a share; None where either is not known or ``then`` is not above zero."""
    if now is None or then is None or then <= 0:
        return None
    return (now - then) / then


def cagr(first: float | None, last: float | None, years: float) -> float | None:
    """Compound annual growth ``(last / first) ** (1 / years) - 1`` as a share.

    None where a value is not known, ``first`` is not above zero, ``last`` is below zero, or no time lies between.
    """
    if first is None or last is None or first <= 0 or last < 0 or years <= 0:
        return None
    return float((last / first) ** (1 / years) - 1)


def is_complete(year: int, month: int | None, as_of: date, lag_months: int = LAG_MONTHS) -> bool:
    """Whether a period of filing lies so far back that all of it is published: its end is ``lag_months`` before ``as_of``."""
    after = year * _YEAR + (month if month is not None else _YEAR)  # months since year 0 at the end of the period
    return after + lag_months <= as_of.year * _YEAR + as_of.month - 1


def trend_by_year(
    values: Mapping[int, float | None], as_of: date | None = None, lag_months: int = LAG_MONTHS
) -> tuple[TrendPoint, ...]:
    """Points from the first to the last year of ``values``; a year between that is not there is not known, never 0.

    as_of   the day up to which publications are loaded; None where the series does not suffer from the lag (grants)
    """
    if not values:
        return ()
    years = range(min(values), max(values) + 1)
    row = [values.get(year) for year in years]
    averages = moving_average(row)
    return tuple(
        TrendPoint(
            year=year,
            month=None,
            value=row[at],
            change=change(row[at], values.get(year - 1)),
            average=averages[at],
            complete=as_of is None or is_complete(year, None, as_of, lag_months),
        )
        for at, year in enumerate(years)
    )


def trend_by_month(
    values: Mapping[tuple[int, int], float | None], as_of: date | None = None, lag_months: int = LAG_MONTHS
) -> tuple[TrendPoint, ...]:
    """As ``trend_by_year`` with keys (year, month); the change is against the same month of the year before."""
    if not values:
        return ()
    places = [year * _YEAR + month - 1 for year, month in values]
    months = [(place // _YEAR, place % _YEAR + 1) for place in range(min(places), max(places) + 1)]
    row = [values.get(one) for one in months]
    averages = moving_average(row)
    return tuple(
        TrendPoint(
            year=year,
            month=month,
            value=row[at],
            change=change(row[at], values.get((year - 1, month))),
            average=averages[at],
            complete=as_of is None or is_complete(year, month, as_of, lag_months),
        )
        for at, (year, month) in enumerate(months)
    )


def moving_average(values: Sequence[float | None], span: int = _SPAN) -> tuple[float | None, ...]:
    """The mean of each value and the ``span - 1`` before it; None where one of them is missing or not known."""
    found: list[float | None] = []
    for at in range(len(values)):
        known = [one for one in values[max(0, at + 1 - span) : at + 1] if one is not None]
        found.append(sum(known) / span if len(known) == span else None)
    return tuple(found)


def cagr_of(points: Sequence[TrendPoint]) -> float | None:
    """Compound annual growth from the first to the last *complete* point with a value; months count as parts of a year."""
    known = [one for one in points if one.complete and one.value is not None]
    if not known:
        return None
    first, last = known[0], known[-1]
    years = (last.year - first.year) + ((last.month or 1) - (first.month or 1)) / _YEAR
    return cagr(first.value, last.value, years)
