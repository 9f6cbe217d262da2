"""The city, or one of its districts, at a glance: what is applied for, granted and in force, month by month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension, Measurement
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.methods.growth import change
from qiantang.corpus.places.api import name_of as region_name
from qiantang.scenarios.monitoring.rules import (
    APPLICATIONS,
    CITY,
    GRANTS,
    HEADLINE,
    IN_FORCE,
    MONTHS_SHOWN,
    PCT,
    STOCK_MONTHS,
    YEARS_SHOWN,
)
from qiantang.scenarios.monitoring.selectors import asking, listing, numerals
from qiantang.scenarios.monitoring.types import Asked, Choice, Control, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.metrics.types import Point
    from qiantang.kernel.actor import Actor


def city_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Stock and flow of the region; each number opens its patents."""
    year = asking.last_year(asked, GRANTS)
    told = [asking.measured(asking.question(asked, IN_FORCE))]
    made = (
        monthly_chart(asked, year),
        monthly_stock_chart(asked, year),
        stock_chart(asked),
        fields_chart(asked, year),
    )
    charts = [chart for chart in made if chart]
    industries = _industries(asked, year)
    return Panel(
        title=_("%(region)s: innovation at a glance") % {"region": region_name(asked.region, None, asking.language())},
        lead=_("What was applied for, granted and is in force. Every number opens the patents that make it."),
        controls=(_region_control(asked), _year_control(asked, year)),
        figures=tuple(headline(asked, one, year) for one in HEADLINE),
        charts=tuple(charts),
        sheets=(industries,) if industries else (),
        as_of=told[0].as_of if told[0] else None,
    )


def _region_control(asked: Asked) -> Control:
    """The city and its districts of today; and the one that is looked at, should it be of another time."""
    codes = dict.fromkeys((CITY, *sorted(regions().children(CITY, None)), asked.region))
    language = asking.language()
    return Control(
        "region",
        _("City or district"),
        tuple(Choice(code, region_name(code, None, language), code == asked.region) for code in codes),
    )


def _year_control(asked: Asked, chosen: int) -> Control:
    years = range(max(chosen, asked.today.year), chosen - YEARS_SHOWN, -1)
    return Control("year", _("Year"), tuple(Choice(str(one), str(one), one == chosen) for one in years))


def headline(asked: Asked, metric_id: str, year: int) -> Figure:
    """One number of the year with its growth; of a stock, as it is now."""
    stock = metric_id == IN_FORCE
    this_year = {} if stock and asked.year is None else {"first": None if stock else year, "last": year}
    now = asking.measured(asking.question(asked, metric_id, **this_year))
    if now is None:
        return Figure(name=metric_id, value="", note=asking.reason_of(now), metric=metric_id)
    before = asking.measured(asking.question(asked, metric_id, first=None if stock else year - 1, last=year - 1))
    grown = None if now.provisional else change(now.value, before.value if before else None)
    period = _("now") if stock and asked.year is None else str(year)
    note = asking.reason_of(now) or (f"{period} · {grown:+.1%}" if grown is not None else period)
    return Figure(
        name=asking.name_of(now.metric),
        value=asking.number(now.value, now.metric.decimals),
        unit=asking.unit_of(now.metric),
        url=asking.records_url(now) or "",
        note=_("%(note)s, provisional") % {"note": note} if now.provisional else note,
        metric=metric_id,
    )


def monthly_chart(asked: Asked, year: int) -> Chart | None:
    """Applications and grants by month; months that are not complete stand apart."""
    span = {"first": year - MONTHS_SHOWN // 12 + 1, "last": year, "by": (Dimension.MONTH,)}
    told = [asking.measured(asking.question(asked, one, **span)) for one in (APPLICATIONS, PCT, GRANTS)]
    known = [one for one in told if one is not None]
    if not known:
        return None
    months = [f"{one}-{month:02}" for one in range(year - MONTHS_SHOWN // 12 + 1, year + 1) for month in range(1, 13)]
    last = known[-1].as_of or asked.today  # of the snapshot, so that a permanent link shows the same months later
    months = [month for month in months if month <= last.strftime("%Y-%m")]
    return Chart(
        kind=ChartKind.LINE,
        key="months",
        title=_("How much is applied for and granted each month?"),
        unit=asking.unit_of(known[0].metric),
        label_head=_("Month"),
        labels=tuple(months),
        series=tuple(Series(asking.name_of(one.metric), over(one, months, known[-1].as_of)) for one in known),
        citation=asking.citation(asked, known[-1]),
        note=_(
            "Applications are published up to 18 months after filing: the last months are incomplete and drawn apart."
        ),
    )


def over(told: Measurement, labels: list[str], reached: date | None) -> tuple[Mark, ...]:
    """Marks of a series over months: nothing counted is 0 where the register tells the month, else not known.

    reached  the day to which publications are loaded; applications of the 18 months before it are incomplete
    """
    points: dict[str | None, Point] = {point.key[0]: point for point in told.series}
    first = min((label for label in labels if label in points), default=None)
    last = max((label for label in labels if label in points), default=None)
    marks = []
    for label in labels:
        if label in points:
            marks.append(asking.mark(told, points[label], late=asking.incomplete(told, label, reached)))
        else:
            inside = first is not None and last is not None and first < label < last
            marks.append(Mark(0 if inside else None))
    return tuple(marks)


def stock_chart(asked: Asked) -> Chart | None:
    """Inventions in force at the end of each year."""
    told = asking.measured(asking.question(asked, IN_FORCE, by=(Dimension.YEAR,), last=asked.year))
    if told is None:
        return None
    points = [point for point in told.series if point.key[0]][-YEARS_SHOWN:]
    return Chart(
        kind=ChartKind.STACKED,
        key="stock",
        title=_("How many inventions are in force at the end of the year?"),
        unit=asking.unit_of(told.metric),
        label_head=_("Year"),
        labels=tuple(str(point.key[0]) for point in points),
        series=(Series("", _stocks(asked, told, points)),),
        citation=asking.citation(asked, told),
        empty=asking.reason_of(told),
    )


def _stocks(asked: Asked, told: Measurement, points: Sequence[Point]) -> tuple[Mark, ...]:
    """What is in force on days to which publications are loaded, and apart from it on those after."""
    reached = asking.reached(asked)
    return tuple(asking.mark(told, point, late=asking.incomplete(told, str(point.key[0]), reached)) for point in points)


def monthly_stock_chart(asked: Asked, year: int) -> Chart | None:
    """Inventions in force at the end of each month: those whose right stood on that very day."""
    span = {"first": year - STOCK_MONTHS // 12 + 1, "last": asked.year, "by": (Dimension.MONTH,)}
    told = asking.measured(asking.question(asked, IN_FORCE, **span))
    if told is None:
        return None
    points = [point for point in told.series if point.key[0]][-STOCK_MONTHS:]
    return Chart(
        kind=ChartKind.LINE,
        key="stock-months",
        title=_("How many inventions are in force at the end of each month?"),
        unit=asking.unit_of(told.metric),
        label_head=_("Month"),
        labels=tuple(str(point.key[0]) for point in points),
        series=(Series("", _stocks(asked, told, points)),),
        note=_("Counted for the last day of each month; for the running month for the day of the register."),
        citation=asking.citation(asked, told),
        empty=asking.reason_of(told),
    )


def fields_chart(asked: Asked, year: int) -> Chart | None:
    """Grants of the year in the twelve largest fields of technology."""
    told = asking.measured(asking.question(asked, GRANTS, first=year, last=year, by=(Dimension.FIELD,)))
    if told is None:
        return None
    points = sorted(told.series, key=lambda point: (-(point.value or 0), point.key[0] or ""))[:12]
    return Chart(
        kind=ChartKind.BAR,
        key="fields",
        title=_("In which fields was most granted in %(year)s?") % {"year": year},
        unit=asking.unit_of(told.metric),
        label_head=_("Field of technology"),
        labels=tuple(asking.label(told, Dimension.FIELD, point.key[0]) for point in points),
        series=(Series("", tuple(asking.mark(told, point) for point in points)),),
        note=_("A patent in several fields counts in each of them; the bars do not add up to the total."),
        citation=asking.citation(asked, told),
        empty=asking.reason_of(told),
    )


def _industries(asked: Asked, year: int) -> Sheet | None:
    """Grants of the year in each key industry; each leads to the industry in the world, its number to the patents."""
    told = asking.measured(asking.question(asked, GRANTS, first=year, last=year, by=(Dimension.INDUSTRY,)))
    if told is None:
        return None
    points = sorted(told.series, key=lambda point: (point.key[0] is None, -(point.value or 0), point.key[0] or ""))
    rows = tuple(
        (
            SheetCell(asking.label(told, Dimension.INDUSTRY, point.key[0]), _industry_url(point.key[0])),
            numerals.number(point.value, url=asking.records_url(told, point) or ""),
        )
        for point in points
    )
    head = (_("Industry"), asking.name_of(told.metric))
    note = _("A patent in several industries counts in each of them; the numbers do not add up to the total.")
    return Sheet(_("Key industries in %(year)s") % {"year": year}, head, rows, note)


def _industry_url(key: str | None) -> str:
    return f"{reverse('monitoring:world')}?industry={key}" if key else ""


def latest_grants(asked: Asked, size: int) -> tuple[listing.Row, ...]:
    """The patents granted last, newest first."""
    told = asking.measured(asking.question(asked, GRANTS, by=(Dimension.MONTH,)))
    found: list[listing.Row] = []
    for point in sorted(told.series, key=lambda one: one.key[0] or "", reverse=True) if told else ():
        if len(found) >= size or point.key[0] is None:
            break
        ids = asking.record_ids(asking.question(asked, GRANTS, only=((Dimension.MONTH, point.key[0]),)))
        found += sorted(listing.rows_of(ids), key=lambda row: (row.grant_date or date.min, row.patent_id), reverse=True)
    return tuple(found[:size])
