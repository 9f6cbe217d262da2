"""The overall situation of a node: by year, office, origin, kind and state; growth; stage of life. Modules M1, M2, M6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import growth, lifecycle
from qiantang.scenarios.navigation.methods.tallies import Tally, first_of_families, grouped, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

MOST_YEARS = 25
_SPAN = 5  # complete years over which growth is told
_STAGE_YEARS = 5


def situation(facts: Sequence[Fact], as_of: date) -> Findings:
    """Rows: one a year, ``note`` ``partial`` where publication still hides part of it; figures for the whole beside.

    as_of   day up to which publications are loaded
    """
    tally = Tally()
    tally.count("total", range(len(facts)))
    tally.count("families", first_of_families(facts, range(len(facts))))
    tally.count("in_force", (at for at, one in enumerate(facts) if one.bucket == "in_force"))
    tally.count("state_unknown", (at for at, one in enumerate(facts) if one.bucket == "unknown"))
    tally.count("year_unknown", (at for at, one in enumerate(facts) if one.year is None))
    abroad = first_of_families(facts, (at for at, one in enumerate(facts) if set(one.offices) - {one.origin}))
    tally.count("families_abroad", abroad)
    tally.rate("export_ratio", ratio(len(abroad), tally.value("families")), ("families_abroad", "families"))
    _years(tally, facts, as_of)
    _life(tally, facts, as_of)
    return tally.findings()


def by_value(facts: Sequence[Fact], analysis: str) -> Findings:
    """Rows of ``offices``, ``origins``, ``types`` or ``states``: a value and its count, the most frequent first."""
    of = {
        "offices": lambda one: (one.office,),
        "origins": lambda one: (one.origin,),
        "types": lambda one: (one.type,),
        "states": lambda one: (one.bucket,),
    }[analysis]
    tally = Tally()
    for value, places in grouped(facts, of).items():
        tally.row(value, value, tally.count(f"{analysis}.{value}", places))
    return tally.findings()


def _years(tally: Tally, facts: Sequence[Fact], as_of: date) -> None:
    by_year = {int(year): places for year, places in grouped(facts, lambda one: (str(one.year or ""),)).items()}
    if not by_year:
        return
    first = max(min(by_year), as_of.year - MOST_YEARS)
    complete = []
    for year in range(first, as_of.year + 1):
        key = tally.count(f"year.{year}", by_year.get(year, ()))
        before = tally.value(f"year.{year - 1}") if year > first else None
        whole = growth.is_complete(year, None, as_of)
        change = growth.change(tally.value(key), before) if whole else None
        made = (key, f"year.{year - 1}") if year > first else (key,)
        rate = tally.rate(f"change.{year}", change, made, "partial" if not whole else "no_base")
        tally.row(str(year), str(year), key, rate, note="" if whole else "partial")
        if whole:
            complete.append(year)
    if len(complete) > _SPAN:
        last, start = complete[-1], complete[-1] - _SPAN
        ends = (f"year.{start}", f"year.{last}")
        tally.rate("cagr", growth.cagr(tally.value(ends[0]), tally.value(ends[1]), _SPAN), ends, "no_base")
    else:
        tally.rate("cagr", None, (), "few_years")


def _life(tally: Tally, facts: Sequence[Fact], as_of: date) -> None:
    """Indicator set of the last complete years, and the logistic curve over all complete ones."""
    counts: dict[str, dict[int, int]] = {"invention": {}, "utility_model": {}, "design": {}}
    for one in facts:
        if one.year is not None and one.type in counts and growth.is_complete(one.year, None, as_of):
            counts[one.type][one.year] = counts[one.type].get(one.year, 0) + 1
    years = sorted({year for each in counts.values() for year in each})
    stage = None
    if len(years) >= _STAGE_YEARS:
        sets = lifecycle.life_cycle(counts["invention"], counts["utility_model"], counts["design"], years[0])
        last = sorted(sets)[-_STAGE_YEARS:]
        stage = lifecycle.life_stage([sets[year] for year in last], [counts["invention"].get(y, 0) for y in last])
    word = {"growth": 1, "maturity": 2, "decline": 3}
    tally.index("life_stage", word.get(stage or ""), (f"year.{y}" for y in years[-_STAGE_YEARS:]), "not_told")
    _curve(tally, facts, as_of)


def _curve(tally: Tally, facts: Sequence[Fact], as_of: date) -> None:
    firsts: dict[int, int] = {}
    for at in first_of_families(facts, range(len(facts))):
        year = facts[at].year
        if year is not None and growth.is_complete(year, None, as_of):
            firsts[year] = firsts.get(year, 0) + 1
    fit = None
    if firsts:
        years = range(min(firsts), max(firsts) + 1)
        total, cumulative = 0, []
        for year in years:
            total += firsts.get(year, 0)
            cumulative.append(float(total))
        fit = lifecycle.fit_logistic(list(years), cumulative)
    known = fit if fit and fit.identifiable else None
    why = "few_years" if fit is None else "not_identifiable"
    tally.index("curve_ceiling", known.ceiling if known else None, ("families",), why)
    tally.index("curve_middle", known.middle if known else None, ("families",), why)
    tally.index("curve_span", known.span if known else None, ("families",), why)
    tally.rate("curve_share", known.share if known else None, ("families",), why)
    tally.rate("curve_fit", fit.r_squared if fit else None, ("families",), why)
