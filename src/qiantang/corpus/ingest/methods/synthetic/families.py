"""Members of the families abroad: which Chinese filings went where, and what priorities they claim.

The first filing of a family is a Chinese invention, or, for firms abroad, a filing in their own country which the city's
files do not hold (its number is known only as a priority). A few applicants claim two of their Chinese filings together:
then the members abroad are a simple family of their own, and one extended family holds all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.cast import Cast
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import DE, DESIGN, EP, INVENTION, JP, KR, US, WO, Rows

# Where a family goes, and how often.
_ROUTES = (
    ((WO,), 26), ((US,), 18), ((WO, US), 16), ((WO, US, EP), 14), ((WO, US, EP, JP), 9), ((WO, US, EP, JP, KR), 6),
    ((US, JP), 4), ((DE,), 3), ((US, EP), 4), ((WO, EP, DE), 2), ((WO, JP, KR), 3), ((WO, US, EP, JP, KR, DE), 2),
)  # fmt: skip
# A firm abroad goes to WO and to its own office; positions follow cast.COUNTRIES after CN.
_HOME = {1: (WO, US), 2: (WO, EP, DE), 3: (WO, JP), 4: (WO, KR)}
_YEAR, _EIGHTEEN_MONTHS = 365, 546


@dataclass(frozen=True, slots=True)
class Families:
    """Family numbers of all rows; equal numbers are one family."""

    simple: Ints
    extended: Ints


def priority_days(draws: Draws, rows: Rows) -> Ints:
    """Day of the earliest priority of each Chinese filing: its own filing day, or that of the filing abroad."""
    return rows.filed - np.where(rows.pct, 300 + draws.below("family.before", rows.work, 60), 0)


def _routes(draws: Draws, cast: Cast, rows: Rows, origins: Ints) -> tuple[Ints, Ints]:
    """Members of these origins: position of the origin, office."""
    table = [offices for offices, _ in _ROUTES] + list(_HOME.values())
    drawn = draws.pick("family.route", rows.work[origins], [weight for _, weight in _ROUTES])
    route = np.where(rows.pct[origins], len(_ROUTES) - 1 + cast.country[rows.party[origins]], drawn)
    lengths = np.array([len(offices) for offices in table])[route]
    padded = np.array([(*offices, *[-1] * (6 - len(offices))) for offices in table])[route]
    return np.repeat(origins, lengths), padded[padded >= 0]


def _linked(draws: Draws, rows: Rows, origins: Ints) -> tuple[Ints, Ints]:
    """Pairs of origins of one applicant within eight months, the later claiming both: the later, the earlier."""
    order = origins[np.lexsort((rows.filed[origins], rows.party[origins]))]
    before, after = order[:-1], order[1:]
    gap = rows.filed[after] - rows.filed[before]
    near = (rows.party[before] == rows.party[after]) & (gap > 20) & (gap < 240) & ~rows.pct[after] & ~rows.pct[before]  # noqa: PLR2004  # days
    near &= draws.chance("family.linked", rows.work[after], 400)
    near[1:] &= ~near[:-1]
    return after[near], before[near]


def _member_days(draws: Draws, rows: Rows, origin: Ints, office: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Filing and first publication of members, counted from their earliest priority."""
    index = rows.work[origin] * 8 + office
    filed = first + _YEAR - draws.below("family.filed", index, 66)
    filed = np.where(rows.pct[origin] & (office == WO), rows.filed[origin], filed)
    return filed, first + _EIGHTEEN_MONTHS + draws.below("family.published", index, 25)


def foreign_members(draws: Draws, cast: Cast, rows: Rows, count: int) -> Rows:
    """So many members abroad of the families of these Chinese filings, published by the last day of the city."""
    first = priority_days(draws, rows)
    able = np.flatnonzero((rows.type == INVENTION) & (rows.type != DESIGN))
    # Firms abroad always have a family; the rest come in an order of chance until the city has its members.
    able = able[np.lexsort((draws.bits("family.order", rows.work[able]), ~rows.pct[able]))]
    origin, office = _routes(draws, cast, rows, able)
    filed, published = _member_days(draws, rows, origin, office, first[origin])
    seen = np.flatnonzero(published <= CUTOFF)[:count]
    origin, office = origin[seen], office[seen]
    later, before = _linked(draws, rows, np.unique(origin))
    earlier = np.full(len(rows), -1)
    earlier[later] = before
    first[later] = rows.filed[before]
    filed, published = _member_days(draws, rows, origin, office, first[origin])
    base = rows.take(origin)
    return replace(
        base,
        origin=origin,
        office=office,
        pct=np.zeros(len(origin), bool),
        filed=filed,
        published=published,
        earlier=earlier[origin],
    )


def number_families(rows: Rows) -> Families:
    """Family numbers. ``origin`` and ``earlier`` are positions in ``rows``.

    simple      all that share one set of priorities: the first filing and its members, unless they claim two
    extended    all that share any priority
    """
    ids = np.arange(len(rows))
    root = np.where(rows.origin < 0, ids, rows.origin)
    double = rows.earlier >= 0
    joined = np.full(len(rows), -1)
    joined[root[double]] = rows.earlier[double]
    extended = np.where(joined[root] >= 0, joined[root], root)
    return Families(np.where(double, len(rows) + root, root), extended)


def has_members(rows: Rows) -> Flags:
    """Which rows are the first filing of a family abroad."""
    found = np.zeros(len(rows), bool)
    found[rows.origin[rows.origin >= 0]] = True
    return found
