"""Effects against means: how many patents speak of both, and where fewer do than one would expect. Module M10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import portfolio
from qiantang.scenarios.navigation.methods.tallies import Tally, halves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact


def matrix(
    facts: Sequence[Fact],
    effects: Sequence[str],
    means: Sequence[str],
    terms: Mapping[str, frozenset[str]],
    as_of: date,
) -> Findings:
    """Rows: an effect, its cells the means in order; ``note``: places of the cells that are candidates of white spots.

    A candidate is a thin cell whose effect and whose means both grow: more in the last three complete years than before.

    terms   name -> ids of the patents that speak of it; a patent may speak of several
    """
    tally = Tally()
    if not (effects and means):
        return tally.findings()
    spoken = {
        name: [at for at, one in enumerate(facts) if one.patent_id in terms.get(name, ())]
        for name in (*effects, *means)
    }
    keys = [
        [tally.count(f"cell.{i}.{j}", set(spoken[e]) & set(spoken[m])) for j, m in enumerate(means)]
        for i, e in enumerate(effects)
    ]
    counts = [[int(tally.value(key) or 0) for key in row] for row in keys]
    margins = zip(_names("effect", effects) + _names("means", means), (*effects, *means), strict=True)
    growing = {key for key, name in margins if _grows(facts, spoken[name], as_of)}
    white = _lifts(tally, counts, (_names("effect", effects), _names("means", means)), growing)
    for i, name in enumerate(effects):
        tally.count(f"effect.{i}", spoken[name])
        tally.row(str(i), name, *keys[i], note=" ".join(white.get(str(i), ())))
    for j, name in enumerate(means):
        tally.count(f"means.{j}", spoken[name])
    tally.count("unspoken", set(range(len(facts))) - {at for places in spoken.values() for at in places})
    return tally.findings()


def _grows(facts: Sequence[Fact], places: Sequence[int], as_of: date) -> bool:
    before, now = halves(as_of)
    years = [facts[at].year for at in places]
    return sum(year in now for year in years) > sum(year in before for year in years)


def _names(head: str, words: Sequence[str]) -> list[str]:
    """Keys of rows and columns, apart from each other."""
    return [f"{head}.{at}" for at in range(len(words))]


def _lifts(
    tally: Tally, counts: list[list[int]], names: tuple[list[str], list[str]], growing: set[str]
) -> dict[str, list[str]]:
    """The lift of each cell as a figure; by row, which columns are white spots."""
    white: dict[str, list[str]] = {}
    for cell in portfolio.effect_matrix(counts, *names, growing):
        row, column = cell.row.rpartition(".")[2], cell.column.rpartition(".")[2]
        made = (f"cell.{row}.{column}", cell.row, cell.column)
        tally.rate(f"lift.{row}.{column}", cell.lift, made, "nothing_expected")
        if cell.white:
            white.setdefault(row, []).append(column)
    return white
