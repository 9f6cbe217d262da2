"""The districts of the city: on the boundaries of the day that counts, or on today's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Boundaries, Dimension, Figure
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Inset, Region, Series
from qiantang.corpus.measures.methods.growth import change
from qiantang.corpus.places import api as places
from qiantang.scenarios.monitoring.rules import CITY, GRANTS, IN_FORCE, INNER, PER_HEAD, RANKABLE
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.benchmark import population_note
from qiantang.scenarios.monitoring.types import Asked, Choice, Control, Panel, Sheet, SheetCell, Tile

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Measurement
    from qiantang.kernel.actor import Actor

_LEVELS = 4
_YEARS_BACK = 10


def district_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """A map beside its ranked table; parts and *district not known* add up to the city."""
    metric_id = asked.metric or GRANTS
    year = _last_year(asked, metric_id)
    told = divided(asked, metric_id, year)
    controls = (_metric_control(metric_id), _year_control(asked, year), _boundary_control(asked.boundaries))
    title = _("Districts of the city, %(year)s") % {"year": year}
    if told is None:
        return Panel(title=title, controls=controls, notes=(asking.reason_of(told),))
    day = boundary_day(asked.boundaries, told, year)
    chart = map_chart(asked, told, day)
    missing = [region for region in chart.regions if not region.parts]
    return Panel(
        title=title,
        lead=_("Boundaries of %(day)s.") % {"day": day.isoformat()} if day else _("Today's boundaries."),
        controls=controls,
        charts=(chart, ranked_chart(asked, told)),
        tiles=_tiles(chart) if missing else (),
        tiles_title=_("Schematic: all districts; of some no outline of their time exists"),
        sheets=(_sheet(asked, told, divided(asked, metric_id, year - 1)),),
        notes=(sum_note(told) if _adds_up(told) else population_note(year),),
        as_of=told.as_of,
    )


def _last_year(asked: Asked, metric_id: str) -> int:
    """The year asked for, else the last of the metric; of a number a head the last in which most districts have one."""
    last = asking.last_year(asked, metric_id)
    if asked.year is not None or metric_id not in PER_HEAD.values():
        return last
    for year in range(last, last - _YEARS_BACK, -1):
        told = divided(asked, metric_id, year)
        known = [point.value is not None for point in told.series if point.key[0]] if told else []
        if 2 * sum(known) > len(known):
            return year
    return last


def divided(asked: Asked, metric_id: str, year: int) -> Measurement | None:
    """The metric of the city in a year by district."""
    stock = metric_id in {IN_FORCE, PER_HEAD[IN_FORCE]}
    return asking.measured(
        asking.question(
            asked, metric_id, region=CITY, first=None if stock else year, last=year, by=(Dimension.DISTRICT,)
        )
    )


def boundary_day(boundaries: Boundaries, told: Measurement, year: int) -> date | None:
    """The day whose districts the figures speak of; None: today's.

    In the year of a reform the parts of both sides occur, and the outlines are those of the end of the year.
    """
    if boundaries is Boundaries.TODAY:
        return None
    end = date(year, 12, 31)
    return min(end, told.as_of) if told.as_of else end


def _adds_up(told: Measurement) -> bool:
    """Whether districts are parts of the city's number: a number a head is none."""
    return told.metric.figure is Figure.COUNT


def sum_note(told: Measurement) -> str:
    """That the parts make the whole, with the numbers; the reader can add them up."""
    parts = sum(point.value or 0 for point in told.series)
    facts = {"parts": asking.number(parts), "city": asking.number(told.value)}
    if parts == told.value:
        return _("The districts and “district not known” add up to the city: %(parts)s = %(city)s.") % facts
    return (
        _("The districts add up to %(parts)s, the city has %(city)s: a patent of several districts counts in each.")
        % facts
    )


def map_chart(asked: Asked, told: Measurement, day: date | None) -> Chart:
    """The city as a map; a district without an outline of its time has none here, and stands in tiles and table."""
    points = {point.key[0]: point for point in told.series}
    codes = sorted({*regions().children(CITY, day), *(code for code in points if code)})
    drawn = []
    for code in codes:
        point = points.get(code)
        value = point.value if point else (0 if told.value is not None and _adds_up(told) else None)
        url = f"{reverse('monitoring:city')}?region={code}" if day is None or places.outline_parts(code, day) else None
        name = places.name_of(code, day, asking.language()) if code in regions() else code
        drawn.append(
            Region(
                code,
                name,
                value,
                (asking.records_url(told, point) if point else None) or url,
                places.outline_parts(code, day),
            )
        )
    parts = "-".join(sorted({part for region in drawn for part in region.parts}))
    return Chart(
        kind=ChartKind.MAP,
        key="map",
        title=_("Where in the city: %(metric)s") % {"metric": asking.name_of(told.metric)},
        unit=asking.unit_of(told.metric),
        label_head=_("District"),
        value_head=asking.name_of(told.metric),
        regions=tuple(drawn),
        outline=reverse("monitoring:outlines", args=(parts,)) if parts else "",
        inset=Inset(*INNER),
        decimals=told.metric.decimals,
        citation=asking.citation(asked, told, map_review=asking.map_review()),
        empty=asking.reason_of(told),
        note="" if parts else _("No outline of that time exists."),
    )


def ranked_chart(asked: Asked, told: Measurement) -> Chart:
    """The districts from most to least, and last what is not known: on a map large areas look important."""
    ordered = sorted(told.series, key=lambda point: (point.key[0] is None, -(point.value or 0), point.key[0] or ""))
    return Chart(
        kind=ChartKind.BAR,
        key="ranked",
        title=_("Which district has most?"),
        unit=asking.unit_of(told.metric),
        label_head=_("District"),
        value_head=asking.name_of(told.metric),
        labels=tuple(asking.label(told, Dimension.DISTRICT, point.key[0]) for point in ordered),
        series=(Series("", tuple(asking.mark(told, point) for point in ordered)),),
        decimals=told.metric.decimals,
        citation=asking.citation(asked, told),
        empty=asking.reason_of(told),
    )


def _tiles(chart: Chart) -> tuple[Tile, ...]:
    most = max((region.value or 0 for region in chart.regions), default=0) or 1
    return tuple(
        Tile(
            region.label,
            asking.number(region.value, chart.decimals),
            region.url or "",
            0 if region.value is None else 1 + min(_LEVELS - 1, int(_LEVELS * region.value / most)),
        )
        for region in chart.regions
    )


def _sheet(asked: Asked, told: Measurement, before: Measurement | None) -> Sheet:
    earlier = {point.key[0]: point.value for point in before.series} if before else {}
    whole, parts = told.value or 0, _adds_up(told)
    decimals = told.metric.decimals
    rows = []
    for point in sorted(told.series, key=lambda one: (one.key[0] is None, -(one.value or 0), one.key[0] or "")):
        code = point.key[0]
        grown = change(point.value, earlier.get(code))
        rows.append(
            (
                SheetCell(asking.label(told, Dimension.DISTRICT, code), _district_url(asked, code)),
                numerals.number(point.value, decimals, asking.records_url(told, point) or ""),
                *([numerals.share((point.value or 0) / whole if whole else None)] if parts else []),
                numerals.share(grown, signed=True),
            )
        )
    rows.append(
        (
            SheetCell(_("The city")),
            numerals.number(told.value, decimals, asking.records_url(told) or ""),
            *([numerals.share(1 if whole else None)] if parts else []),
            numerals.share(change(told.value, before.value) if before else None, signed=True),
        )
    )
    share = [_("Share of the city")] if parts else []
    head = (_("District"), asking.name_of(told.metric), *share, _("On the year before"))
    return Sheet(_("Districts in figures"), head, tuple(rows))


def _district_url(asked: Asked, code: str | None) -> str:
    if code is None:
        return ""
    snapshot = f"&snapshot={asked.snapshot}" if asked.snapshot else ""
    return f"{reverse('monitoring:city')}?region={code}{snapshot}"


def _metric_control(chosen: str) -> Control:
    known = asking.known_metrics((*RANKABLE, *(PER_HEAD[one] for one in RANKABLE)))
    choices = tuple(Choice(one.id, asking.name_of(one), one.id == chosen) for one in known)
    return Control("metric", _("Indicator"), choices)


def _year_control(asked: Asked, chosen: int) -> Control:
    return Control(
        "year",
        _("Year"),
        tuple(
            Choice(str(one), str(one), one == chosen) for one in range(max(chosen, asked.today.year), chosen - 12, -1)
        ),
    )


def _boundary_control(chosen: Boundaries) -> Control:
    words = {Boundaries.THEN: _("as they were then"), Boundaries.TODAY: _("today's")}
    choices = tuple(Choice(one.value, words[one], one is chosen) for one in Boundaries)
    return Control("boundaries", _("Boundaries"), choices)
