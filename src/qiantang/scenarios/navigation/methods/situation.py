"""The overall situation of a node: by year, office, origin, kind and state; growth. Modules M1, M2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import growth
from qiantang.scenarios.navigation.methods.tallies import Tally, first_of_families, grouped, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

MOST_YEARS = 25
_SPAN = 5  # complete years over which growth is told


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
