"""Key patents, entry barriers, white spots and gaps of a branch.

Source: domain text, modules M7 and M10 and section 2; weights and bounds are ours and may be set by a project.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isclose
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

KEY_WEIGHTS = {"cit5": 0.35, "family": 0.25, "claims": 0.10, "disputes": 0.15, "deals": 0.10, "standard": 0.05}
BARRIER_WEIGHTS = {"cr4": 0.30, "leaders": 0.20, "litigation": 0.20, "family": 0.15, "entrants": 0.15}
WHITE_EXPECTED, WHITE_LIFT = 3.0, 0.3
GAP_COUNT, GAP_RTA, LEAD_RTA = 10, 0.5, 1.0
_TOP_SHARE = 0.9  # percentile from which a measure is named as a reason
_LIST = 20


class KeyPatent(NamedTuple):
    """A candidate.

    score      weighted mean of the percentiles known, 0 to 1; None where nothing is known
    reasons    why it is in the list: ``most_cited``, ``largest_family`` and what the caller forces, then ``top:`` measures
    forced     whether it stands in the list whatever its score
    missing    measures not known: left out, the other weights rescaled
    """

    patent_id: str
    score: float | None
    reasons: tuple[str, ...]
    forced: bool
    missing: tuple[str, ...]


class EffectCell(NamedTuple):
    """A cell of the matrix of means (columns) against effects (rows).

    families   counted in the cell
    expected   row sum * column sum / total
    lift       families / expected; None where nothing is expected
    white      candidate of a white spot: an expert has still to say whether it is physically void
    """

    row: str
    column: str
    families: int
    expected: float
    lift: float | None
    white: bool


def percentiles(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """The share of the *other* known values that are lower, 0 to 1; None where not known; 1 for one that is alone."""
    known = sorted(one for one in values.values() if one is not None)
    array = np.asarray(known, dtype=np.float64)
    others = len(known) - 1
    found: dict[str, float | None] = {}
    for name, value in values.items():
        below = None if value is None else int(np.searchsorted(array, value, side="left"))
        found[name] = None if below is None else below / others if others else 1.0
    return found


def key_patents(
    measures: Mapping[str, Mapping[str, float | None]],
    forced: Mapping[str, Collection[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    least: int = _LIST,
) -> tuple[KeyPatent, ...]:
    """The list of key patents, best score first, then by id: the ``least`` best and all that are forced.

    measures   patent -> measure -> value; measures of ``weights`` (``cit5``, ``family``, ``claims``, ``disputes``, ``deals``,
               ``standard``: 1 or 0); absent and None: not known
    forced     reason (``award``, ``survived_invalidation`` …) -> patents; the most cited and the largest family are always
    errors     ValueError where weights do not sum to 1
    """
    weighing = KEY_WEIGHTS if weights is None else weights
    if not isclose(sum(weighing.values()), 1.0, abs_tol=1e-9):
        raise ValueError("weights sum to 1")
    ranked = {name: percentiles({one: row.get(name) for one, row in measures.items()}) for name in weighing}
    why: dict[str, list[str]] = {one: [] for one in measures}
    for reason, holders in (
        ("most_cited", _highest(measures, "cit5")),
        ("largest_family", _highest(measures, "family")),
        *sorted((forced or {}).items()),
    ):
        for one in holders:
            if one in why:
                why[one].append(reason)
    rows = [_candidate(one, measures[one], ranked, weighing, why[one]) for one in measures]
    rows.sort(key=lambda row: (row.score is None, -(row.score or 0.0), row.patent_id))
    return tuple(row for at, row in enumerate(rows) if at < least or row.forced)


def _candidate(
    patent_id: str,
    row: Mapping[str, float | None],
    ranked: Mapping[str, Mapping[str, float | None]],
    weights: Mapping[str, float],
    forced: Sequence[str],
) -> KeyPatent:
    known = {name: found for name in weights if (found := ranked[name][patent_id]) is not None}
    weight = sum(weights[name] for name in known)
    score = sum(weights[name] * found for name, found in known.items()) / weight if weight else None
    tops = tuple(f"top:{name}" for name, found in known.items() if found >= _TOP_SHARE and row.get(name))
    missing = tuple(name for name in weights if name not in known)
    return KeyPatent(patent_id, score, (*forced, *tops), bool(forced), missing)


def _highest(measures: Mapping[str, Mapping[str, float | None]], name: str) -> list[str]:
    """All with the highest known value, if that is above zero."""
    known = {one: value for one, row in measures.items() if (value := row.get(name)) is not None and value > 0}
    most = max(known.values(), default=None)
    return sorted(one for one, value in known.items() if value == most)


def barrier_index(
    cr4: float | None,
    leaders_long: float | None,
    litigation: float | None,
    family: float | None,
    entrants: float | None,
    weights: Mapping[str, float] = BARRIER_WEIGHTS,
) -> float | None:
    """Entry barrier of a branch, 0 to 100; None where one of its parts is not known.

    cr4            share of the four largest applicants
    leaders_long   share of the leaders' patents in force with more than eight years left
    litigation     percentile of the litigation rate among branches
    family         percentile of the mean family size
    entrants       new-entrant ratio; the more enter, the lower the barrier
    """
    if cr4 is None or leaders_long is None or litigation is None or family is None or entrants is None:
        return None
    parts = {"cr4": cr4, "leaders": leaders_long, "litigation": litigation, "family": family, "entrants": 1 - entrants}
    return 100 * sum(weights[name] * value for name, value in parts.items())


def effect_matrix(
    counts: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    growing: Collection[str] | None = None,
    bounds: tuple[float, float] = (WHITE_EXPECTED, WHITE_LIFT),
) -> tuple[EffectCell, ...]:
    """Every cell of a table of effects (rows) and means (columns), row by row.

    counts    families, shape (rows, columns)
    growing   names of rows and columns that grow; None where growth was not looked at, then it is not asked for
    bounds    a white spot expects at least the first and has a lift below the second
    errors    ValueError where the shape and the names differ
    """
    table = np.asarray(counts, dtype=np.int64)
    if table.shape != (len(rows), len(columns)):
        raise ValueError("one name for each row and column")
    down, across, total = table.sum(1), table.sum(0), int(table.sum())
    cells = []
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            count, expected = int(table[i, j]), float(down[i] * across[j] / total) if total else 0.0
            lift = count / expected if expected else None
            grows = growing is None or (row in growing and column in growing)
            white = expected >= bounds[0] and lift is not None and lift < bounds[1] and grows
            cells.append(EffectCell(row, column, count, expected, lift, white))
    return tuple(cells)


def gap_class(
    count: float | None, rta: float | None, bounds: tuple[float, float, float] = (GAP_COUNT, GAP_RTA, LEAD_RTA)
) -> str | None:
    """What a node of an industry chain asks of the city: ``fill``, ``strengthen``, ``extend``; None where not known.

    fill         hardly there: fewer patents than the first bound, or an RTA below the second
    strengthen   there, but with an RTA below the third
    extend       a speciality of the city, to be carried on to its neighbours in the chain
    """
    if count is None:
        return None
    if count < bounds[0]:
        return "fill"
    if rta is None:
        return None
    return "fill" if rta < bounds[1] else "strengthen" if rta < bounds[2] else "extend"


def applicant_role(families: int, leaders_from: int, first_year: int | None, newcomers_from: int) -> str | None:
    """``leader`` (at least ``leaders_from`` families), else ``newcomer`` (first seen in ``newcomers_from`` or later), else
    ``follower``; None where the first year is not known and it is no leader.
    """
    if families >= leaders_from:
        return "leader"
    if first_year is None:
        return None
    return "newcomer" if first_year >= newcomers_from else "follower"
