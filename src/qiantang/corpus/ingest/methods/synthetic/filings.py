"""The Chinese filings of the demo city: who files what, when, and when it is first published."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.cast import (
    ABROAD,
    ELSEWHERE,
    HANGZHOU,
    HOSPITAL,
    UNIVERSITY,
    Cast,
)
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF, FIRST_YEAR, LAST_YEAR, first_days, gazette_day
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.methods.synthetic.words.branches import Style

OFFICES = ("CN", "US", "EP", "WO", "JP", "KR", "DE")
CN, US, EP, WO, JP, KR, DE = range(7)
TYPES = ("invention", "utility_model", "design")
INVENTION, UTILITY_MODEL, DESIGN = range(3)

# Filings a year, relative: a growing city.
_YEARS = [10, 12, 15, 18, 22, 27, 33, 40, 48, 55, 63, 72, 80, 90, 98, 106, 112, 116, 120, 124, 126]
# Share of the three types by kind of party.
_TYPES = ([44, 42, 14], [76, 22, 2], [66, 30, 4], [46, 53, 1], [22, 48, 30])
_ANY_BRANCH = 2
_HANGZHOU_SHARE = [581, 390, 29]


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns over patents.

    work        what the texts are drawn from: members of one family share it
    origin      position of the first filing of the family, or -1: itself
    pct         a national phase of an international application
    form        0 product, 1 method
    published   day of the first publication
    earlier     position of another first filing whose priority is claimed as well, or -1
    """

    work: Ints
    origin: Ints
    office: Ints
    type: Ints
    pct: Flags
    party: Ints
    branch: Ints
    thing: Ints
    means: Ints
    form: Ints
    filed: Ints
    published: Ints
    earlier: Ints

    def __len__(self) -> int:
        return len(self.work)

    def take(self, order: Ints) -> Self:
        """The rows at these positions."""
        return replace(self, **{f.name: getattr(self, f.name)[order] for f in fields(self)})


def _filing_days(draws: Draws, ids: Ints) -> Ints:
    years = FIRST_YEAR + draws.pick("filing.year", ids, _YEARS)
    start = first_days(years)
    return start + draws.below("filing.day", ids, first_days(years + 1) - start)


def _parties(draws: Draws, cast: Cast, ids: Ints, years: Ints) -> Ints:
    """Heavy filers are drawn often; a party files only once it exists (four tries, then the heaviest of its group)."""
    group = draws.pick("filing.group", ids, _HANGZHOU_SHARE)
    party = np.empty(len(ids), np.int64)
    for one in (HANGZHOU, ELSEWHERE, ABROAD):
        rows, members = np.flatnonzero(group == one), cast.members[one]
        chosen = np.full(len(rows), members[0])
        late = np.ones(len(rows), bool)
        for attempt in range(4):
            again = members[draws.pick(f"filing.party{attempt}", ids[rows], cast.weight[members])]
            chosen = np.where(late, again, chosen)
            late &= cast.founded[chosen] > years[rows]
        party[rows] = np.where(late, members[0], chosen)
    return party


def _branch_of_year(draws: Draws, ids: Ints, years: Ints) -> Ints:
    """Any branch, by the share it has in that year: a straight line from its first to its last."""
    share = np.array([b.rise for b in BRANCHES])
    steps = np.arange(LAST_YEAR - FIRST_YEAR + 1)[:, None]
    weights = share[:, 0] * (steps[-1] - steps) + share[:, 1] * steps
    bounds = np.cumsum(weights, axis=1)
    year = years - FIRST_YEAR
    totals = bounds[:, -1]
    before = np.cumsum(totals) - totals
    drawn = draws.below("filing.branch.any", ids, totals[year]) + before[year]
    found: Ints = np.searchsorted((bounds + before[:, None]).ravel(), drawn, side="right") % len(BRANCHES)
    return found


_STYLES = np.array([b.style for b in BRANCHES])
_DEVICES = {
    industry: [i for i, b in enumerate(BRANCHES) if b.industry == industry and b.style == Style.DEVICE]
    for industry in {b.industry for b in BRANCHES}
}
_FALLBACK = _DEVICES["high_end_equipment"]


def _device_branch(draws: Draws, ids: Ints, branch: Ints) -> Ints:
    """Utility models protect the shape of products: their branch is one of devices, of the same industry if it has any."""
    table = [_DEVICES[b.industry] or _FALLBACK for b in BRANCHES]
    width = max(map(len, table))
    filled = np.array([(row * width)[:width] for row in table])
    return filled[branch, draws.below("filing.branch.device", ids, width)]


def _branches(draws: Draws, cast: Cast, ids: Ints, party: Ints, years: Ints) -> Ints:
    any_branch = _branch_of_year(draws, ids, years)
    own = draws.pick("filing.branch.own", ids, [52, 20, 28])
    own = np.where((cast.kind[party] == UNIVERSITY) & (own == 0), _ANY_BRANCH, own)  # universities work on everything
    own = np.where((cast.kind[party] == HOSPITAL) & (own == _ANY_BRANCH), 0, own)
    return np.choose(own, [cast.main[party], cast.second[party], any_branch])


def _lag(draws: Draws, ids: Ints, kind: Ints, pct: Flags) -> Ints:
    """Days from filing to first publication: eighteen months for inventions, a third earlier on request; else examination."""
    eighteen = 546 + draws.below("lag.eighteen", ids, 12)
    early = 120 + draws.below("lag.early", ids, 160)
    asked = draws.chance("lag.asked", ids, 330)
    national = 600 + draws.below("lag.national", ids, 150)  # entry after thirty months from priority, then two to seven
    invention = np.where(pct, national, np.where(asked, early, eighteen))
    model = 130 + draws.below("lag.model", ids, 200)
    design = 90 + draws.below("lag.design", ids, 120)
    return np.choose(kind, [invention, model, design])


def _candidates(draws: Draws, cast: Cast, count: int) -> Rows:
    """Filings in the order of their numbers, unpublished ones among them."""
    ids = np.arange(count)
    filed = _filing_days(draws, ids)
    years = filed.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    party = _parties(draws, cast, ids, years)
    kind = np.empty(count, np.int64)
    for one, weights in enumerate(_TYPES):
        of_kind = cast.kind[party] == one
        kind[of_kind] = draws.pick("filing.type", ids[of_kind], weights)
    abroad = cast.group[party] == ABROAD
    kind = np.where(abroad, np.where(kind == DESIGN, DESIGN, INVENTION), kind)
    pct = abroad & (kind == INVENTION)
    branch = _branches(draws, cast, ids, party, years)
    model = (kind == UTILITY_MODEL) & (_STYLES[branch] != Style.DEVICE)
    branch = np.where(model, _device_branch(draws, ids, branch), branch)
    method = draws.chance("filing.method", ids, np.array([280, 620, 430, 350])[_STYLES[branch]])
    return Rows(
        work=ids,
        origin=np.full(count, -1),
        office=np.zeros(count, np.int64),
        type=kind,
        pct=pct,
        party=party,
        branch=branch,
        thing=draws.pick("filing.thing", ids, [30, 22, 16, 12, 10, 10]),
        means=draws.pick("filing.means", ids, [30, 24, 18, 16, 12]),
        form=(method & (kind == INVENTION)).astype(np.int64),
        filed=filed,
        published=gazette_day(filed + _lag(draws, ids, kind, pct)),
        earlier=np.full(count, -1),
    )


def chinese_filings(draws: Draws, cast: Cast, count: int) -> Rows:
    """So many Chinese patents published by the last day of the city, by filing date.

    Filings of the last months that are not yet published are simply absent, as they are from any register.
    """
    tries = count + count // 4 + 200
    rows = _candidates(draws, cast, tries)
    seen = np.flatnonzero(rows.published <= CUTOFF)
    while len(seen) < count:
        tries += tries // 4
        rows = _candidates(draws, cast, tries)
        seen = np.flatnonzero(rows.published <= CUTOFF)
    rows = rows.take(seen[:count])
    return rows.take(np.argsort(rows.filed, kind="stable"))
