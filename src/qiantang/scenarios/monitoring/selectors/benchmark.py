"""Our city beside others: value, rank, gap to the next, growth, per head, and how far the rank depends on the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.methods.growth import change
from qiantang.corpus.measures.methods.rankings import rank_moves, rank_ranges, ranking, ranks
from qiantang.scenarios.monitoring.rules import BENCHMARKED, CENSUS, CITY, GRANTS, PER_HEAD
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.beside import REGISTER, TABLE, Compared, cities_of, values_by_rule
from qiantang.scenarios.monitoring.selectors.peers import all_cities, compared
from qiantang.scenarios.monitoring.types import Asked, Choice, CitySet, Control, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.metrics.types import Metric
    from qiantang.corpus.measures.methods.rankings import Place, RankRange
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.selectors.beside import CityValue


def benchmark_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """One number of all cities of the comparison."""
    metric_id = asked.metric or GRANTS
    codes = compared(asked.peers, asked.among)
    year = asking.last_year(asked, metric_id)
    told = cities_of(asked, metric_id, year, codes)
    controls = (*_controls(asked, metric_id, year), _peer_control(codes))
    title = _("%(city)s beside %(n)s cities") % {"city": _name(CITY), "n": len(codes) - 1}
    if told is None:
        return Panel(title=title, controls=controls, notes=(asking.reason_of(None),))
    before = cities_of(asked, metric_id, year - 1, codes)
    ranges = {one.unit: one for one in rank_ranges(values_by_rule(asked, metric_id, year, told))}
    return Panel(
        title=title,
        lead=_robustness(ranges.get(CITY)),
        controls=controls,
        charts=(_chart(asked, told),),
        sheets=(
            _sheet(told, before, _per_head(asked, metric_id, year, codes), ranges),
            _standing(asked, metric_id, year),
        ),
        notes=_notes(told, year, per_head=metric_id in PER_HEAD or "per10k" in metric_id),
        as_of=told.ours.as_of,
    )


def _per_head(
    asked: Asked, metric_id: str, year: int, codes: tuple[str, ...]
) -> tuple[Metric, Mapping[str, CityValue]] | None:
    """The number divided by the people who live there; None where it is no count of patents."""
    told = cities_of(asked, PER_HEAD[metric_id], year, codes) if metric_id in PER_HEAD else None
    return (told.ours.metric, told.cities) if told else None


def _robustness(found: RankRange | None) -> str:
    if found is None or found.best is None:
        return ""
    if found.best == found.worst:
        return _("Rank %(rank)s under every rule of counting tried.") % {"rank": found.best}
    return _("Rank %(best)s to %(worst)s, depending on the rule of counting.") % {
        "best": found.best,
        "worst": found.worst,
    }


def _chart(asked: Asked, told: Compared) -> Chart:
    metric = told.ours.metric
    rows = ranking(told.values)
    return Chart(
        kind=ChartKind.BAR,
        key="cities",
        title=_("How do the cities compare: %(metric)s?") % {"metric": asking.name_of(metric)},
        unit=asking.unit_of(metric),
        label_head=_("City"),
        value_head=asking.name_of(metric),
        labels=tuple(_name(row.unit) for row in rows),
        series=(Series("", tuple(_mark(row.value, told.cities[row.unit]) for row in rows)),),
        decimals=metric.decimals,
        citation=asking.citation(asked, told.ours),
        empty=asking.reason_of(told.ours),
    )


def _mark(value: float | None, one: CityValue) -> Mark:
    return Mark(value, one.url, note=_("imported table") if one.origin == TABLE else "")


def _sheet(
    told: Compared,
    before: Compared | None,
    per_head: tuple[Metric, Mapping[str, CityValue]] | None,
    ranges: Mapping[str, RankRange],
) -> Sheet:
    metric = told.ours.metric
    growth = {code: _growth(one, before.cities[code] if before else None) for code, one in told.cities.items()}
    moves = rank_moves(ranks(before.values) if before else {}, ranks(told.values))
    rows = []
    for row in ranking(told.values):
        one, code = told.cities[row.unit], row.unit
        heads = [_heads(per_head[0], per_head[1][code])] if per_head else []
        moved = _moved(moves[code])
        rows.append((*_cells(row, one, metric.decimals, growth[code]), moved, *heads, *_told_by(one, ranges.get(code))))
    head = (
        _("City"),
        _("Rank"),
        asking.name_of(metric),
        _("Behind the next"),
        _("On the year before"),
        _("Places gained"),
        *([_("Per 10,000 people")] if per_head else []),
        _("Rank by rule"),
        _("Source and day"),
    )
    note = _(
        "Equal values share a rank (=), and the rank after them is left out. Rules tried: first holder, all holders whole, all holders in parts, first applicant. A table knows one rule: what it states stands under each."
    )
    return Sheet(_("The comparison in figures"), head, tuple(rows), note)


def _growth(now: CityValue, before: CityValue | None) -> float | None:
    """Growth is told of two numbers of one source only."""
    return change(now.value, before.value) if before and before.origin == now.origin else None


def _heads(metric: Metric, one: CityValue) -> SheetCell:
    return numerals.number(one.value, metric.decimals)


def _moved(places: int | None) -> SheetCell:
    return numerals.number(places, signed=bool(places))


def _standing(asked: Asked, metric_id: str, year: int) -> Sheet:
    """Our rank in every set of cities: a rank says nothing without its set."""
    rows = []
    for among, word in _words().items():
        codes = compared((), among)
        told = cities_of(asked, metric_id, year, codes)
        if told is None:
            continue
        ours = next(row for row in ranking(told.values) if row.unit == CITY)
        known = sum(value is not None for value in told.values.values())
        found = next(
            (one for one in rank_ranges(values_by_rule(asked, metric_id, year, told)) if one.unit == CITY), None
        )
        rows.append(
            (
                SheetCell(word, _among_url(asked, among)),
                numerals.rank(ours),
                _span(found),
                numerals.number(known),
                numerals.number(len(codes)),
            )
        )
    head = (_("Among"), _("Rank"), _("Rank by rule"), _("Cities with a value"), _("Cities"))
    return Sheet(_("Where the city stands in each set of cities"), head, tuple(rows))


def _among_url(asked: Asked, among: CitySet) -> str:
    return asking.permalink(asked, asked.snapshot, among=str(among), peer="") if asked.path else ""


def _words() -> dict[CitySet, str]:
    return {
        CitySet.PICKED: _("the default peers"),
        CitySet.CAPITALS: _("provincial capitals"),
        CitySet.SUB_PROVINCIAL: _("sub-provincial cities"),
        CitySet.PROVINCE: _("cities of the province"),
    }


def _cells(row: Place, one: CityValue, decimals: int, grown: float | None) -> tuple[SheetCell, ...]:
    """City, rank, value, gap to the next and growth."""
    return (
        SheetCell(_name(row.unit)),
        numerals.rank(row),
        numerals.number(one.value, decimals, one.url or ""),
        numerals.gap(row, decimals),
        numerals.share(grown, signed=True),
    )


def _told_by(one: CityValue, found: RankRange | None) -> tuple[SheetCell, ...]:
    """The ranks under the rules tried, and where the value comes from."""
    if one.value is None:
        return _span(found), SheetCell(one.told_reason())
    day = one.as_of.isoformat() if one.as_of else _("day not known")
    return _span(found), SheetCell(f"{_origin(one)} · {day}")


def _span(found: RankRange | None) -> SheetCell:
    if found is None or found.best is None:
        return SheetCell("", right=True)
    if found.best == found.worst:
        return SheetCell(str(found.best), right=True, value=found.best)
    return SheetCell(f"{found.best}–{found.worst}", right=True)


def _origin(one: CityValue) -> str:
    word = {REGISTER: _("register"), TABLE: _("imported table")}.get(one.origin, one.origin)
    return _("%(source)s, sample data") % {"source": word} if one.sample else word


def _notes(told: Compared, year: int, *, per_head: bool) -> tuple[str, ...]:
    missing = [_name(code) for code, one in told.cities.items() if one.value is None]
    notes = [_("Compared are: %(cities)s.") % {"cities": "、".join(map(_name, told.cities))}]
    if missing:
        notes.append(_("Without a value, and so without a rank: %(cities)s.") % {"cities": "、".join(missing)})
    if per_head:
        notes.append(population_note(year))
    return tuple(notes)


def population_note(year: int) -> str:
    """Of which year the people are by which a number is divided."""
    census = _(" (where that is not stated: the census of 1 November %(census)s)") % {"census": CENSUS}
    return _(
        "People: residents at the end of %(year)s%(census)s; where no table states them, the number is not known."
    ) % {
        "year": year - 1,
        "census": census if year - 1 == CENSUS else "",
    }


def _name(code: str) -> str:
    return regions().name(code, asking.language())


def _controls(asked: Asked, metric_id: str, year: int) -> tuple[Control, ...]:
    known = asking.known_metrics(BENCHMARKED)
    metric = tuple(Choice(one.id, asking.name_of(one), one.id == metric_id) for one in known)
    years = tuple(Choice(str(one), str(one), one == year) for one in range(max(year, asked.today.year), year - 10, -1))
    words = {**_words(), CitySet.PICKED: _("the cities chosen below")}
    among = tuple(Choice(str(one), word, one is asked.among) for one, word in words.items())
    return (
        Control("metric", _("Indicator"), metric),
        Control("year", _("Year"), years),
        Control("among", _("Among"), among),
    )


def _peer_control(codes: tuple[str, ...]) -> Control:
    """Any cities may be picked; those compared stand first."""
    others = [code for code in all_cities() if code not in codes]
    choices = [Choice(code, _name(code), chosen=True) for code in codes[1:]] + [
        Choice(code, _name(code)) for code in others
    ]
    return Control("peer", _("Cities beside ours"), tuple(choices), many=True)
