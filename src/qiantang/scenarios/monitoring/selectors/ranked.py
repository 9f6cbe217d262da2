"""Rankings of districts, fields, industries, applicants: ties share a rank, the method stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension
from qiantang.commons.ui.types import Chart, ChartKind, Series
from qiantang.corpus.classes.api import FIELDS, industry_table
from qiantang.corpus.measures.methods.rankings import ranking
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.monitoring.rules import CITY, GRANTS, IN_FORCE, RANKABLE, ROWS_SHOWN
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.types import Asked, Choice, Control, Panel, Ranked, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Measurement, Point
    from qiantang.corpus.measures.methods.rankings import Place
    from qiantang.kernel.actor import Actor

_DIMENSIONS = {
    Ranked.DISTRICT: Dimension.DISTRICT,
    Ranked.PARK: Dimension.PARK,
    Ranked.FIELD: Dimension.FIELD,
    Ranked.INDUSTRY: Dimension.INDUSTRY,
    Ranked.APPLICANT: Dimension.APPLICANT,
    Ranked.COMPANY: Dimension.APPLICANT,
    Ranked.UNIVERSITY: Dimension.APPLICANT,
}
_KINDS = {Ranked.COMPANY: ("enterprise",), Ranked.UNIVERSITY: ("university",)}


def ranked_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """One ranking of the city in one year.

    errors  Invalid ``monitoring.address`` for an industry that is none of the key industries
    """
    metric_id = asked.metric or GRANTS
    year = asking.last_year(asked, metric_id)
    controls = _controls(asked, metric_id, year)
    title = _("Rankings, %(year)s") % {"year": year}
    told, refused = _told(asked, metric_id, year)
    if told is None:
        return Panel(title=title, controls=controls, notes=(refused or asking.reason_of(None),))
    dimension = _DIMENSIONS[asked.ranked]
    points = {point.key[0]: point for point in told.series if point.key[0] is not None}
    rows = ranking({str(code): point.value for code, point in points.items()})
    shown = rows if asked.whole else rows[:ROWS_SHOWN]
    names = {row.unit: asking.label(told, dimension, row.unit) for row in shown}
    entries = tuple(Entry(row, names[row.unit], points[row.unit]) for row in shown)
    return Panel(
        title=title,
        lead=_method(told, asked, len(rows)),
        controls=controls,
        charts=(_chart(asked, told, entries),),
        sheets=(_sheet(asked, told, entries),),
        as_of=told.as_of,
    )


class Entry(NamedTuple):
    """One line of a ranking."""

    row: Place
    name: str
    point: Point


def _chart(asked: Asked, told: Measurement, entries: tuple[Entry, ...]) -> Chart:
    leaders = entries[:20]
    return Chart(
        kind=ChartKind.BAR,
        key="ranking",
        title=_("Who leads: %(metric)s?") % {"metric": asking.name_of(told.metric)},
        unit=asking.unit_of(told.metric),
        label_head=_word(asked.ranked),
        value_head=asking.name_of(told.metric),
        labels=tuple(one.name for one in leaders),
        series=(Series("", tuple(asking.mark(told, one.point) for one in leaders)),),
        citation=asking.citation(asked, told),
        empty=asking.reason_of(told),
    )


def _sheet(asked: Asked, told: Measurement, entries: tuple[Entry, ...]) -> Sheet:
    rows = tuple(
        (
            SheetCell(name, _url_of(asked, row.unit)),
            numerals.rank(row),
            numerals.number(row.value, url=_records(told, point)),
            numerals.gap(row),
        )
        for row, name, point in entries
    )
    head = (_word(asked.ranked), _("Rank"), asking.name_of(told.metric), _("Behind the next"))
    note = _("Equal values share a rank (=), and the rank after them is left out.")
    return Sheet(_("The ranking in figures"), head, rows, note)


def industries() -> tuple[str, ...]:
    """Codes of the key industries of the city."""
    return tuple(one.code for one in industry_table("city").tops)


def _records(told: Measurement, point: Point) -> str:
    return asking.records_url(told, point) or ""


def _told(asked: Asked, metric_id: str, year: int) -> tuple[Measurement | None, str]:
    """The numbers, or why the registry cannot divide them so."""
    limits: list[tuple[Dimension, str]] = []
    if asked.industry:
        if asked.industry not in industries():
            raise Invalid("monitoring.address", given=asked.industry)
        limits.append((Dimension.INDUSTRY, asked.industry))
    if asked.only_field:
        limits.append((Dimension.FIELD, asked.only_field))
    limits += [(Dimension.APPLICANT_KIND, kind) for kind in _KINDS.get(asked.ranked, ())]
    stock = metric_id == IN_FORCE
    question = asking.question(
        asked,
        metric_id,
        region=CITY,
        first=None if stock else year,
        last=year,
        by=(_DIMENSIONS[asked.ranked],),
        only=tuple(limits),
    )
    try:
        return asking.measured(question), ""
    except Invalid:
        return None, _("The registry cannot divide this number so.")


def _method(told: Measurement, asked: Asked, rows: int) -> str:
    method = _("%(n)s in the ranking. %(definition)s") % {
        "n": rows,
        "definition": told.metric.definition.told(asking.language()),
    }
    if asked.ranked in {Ranked.APPLICANT, Ranked.COMPANY, Ranked.UNIVERSITY}:
        method += " " + _("Applicants stand under their harmonised names.")
    if asked.ranked is Ranked.PARK:
        bare = next((point.records for point in told.series if point.key[0] is None), 0)
        method += " " + _(
            "A patent counts for a park where the address that tells its place names the park, by a dated table of parks and their names; %(n)s patents name none, so each number is at least that."
        ) % {"n": bare}
    return method


def _url_of(asked: Asked, unit: str) -> str:
    if asked.ranked is Ranked.DISTRICT:
        return f"{reverse('monitoring:city')}?region={unit}"
    if unit[:1] == "P" and unit[1:].isdecimal():
        return f"/parties/{unit[1:]}"
    return ""


def _word(ranked: Ranked) -> str:
    return {
        Ranked.DISTRICT: _("District"),
        Ranked.PARK: _("Park"),
        Ranked.FIELD: _("Field of technology"),
        Ranked.INDUSTRY: _("Industry"),
        Ranked.APPLICANT: _("Applicant"),
        Ranked.COMPANY: _("Company"),
        Ranked.UNIVERSITY: _("University"),
    }[ranked]


def _controls(asked: Asked, metric_id: str, year: int) -> tuple[Control, ...]:
    fields = tuple(
        Choice(str(one.number), one.name(asking.language()), str(one.number) == asked.only_field) for one in FIELDS
    )
    known = asking.known_metrics(RANKABLE)
    named = tuple(
        Choice(one.code, one.name(asking.language()), one.code == asked.industry) for one in industry_table("city").tops
    )
    return (
        Control(
            "ranked", _("What is ranked"), tuple(Choice(one.value, _word(one), one is asked.ranked) for one in Ranked)
        ),
        Control(
            "metric", _("Indicator"), tuple(Choice(one.id, asking.name_of(one), one.id == metric_id) for one in known)
        ),
        Control("field", _("Field of technology"), (Choice("", _("all fields"), not asked.only_field), *fields)),
        Control("industry", _("Industry"), (Choice("", _("all industries"), not asked.industry), *named)),
        Control(
            "year",
            _("Year"),
            tuple(Choice(str(one), str(one), one == year) for one in range(max(year, asked.today.year), year - 10, -1)),
        ),
    )
