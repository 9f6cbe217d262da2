"""The life cycle of a node: who files and how much, the indicator set, and the logistic curve with its bounds. Module M6."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import growth, lifecycle
from qiantang.scenarios.navigation.methods.tallies import Tally, first_of_families, last_complete

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qiantang.corpus.measures.methods.lifecycle import LogisticFit
    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

SHOWN = 20  # years
STAGES = {"growth": 1, "maturity": 2, "decline": 3}
PHASES = {"emerging": 1, "growth": 2, "maturity": 3, "saturation": 4}
_STAGE_YEARS = 5
_TYPES = ("invention", "utility_model", "design")
_CURVE = ("curve_ceiling", "curve_middle", "curve_span")


def life(facts: Sequence[Fact], as_of: date) -> Findings:
    """Rows: one a complete year, cells: owners that file, new families, families so far, the curve there, growth v,
    maturity alpha, decay beta, novelty N. Figures: stage of life, the curve with the 95 % interval of its ceiling, cycle time.
    """
    tally = Tally()
    counts = _by_type(facts, as_of)
    years = sorted({year for each in counts.values() for year in each})
    sets = {}
    if years:
        sets = lifecycle.life_cycle(counts["invention"], counts["utility_model"], counts["design"], years[0])
    _stage(tally, years, sets, counts["invention"])
    found, fit = _curve(tally, facts, as_of)
    for year in sorted(found)[-SHOWN:]:
        _year(tally, facts, year, fit, sets.get(year))
    place = {one.patent_id: one.year for one in facts}
    ages = [(place[two], one.year) for one in facts for two in one.citing if place.get(two) and one.year]
    tally.index("cycle_time", lifecycle.cycle_time((a, b) for a, b in ages if a is not None), ("total",), "no_record")
    return tally.findings()


def _by_type(facts: Sequence[Fact], as_of: date) -> dict[str, dict[int, int]]:
    """Patents by type and complete filing year."""
    counts: dict[str, Counter[int]] = {one: Counter() for one in _TYPES}
    for one in facts:
        if one.year is not None and one.type in counts and growth.is_complete(one.year, None, as_of):
            counts[one.type][one.year] += 1
    if any(counts.values()):  # a year without a filing, up to the last complete one, is a year
        counts["invention"].setdefault(last_complete(as_of), 0)
    return {name: dict(told) for name, told in counts.items()}


def _stage(
    tally: Tally, years: Sequence[int], sets: Mapping[int, lifecycle.LifeCycle], inventions: Mapping[int, int]
) -> None:
    """The stage by the last five consecutive years: one without a filing is one of them."""
    last = sorted(sets)[-_STAGE_YEARS:]
    stage = None
    if len(years) >= _STAGE_YEARS:
        stage = lifecycle.life_stage([sets[year] for year in last], [inventions.get(year, 0) for year in last])
    tally.index("life_stage", STAGES.get(stage or ""), (f"year.{year}" for year in last), "not_told")


def _curve(tally: Tally, facts: Sequence[Fact], as_of: date) -> tuple[dict[int, int], LogisticFit | None]:
    """Families so far by complete year, and the curve through them; its figures beside."""
    last = last_complete(as_of)
    firsts: dict[int, list[int]] = {}
    for at in first_of_families(facts, range(len(facts))):
        year = facts[at].year
        if year is not None and year <= last:
            firsts.setdefault(year, []).append(at)
    cumulative: dict[int, int] = {}
    for year in range(min(firsts), last + 1) if firsts else ():
        tally.count(f"new.{year}", firsts.get(year, ()))
        cumulative[year] = cumulative.get(year - 1, 0) + len(firsts.get(year, ()))
        before = (f"sofar.{year - 1}",) if year - 1 in cumulative else ()
        tally.index(f"sofar.{year}", cumulative[year], (f"new.{year}", *before))
    fit = lifecycle.fit_logistic(list(cumulative), [float(one) for one in cumulative.values()]) if cumulative else None
    known = fit if fit and fit.identifiable else None
    why = "few_years" if fit is None else "not_identifiable"
    made = (f"sofar.{last}",) if cumulative else ()
    tally.index("curve_ceiling", known.ceiling if known else None, made, why)
    for name, at in (("curve_low", 0), ("curve_high", 1)):
        bound = known.interval[at] if known and known.interval else None
        tally.index(name, bound, made, "not_bounded" if known else why)
    tally.index("curve_middle", known.middle if known else None, made, why)
    tally.index("curve_span", known.span if known else None, made, why)
    tally.rate("curve_share", known.share if known else None, (*made, "curve_ceiling"), why)
    tally.rate("curve_fit", fit.r_squared if fit else None, made, why)
    tally.index("curve_phase", PHASES.get(known.phase or "") if known else None, ("curve_share",), why)
    return cumulative, known


def _year(
    tally: Tally, facts: Sequence[Fact], year: int, fit: LogisticFit | None, told: lifecycle.LifeCycle | None
) -> None:
    mine = [one for one in facts if one.year == year]
    active = tally.index(f"active.{year}", len({name for one in mine for name in one.owners}), (f"year.{year}",))
    curve = lifecycle.logistic(year, fit.ceiling, fit.middle, fit.span) if fit else None
    cells = [active, f"new.{year}", f"sofar.{year}", tally.index(f"curve.{year}", curve, _CURVE, "not_identifiable")]
    cells += [
        tally.index(f"{name}.{year}", getattr(told, name) if told else None, (f"year.{year}",), "no_base")
        for name in ("growth", "maturity", "decay", "novelty")
    ]
    tally.row(str(year), str(year), *cells)
