"""Where a city stands at a node: share, specialisation, growth, firms, and what that asks for. Modules M12, M14, section 1 (b)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import growth, portfolio, specialisation
from qiantang.scenarios.navigation.methods.owners import is_of
from qiantang.scenarios.navigation.methods.tallies import Tally, grouped, halves, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Margins:
    """All Chinese patents on record whose region is known, and those of the city among them, over all industries."""

    region: str
    city: int
    everywhere: int


def position(facts: Sequence[Fact], margins: Margins, as_of: date) -> Findings:
    """Rows: firms of the city at the node. Figures: share, RTA, growth of the last three complete years on the three before.

    Counted are Chinese patents whose region is known; the share says of how many.
    """
    tally = Tally()
    placed = [at for at, one in enumerate(facts) if one.office == "CN" and one.region]
    mine = [at for at in placed if is_of(facts[at], margins.region)]
    tally.count("node_placed", placed)
    tally.count("node_unplaced", (at for at, one in enumerate(facts) if one.office == "CN" and not one.region))
    tally.count("city", mine)
    tally.rate("city_share", ratio(len(mine), len(placed)), ("city", "node_placed"), "nothing_placed")
    tally.index("margin_city", margins.city)
    tally.index("margin_all", margins.everywhere)
    told = specialisation.specialisation(len(mine), margins.city, len(placed), margins.everywhere)
    made = ("city", "node_placed", "margin_city", "margin_all")
    tally.index("rta", told.rta, made, "fewer_than_ten" if told.suppressed else "nothing_placed")
    tally.index("rpa", told.rpa, made, "fewer_than_ten" if told.suppressed else "nothing_placed")
    _growth(tally, facts, mine, as_of)
    gap = portfolio.gap_class(len(mine), told.rta) if placed else None
    word = {"fill": 1, "strengthen": 2, "extend": 3}
    tally.index("gap", word.get(gap or ""), ("city", "rta"), "nothing_placed")
    firms = grouped([facts[at] for at in mine], lambda one: one.owners)
    tally.index("firms", len(firms), ("city",))
    for at, (name, places) in enumerate(list(firms.items())[:SHOWN]):
        tally.row(name, name, tally.count(f"firm.{at}", (mine[place] for place in places)))
    return tally.findings()


def _growth(tally: Tally, facts: Sequence[Fact], mine: Sequence[int], as_of: date) -> None:
    before, now = halves(as_of)
    tally.count("city_now", (at for at in mine if facts[at].year in now))
    tally.count("city_before", (at for at in mine if facts[at].year in before))
    change = growth.change(tally.value("city_now"), tally.value("city_before"))
    tally.rate("city_growth", change, ("city_now", "city_before"), "no_base")
