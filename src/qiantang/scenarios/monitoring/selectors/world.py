"""A key industry in the world: where it is filed, who leads, and the city's part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension, Measurement, Question
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Region, Series
from qiantang.corpus.classes.api import industry_table
from qiantang.corpus.measures.methods.growth import cagr
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.monitoring.rules import CITY, EVERYWHERE
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.types import Asked, Choice, Control, Figure, Panel

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_YEARS, _LEADERS = 10, 15


def world_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """One industry over all offices of the register.

    errors  Invalid ``monitoring.address`` for an industry that is none of the key industries
    """
    every = asking.measured(Question(metric=EVERYWHERE, by=(Dimension.INDUSTRY,), snapshot=asked.snapshot))
    title = _("Key industries in the world")
    if every is None or every.value is None:
        return Panel(title=title, notes=(asking.reason_of(every),))
    keys = [one.code for one in industry_table("city").tops]
    chosen = asked.industry or keys[0]
    if chosen not in keys:
        raise Invalid("monitoring.address", given=chosen)
    only = ((Dimension.INDUSTRY, chosen),)
    base = Question(metric=EVERYWHERE, only=only, snapshot=asked.snapshot)
    offices = asking.measured(_by(base, Dimension.OFFICE))
    leaders = asking.measured(_by(base, Dimension.APPLICANT))
    years = asking.measured(_by(base, Dimension.YEAR))
    ours = asking.measured(
        Question(metric=EVERYWHERE, only=only, region=CITY, by=(Dimension.YEAR,), snapshot=asked.snapshot)
    )
    name = asking.label(every, Dimension.INDUSTRY, chosen)
    choices = tuple(Choice(str(key), asking.label(every, Dimension.INDUSTRY, key), key == chosen) for key in keys)
    origins = asking.measured(_by(base, Dimension.ORIGIN))
    charts = [_offices(asked, offices), _origins(asked, origins), _leaders(asked, leaders), _share(asked, years, ours)]
    return Panel(
        title=_("%(industry)s in the world") % {"industry": name},
        lead=_("All offices that are loaded; what is not loaded is missing here, too: see what is loaded."),
        controls=(Control("industry", _("Industry"), choices),),
        figures=_figures(years, ours),
        charts=tuple(chart for chart in charts if chart),
        notes=(
            _(
                "An industry here is a set of places of the classification, the same for all offices. Industry navigation finds patents by the strategies of its chain, words among them, so its number is another."
            ),
        ),
        as_of=every.as_of,
    )


def _by(base: Question, dimension: Dimension) -> Question:
    return Question(metric=base.metric, only=base.only, by=(dimension,), snapshot=base.snapshot)


def _values(told: Measurement | None) -> dict[str, float]:
    return {str(point.key[0]): float(point.value or 0) for point in told.series if point.key[0]} if told else {}


def _figures(years: Measurement | None, ours: Measurement | None) -> tuple[Figure, ...]:
    world, city = _values(years), _values(ours)
    total, part = (years.value if years else None), (ours.value if ours else None)
    last = max((int(year) for year, value in world.items() if value), default=0) - 2
    grown = {
        name: cagr(values.get(str(last - 5)), values.get(str(last)), 5)
        for name, values in (("world", world), ("city", city))
    }
    share = part / total if part is not None and total else None
    return (
        Figure(
            _("Patents in the register"), asking.number(total), url=(asking.records_url(years) if years else None) or ""
        ),
        Figure(_("Of these of the city"), asking.number(part), url=(asking.records_url(ours) if ours else None) or ""),
        Figure(
            _("Share of the city"),
            "" if share is None else f"{share:.2%}",
            note=_("patents of the city ÷ patents in the register"),
        ),
        Figure(
            _("Growth in the world"),
            "" if grown["world"] is None else f"{grown['world']:+.1%}",
            note=_("a year, complete years"),
        ),
        Figure(
            _("Growth in the city"),
            "" if grown["city"] is None else f"{grown['city']:+.1%}",
            note=_("a year, complete years"),
        ),
    )


def _offices(asked: Asked, told: Measurement | None) -> Chart | None:
    if told is None:
        return None
    drawn = tuple(
        Region(
            str(point.key[0]),
            asking.label(told, Dimension.OFFICE, point.key[0]),
            point.value,
            asking.records_url(told, point),
        )
        for point in sorted(told.series, key=lambda one: -(one.value or 0))
        if point.key[0]
    )
    return Chart(
        kind=ChartKind.MAP,
        key="offices",
        title=_("At which offices is it filed?"),
        unit=asking.unit_of(told.metric),
        label_head=_("Office"),
        regions=drawn,
        outline="vendor/maps/world.zh.json",
        note=_("Regional and international offices (EP, WO) stand in the table only."),
        citation=asking.citation(asked, told, map_review=asking.map_review()),
    )


def _origins(asked: Asked, told: Measurement | None) -> Chart | None:
    if told is None:
        return None
    points = sorted(told.series, key=lambda one: (one.key[0] is None, -(one.value or 0), one.key[0] or ""))
    shown = [one for one in points if one.value][:_LEADERS]
    return Chart(
        kind=ChartKind.BAR,
        key="origins",
        title=_("From which countries does it come?"),
        unit=asking.unit_of(told.metric),
        label_head=_("Country of origin"),
        labels=tuple(asking.label(told, Dimension.ORIGIN, point.key[0]) for point in shown),
        series=(Series("", tuple(asking.mark(told, point) for point in shown)),),
        note=_("The country of the first priority, else of the first applicant, else that of the office."),
        citation=asking.citation(asked, told),
    )


def _leaders(asked: Asked, told: Measurement | None) -> Chart | None:
    if told is None:
        return None
    points = sorted((one for one in told.series if one.key[0]), key=lambda one: (-(one.value or 0), one.key[0] or ""))[
        :_LEADERS
    ]
    return Chart(
        kind=ChartKind.BAR,
        key="leaders",
        title=_("Who files most?"),
        unit=asking.unit_of(told.metric),
        label_head=_("Applicant"),
        labels=tuple(asking.label(told, Dimension.APPLICANT, point.key[0]) for point in points),
        series=(Series("", tuple(asking.mark(told, point) for point in points)),),
        citation=asking.citation(asked, told),
    )


def _share(asked: Asked, years: Measurement | None, ours: Measurement | None) -> Chart | None:
    if years is None or ours is None:
        return None
    world, city = _values(years), _values(ours)
    labels = sorted(world, key=int)[-_YEARS:]
    late = {label for label in labels if asking.incomplete(years, f"{label}-12", asking.reached(asked))}
    marks = tuple(
        Mark(round(100 * city.get(label, 0) / world[label], 3) if world[label] else None, None, label in late)
        for label in labels
    )
    return Chart(
        kind=ChartKind.LINE,
        key="share",
        title=_("What part of it is the city's?"),
        unit="%",
        label_head=_("Year"),
        labels=tuple(labels),
        series=(Series("", marks),),
        decimals=2,
        citation=asking.citation(asked, ours),
    )
