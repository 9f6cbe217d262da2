"""Dealings with the rights in force: transfers, licences, pledges, preservation, open licences, changes of name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.cast import ABROAD, Cast
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF, NEVER, day, gazette_day
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, Rows
from qiantang.corpus.ingest.methods.synthetic.lives import Lives


class Dealing(IntEnum):
    """What is done with a right; a right has at most one kind of dealing in the city."""

    NONE = 0
    TRANSFER = 1
    LICENCE = 2
    PLEDGE = 3
    PRESERVATION = 4
    OPEN_LICENCE = 5


_SHARES = [842, 72, 26, 44, 5, 11]
# Flags of kernel status by dealing; a transfer leaves none.
FLAG_WORDS: dict[Dealing, str] = {
    Dealing.LICENCE: "licensed",
    Dealing.PLEDGE: "pledged",
    Dealing.PRESERVATION: "preserved",
    Dealing.OPEN_LICENCE: "open_licence",
}
_LASTS = {Dealing.LICENCE: 1400, Dealing.PLEDGE: 800, Dealing.PRESERVATION: 500, Dealing.OPEN_LICENCE: 700}
OPEN_LICENCES_FROM = day(2021, 6, 1)
_ROOM = 160


@dataclass(slots=True)
class Dealings:
    """Columns over rows.

    kind, start, start_told, end, end_told  the dealing; NEVER where it has not ended (a transfer has no end)
    changed         day on which a licence or pledge was changed, or NEVER
    partner         who takes over (transfer), or is licensed; -1 where none
    before_grant    day on which an application changed hands, or NEVER; ``heir`` takes it
    renamed         day on which the register took the holder's new name, or NEVER
    """

    kind: Ints
    start: Ints
    start_told: Ints
    end: Ints
    end_told: Ints
    changed: Ints
    partner: Ints
    before_grant: Ints
    heir: Ints
    renamed: Ints

    def flagged(self, when: int, kind: Dealing, *, told: bool = False) -> Flags:
        """Which rows carry the flag of that dealing on a day."""
        start, end = (self.start_told, self.end_told) if told else (self.start, self.end)
        found: Flags = (self.kind == kind) & (start <= when) & (end > when)
        return found


def _partners(draws: Draws, cast: Cast, rows: Rows, label: str) -> Ints:
    """Another party of the country, more often a heavy one; never the applicant itself."""
    home = np.flatnonzero(cast.group != ABROAD)
    found = home[draws.pick(label, rows.work, cast.weight[home])]
    other = home[(draws.below(f"{label}.other", rows.work, len(home) - 1))]
    same = found == rows.party
    other = np.where(other == rows.party, home[-1], other)
    return np.where(same, other, found)


def _spans(draws: Draws, rows: Rows, lives: Lives, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """The kind where there is room for it, its first day, and the last day it may have."""
    start = np.where(lives.granted < NEVER, lives.granted + 60, NEVER)
    start = np.where(kind == Dealing.OPEN_LICENCE, np.maximum(start, OPEN_LICENCES_FROM), start)
    until = np.minimum(lives.in_force_until(), CUTOFF)
    room = until - start
    able = (rows.office == CN) & (room > _ROOM) & (lives.restored >= NEVER)
    first = start + draws.below("dealing.start", rows.work, np.maximum(room - _ROOM + 40, 1))
    kind = np.where(able, kind, Dealing.NONE)
    return kind, np.where(kind > 0, first, NEVER), until


def _ends(draws: Draws, rows: Rows, lives: Lives, kind: Ints, span: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Ends of dealings. Where the right ends within the city's time its charges are taken off before."""
    start, until = span
    lasts = np.zeros(len(kind), np.int64)
    for one, days in _LASTS.items():
        lasts = np.where(kind == one, days // 2 + draws.below(f"dealing.lasts{one}", rows.work, days), lasts)
    must = lives.in_force_until() <= CUTOFF
    end = start + lasts
    room = np.maximum(until - start - 35, 1)
    end = np.where(must & (end > until - 30), start + 1 + draws.below("dealing.cut", rows.work, room), end)
    ends = (kind > Dealing.TRANSFER) & (must | draws.chance("dealing.ends", rows.work, 620))
    told = gazette_day(end + 7)
    ends &= told <= CUTOFF
    return np.where(ends, end, NEVER), np.where(ends, told, NEVER)


def deal(draws: Draws, cast: Cast, rows: Rows, lives: Lives) -> Dealings:
    """The dealings of all rows (none abroad)."""
    kind = draws.pick("dealing.kind", rows.work, _SHARES)
    kind, start, until = _spans(draws, rows, lives, kind)
    end, end_told = _ends(draws, rows, lives, kind, (start, until))
    start_told = np.where(kind > 0, gazette_day(start + 8 + draws.below("dealing.told", rows.work, 14)), NEVER)
    length = np.minimum(end, CUTOFF) - np.minimum(start, CUTOFF)
    changes = (
        ((kind == Dealing.LICENCE) | (kind == Dealing.PLEDGE))
        & draws.chance("dealing.changes", rows.work, 150)
        & (length > _ROOM)
    )
    changed = np.where(changes, start + length // 2, NEVER)
    partner = np.where(
        (kind == Dealing.TRANSFER) | (kind == Dealing.LICENCE), _partners(draws, cast, rows, "dealing.partner"), -1
    )
    before = _before_grant(draws, rows, lives)
    heir = np.where(before < NEVER, _partners(draws, cast, rows, "dealing.heir"), -1)
    return Dealings(
        kind, start, start_told, end, end_told, changed, partner, before, heir,
        _renamings(draws, cast, rows, lives, (kind == Dealing.TRANSFER) | (heir >= 0)),
    )  # fmt: skip


def _before_grant(draws: Draws, rows: Rows, lives: Lives) -> Ints:
    decided = np.minimum(np.minimum(lives.granted, lives.ended), CUTOFF)
    room = decided - lives.examined_told
    able = (lives.examined_told < NEVER) & (room > 120) & draws.chance("dealing.application", rows.work, 22)  # noqa: PLR2004  # days
    when = lives.examined_told + 30 + draws.below("dealing.application.when", rows.work, np.maximum(room - 90, 1))
    return np.where(able, when, NEVER)


def _renamings(draws: Draws, cast: Cast, rows: Rows, lives: Lives, moved_on: Flags) -> Ints:
    """The register follows a holder's new name for most of the rights in force that were filed under the former one."""
    day_of_name = cast.renamed[rows.party]
    when = gazette_day(
        np.maximum(day_of_name, lives.granted) + 30 + draws.below("dealing.renamed.when", rows.work, 200)
    )
    able = (rows.office == CN) & (day_of_name > 0) & (rows.filed < day_of_name) & ~moved_on & (lives.granted < NEVER)
    able &= (when < np.minimum(lives.in_force_until(), CUTOFF)) & (lives.restored >= NEVER)
    return np.where(able & draws.chance("dealing.renamed", rows.work, 700), when, NEVER)
