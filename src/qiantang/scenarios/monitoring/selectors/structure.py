"""What the city is strong in, how concentrated and how varied it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension, Measurement, Question
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Point, Series
from qiantang.corpus.classes.api import FIELDS
from qiantang.corpus.measures.methods.concentration import concentration, cr
from qiantang.corpus.measures.methods.growth import cagr
from qiantang.corpus.measures.methods.inequality import gini, related_variety, theil
from qiantang.corpus.measures.methods.specialisation import quadrants, specialisation
from qiantang.scenarios.monitoring.rules import APPLICATIONS, CITY, GRANTS, LEAST_CELL, STRUCTURE_YEARS
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.peers import compared
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

Counts = dict[tuple[str | None, str | None], float]


def structure_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Specialisation, concentration, inequality and variety of the last three years."""
    year = asking.last_year(asked, GRANTS)
    told = _by_region_and_field(asked, year)
    title = _("Strengths and structure, %(first)s to %(last)s") % {"first": year - STRUCTURE_YEARS + 1, "last": year}
    if told is None or told.value is None:
        return Panel(title=title, notes=(asking.reason_of(told),))
    counts: Counts = {(point.key[0], point.key[1]): point.value or 0 for point in told.series}
    return Panel(
        title=title,
        lead=_(
            "Specialisation compares the city's share of a field with the share of all cities in the register; 1 is as everywhere."
        ),
        figures=_spread_figures(asked, year, counts),
        charts=(
            _heat(asked, told, counts),
            _quadrant_chart(asked, told, counts, year),
        ),
        sheets=(_sheet(told, counts),),
        notes=(_("Below %(least)s patents in a cell nothing is told.") % {"least": LEAST_CELL},),
        as_of=told.as_of,
    )


def _by_region_and_field(asked: Asked, year: int) -> Measurement | None:
    return asking.measured(
        Question(
            metric=GRANTS,
            first=year - STRUCTURE_YEARS + 1,
            last=year,
            by=(Dimension.REGION, Dimension.FIELD),
            snapshot=asked.snapshot,
        )
    )


def _rta(counts: Counts, region: str, field: str) -> float | None:
    """RTA of one cell; None where it is suppressed."""
    cell = counts.get((region, field), 0)
    of_region = sum(value for (place, _field), value in counts.items() if place == region)
    of_field = sum(value for (_place, one), value in counts.items() if one == field)
    return specialisation(cell, of_region, of_field, sum(counts.values()), LEAST_CELL).rta


def _fields_of(counts: Counts, region: str) -> list[str]:
    """Fields in which the region has most, largest first."""
    own = {field: value for (place, field), value in counts.items() if place == region and field}
    return sorted(own, key=lambda field: (-own[field], int(field)))


def _field_name(number: str) -> str:
    return FIELDS[int(number) - 1].name(asking.language())


def _heat(asked: Asked, told: Measurement, counts: Counts) -> Chart:
    columns = _fields_of(counts, CITY)[:12]
    rows = compared(asked.peers)
    return Chart(
        kind=ChartKind.HEAT,
        key="specialisation",
        title=_("In which fields is each city specialised?"),
        label_head=_("City"),
        labels=tuple(_field_name(field) for field in columns),
        series=tuple(
            Series(
                asking.label(told, Dimension.REGION, region),
                tuple(Mark(_rta(counts, region, field), _cell_url(told, region, field)) for field in columns),
            )
            for region in rows
        ),
        decimals=2,
        citation=asking.citation(
            asked,
            told,
            method=_("RTA = (share of the field in the city) / (share of the field in all cities), invention grants."),
        ),
    )


def _cell_url(told: Measurement, region: str, field: str) -> str | None:
    point = next((one for one in told.series if one.key == (region, field)), None)
    return asking.records_url(told, point) if point else None


def _quadrant_chart(asked: Asked, told: Measurement, counts: Counts, year: int) -> Chart:
    """Growth against specialisation; source: navigation-monitoring, M14."""
    grown = _growths(asked, year)
    fields = {field: (grown.get(field), _rta(counts, CITY, field)) for field in _fields_of(counts, CITY)}
    where = quadrants(fields)
    words = {
        "star": _("strong and growing"),
        "potential": _("growing"),
        "traditional": _("strong, not growing"),
        "weak": _("neither"),
    }
    known = sorted(value for value, _strength in fields.values() if value is not None)
    middle = known[len(known) // 2] if known else None
    points = tuple(
        Point(
            _field_name(field),
            None if growth is None else 100 * growth,
            strength,
            counts.get((CITY, field)),
            words.get(where[field] or "", ""),
            _cell_url(told, CITY, field),
        )
        for field, (growth, strength) in fields.items()
        if growth is not None and strength is not None
    )
    return Chart(
        kind=ChartKind.SCATTER,
        key="quadrants",
        title=_("Which fields are strong, and which grow?"),
        label_head=_("Field of technology"),
        value_head=_("Grants"),
        points=points,
        x_name=_("Growth a year in per cent"),
        y_name=_("Specialisation (RTA)"),
        x_line=None if middle is None else 100 * middle,
        y_line=1,
        decimals=2,
        citation=asking.citation(asked, told),
    )


def _growths(asked: Asked, year: int) -> dict[str, float | None]:
    """Growth a year of applications in each field, over the last complete years."""
    told = asking.measured(
        asking.question(
            asked, APPLICATIONS, region=CITY, first=year - 6, last=year - 2, by=(Dimension.YEAR, Dimension.FIELD)
        )
    )
    values = {point.key: point.value for point in told.series} if told else {}
    fields = {key[1] for key in values if key[1]}
    return {
        str(field): cagr(values.get((str(year - 6), field)), values.get((str(year - 2), field)), 4) for field in fields
    }


def _spread_figures(asked: Asked, year: int, counts: Counts) -> tuple[Figure, ...]:
    """How the patents are spread over applicants, districts and classes."""
    span = {"region": CITY, "first": year - STRUCTURE_YEARS + 1, "last": year}
    holders = asking.measured(asking.question(asked, GRANTS, by=(Dimension.APPLICANT,), **span))
    districts = asking.measured(asking.question(asked, GRANTS, by=(Dimension.DISTRICT,), **span))
    shares = [point.value or 0 for point in holders.series if point.key[0]] if holders else []
    among = concentration(shares)
    parts = [point.value or 0 for point in districts.series if point.key[0]] if districts else []
    own = {field: value for (place, field), value in counts.items() if place == CITY and field}
    sectors = {field: FIELDS[int(field) - 1].sector_en for field in own}
    variety = related_variety(own, sectors)
    split = theil({"city": parts})
    largest = cr(shares, 10)
    uneven = gini(parts)
    return (
        Figure(
            _("Ten largest applicants"),
            "" if largest is None else f"{largest:.1%}",
            note=_("share of all grants (CR10)"),
        ),
        Figure(
            "HHI", "" if among is None else f"{among.hhi:,.0f}", note=_("concentration among applicants, 0 to 10,000")
        ),
        Figure(
            _("Effective applicants"),
            "" if among is None else f"{among.effective:,.0f}",
            note=_("as many equal ones would be as concentrated"),
        ),
        Figure(_("Gini of districts"), "" if uneven is None else f"{uneven:.3f}", note=_("0: all alike")),
        Figure(_("Theil of districts"), "" if split is None else f"{split.total:.3f}", note=_("0: all alike")),
        Figure(
            _("Related variety"),
            "" if variety is None else f"{variety.related:.3f}",
            note=""
            if variety is None
            else _("of %(total)s in all, within sectors (nats)") % {"total": f"{variety.total:.3f}"},
        ),
    )


def _sheet(told: Measurement, counts: Counts) -> Sheet:
    whole = sum(counts.values())
    of_region = sum(value for (place, _field), value in counts.items() if place == CITY)
    rows = []
    for field in _fields_of(counts, CITY):
        cell = counts.get((CITY, field), 0)
        of_field = sum(value for (_place, one), value in counts.items() if one == field)
        found = specialisation(cell, of_region, of_field, whole, LEAST_CELL)
        texts = [(found.rta, 2), (found.rsi, 3), (found.rpa, 1)]
        rows.append(
            (
                SheetCell(_field_name(field)),
                numerals.number(cell, url=_cell_url(told, CITY, field) or ""),
                *(numerals.number(value, places, unknown="–") for value, places in texts),
            )
        )
    head = (_("Field of technology"), _("Grants"), "RTA", "RSI", "RPA")
    note = _("–: fewer than %(least)s patents, of which nothing is told.") % {"least": LEAST_CELL}
    return Sheet(_("Specialisation of the city"), head, tuple(rows), note)
