"""Our city beside its peers: value, rank, gap to the next, growth, per head, and how far the rank depends on the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import AddressOf, Dimension, Measurement, Question, Sharing
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.methods.growth import change
from qiantang.corpus.measures.methods.rankings import rank_ranges, ranking
from qiantang.scenarios.monitoring.rules import BENCHMARKED, CITY, GRANTS, IN_FORCE, IN_FORCE_PER_10K
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.peers import all_cities, compared
from qiantang.scenarios.monitoring.types import Asked, Choice, Control, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.corpus.measures.methods.rankings import Place, RankRange
    from qiantang.kernel.actor import Actor

Values = dict[str, float | None]

_RULES = (
    ("first", AddressOf.HOLDER, Sharing.FIRST),
    ("whole", AddressOf.HOLDER, Sharing.WHOLE),
    ("fractional", AddressOf.HOLDER, Sharing.FRACTIONAL),
    ("filed", AddressOf.APPLICANT, Sharing.FIRST),
)


class CityValue(NamedTuple):
    """The value of one city, and the answer it comes from."""

    told: Measurement
    value: float | None
    url: str | None = None


def benchmark_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """One number of all cities of the comparison."""
    metric_id = asked.metric or GRANTS
    codes = compared(asked.peers)
    year = asking.last_year(asked, metric_id)
    told = cities_of(asked, metric_id, year, codes)
    controls = (*_controls(metric_id, year), _peer_control(codes))
    title = _("%(city)s beside %(n)s cities") % {"city": _name(CITY), "n": len(codes) - 1}
    if not told:
        return Panel(title=title, controls=controls, notes=(asking.reason_of(None),))
    ours = told[CITY].told
    values: Values = {code: one.value for code, one in told.items()}
    ranges = {one.unit: one for one in rank_ranges(ranks_by_rule(asked, metric_id, year, codes))}
    return Panel(
        title=title,
        lead=_robustness(ranges.get(CITY)),
        controls=controls,
        charts=(_chart(asked, told, ours),),
        sheets=(_sheet(asked, told, values, year, ranges),),
        notes=_notes(told, codes),
        as_of=ours.as_of,
    )


def cities_of(asked: Asked, metric_id: str, year: int, codes: tuple[str, ...]) -> dict[str, CityValue]:
    """The metric of each city in the year; empty where the registry does not know it.

    From the register where it covers the city, else from a table of figures: each answer says which, and as of when.
    """
    stock = metric_id in {IN_FORCE, IN_FORCE_PER_10K}
    first = None if stock else year
    if _divisible(metric_id):
        told = asking.measured(
            Question(metric=metric_id, by=(Dimension.REGION,), first=first, last=year, snapshot=asked.snapshot)
        )
        if told is not None and told.value is not None:
            points = {point.key[0]: point for point in told.series}
            return {
                code: CityValue(told, points[code].value, asking.records_url(told, points[code]))
                if code in points
                else CityValue(told, 0)
                for code in codes
            }
    found: dict[str, CityValue] = {}
    for code in codes:
        one = asking.measured(asking.question(asked, metric_id, region=code, first=first, last=year))
        if one is None:
            return {}
        found[code] = CityValue(one, one.value, asking.records_url(one))
    return found


def ranks_by_rule(asked: Asked, metric_id: str, year: int, codes: tuple[str, ...]) -> dict[str, Values]:
    """The values of all cities under each rule of counting that the metric can be counted by."""
    found: dict[str, Values] = {}
    for name, address, sharing in _RULES:
        question = Question(
            metric=metric_id,
            first=None if metric_id == IN_FORCE else year,
            last=year,
            by=(Dimension.REGION,),
            address=address,
            sharing=sharing,
            snapshot=asked.snapshot,
        )
        if not _divisible(metric_id):
            continue
        told = asking.measured(question)
        if told is None or told.value is None:
            continue
        points = {point.key[0]: point.value for point in told.series}
        found[name] = {code: points.get(code) for code in codes}
    return found


def _divisible(metric_id: str) -> bool:
    return any(Dimension.REGION in one.dimensions for one in asking.known_metrics((metric_id,)))


def _robustness(found: RankRange | None) -> str:
    if found is None or found.best is None:
        return ""
    if found.best == found.worst:
        return _("Rank %(rank)s under every rule of counting tried.") % {"rank": found.best}
    return _("Rank %(best)s to %(worst)s, depending on the rule of counting.") % {
        "best": found.best,
        "worst": found.worst,
    }


def _chart(asked: Asked, told: Mapping[str, CityValue], ours: Measurement) -> Chart:
    rows = ranking({code: one.value for code, one in told.items()})
    return Chart(
        kind=ChartKind.BAR,
        key="cities",
        title=_("How do the cities compare: %(metric)s?") % {"metric": asking.name_of(ours.metric)},
        unit=asking.unit_of(ours.metric),
        label_head=_("City"),
        value_head=asking.name_of(ours.metric),
        labels=tuple(_name(row.unit) for row in rows),
        series=(Series("", tuple(Mark(row.value, told[row.unit].url) for row in rows)),),
        decimals=ours.metric.decimals,
        citation=asking.citation(asked, ours),
        empty=asking.reason_of(ours),
    )


def _sheet(
    asked: Asked, told: Mapping[str, CityValue], values: Values, year: int, ranges: Mapping[str, RankRange]
) -> Sheet:
    metric = told[CITY].told.metric
    before = cities_of(asked, metric.id, year - 1, tuple(told))
    per_head = cities_of(asked, IN_FORCE_PER_10K, year, tuple(told)) if metric.id == IN_FORCE else {}
    growth = {code: change(one.value, before[code].value) if before else None for code, one in told.items()}
    rows = []
    for row in ranking(values):
        heads = per_head.get(row.unit)
        share = [SheetCell(asking.number(heads.value, heads.told.metric.decimals), right=True)] if heads else []
        rows.append(
            (*_cells(row, told[row.unit], growth[row.unit]), *share, *_told_by(told[row.unit], ranges.get(row.unit)))
        )
    head = (
        _("City"),
        _("Rank"),
        asking.name_of(metric),
        _("Behind the next"),
        _("On the year before"),
        *([_("Per 10,000 people")] if per_head else []),
        _("Rank by rule"),
        _("Source and day"),
    )
    note = _(
        "Equal values share a rank (=), and the rank after them is left out. Rules tried: first holder, all holders whole, all holders in parts, first applicant."
    )
    return Sheet(_("The comparison in figures"), head, tuple(rows), note)


def _cells(row: Place, one: CityValue, grown: float | None) -> tuple[SheetCell, ...]:
    """City, rank, value, gap to the next and growth."""
    decimals = one.told.metric.decimals
    return (
        SheetCell(_name(row.unit)),
        SheetCell("" if row.rank is None else (f"{row.rank}=" if row.tied else str(row.rank)), right=True),
        SheetCell(asking.number(one.value, decimals), one.url or "", right=True),
        SheetCell(asking.gap(row, decimals), right=True),
        SheetCell("" if grown is None else f"{grown:+.1%}", right=True),
    )


def _told_by(one: CityValue, found: RankRange | None) -> tuple[SheetCell, ...]:
    """The ranks under the rules tried, and where the value comes from."""
    day = one.told.as_of.isoformat() if one.told.as_of else _("day not known")
    return SheetCell(_span(found), right=True), SheetCell(f"{_origin(one.told)} · {day}")


def _span(found: RankRange | None) -> str:
    if found is None or found.best is None:
        return ""
    return str(found.best) if found.best == found.worst else f"{found.best}–{found.worst}"


def _origin(told: Measurement) -> str:
    if told.value is None:
        return asking.reason_of(told)
    word = {"register": _("register"), "table": _("imported table")}.get(told.origin, told.origin)
    return _("%(source)s, sample data") % {"source": word} if told.sample else word


def _notes(told: Mapping[str, CityValue], codes: tuple[str, ...]) -> tuple[str, ...]:
    missing = [_name(code) for code in codes if told[code].value is None]
    compared_ones = _("Compared are: %(cities)s.") % {"cities": "、".join(map(_name, codes))}
    if not missing:
        return (compared_ones,)
    return compared_ones, _("Without a value, and so without a rank: %(cities)s.") % {"cities": "、".join(missing)}


def _name(code: str) -> str:
    return regions().name(code, asking.language())


def _controls(metric_id: str, year: int) -> tuple[Control, ...]:
    known = asking.known_metrics(BENCHMARKED)
    return (
        Control(
            "metric", _("Indicator"), tuple(Choice(one.id, asking.name_of(one), one.id == metric_id) for one in known)
        ),
        Control(
            "year", _("Year"), tuple(Choice(str(one), str(one), one == year) for one in range(year + 2, year - 10, -1))
        ),
    )


def _peer_control(codes: tuple[str, ...]) -> Control:
    """Any cities may be picked; those compared stand first."""
    others = [code for code in all_cities() if code not in codes]
    choices = [Choice(code, _name(code), chosen=True) for code in codes[1:]] + [
        Choice(code, _name(code)) for code in others
    ]
    return Control("peer", _("Cities beside ours"), tuple(choices), many=True)
